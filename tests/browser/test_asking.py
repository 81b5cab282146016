"""What a person sees who asks and follows a citation."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from three_articles import (
    ALMOST,
    APOLLO,
    BASALTS,
    BROKEN,
    COLLINS,
    COMPARED,
    FOLLOW_UP,
    HOSTILE,
    LANDED,
    LANDING,
    LISTED,
    MISSING,
    NOTHING_NEAR,
    NOWHERE,
    OUTSIDE,
    QUARANTINE,
    REFUSED,
    RELATIVE,
    ROCK_AGE,
    SLOW,
    STEPPED,
    TIMED,
    TWICE,
    UNLISTED,
    WHEN,
)

from rag.types import Turn


def test_before_the_first_question_the_page_says_what_it_is_and_offers_questions(reader):
    welcome = reader.tab.locator(".welcome")
    expect(welcome.get_by_role("heading")).to_have_text("Ask your articles")
    expect(welcome).to_contain_text("3 articles, 4 passages")
    expect(welcome.get_by_role("button")).to_have_text([WHEN, ROCK_AGE, TWICE, NOWHERE])
    expect(reader.tab).to_have_title("Footnote")
    expect(reader.tab.locator("#shelf")).to_contain_text("it is shown here")


def test_an_example_asks_when_it_is_clicked(reader):
    reader.tab.get_by_role("button", name=ROCK_AGE).click()
    expect(reader.tab.locator(".turn.answer .asked")).to_have_text(ROCK_AGE)
    expect(reader.tab.locator(".welcome")).to_be_hidden()


def test_an_answer_is_verbatim_sentences_each_with_its_citation(reader):
    turn = reader.ask(WHEN)
    expect(turn.locator(".asked")).to_have_text(WHEN)
    expect(turn.locator(".short strong")).to_have_text("July 20, 1969, at 20:17 UTC")
    assert said(turn) == [LANDED, QUARANTINE, STEPPED]
    chips = turn.locator(".chip")
    expect(chips).to_have_text(["1", "2", "1"])  # the same passage keeps its number
    expect(chips.nth(0)).to_have_accessible_name(f"Citation 1: {APOLLO.title}, July 24, 1969")
    expect(chips.nth(1)).to_have_accessible_name("Citation 2: What the Moon rocks told us, no date")
    assert reader.box == ""


def test_the_panel_shows_each_cited_passage_once_with_its_quotes_marked(reader):
    reader.ask(WHEN)
    expect(reader.sources).to_have_count(2)
    first, second = reader.sources.nth(0), reader.sources.nth(1)
    assert first.locator(".passage").text_content() == LANDING.text
    assert first.locator("mark").all_text_contents() == [LANDED, STEPPED]
    assert second.locator("mark").all_text_contents() == [QUARANTINE]
    expect(first).to_contain_text("July 24, 1969 · The Evening Register · Ada Whitlock")
    expect(second).to_contain_text("no date · Letters on Geology")
    expect(first).to_contain_text("Word for word")
    expect(reader.tab.locator(".found")).to_be_hidden()
    link = first.get_by_role("link")
    expect(link).to_have_attribute("href", "https://example.org/apollo-11?a=1&b=2")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")
    expect(second.get_by_role("link")).to_have_count(0)


def test_a_sentence_with_two_citations_has_two_chips(reader):
    turn = reader.ask(TWICE)
    assert said(turn) == [OUTSIDE, COLLINS]
    expect(turn.locator(".statement").nth(0).get_by_role("button")).to_have_text(["1", "2"])
    expect(turn.locator(".statement").nth(1).get_by_role("button")).to_have_text(["1"])


def test_a_citation_of_an_older_answer_brings_its_sources_back(reader):
    older = reader.ask(WHEN)
    reader.ask(ROCK_AGE)
    expect(reader.sources).to_have_count(1)
    expect(reader.tab.locator(".sources-of")).to_have_text(ROCK_AGE)
    older.get_by_role("button", name="Citation 1").first.click()
    expect(reader.sources).to_have_count(2)
    expect(reader.tab.locator(".sources-of")).to_have_text(WHEN)
    expect(reader.article.get_by_role("heading")).to_have_text(APOLLO.title)


def test_a_refusal_is_plain_and_offers_the_closest_passages_as_such(reader):
    turn = reader.ask(NOWHERE)
    expect(turn.locator(".refusal")).to_have_text("The articles don't answer this.")
    expect(turn).to_contain_text("Closest passages, which may be about something else:")
    expect(turn.locator(".chip")).to_have_count(0)
    near = turn.locator(".near")
    expect(near).to_have_count(3)
    expect(near.nth(1)).to_contain_text(APOLLO.title)
    expect(near.nth(1)).to_contain_text("July 24, 1969")
    expect(near.nth(1).locator(".near-words")).to_have_text(LANDING.text)
    expect(reader.tab.locator(".sources-title")).to_have_text("Closest passages")
    expect(reader.sources).to_have_count(3)
    expect(reader.tab.locator("#shelf mark, #shelf .checked")).to_have_count(0)
    near.nth(1).click()
    expect(reader.article.locator("mark.current")).to_have_text([LANDING.text])
    expect(reader.article).to_contain_text("Not cited")


def test_a_likely_answer_says_what_it_does_not_mention_apart_from_being_word_for_word(reader):
    turn = reader.ask(ALMOST)
    expect(turn.locator(".promise")).to_have_text("✓ Word for word: every sentence is an exact quote.")
    expect(turn.locator(".refusal")).to_have_text(
        "The articles may not answer this: no sentence quoted here mentions “Apollo 12”."
    )
    expect(turn.locator(".fit")).to_have_count(0)
    assert said(turn) == [LANDED, QUARANTINE]
    turn.get_by_role("button", name=re.compile("Citation 1")).click()
    expect(reader.article.locator("mark.current")).to_have_text(LANDED)


def test_copies_of_an_article_are_counted_on_its_card_and_named_when_it_is_unfolded(reader):
    reader.ask(TWICE)
    copies = reader.sources.nth(0).locator(".copies")
    expect(copies.locator("summary")).to_have_text("+4 copies")
    expect(copies.get_by_role("list")).to_be_hidden()
    copies.locator("summary").click()
    expect(copies.get_by_role("listitem")).to_have_text(
        [
            "Eagle has landed, <b>The Copyist</b>, July 24, 1969",
            "Moon reached, no date",
            "Landed, The Echo, July 24, 1969",
            "and 1 more",
        ]
    )
    expect(reader.sources.nth(0).locator(".copies b")).to_have_count(0)
    expect(reader.sources.nth(1).locator(".copies")).to_have_count(0)


def test_a_phrase_that_no_passage_holds_is_named(reader):
    turn = reader.ask(MISSING)
    expect(turn.locator(".refusal")).to_have_text("No passage says “green cheese” and “<i>$&”.")
    expect(turn.locator(".near")).to_have_count(1)


def test_a_refusal_with_nothing_near_offers_nothing(reader):
    turn = reader.ask(NOTHING_NEAR)
    lines = [NOTHING_NEAR, "Edit", "The articles don't answer this.", "Copy", "Export"]
    assert [line for line in turn.inner_text().split("\n") if line] == lines
    expect(reader.sources).to_have_count(0)


def test_the_question_and_the_search_are_seen_while_the_answer_is_computed(reader, chat):
    chat.gate.clear()
    reader.type(SLOW)
    reader.tab.keyboard.press("Enter")
    turn = reader.tab.locator(".turn")
    expect(turn.locator(".asked")).to_have_text(SLOW)
    expect(turn.get_by_role("status")).to_have_text("Searching 1,234 passages…")
    assert reader.box == ""
    reader.type("meanwhile")
    chat.gate.set()
    expect(turn.locator(".statement")).to_have_count(3)
    assert reader.box == "meanwhile"  # what is typed while waiting is kept


def test_a_new_chat_leaves_the_old_answer_behind_even_when_it_comes_later(reader, chat):
    chat.gate.clear()
    reader.ask(WHEN)
    reader.send(SLOW)
    reader.tab.wait_for_selector(".turn.searching")
    reader.tab.get_by_role("button", name="New chat").click()
    expect(reader.tab.locator(".welcome")).to_be_visible()
    chat.gate.set()
    reader.ask(ROCK_AGE)  # and waits for its answer: the old one would be there by then
    expect(reader.tab.locator(".turn")).to_have_count(1)


def test_what_a_follow_up_was_understood_as_is_said_and_can_be_corrected(reader, chat):
    assert reader.ask(ROCK_AGE).locator(".understood").count() == 0
    turn = reader.ask(FOLLOW_UP)
    assert chat.turns == (Turn(ROCK_AGE, BASALTS),)
    expect(turn.locator(".asked")).to_have_text(FOLLOW_UP)
    expect(turn.locator(".understood")).to_have_text(f"Understood as: {WHEN} Edit")
    turn.get_by_role("button", name=f"Edit the question: {WHEN}").click()
    editor = turn.get_by_role("textbox", name="Edit the question")
    expect(editor).to_be_focused()
    expect(editor).to_have_value(WHEN)
    assert editor.evaluate("box => box.selectionStart") == len(WHEN)
    turn.get_by_role("button", name="Ask again").click()
    expect(turn.locator(".understood")).to_have_count(0)
    expect(reader.tab.locator(".asked")).to_have_text([ROCK_AGE, WHEN])
    expect(reader.tab.locator(".turn[aria-busy=true]")).to_have_count(0)
    assert chat.asked[-1] == WHEN
    assert chat.turns == (Turn(ROCK_AGE, BASALTS),)


def test_an_empty_question_is_not_sent(reader, chat):
    asked = len(chat.asked)
    reader.type("   ")
    reader.tab.keyboard.press("Enter")
    reader.tab.get_by_role("button", name="Ask", exact=True).click()
    reader.ask(WHEN)  # what was sent before would be there before it
    expect(reader.tab.locator(".turn")).to_have_count(1)
    assert chat.asked[asked:] == [WHEN]


def test_shift_enter_breaks_the_line_and_the_button_sends(reader, chat):
    reader.tab.locator("#question textarea").focus()
    reader.tab.keyboard.type("one")
    reader.tab.keyboard.press("Shift+Enter")
    reader.tab.keyboard.type("two")
    assert reader.box == "one\ntwo"
    reader.tab.get_by_role("button", name="Ask", exact=True).click()
    expect(reader.tab.locator(".turn.unanswered")).to_have_count(1)
    assert chat.asked[-1] == "one\ntwo"


def test_a_question_that_is_too_long_is_refused_with_the_limit_and_stays_in_the_box(reader):
    turn = reader.ask("why " * 400)
    expect(turn.locator(".trouble")).to_have_text(
        "This question has 1,599 characters; the most is 1,000. Shorten it and ask again."
    )
    assert reader.box == "why " * 400


def test_what_the_reader_can_put_right_is_shown_as_it_is(reader):
    turn = reader.ask(REFUSED)
    expect(turn).to_have_text(f"{REFUSED}Editno index in index/. Build it with: rag build")


def test_an_unexpected_error_stays_in_the_log(reader, caplog):
    turn = reader.ask(BROKEN)
    expect(turn.locator(".trouble")).to_have_text(re.compile("^Something went wrong"))
    expect(reader.tab.locator("body")).not_to_contain_text("a secret of the server")
    assert "a secret of the server" in caplog.text


def test_two_tabs_do_not_share_a_conversation(reader, new_reader, address):
    other = new_reader().open(address)
    reader.ask(WHEN)
    other.ask(ROCK_AGE)
    reader.ask(NOWHERE)
    assert reader.tab.locator(".asked").all_text_contents() == [WHEN, NOWHERE]
    assert other.tab.locator(".asked").all_text_contents() == [ROCK_AGE]


def test_articles_are_listed_as_text_with_source_and_date(new_reader, address):
    for width in (1280, 390):
        reader = new_reader(width=width).open(address)
        reader.ask(WHEN)
        turn = reader.ask(LISTED)
        expect(turn.locator(".counted")).to_have_text("1,234 articles from 1969, the first 2:")
        expect(turn.locator(".entry-title")).to_have_text([APOLLO.title, HOSTILE.title])
        expect(turn.locator(".facts").first).to_contain_text("July 24, 1969 · The Evening Register")
        expect(reader.sources).to_have_count(0)  # those of the turn before are not its own
        assert reader.tab.evaluate("window.__hacked") is None
        assert not reader.tab.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_an_empty_listing_says_so(reader):
    turn = reader.ask(UNLISTED)
    expect(turn.locator(".refusal")).to_have_text("There is no article about <b>jam</b>.")
    expect(turn.locator(".entries")).to_have_count(0)


def test_a_comparison_names_the_side_of_each_sentence_and_the_one_without_any(reader):
    turn = reader.ask(COMPARED)
    expect(turn.locator(".statement .label")).to_have_text("Armstrong")
    expect(turn.locator(".uncovered")).to_have_text("Nothing was found about <i>Gagarin</i>.")
    assert said(turn) == [OUTSIDE]


def said(turn):
    """The sentences of an answer without their chips."""
    script = "ps => ps.map(p => [...p.querySelectorAll('.words')].map(w => w.textContent).join(''))"
    return turn.locator(".statement").evaluate_all(script)


def test_every_source_says_why_it_was_found(reader):
    reader.ask(WHEN)
    why = reader.sources.first.locator(".why")
    expect(why).to_have_text(
        "Why this passage: matches “Moon”, “<b>lunar</b>”; close in meaning; 22nd by words, 1st by meaning"
    )
    expect(reader.sources.nth(1).locator(".why")).to_have_count(0)


def test_words_of_time_are_chips_that_are_removed_one_by_one_in_place(reader):
    reader.ask(TIMED)
    reader.ask(WHEN)
    turn = reader.tab.locator(".turn").first
    expect(turn.locator(".time bdi")).to_have_text(["since 1969", "newer articles first"])
    expect(turn.locator(".days")).to_have_text("from Jan 1, 1969")
    assert said(turn) == [LANDED]
    turn.get_by_role("button", name="Remove: since 1969", exact=True).click()
    expect(turn.locator(".time bdi")).to_have_text(["newer articles first"])
    assert said(turn) == [LANDED, QUARANTINE]
    expect(turn).to_be_focused()
    expect(reader.sources).to_have_count(2)
    turn.get_by_role("button", name="Remove: newer articles first", exact=True).press("Enter")
    expect(turn.locator(".heeded")).to_have_count(0)
    expect(turn.locator(".asked")).to_have_text(TIMED)
    expect(reader.tab.locator(".turn")).to_have_count(2)


def test_a_relative_day_in_a_quote_is_placed_by_the_date_of_its_article(reader):
    turn = reader.ask(RELATIVE)
    note = "“Yesterday”: the article is from Thursday, February 29, 2024."
    expect(turn.locator(".dated")).to_have_text(note)
