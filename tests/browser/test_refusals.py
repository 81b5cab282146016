"""A no helps: it shows the closest sentence with its match, what is missing, and what is answered."""

from __future__ import annotations

from playwright.sync_api import expect
from three_articles import APOLLO, COLLINS, ROCK_AGE, UNNAMED, WHEN


def test_what_no_passage_mentions_is_named(reader):
    refusal = reader.ask(UNNAMED).locator(".refusal")
    expect(refusal).to_have_text(
        "The articles don't answer this: no passage that was found mentions “<b>Zorblax</b>”."
    )


def test_the_closest_sentence_comes_first_and_whole_and_with_what_matches(reader):
    nearest = reader.ask(UNNAMED).locator(".near")
    expect(nearest.first).to_contain_text(APOLLO.title)
    expect(nearest.first.locator(".near-words")).to_have_text(COLLINS)
    expect(nearest.first.locator(".near-why")).to_have_text(
        "matches “Moon”, “<b>lunar</b>”; close in meaning"
    )
    expect(nearest.nth(1).locator(".near-why")).to_have_count(0)
    nearest.first.click()
    expect(reader.article.locator("mark.current")).to_have_text(COLLINS)


def test_the_nearest_question_that_is_answered_is_offered(reader):
    turn = reader.ask(UNNAMED)
    expect(turn.locator(".next-lead")).to_have_text("The nearest question that they answer")
    turn.get_by_role("button", name=WHEN).click()
    expect(reader.tab.locator(".turn.answer .asked")).to_have_text(WHEN)


def test_tab_leads_from_the_box_to_the_first_citation_of_a_new_answer_and_it_says_so(reader):
    box, keyboard = reader.tab.locator("#question textarea"), reader.tab.keyboard
    answer = reader.ask(ROCK_AGE)
    expect(box).to_have_attribute("placeholder", "Ask a question… (Tab: first citation)")
    keyboard.press("Tab")
    expect(answer.locator(".chip").first).to_be_focused()
    expect(box).to_have_attribute("placeholder", "Ask a question…")
    keyboard.press("Enter")
    expect(reader.article.locator("mark.current")).to_be_focused()
    keyboard.press("Escape")
    expect(answer.locator(".chip").first).to_be_focused()
    box.focus()
    keyboard.press("Tab")
    expect(reader.tab.locator("#limit")).to_be_focused()


def test_tab_goes_on_as_ever_where_something_is_typed_or_nothing_is_cited(reader):
    box, keyboard = reader.tab.locator("#question textarea"), reader.tab.keyboard
    reader.ask(UNNAMED)
    expect(box).to_have_attribute("placeholder", "Ask a question…")
    reader.ask(ROCK_AGE)
    box.fill("And")
    keyboard.press("Tab")
    expect(reader.tab.locator("#limit")).to_be_focused()
