"""What the articles hold is seen before the first question, in place of an empty panel."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from three_articles import APOLLO, HOSTILE, OUTSIDE


def test_the_panel_tells_what_the_articles_hold_until_there_is_a_question(reader) -> None:
    holds = reader.tab.locator("#shelf .holds")
    expect(holds.locator(".holds-part")).to_have_text(["Newest", "People", "Places", "Timeline"])
    expect(holds.locator(".holds-list").first).to_contain_text(OUTSIDE)
    expect(reader.tab.locator("#shelf .sources-title")).to_be_hidden()
    reader.ask("When did Apollo 11 land on the Moon?")
    expect(holds).to_be_hidden()
    expect(reader.tab.locator("#shelf .sources-title")).to_be_visible()


def test_a_name_asks_about_it_and_a_title_opens_its_article(reader) -> None:
    reader.tab.locator(".holds").get_by_role("button", name=APOLLO.title).first.click()
    expect(reader.article).to_contain_text("Apollo 11 was launched")
    reader.tab.locator(".back").click()
    reader.tab.locator(".holds-name").filter(has_text="Neil Armstrong astronaut").click()
    expect(reader.tab.locator(".turn .asked")).to_have_text("Who is Neil Armstrong?")


def test_articles_can_be_added_from_there(reader) -> None:
    reader.tab.get_by_role("button", name="Add articles").click()
    expect(reader.tab.locator("#articles")).to_be_visible()


def test_on_a_narrow_screen_it_stands_below_the_examples(new_reader, address) -> None:
    reader = new_reader(width=390, height=844).open(address)
    holds = reader.tab.locator(".welcome > .holds")
    expect(holds).to_contain_text(OUTSIDE)
    width = reader.tab.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_of_an_article_is_markup_there(new_reader, address, width) -> None:
    reader = new_reader(width=width, height=844).open(address)
    expect(reader.tab.locator(".holds")).to_contain_text(HOSTILE.title)
    assert reader.tab.locator(".holds :is(img, script, svg, b)").count() == 0
