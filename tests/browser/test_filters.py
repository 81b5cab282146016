"""Answers are limited by hand to some articles: by date, source, author, collection or title."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from pydantic import ValidationError
from three_articles import APOLLO, HACK, HOSTILE, SAMPLES, SHUT_OUT, TIMED, TWICE, WHEN, ThreeArticles

from rag.errors import FilterError
from rag.page.asking import limits_of
from rag.page.calls.choosing import MOST, calls, choices_of, with_title
from rag.types import Filter


@pytest.fixture
def panel(reader):
    """The panel of filters, open."""
    reader.tab.get_by_role("button", name="Filter", exact=True).click()
    panel = reader.tab.get_by_role("region", name="Filter")
    expect(panel).to_be_visible()
    return panel


def chips(place) -> Locator:
    return place.locator(".time bdi")


def test_a_filter_is_set_held_and_removed(reader, panel, chat):
    expect(panel.locator("legend")).to_have_text(["Sources", "Authors", "Collections", "Articles"])
    expect(panel.get_by_role("status")).to_have_text("3 articles pass.")
    panel.get_by_role("button", name=APOLLO.source).click()
    expect(panel.get_by_role("button", name=APOLLO.source)).to_have_attribute("aria-pressed", "true")
    expect(panel.get_by_role("status")).to_have_text("1 article passes.")
    panel.get_by_role("button", name="Done").click()
    expect(panel).to_be_hidden()
    expect(reader.tab.get_by_role("button", name="Filter", exact=True)).to_be_focused()
    held = reader.tab.get_by_role("list", name="Only these articles may answer")
    expect(chips(held)).to_have_text([f"Source: {APOLLO.source}"])
    for _ in range(2):  # it holds for the questions to come
        turn = reader.ask(WHEN)
        assert chat.filter == Filter(sources=(APOLLO.source,))
        expect(chips(turn)).to_have_text([f"Source: {APOLLO.source}"])
    held.get_by_role("button", name=f"Remove: Source: {APOLLO.source}").press("Enter")
    expect(held).to_be_hidden()
    expect(reader.tab.get_by_role("button", name="Filter", exact=True)).to_be_focused()
    assert chips(reader.ask(WHEN)).count() == 0
    assert chat.filter is None
    expect(chips(turn)).to_have_count(1)  # what was answered stays as it was


def test_removing_a_part_above_an_answer_asks_that_question_again_without_it(reader, panel, chat):
    panel.get_by_label("From").fill("1969-01-01")
    panel.get_by_label("Until").fill("2024-12-31")
    panel.get_by_role("button", name="space", exact=False).first.click()
    panel.get_by_role("button", name="Done").click()
    turn = reader.ask(TIMED)
    reader.ask(WHEN)
    assert chat.filter == Filter(since=date(1969, 1, 1), until=date(2024, 12, 31), collections=("space",))
    words = [
        "Published Jan 1, 1969 – Dec 31, 2024",
        "Collection: space",
        "since 1969",
        "newer articles first",
    ]
    expect(chips(turn)).to_have_text(words)
    turn.get_by_role("button", name="Remove: Collection: space").click()
    expect(chips(turn)).to_have_text([words[0], *words[2:]])
    assert chat.filter == Filter(since=date(1969, 1, 1), until=date(2024, 12, 31))
    assert reader.tab.locator(".turn").count() == 2
    expect(reader.tab.locator("#limits-set .time")).to_have_count(2)  # and of the questions to come no word
    turn.get_by_role("button", name="Remove: since 1969", exact=True).click()
    expect(chips(turn)).to_have_text([words[0], words[3]])
    turn.get_by_role("button", name="Edit").click()
    reader.tab.keyboard.press("Enter")
    expect(chips(turn)).to_have_text([words[0], *words[2:]])  # a question that is edited keeps its filter


def test_an_article_is_found_by_part_of_its_title(reader, panel, chat):
    box = panel.get_by_role("searchbox", name="Type part of a title")
    box.fill("moon ROCKS")
    found = panel.get_by_role("button", name=SAMPLES.title)
    expect(found).to_contain_text("no date")
    found.click()
    box.fill("svg")
    panel.get_by_role("button", name="<svg onload").click()
    box.fill("")
    expect(panel.locator(".limits-name[aria-pressed=true]")).to_have_count(2)  # what is chosen stays in sight
    box.press("Enter")  # asks nothing
    expect(reader.tab.locator(".turn")).to_have_count(0)
    reader.tab.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(chips(reader.tab.locator("#limits-set"))).to_have_text(
        [f"Article: {SAMPLES.title}", f"Article: {HOSTILE.title}"]
    )
    reader.ask(WHEN)
    assert chat.filter == Filter(articles=(SAMPLES.id, HOSTILE.id))
    expect(reader.tab.locator("#desk").locator("script, img, b")).to_have_count(0)
    assert reader.tab.evaluate("window.__hacked") is None


def test_a_filter_that_nothing_passes_is_said_before_asking_and_in_a_turn(reader, panel):
    panel.get_by_label("From").fill("2025-01-01")
    expect(panel.get_by_role("status")).to_have_text(
        "No article passes; loosen it. 1 without a date is left out."
    )
    panel.get_by_label("Until").fill("2024-01-01")
    expect(panel.get_by_role("status")).to_have_text("since 2025-01-01 is after until 2024-01-01; swap them")
    panel.get_by_label("Until").fill("")
    panel.get_by_role("button", name="Done").click()
    turn = reader.ask(WHEN)
    expect(turn.locator(".trouble")).to_contain_text("no article passes the filter")
    turn.get_by_role("button", name="Remove: Published from Jan 1, 2025").click()
    expect(turn.locator(".statement")).to_have_count(3)


def test_all_of_it_is_cleared_at_once(reader, panel):
    panel.get_by_label("From").fill("1969-01-01")
    panel.get_by_role("button", name=APOLLO.author).click()
    panel.get_by_role("button", name="Clear").click()
    expect(panel.get_by_label("From")).to_have_value("")
    expect(panel.locator("[aria-pressed=true]")).to_have_count(0)
    expect(reader.tab.locator("#limits-set")).to_be_hidden()


def test_an_example_is_asked_of_all_articles_and_what_follows_an_answer_of_its_own(reader, panel, chat):
    panel.get_by_role("button", name=APOLLO.source).click()
    reader.tab.keyboard.press("Escape")
    reader.tab.get_by_role("button", name=WHEN).click()
    expect(reader.tab.locator(".turn .statement")).to_have_count(3)
    assert chat.filter is None
    turn = reader.ask(TWICE)
    assert chat.filter == Filter(sources=(APOLLO.source,))
    reader.tab.locator("#limits-set .remove").click()
    turn.get_by_role("button", name=HACK).click()
    expect(reader.tab.locator(".turn")).to_have_count(3)
    expect(chips(reader.tab.locator(".turn").last)).to_have_text([f"Source: {APOLLO.source}"])


def test_a_new_chat_begins_without_a_filter(reader, panel):
    panel.get_by_role("button", name=APOLLO.source).click()
    panel.get_by_role("button", name="Done").click()
    reader.ask(WHEN)
    reader.tab.get_by_role("button", name="New chat").click()
    expect(reader.tab.locator("#limits-set")).to_be_hidden()


def test_an_article_alone_can_be_asked_from_its_text_and_from_the_table(reader, chat):
    turn = reader.ask(WHEN)
    turn.locator(".chip").first.click()
    reader.article.get_by_role("button", name=f"Ask only this: {APOLLO.title}").click()
    expect(chips(reader.tab.locator("#limits-set"))).to_have_text([f"Article: {APOLLO.title}"])
    expect(reader.tab.locator("#question textarea")).to_be_focused()
    reader.ask(WHEN)
    assert chat.filter == Filter(articles=(APOLLO.id,))
    reader.tab.get_by_role("button", name="Articles", exact=True).click()
    reader.tab.get_by_role("button", name=f"Ask only this: {SAMPLES.title}").click()
    expect(chips(reader.tab.locator("#limits-set"))).to_have_text([f"Article: {SAMPLES.title}"])
    expect(reader.tab.locator("#question textarea")).to_be_focused()


def test_where_only_an_article_outside_the_filter_answers_all_are_asked_at_a_press(reader, panel, chat):
    panel.get_by_role("button", name=APOLLO.source).click()
    panel.get_by_role("button", name="Done").click()
    turn = reader.ask(SHUT_OUT)
    expect(turn.locator(".outside")).to_contain_text(
        f"An article outside the filter answers it: {HOSTILE.title}."
    )
    assert reader.tab.evaluate("window.__hacked") is None
    turn.get_by_role("button", name="Ask all articles").click()
    expect(turn.locator(".outside")).to_have_count(0)
    assert (reader.tab.locator(".turn").count(), chat.filter) == (1, None)


def test_articles_without_a_date_are_not_left_out_in_silence(reader, panel):
    panel.get_by_label("From").fill("1960-01-01")
    expect(panel.get_by_role("status")).to_have_text("2 articles pass. 1 without a date is left out.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_fits_a_phone(new_reader, address, scheme):
    reader = new_reader(width=390, height=700, scheme=scheme).open(address)
    reader.tab.get_by_role("button", name="Filter", exact=True).click()
    panel = reader.tab.get_by_role("region", name="Filter")
    box = panel.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    expect(panel.get_by_role("button", name="Done")).to_be_in_viewport()
    expect(reader.tab.locator("#send")).to_be_in_viewport()
    assert not reader.tab.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_choices_are_the_names_that_articles_have_the_most_frequent_first():
    cards = ThreeArticles().cards()
    more = [replace(card, id=f"more/{card.id}") for card in cards[:1]]
    found = choices_of([*cards, *more])
    assert found["sources"][0] == {"name": APOLLO.source, "count": 2}
    assert found["authors"] == [{"name": APOLLO.author, "count": 2}, {"name": HOSTILE.author, "count": 1}]
    assert {each["name"]: each["count"] for each in found["collections"]} == {
        "space": 2, "odd": 1, "more/space": 1, "more": 1,
    }  # fmt: skip
    assert (found["since"], found["until"]) == ("1969-07-24", "2024-02-29")
    assert choices_of([])["since"] is None
    many = [replace(cards[0], source=str(number)) for number in range(MOST + 1)]
    assert len(choices_of(many)["sources"]) == MOST


def test_a_title_is_found_by_its_words_whatever_their_case_and_order():
    cards = ThreeArticles().cards()
    assert [each["article"] for each in with_title(cards, "ROCKS moon")] == [SAMPLES.id]
    assert with_title(cards, "geology") == []  # its source, not its title
    assert len(with_title(cards * 10, "moon")) == 8


def test_a_filter_that_cannot_be_told_says_why():
    class Broken(ThreeArticles):
        def passing(self, filter):
            raise FilterError("no source X")

    *_, passing = calls(Broken, lambda: [])
    assert passing({"sources": ["X"]}) == {"count": None, "undated": 0, "message": "no source X"}
    assert passing({"since": "soon"})["count"] is None
    *_, passing = calls(ThreeArticles, lambda: [])
    assert passing({}) == {"count": 3, "undated": 0, "message": None}
    assert passing({"until": "2000"}) == {"count": 1, "undated": 1, "message": None}
    strange: tuple[Any, ...] = (5, None, {"sources": 5}, {"since": {}})
    for odd in strange:
        with pytest.raises(ValidationError):
            passing(odd)


def test_limits_that_a_browser_sends_become_a_filter():
    assert limits_of({"since": None, "sources": [], "more": 1}).filter() is None
    assert limits_of({"until": "2024-02", "articles": ["a"]}).filter() == Filter(
        until=date(2024, 2, 29), articles=("a",)
    )
