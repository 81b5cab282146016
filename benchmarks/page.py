"""How long a person waits for the page and for an answer, in real Chromium.

    python benchmarks/page.py index tests/retrieval/questions.jsonl

Names a built index and a file of questions. The page is opened anew ten times, each time with an empty cache,
and so is a bare page of Gradio with a box in it; then twenty questions are asked on one page, each from the
press of Enter until its outcome can be seen, and the same are asked without a page.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from rag import page
from rag.chat import Chat
from rag.evaluation.questions import read
from rag.settings import Settings

OPENED = 10
ASKED = 20

PAINTED = """
() => new Promise((resolve) => {
  const seen = (entries) => entries.find((each) => each.name === 'first-contentful-paint')?.startTime;
  const now = seen(performance.getEntriesByType('paint'));
  if (now) resolve(now);
  else new PerformanceObserver((list) => seen(list.getEntries()) && resolve(seen(list.getEntries())))
    .observe({ type: 'paint', buffered: true });
})
"""
WATCHED = """
() => {
  let started;
  const turns = document.querySelector('.turns');
  const before = turns.children.length;
  window.answered = new Promise((resolve) => new MutationObserver((changes, observer) => {
    if (!turns.children[before]?.matches('.answer, .unanswered, .listing')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
  }).observe(turns, { childList: true, subtree: true }));
  document.addEventListener('keydown', () => started = performance.now(), { capture: true, once: true });
}
"""
"""Times from the next key to the outcome that follows the ones on the page."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    given = parser.parse_args()
    settings = Settings(index=given.index, port=0)
    chat = Chat.open(settings)
    questions = [question.text for question in read(given.questions)][:ASKED]
    chat.ask(questions[0])
    alone = [timed(lambda question=question: chat.ask(question)) for question in questions]  # type: ignore[misc]
    addresses: list[str] = []
    served = page.launch(chat, settings, announce=addresses.append, block=False)
    bare = bare_page()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        print("| | median | 95th percentile |\n| --- | --- | --- |")
        line("a bare page of Gradio: first paint, ms", opened(browser, bare.local_url, "textarea")[0])
        painted, usable = opened(browser, served.local_url, ".example")
        line("first paint, ms", painted)
        line("box and example questions there, ms", usable)
        line("a question without the page, ms", alone)
        line("from Enter to the outcome in sight, ms", asked(browser, served.local_url, questions))
        browser.close()


def bare_page() -> Any:
    """Serve a page of Gradio that has a box and nothing else."""
    import gradio as gr  # noqa: PLC0415 - after rag.page, which keeps it offline

    with gr.Blocks(analytics_enabled=False) as bare:
        gr.Textbox()
    bare.launch(server_port=page.server.free_port("127.0.0.1", 0), prevent_thread_lock=True, quiet=True)
    return bare


def timed(call: Callable[[], object]) -> float:
    """Return how many milliseconds `call` takes."""
    started = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - started)


def opened(browser: Browser, address: str, ready: str) -> tuple[list[float], list[float]]:
    """Return when the page at `address` first painted, and when `ready` was in sight, each time anew."""
    painted, usable = [], []
    for _ in range(OPENED):
        tab = browser.new_context().new_page()
        usable.append(timed(lambda tab=tab: show(tab, address, ready)))  # type: ignore[misc]
        painted.append(tab.evaluate(PAINTED))
        tab.context.close()
    return painted, usable


def show(tab: Page, address: str, ready: str) -> None:
    tab.goto(address)
    tab.wait_for_selector(ready)


def asked(browser: Browser, address: str, questions: Sequence[str]) -> list[float]:
    tab = browser.new_page()
    show(tab, address, ".example")
    return [asked_once(tab, question) for question in questions]


def asked_once(tab: Page, question: str) -> float:
    tab.locator("#question textarea").fill(question)
    tab.wait_for_timeout(300)  # as if it had been typed, and what Gradio does about that were over
    tab.evaluate(WATCHED)
    tab.keyboard.press("Enter")
    milliseconds: float = tab.evaluate("window.answered")
    return milliseconds


def line(name: str, milliseconds: Sequence[float]) -> None:
    late = statistics.quantiles(milliseconds, n=20)[-1]
    print(f"| {name} | {statistics.median(milliseconds):.0f} | {late:.0f} |")


if __name__ == "__main__":
    main()
