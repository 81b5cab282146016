"""From a citation to its card, its article and back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from playwright.sync_api import Locator, expect
from three_articles import (
    APOLLO,
    BASALTS,
    COLLINS,
    HOSTILE,
    LANDED,
    LAUNCH,
    NOWHERE,
    OUTSIDE,
    QUARANTINE,
    ROCK_AGE,
    SAMPLES,
    STEPPED,
    TWICE,
    WHEN,
)

AGES = {
    "1969-07-22": "in 2 days",
    "1969-07-24": "today",
    "1969-07-25": "yesterday",
    "1969-08-06": "13 days ago",
    "1969-08-07": "2 weeks ago",
    "1969-09-23": "8 weeks ago",
    "1969-09-24": "2 months ago",
    "1971-07-23": "23 months ago",
    "1971-07-24": "2 years ago",
}
"""Of an article of 24 July 1969, by today's date."""

ARTICLE = " ".join(APOLLO.text.split())


def card_of(reader) -> Locator:
    return reader.tab.get_by_role("tooltip")


def current(reader) -> Locator:
    return reader.article.locator("mark.current")


def test_pointing_at_a_citation_shows_the_quote_in_its_context_and_how_it_was_checked(reader):
    chip = reader.ask(WHEN).get_by_role("button", name="Citation 1").first
    chip.hover()
    card = card_of(reader)
    expect(card.locator(".preview-title")).to_have_text(APOLLO.title)
    expect(card.locator(".facts")).to_contain_text("The Evening Register")
    assert card.locator(".passage").text_content() == f"{LAUNCH} {LANDED} {STEPPED}"
    expect(card.locator("mark")).to_have_text([LANDED])
    expect(card).to_contain_text("Word for word")
    expect(chip).to_have_accessible_description(re.compile(re.escape(LANDED)))


def test_the_age_of_an_article_counts_from_today(reader):
    chip = reader.ask(WHEN).get_by_role("button", name="Citation 1").first
    for day, age in AGES.items():
        reader.tab.clock.set_fixed_time(datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC))
        chip.click()
        expect(reader.article.locator(".facts").first).to_have_text(
            f"July 24, 1969 ({age}) · The Evening Register · Ada Whitlock"
        )


def test_the_card_can_be_pointed_at_and_goes_with_escape_or_the_pointer(reader):
    chip = reader.ask(WHEN).get_by_role("button", name="Citation 1").first
    card = card_of(reader)
    chip.hover()
    expect(card).to_be_visible()
    one, other = chip.bounding_box(), card.bounding_box()
    assert other["y"] >= one["y"] + one["height"] or other["y"] + other["height"] <= one["y"]
    card.hover()
    reader.tab.wait_for_timeout(500)
    expect(card).to_be_visible()
    reader.tab.keyboard.press("Escape")
    expect(card).to_be_hidden()
    chip.hover()
    expect(card).to_be_visible()
    reader.tab.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_the_card_shows_when_the_keyboard_reaches_a_citation(reader):
    reader.ask(WHEN)
    card = card_of(reader)
    for _ in range(5):
        reader.tab.keyboard.press("Shift+Tab")
    expect(card.locator("mark")).to_have_text([STEPPED])
    reader.tab.keyboard.press("Shift+Tab")
    expect(card.locator("mark")).to_have_text([QUARANTINE])
    reader.tab.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(reader.tab.locator(".chip").nth(1)).to_be_focused()


def test_a_finger_opens_the_article_and_no_card(new_reader, address):
    reader = new_reader(width=390, touch=True).open(address)
    chip = reader.ask(WHEN).get_by_role("button", name="Citation 2")
    chip.dispatch_event("pointerenter", {"pointerType": "touch"})  # a finger that rests, or scrolls
    reader.tab.wait_for_timeout(400)
    expect(card_of(reader)).to_be_hidden()
    chip.tap()
    expect(current(reader)).to_have_text([QUARANTINE])
    expect(current(reader)).to_be_focused()
    expect(card_of(reader)).to_be_hidden()


def test_a_citation_opens_the_whole_article_at_its_quote_with_the_others_marked_lighter(reader):
    reader.ask(WHEN).get_by_role("button", name="Citation 1").last.click()
    expect(current(reader)).to_have_text([STEPPED])
    expect(current(reader)).to_be_focused()
    expect(current(reader)).to_be_in_viewport()
    text = reader.article.locator(".reading-text .passage")
    assert " ".join(text.all_text_contents()) == ARTICLE
    assert reader.article.locator("mark").all_text_contents() == [LANDED, STEPPED]
    expect(reader.tab.locator(".sources-all")).to_be_hidden()
    expect(reader.tab.locator(".chip.current")).to_have_count(1)


def test_the_title_stays_in_sight_while_a_long_article_is_scrolled(new_reader, address, chat):
    long = replace(APOLLO, text="\n\n".join([APOLLO.text, *["And so on." for _ in range(60)]]))
    reader = new_reader(width=640, height=400).open(address)  # a wide screen at 200% zoom
    try:
        chat.articles[APOLLO.id] = long
        reader.ask(WHEN).locator(".chip").first.click()
        title = reader.article.get_by_role("heading")
        expect(current(reader)).to_be_focused()
        expect(title).to_be_in_viewport()
        below = title.bounding_box()["y"] + title.bounding_box()["height"]
        assert current(reader).bounding_box()["y"] >= below
        reader.article.locator(".passage").last.scroll_into_view_if_needed()
        expect(title).to_be_in_viewport()
    finally:
        chat.articles[APOLLO.id] = APOLLO


def test_at_200_percent_zoom_the_card_is_on_the_screen_beside_its_chip(new_reader, address):
    reader = new_reader(width=640, height=400).open(address)
    for chip in reader.ask(WHEN).locator(".chip").all():
        chip.hover()
        expect(card_of(reader)).to_be_visible()
        one, other = chip.bounding_box(), card_of(reader).bounding_box()
        assert 0 <= other["x"] <= other["x"] + other["width"] <= 640
        assert 0 <= other["y"] <= other["y"] + other["height"] <= 400
        assert other["y"] >= one["y"] + one["height"] or other["y"] + other["height"] <= one["y"]
        reader.tab.keyboard.press("Escape")


def test_the_article_says_what_it_is_why_it_was_found_and_where_it_is_from(reader):
    turn = reader.ask(TWICE)
    turn.get_by_role("button", name="Citation 1").last.click()
    article = reader.article
    expect(article.get_by_role("heading")).to_have_text(APOLLO.title)
    expect(article.locator(".facts").first).to_contain_text("The Evening Register · Ada Whitlock")
    expect(article.locator(".copies summary")).to_have_text("+4 copies")
    expect(article.locator(".why")).to_contain_text("Why this passage: matches “Moon”")
    expect(article).to_contain_text("Word for word")
    link = article.get_by_role("link")
    quoted = COLLINS.replace(" ", "%20")
    expect(link).to_have_attribute("href", f"{APOLLO.url}#:~:text={quoted}")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    turn.get_by_role("button", name="Citation 2").click()
    expect(article.get_by_role("heading")).to_have_text(SAMPLES.title)
    expect(article.get_by_role("link")).to_have_count(0)


def test_n_and_p_and_two_buttons_walk_through_the_citations_and_escape_leads_back(reader):
    turn = reader.ask(TWICE)
    tab = reader.tab
    place = tab.locator(".walk-place")
    turn.locator(".chip").first.click()
    expect(current(reader)).to_have_text([OUTSIDE])
    expect(place).to_have_text("1 of 3")
    tab.keyboard.press("p")
    expect(place).to_have_text("1 of 3")
    tab.keyboard.press("n")
    expect(current(reader)).to_have_text([QUARANTINE])
    expect(place).to_have_text("2 of 3")
    tab.get_by_role("button", name="Next citation").click()
    expect(current(reader)).to_have_text([COLLINS])
    expect(place).to_have_text("3 of 3")
    expect(tab.get_by_role("button", name="Next citation")).to_have_attribute("aria-disabled", "true")
    tab.keyboard.press("Escape")
    expect(turn.locator(".chip").nth(2)).to_be_focused()
    expect(card_of(reader)).to_be_hidden()
    expect(current(reader)).to_have_text([COLLINS])  # on a wide screen it can still be read
    tab.keyboard.press("Enter")
    expect(current(reader)).to_be_focused()
    tab.get_by_role("button", name="Previous citation").click()
    expect(current(reader)).to_have_text([QUARANTINE])


def test_letters_typed_into_a_question_walk_nowhere(reader):
    reader.ask(TWICE).locator(".chip").first.click()
    expect(current(reader)).to_be_focused()
    reader.tab.locator("#question textarea").press_sequentially("npn")
    expect(reader.tab.locator(".walk-place")).to_have_text("1 of 3")
    assert reader.box == "npn"


def test_back_leads_to_the_list_and_from_there_an_article_opens(reader):
    reader.ask(WHEN).get_by_role("button", name="Citation 2").click()
    expect(current(reader)).to_be_focused()
    reader.tab.get_by_role("button", name="All sources").click()
    expect(reader.article).to_be_hidden()
    expect(reader.sources).to_have_count(2)
    expect(reader.sources.nth(1).locator(".part")).to_have_attribute("aria-current", "true")
    expect(reader.sources.nth(1).get_by_role("button")).to_be_focused()
    reader.sources.nth(0).get_by_role("button", name=f"Read the article: {APOLLO.title}").click()
    expect(current(reader)).to_have_text([LANDED])
    expect(reader.tab.locator(".walk-place")).to_have_text("1 of 3")


def test_passages_that_were_found_and_not_cited_come_after_the_sources(reader):
    reader.ask(ROCK_AGE)
    found = reader.tab.locator(".found")
    expect(reader.sources).to_have_count(1)
    expect(found.get_by_role("heading")).to_have_text(["Also found", APOLLO.title, HOSTILE.title])
    expect(found.locator(".passage").first).to_have_text(f"… {COLLINS}")  # the sentence that fits best
    found.get_by_role("button").first.click()
    expect(reader.article.get_by_role("heading")).to_have_text(APOLLO.title)
    expect(current(reader)).to_have_text([COLLINS])
    expect(reader.article).to_contain_text("Not cited")
    expect(reader.tab.locator(".walk")).to_be_hidden()
    reader.tab.keyboard.press("Escape")
    expect(found.get_by_role("button").first).to_be_focused()


def test_the_panel_follows_the_answer_in_focus(reader):
    older = reader.ask(WHEN)
    newer = reader.ask(ROCK_AGE)
    newer.locator(".chip").click()
    expect(current(reader)).to_have_text([BASALTS])
    about = reader.tab.locator(".sources-of")
    older.locator(".asked").click()
    expect(reader.article).to_be_hidden()
    expect(about).to_have_text(WHEN)
    newer.locator(".chip").focus()
    expect(about).to_have_text(ROCK_AGE)
    reader.ask(NOWHERE)
    expect(reader.tab.locator(".sources-title")).to_have_text("Closest passages")


def test_what_is_selected_is_asked_for_at_once_and_a_begun_question_stays(reader, chat):
    statement = reader.ask(WHEN).locator(".statement").nth(1)
    reader.type("a question begun")
    finder = reader.tab.get_by_role("button", name="Find in articles")
    expect(finder).to_be_hidden()
    statement.locator(".words").first.click(click_count=3)
    finder.click()
    expect(reader.tab.locator(".turn")).to_have_count(2)
    expect(reader.tab.locator(".asked").nth(1)).to_have_text(QUARANTINE)  # without the number of its chip
    expect(finder).to_be_hidden()
    assert reader.box == "a question begun"
    assert chat.turns == ()  # it follows nothing up


def test_what_is_selected_in_an_article_on_a_narrow_screen_is_asked_for_in_the_chat(new_reader, address):
    reader = new_reader(width=390).open(address)
    reader.ask(WHEN).locator(".chip").first.click()
    expect(current(reader)).to_be_focused()
    reader.article.locator(".passage").nth(1).dblclick()
    reader.tab.get_by_role("button", name="Find in articles").click()
    expect(reader.tab.locator("#shelf")).to_be_hidden()
    expect(reader.tab.locator(".turn")).to_have_count(2)


def test_an_article_that_is_gone_or_was_changed_is_said_to_be(reader, chat):
    turn = reader.ask(WHEN)
    whole = dict(chat.articles)
    try:
        chat.articles[APOLLO.id] = replace(APOLLO, text="New: " + APOLLO.text)
        turn.locator(".chip").nth(0).click()
        expect(reader.article).to_contain_text("The article was changed since it was quoted")
        expect(reader.article.locator("mark")).to_have_count(0)
        del chat.articles[APOLLO.id], chat.articles[SAMPLES.id]
        turn.locator(".chip").nth(1).click()
        expect(reader.article).to_contain_text("The whole article cannot be shown")
        expect(reader.article.locator("mark")).to_have_text([QUARANTINE])
    finally:
        chat.articles = whole
