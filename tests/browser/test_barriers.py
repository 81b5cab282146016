"""axe-core finds no barrier in any state of the page, and its text can be twice as large."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from three_articles import ALMOST, COMPARED, LISTED, MISSING, NOWHERE, REFUSED, TIMED, TWICE, WHEN

from rag.page.strings import ENGLISH

AXE = Path(sys.prefix) / "node_modules" / "axe-core" / "axe.min.js"

FOUND = """
async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  const named = ({ id, impact, nodes }) => nodes.map(({ target }) => `${impact} ${id}: ${target}`);
  return violations.flatMap(named);
}
"""


@pytest.fixture(scope="module")
def axe() -> str:
    """Return axe-core; without it these tests are skipped, but never on CI."""
    if not AXE.is_file():
        missing = "axe-core is not installed; install it with: make test (it needs npm)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return AXE.read_text(encoding="utf-8")


def states(reader: Any) -> Iterator[str]:
    """Bring the page into one state after another, and name it."""
    tab = reader.tab
    yield "welcome"
    for question in (NOWHERE, MISSING, ALMOST, LISTED, COMPARED, TIMED, REFUSED, TWICE, WHEN):
        reader.ask(question)
        yield question
    tab.get_by_role("button", name="Filter", exact=True).click()
    tab.locator(".limits-name").first.click()
    expect(tab.locator(".limits-passing")).to_contain_text("1 article passes.")
    yield "the filters"
    tab.get_by_role("button", name="Clear").click()
    tab.keyboard.press("Escape")
    tab.locator(".asked-head .edit").last.focus()
    tab.keyboard.press("Enter")
    yield "a question that is edited"
    tab.keyboard.press("Escape")
    tab.get_by_role("button", name="History").click()
    yield "the conversations that are kept"
    tab.keyboard.press("Escape")
    tab.locator(".chip").last.focus()
    expect(tab.get_by_role("tooltip")).to_be_visible()
    yield "a card"
    tab.keyboard.press("Enter")
    expect(tab.locator("mark.current")).to_be_focused()
    yield "an article"
    tab.keyboard.press("Escape")
    tab.get_by_role("button", name="Articles", exact=True).click()
    tab.locator(".articles-away").first.click()
    tab.locator(".articles-unread summary").click()
    yield "the articles"
    tab.locator(".articles-no").click()
    tab.get_by_role("button", name="Chat", exact=True).click()
    answer = tab.locator(".turn").last
    answer.get_by_role("button", name=ENGLISH.wrong).click()
    answer.get_by_role("button", name="Save as test").click()
    yield "the form that asks what is right"
    answer.get_by_role("radio").last.check()
    answer.get_by_role("button", name="Save as test").click()
    expect(answer.locator(".kept")).to_contain_text("Saved as a test.")
    yield "a case that was kept"
    tab.get_by_role("button", name="Tests", exact=True).click()
    yield "the tests"
    tab.get_by_role("button", name=f"Remove: {WHEN}").click()
    expect(tab.locator(".trial-none")).to_be_visible()
    yield "no tests"
    tab.get_by_role("button", name="Chat", exact=True).click()
    tab.locator(".chip").last.click()
    expect(tab.locator("mark.current")).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing(new_reader, address, axe, scheme, width):
    reader = new_reader(width=width, scheme=scheme).open(address)
    reader.tab.evaluate(axe)
    assert [f"{state}: {found}" for state in states(reader) for found in reader.tab.evaluate(FOUND)] == []


def test_axe_would_find_a_button_without_a_name(reader, axe):
    reader.tab.evaluate(axe)
    reader.tab.evaluate("document.querySelector('#send').append(document.createElement('button'))")
    reader.tab.evaluate("document.querySelector('#desk').append(document.createElement('button'))")
    assert "button-name" in " ".join(reader.tab.evaluate(FOUND))


CUT_OFF = """
() => [...document.querySelectorAll('#top *, #desk *')]
  .filter((each) => each.checkVisibility() && each.textContent.trim())
  .filter((each) => !each.closest('.gap, .preview, .sr-only'))
  .filter((each) => ['hidden', 'clip'].includes(getComputedStyle(each).overflowX))
  .filter((each) => each.scrollWidth > each.clientWidth + 1)
  .map((each) => `${each.className}: ${each.textContent.slice(0, 40)}`)
"""


@pytest.mark.parametrize("width", [640, 1280])
def test_text_can_be_twice_as_large(new_reader, address, width):
    reader = new_reader(width=width)
    reader.tab.add_init_script(
        "document.addEventListener('DOMContentLoaded',"
        " () => document.documentElement.style.fontSize = '200%')"
    )
    for state in states(reader.open(address)):
        assert reader.tab.evaluate("document.documentElement.scrollWidth") <= width, state
        assert reader.tab.evaluate(CUT_OFF) == [], state
    mark, title = reader.tab.locator("mark.current"), reader.tab.locator(".reading-top")
    assert mark.bounding_box()["y"] >= title.bounding_box()["y"] + title.bounding_box()["height"]
