"""Articles, questions and file names are text, never markup."""

from __future__ import annotations

from playwright.sync_api import expect
from three_articles import HACK, HOSTILE, NOWHERE, ODD

UNTOUCHED = "window.__hacked === undefined"
MADE = "script, img, svg:not(#limit svg), iframe, b"
"""What markup would have made; the button for filters has a picture of its own."""


def test_markup_in_an_article_is_shown_letter_by_letter(reader):
    turn = reader.ask(HACK)
    expect(turn.locator(".statement")).to_have_count(4)
    source = reader.sources.first
    assert source.locator(".passage").text_content() == ODD.text
    assert source.locator(".source-title").text_content() == HOSTILE.title
    expect(source.locator(".facts").first).to_contain_text(HOSTILE.source)
    expect(source.locator(".facts").first).to_contain_text(HOSTILE.author)
    marks = source.locator("mark").all_text_contents()
    assert marks[0] == "<script>window.__hacked = 3</script> is how the page was broken."
    assert marks[3].startswith("W" * 400)
    expect(reader.tab.locator("#desk").locator(MADE)).to_have_count(0)


def test_markup_in_an_article_that_is_opened_is_shown_letter_by_letter(reader):
    for chip in reader.ask(HACK).locator(".chip").all():
        chip.click()
        expect(reader.article.locator("mark.current")).to_be_focused()
    article = reader.article
    assert article.locator(".reading-text").text_content() == HOSTILE.text
    assert article.locator(".reading-title").text_content() == HOSTILE.title
    expect(article.locator(".facts").first).to_contain_text(HOSTILE.source)
    expect(article.get_by_role("link")).to_have_count(0)
    expect(reader.tab.locator("#desk").locator(MADE)).to_have_count(0)
    assert reader.tab.evaluate(UNTOUCHED)
    assert reader.tab.evaluate("document.documentElement.scrollWidth") <= 1280


def test_markup_is_shown_letter_by_letter_on_the_card_over_a_citation(reader):
    chips = reader.ask(HACK).locator(".chip")
    card = reader.tab.get_by_role("tooltip")
    for number, quoted in enumerate(["<script>", "<img src=x", "A name was written \u202e", "W" * 400]):
        chips.nth(number).hover()
        expect(card.locator("mark")).to_contain_text(quoted)
        assert card.locator(".preview-title").text_content() == HOSTILE.title
        expect(card.locator(".facts")).to_contain_text(HOSTILE.source)
        reader.tab.keyboard.press("Escape")  # lest the card cover the next chip
    expect(reader.tab.locator("#desk").locator(MADE)).to_have_count(0)
    assert reader.tab.evaluate(UNTOUCHED)


def test_markup_that_is_selected_is_asked_for_letter_by_letter(reader, chat):
    statement = reader.ask(HACK).locator(".statement").first
    statement.locator(".words").first.click(click_count=3)
    reader.tab.get_by_role("button", name="Find in articles").click()
    expect(reader.tab.locator(".turn.unanswered")).to_have_count(1)
    assert "<script>window.__hacked = 3</script>" in chat.asked[-1]
    assert reader.tab.evaluate(UNTOUCHED)


def test_markup_in_a_question_and_in_a_short_answer_is_shown_letter_by_letter(reader):
    turn = reader.ask(HACK)
    assert turn.locator(".asked").text_content() == HACK
    expect(turn.locator(".short")).to_have_text("<b onclick=window.__hacked=10>${1+1}</b>")
    turn.locator(".short").click()
    assert reader.tab.evaluate(UNTOUCHED)


def test_a_link_that_is_not_to_the_web_is_not_a_link(reader):
    reader.ask(HACK)
    expect(reader.sources.first.get_by_role("link")).to_have_count(0)


def test_markup_in_a_title_is_shown_among_the_closest_passages(reader):
    near = reader.ask(NOWHERE).locator(".near").nth(2)
    assert near.locator(".near-title").text_content() == HOSTILE.title
    near.click()
    expect(reader.article.locator("mark.current")).to_be_focused()
    assert reader.tab.evaluate(UNTOUCHED)


def test_a_word_written_backwards_does_not_reach_its_neighbours(reader):
    statement = reader.ask(HACK).locator(".statement").nth(2)
    words = statement.locator(".words").last.bounding_box()
    chip = statement.get_by_role("button").bounding_box()
    assert chip["x"] >= words["x"] + words["width"]


def test_the_browser_is_told_to_load_nothing_from_elsewhere(reader, address):
    policy = reader.tab.request.get(address).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "http" not in policy
