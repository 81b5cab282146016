"""What helps to read the open article: its outline, words found in it, a wider panel, and the keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from three_articles import APOLLO, SAMPLES, WHEN, ThreeArticles

from rag.settings import Settings
from rag.types import Block

HEADS = ("The launch", "The <b>walk</b>")
TEXT = f"{HEADS[0]}\n\n{APOLLO.text}\n\n{HEADS[1]}\n\n" + "The Moon was grey.\n\n" * 40


def blocks():
    """Yield the blocks of TEXT: its two heads, and what stands between empty lines."""
    start = 0
    for part in TEXT.split("\n\n"):
        if part:
            yield Block(start, start + len(part), *(("heading", 1) if part in HEADS else ()))
        start += len(part) + 2


@pytest.fixture(scope="module")
def structured(serve):
    chat = ThreeArticles()
    chat.articles[APOLLO.id] = replace(APOLLO, text=TEXT, blocks=tuple(blocks()))
    with serve(chat, Settings(port=0)) as address:
        yield address


@pytest.fixture
def reading(new_reader, structured):
    reader = new_reader().open(structured)
    reader.ask(WHEN).locator(".chip").first.click()
    expect(reader.article.locator(".reading-text")).to_contain_text("The Moon was grey.")
    return reader


def test_a_heading_of_the_outline_leads_to_its_place(reading):
    outline = reading.article.locator(".outline")
    outline.locator("summary").click()
    expect(outline.get_by_role("button")).to_have_text([*HEADS])
    outline.get_by_role("button").last.click()
    expect(outline.get_by_role("button").last).to_be_hidden()
    heading = reading.article.locator(".reading-text h4").last
    expect(heading).to_be_focused()
    stays = reading.article.locator(".reading-stays").bounding_box()
    assert heading.bounding_box()["y"] >= stays["y"] + stays["height"]


def test_an_article_without_headings_has_no_outline(reader):
    reader.ask(WHEN).locator(".chip").first.click()
    expect(reader.article.locator("mark.current")).to_be_focused()
    expect(reader.article.locator(".outline")).to_be_hidden()


def test_words_are_found_counted_and_walked_through_by_keyboard(reading):
    keyboard, count = reading.tab.keyboard, reading.article.locator(".finder-count")
    keyboard.press("/")
    expect(reading.article.get_by_role("searchbox")).to_be_focused()
    keyboard.type("moon WAS")
    expect(count).to_have_text("1 of 40")
    keyboard.press("Enter")
    expect(count).to_have_text("2 of 40")
    keyboard.press("Shift+Enter")
    keyboard.press("Shift+Enter")
    expect(count).to_have_text("40 of 40")
    shown = "[...CSS.highlights.get('found-here')].map(String)"
    assert reading.tab.evaluate(shown) == ["Moon was"]
    assert reading.tab.evaluate("CSS.highlights.get('found').size") == 40
    top = reading.tab.evaluate("[...CSS.highlights.get('found-here')][0].getBoundingClientRect().top")
    assert 0 < top < 800
    keyboard.type("x.*")
    expect(count).to_have_text("not found")


def test_escape_ends_the_search_first_and_then_leads_back(reading):
    keyboard = reading.tab.keyboard
    keyboard.press("/")
    keyboard.type("moon")
    expect(reading.article.locator(".finder-count")).to_contain_text("of")
    keyboard.press("Escape")
    expect(reading.article.get_by_role("searchbox")).to_have_value("")
    expect(reading.article.locator(".finder-count")).to_have_text("")
    keyboard.press("Escape")
    expect(reading.tab.locator(".turn .chip").first).to_be_focused()


def test_a_letter_that_is_typed_to_be_found_walks_nowhere(reading):
    reading.article.get_by_role("searchbox").press_sequentially("nnp/")
    expect(reading.article.get_by_role("searchbox")).to_have_value("nnp/")
    expect(reading.tab.locator(".walk-place")).to_have_text("1 of 3")


def test_another_article_is_searched_anew(reading):
    reading.article.get_by_role("searchbox").fill("moon")
    expect(reading.article.locator(".finder-count")).to_contain_text("of")
    reading.tab.locator(".walk-next").click()
    expect(reading.article).to_contain_text(SAMPLES.title)
    expect(reading.article.get_by_role("searchbox")).to_have_value("")


def test_the_panel_is_widened_for_an_article_alone(reading):
    shelf = reading.tab.locator("#shelf")
    before = shelf.bounding_box()["width"]
    reading.article.get_by_role("button", name="Wider").click()
    expect(reading.article.get_by_role("button", name="Narrower")).to_be_visible()
    assert shelf.bounding_box()["width"] > before * 1.5
    reading.tab.locator(".back").click()
    assert shelf.bounding_box()["width"] == before


def test_the_keys_are_told_where_they_are_used(reading):
    expect(reading.article.locator(".keys span")).to_have_text(
        ["n, p: next and previous citation", "/: find", "Esc: back to the answer"]
    )
    reading.tab.keyboard.press("n")
    expect(reading.tab.locator(".walk-place")).to_have_text("2 of 3")
    reading.tab.keyboard.press("p")
    expect(reading.tab.locator(".walk-place")).to_have_text("1 of 3")


def test_on_a_narrow_screen_the_tools_fit(new_reader, structured):
    reader = new_reader(width=390, height=844).open(structured)
    reader.ask(WHEN).locator(".chip").first.click()
    outline = reader.article.locator(".outline")
    outline.locator("summary").click()
    for part in (outline.locator(".outline-list"), reader.article.get_by_role("searchbox")):
        place = part.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 390
        assert place["y"] + place["height"] <= 844
    expect(reader.article.get_by_role("button", name="Wider")).to_be_hidden()
