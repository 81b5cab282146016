"""A person's whole way through the page, over the real chat and the bundled articles."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag import build
from rag.chat import Chat
from rag.settings import Settings

ROOT = Path(__file__).parents[2]
LETTER = """# A letter from the keeper

The lighthouse keeper Ada Whitlock lit the lamp at Gannet Point for the first time on 3 May 1881.
It could be seen for 18 miles.
"""


@pytest.fixture
def own(tmp_path, serve):
    """Serve the page over a copy of the bundled articles; return its address and settings."""
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    settings = Settings(
        corpus=tmp_path / "corpus",
        index=tmp_path / "index",
        questions=tmp_path / "questions.jsonl",
        port=0,
    )
    build.build(settings)
    with serve(Chat.open(settings), settings) as address:
        yield address, settings


def test_from_a_question_to_a_test_of_it(new_reader, own):
    address, settings = own
    reader = new_reader().open(address)
    tab = reader.tab

    # Ask, look at a citation on its card, then in its article, and go on to the next.
    turn = reader.ask("How did Apollo 11 land on the Moon?")
    first = turn.get_by_role("button", name="Citation 1").first
    first.hover()
    expect(tab.get_by_role("tooltip")).to_contain_text("Word for word")
    first.click()
    expect(reader.article.locator("mark.current")).to_be_in_viewport()
    tab.keyboard.press("n")
    expect(tab.locator("#shelf .walk-place")).to_have_text(re.compile(r"2 of \d"))
    tab.keyboard.press("Escape")
    expect(turn.locator(".chip").nth(1)).to_be_focused()

    # Follow it up.
    turn = reader.ask("Who stepped onto the ground first?")
    expect(turn.locator(".statement").first).to_contain_text("Armstrong")

    # Limit by hand what may answer, and take that back.
    tab.get_by_role("button", name="Filter", exact=True).click()
    tab.get_by_role("region", name="Filter").get_by_role("button", name="health").click()
    tab.keyboard.press("Escape")
    turn = reader.ask("When did the Titanic sink?")
    expect(turn.locator(".refusal")).to_be_visible()
    turn.get_by_role("button", name="Remove: Collection: health").click()
    expect(turn.locator(".statement").first).to_contain_text("15 April")
    tab.locator("#limits-set").get_by_role("button", name="Remove: Collection: health").click()

    # Add an article, and ask about it.
    tab.get_by_role("button", name="Articles", exact=True).click()
    view = tab.locator("#articles")
    view.locator("input[type=file]").set_input_files(
        [{"name": "letter.md", "mimeType": "text/markdown", "buffer": LETTER.encode()}]
    )
    expect(view.locator(".articles-told li").first).to_have_text("Added letter.md")
    expect(view.locator(".articles-count")).to_have_text("31 articles", timeout=60_000)
    tab.get_by_role("button", name="Chat", exact=True).click()
    turn = reader.ask("When was the lamp at Gannet Point lit?")
    expect(turn.locator(".short")).to_have_text("3 May 1881")
    expect(turn.locator(".statement").first).to_contain_text("Ada Whitlock")

    # Take the answer along.
    with tab.expect_download() as download:
        turn.locator(".take summary").click()
        turn.get_by_role("button", name="Download as Markdown").click()
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Ada Whitlock lit the lamp" in saved
    assert "A letter from the keeper" in saved

    # Keep it as a test, and run that.
    turn.get_by_role("button", name="This is right").click()
    expect(turn.locator(".kept")).to_contain_text("Saved as a test.")
    [case] = [json.loads(line) for line in settings.questions.read_text(encoding="utf-8").splitlines()]
    assert (case["question"], case["article"]) == (
        "When was the lamp at Gannet Point lit?",
        "added/letter.md",
    )
    tab.get_by_role("button", name="Tests", exact=True).click()
    tests = tab.locator("#tests")
    tests.get_by_role("button", name="Run the tests").click()
    expect(tests.locator(".trial-report")).to_contain_text("1 of 1 right", timeout=60_000)
