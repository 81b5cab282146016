"""The page in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from playwright.sync_api import expect
from three_articles import NOWHERE, OVERVIEW, TWICE, WHEN

SAME = {"name", "chat", "aged", "tests", "ask_person", "ask_place"}
"""Words that German shares with English, and questions that are asked in the articles' language."""


@pytest.fixture(scope="module")
def german(chat: Any, serve: Any) -> Iterator[str]:
    from rag.settings import Settings

    with serve(chat, Settings(port=0, page_language="de")) as served:
        yield served


def test_every_word_is_translated_and_keeps_what_is_filled_in():
    from rag.page.strings import ENGLISH
    from rag.page.strings.german import GERMAN

    english, german = asdict(ENGLISH), asdict(GERMAN)
    assert {name for name in english if english[name] == german[name]} == SAME
    names = re.compile(r"\{(\w+)")
    for name in english:
        assert set(names.findall(str(german[name]))) == set(names.findall(str(english[name]))), name


def test_a_page_in_german_speaks_german(new_reader, german):
    reader = new_reader()
    reader.tab.goto(german)
    tab = reader.tab
    expect(tab.locator(".welcome-title")).to_have_text("Fragen Sie Ihre Artikel")
    expect(tab.locator(".welcome-summary")).to_have_text("3 Artikel, 4 Stellen")
    assert tab.evaluate("document.documentElement.lang") == "de"
    expect(reader.ask(NOWHERE).locator(".refusal")).to_have_text("Die Artikel beantworten das nicht.")
    reader.ask(TWICE)
    reader.ask(WHEN)
    expect(tab.get_by_role("button", name="Zitat 1: ").first).to_be_visible()
    tab.get_by_role("button", name="Zitat 1: ").first.hover()
    expect(tab.get_by_role("tooltip")).to_contain_text("24. Juli 1969")
    expect(reader.sources.first).to_contain_text("1. nach Bedeutung")


def test_the_heads_of_an_overview_are_in_the_language_of_the_page(new_reader, german, reader):
    expect(reader.ask(OVERVIEW).locator(".label-head")).to_have_text(["In brief", "People"])
    other = new_reader().open(german)
    expect(other.ask(OVERVIEW).locator(".label-head")).to_have_text(["Kurz gefasst", "Personen"])


def test_a_language_that_the_page_does_not_speak_is_refused(chat):
    from rag import page
    from rag.errors import SettingError
    from rag.settings import Settings

    with pytest.raises(SettingError, match="RAG_PAGE_LANGUAGE=tlh is not one of en, de"):
        page.launch(chat, Settings(port=0, page_language="tlh"), announce=print)
