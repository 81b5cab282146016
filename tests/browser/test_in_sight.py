"""The panel belongs to the question in sight, whatever became of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from three_articles import (
    APOLLO,
    BROKEN,
    LISTED,
    NOWHERE,
    REFUSED,
    ROCK_AGE,
    SAMPLES,
    SLOW,
    TWICE,
    TWO_PLACES,
    WHEN,
)


def about(reader):
    """The question that the panel belongs to."""
    return reader.tab.locator(".sources-of")


def test_a_question_that_is_searched_and_then_stopped_has_the_panel_without_older_sources(reader, chat):
    chat.gate.clear()
    try:
        reader.ask(WHEN)
        reader.send(SLOW)
        expect(about(reader)).to_have_text(SLOW)
        expect(reader.sources).to_have_count(0)
        expect(reader.tab.locator(".sources-none")).to_contain_text("will be shown here")
        reader.tab.locator("#question textarea").press("Escape")
        expect(reader.tab.locator(".turn.stopped")).to_have_count(1)
        expect(about(reader)).to_have_text(SLOW)
        expect(reader.tab.locator(".sources-none")).to_contain_text("was not answered")
    finally:
        chat.gate.set()


@pytest.mark.parametrize("question", [BROKEN, REFUSED, LISTED])
def test_a_question_without_sources_does_not_show_those_of_the_one_before(reader, question):
    reader.ask(WHEN)
    reader.ask(question)
    expect(about(reader)).to_have_text(question)
    expect(reader.sources).to_have_count(0)


def test_the_question_that_is_scrolled_to_has_the_panel(reader):
    for question in (WHEN, ROCK_AGE, NOWHERE):
        reader.ask(question)
    expect(about(reader)).to_have_text(NOWHERE)
    conversation = reader.tab.locator(".conversation")
    conversation.evaluate("it => it.scrollTo(0, 0)")
    expect(about(reader)).to_have_text(WHEN)
    expect(reader.sources).to_have_count(2)
    conversation.evaluate("it => it.scrollTo(0, it.scrollHeight)")
    expect(about(reader)).to_have_text(NOWHERE)


def test_a_turn_that_is_pressed_keeps_the_panel_while_it_stays_in_sight(reader):
    reader.ask(ROCK_AGE)
    older = reader.ask(TWICE)
    reader.ask(WHEN)
    older.locator(".chip").first.click()
    expect(reader.article.locator("mark.current")).to_be_focused()
    reader.tab.locator(".conversation").evaluate("it => it.scrollBy(0, -20)")
    expect(reader.article).to_be_visible()
    expect(about(reader)).to_have_text(TWICE)


def test_an_answer_that_comes_while_an_older_one_is_read_takes_the_panel_with_the_view(reader, chat):
    chat.gate.clear()
    reader.ask(ROCK_AGE)
    reader.send(SLOW)
    chat.gate.set()
    expect(reader.sources).to_have_count(2)
    expect(about(reader)).to_have_text(SLOW)


def test_passages_of_one_article_share_a_card_with_its_title_once(reader):
    reader.ask(TWO_PLACES)
    expect(reader.sources.locator(".source-title")).to_have_text([APOLLO.title, SAMPLES.title])
    expect(reader.sources.first.locator(".number")).to_have_text(["1", "3"])
    reader.sources.first.get_by_role("button").nth(1).click()
    expect(reader.tab.locator(".walk-place")).to_have_text("3 of 3")


def test_an_article_opened_in_another_view_does_not_stay_with_the_chat(reader):
    reader.ask(ROCK_AGE)
    views = reader.tab.get_by_role("navigation", name="Views")
    views.get_by_role("button", name="Articles").click()
    reader.tab.locator(".articles-open").first.click()
    expect(reader.article).to_be_visible()
    views.get_by_role("button", name="Chat").click()
    expect(reader.article).to_be_hidden()
    expect(about(reader)).to_have_text(ROCK_AGE)
