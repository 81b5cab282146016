"""Make the pictures of the README from the real page over the bundled articles.

    python docs/pictures.py

Writes page.png, the page with an open citation, and way.webp, from a question to its second citation.
Needs the index (`rag build`) and Chromium.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from rag import page
from rag.chat import Chat
from rag.settings import Settings

HERE = Path(__file__).parent
SIZE = {"width": 1280, "height": 760}
QUESTION = "How many people died on the Titanic?"
COLOURS = 96
SECONDS = 2.2
"""That a picture of the way is shown."""


def main() -> None:
    """Serve the page, go the way, and write both pictures."""
    addresses: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings(), port=0, questions=Path(folder) / "questions.jsonl")
        served = page.launch(Chat.open(settings), settings, announce=addresses.append, block=False)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            tab = browser.new_page(viewport=SIZE, reduced_motion="reduce")
            tab.goto(served.local_url)
            pictures = list(way(tab))
            browser.close()
        served.close(verbose=False)
    pictures[-2].quantize(COLOURS).save(HERE / "page.png", optimize=True)
    first, *others = [picture.resize((960, 570), Image.Resampling.LANCZOS) for picture in pictures]
    first.save(
        HERE / "way.webp",
        save_all=True,
        append_images=others,
        duration=int(1000 * SECONDS),
        loop=0,
        quality=70,
        method=6,
    )


def way(tab: Page) -> Iterator[Image.Image]:
    """Yield a picture of each step: ask, point at a citation, open it, go on to the next one."""
    tab.wait_for_selector(".example")
    yield picture(tab)
    box = tab.locator("#question textarea")
    box.fill(QUESTION)
    yield picture(tab)
    box.press("Enter")
    tab.wait_for_selector(".turn.answer")
    yield picture(tab)
    chips = tab.locator(".turn.answer .chip")
    chips.first.hover()
    tab.get_by_role("tooltip").wait_for()
    yield picture(tab)
    chips.first.click()
    tab.mouse.move(0, 0)
    tab.wait_for_selector("mark.current")
    yield picture(tab)
    tab.keyboard.press("n")
    tab.wait_for_selector(".chip.current >> text=2")
    yield picture(tab)


def picture(tab: Page) -> Image.Image:
    """Return what the tab shows, once it has come to rest."""
    tab.wait_for_timeout(600)
    return Image.open(io.BytesIO(tab.screenshot())).convert("RGB")


if __name__ == "__main__":
    main()
