"""A page served in this process, and readers who look at it in a real Chromium."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from chromium import CHROMIUM

UNDERWAY = ".turn[aria-busy=true]"

PATIENCE = 20_000
"""Milliseconds that a page is waited for: only a test that fails takes them, and a machine may be busy."""

GRADIOS_OWN = (
    "ignore:'future.no_silent_downcasting' is deprecated",  # sums up its queue by options that
    "ignore:The copy keyword is deprecated",  # pandas 3 has deprecated
    "ignore:unclosed event loop:ResourceWarning",  # makes loops while it is imported and launched
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the warnings of Gradio 6.31 itself pass, in these tests only."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            for warning in GRADIOS_OWN:
                item.add_marker(pytest.mark.filterwarnings(warning))


@pytest.fixture(scope="module", autouse=True)
def no_loop_left() -> Iterator[None]:
    """Collect Gradio's unclosed loops after these tests, lest they be collected, and blamed, in others."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@contextmanager
def serving(chat: Any, settings: Any) -> Iterator[str]:
    """Serve the page and return its address."""
    from rag import page

    announced: list[str] = []
    served = page.launch(chat, settings, announce=announced.append, block=False)
    assert served.local_url in announced[0]
    yield served.local_url
    served.close(verbose=False)


class Reader:
    """One browser tab, used as a person uses it."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab
        self.trouble: list[str] = []
        self.requests: list[str] = []
        tab.on("console", lambda said: said.type in ("error", "warning") and self.trouble.append(said.text))
        tab.on("pageerror", lambda error: self.trouble.append(str(error)))
        tab.on("dialog", lambda dialog: (self.trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        tab.on("request", lambda request: self.requests.append(request.url))

    def open(self, address: str) -> Reader:
        self.tab.goto(address)
        self.tab.wait_for_selector(".welcome-title")
        self.tab.wait_for_selector(".welcome-wait", state="detached")
        return self

    def type(self, question: str) -> None:
        self.tab.locator("#question textarea").fill(question)

    def ask(self, question: str) -> Any:
        """Ask and wait for the outcome; return its turn."""
        turn = self.send(question)
        self.tab.wait_for_selector(UNDERWAY, state="detached")
        return turn

    def send(self, question: str) -> Any:
        """Ask and return the turn as soon as it is there."""
        turns = self.tab.locator(".turn")
        before = turns.count()
        self.type(question)
        self.tab.keyboard.press("Enter")
        turns.nth(before).wait_for()
        return turns.nth(before)

    @property
    def box(self) -> str:
        value: str = self.tab.locator("#question textarea").input_value()
        return value

    @property
    def sources(self) -> Any:
        """The cards of what is cited, or closest to a question that is not answered."""
        return self.tab.locator("#shelf .sources-list .source")

    @property
    def article(self) -> Any:
        """The article in the panel."""
        return self.tab.locator("#shelf .reading")

    @property
    def hosts(self) -> set[str | None]:
        """Hosts asked for anything; what a page carries in itself has none."""
        return {urlsplit(url).hostname for url in self.requests if not url.startswith(("data:", "blob:"))}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start one browser for all tests; without Chromium they are skipped, but never on CI."""
    if CHROMIUM is None:
        missing = "no Chromium on this machine; install your system's package chromium"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chat() -> Any:
    from three_articles import ThreeArticles

    return ThreeArticles()


@pytest.fixture(scope="session")
def address(chat: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page over three articles."""
    from rag.settings import Settings

    settings = Settings(port=0, questions=tmp_path_factory.mktemp("questions") / "questions.jsonl")
    with serving(chat, settings) as served:
        yield served


@pytest.fixture(scope="session")
def serve() -> Callable[..., Any]:
    """Serve the page over another chat."""
    return serving


@pytest.fixture
def new_reader(chromium: Any) -> Iterator[Callable[..., Reader]]:
    """Return a maker of readers; afterwards none may have met an error or another host."""
    readers: list[Reader] = []
    contexts: list[Any] = []

    def make(*, width: int = 1280, height: int = 800, scheme: str = "light", touch: bool = False) -> Reader:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            has_touch=touch,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        readers.append(Reader(context.new_page()))
        return readers[-1]

    yield make
    trouble = [said for reader in readers for said in reader.trouble]
    hosts = {host for reader in readers for host in reader.hosts}
    for context in contexts:
        context.close()
    assert trouble == []
    assert hosts <= {"127.0.0.1"}


@pytest.fixture
def reader(new_reader: Callable[..., Reader], address: str) -> Reader:
    """A reader who has opened the page on a wide screen."""
    return new_reader().open(address)
