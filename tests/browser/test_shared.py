"""A shared link opens the answer as it was, and says what has changed since."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from three_articles import (
    APOLLO,
    FOLLOW_UP,
    HACK,
    LISTED,
    ROCK_AGE,
    SHUT_OUT,
    TIMED,
    WHEN,
    ThreeArticles,
)

from rag.chat import Chat
from rag.page import shared as sharing
from rag.page.asking import asked_of
from rag.page.shared import Shared
from rag.page.view import outcome_view
from rag.settings import Settings


class Rebuilt(ThreeArticles):
    """Three articles that can be read anew."""

    def rebuild(self, text: str) -> None:
        self.snapshot = "2"
        self.articles[APOLLO.id] = replace(APOLLO, text=text)


@pytest.fixture
def chat():
    return Rebuilt()


@pytest.fixture
def settings(tmp_path):
    return Settings(port=0, index=tmp_path / "index", questions=tmp_path / "questions.jsonl")


@pytest.fixture
def address(serve, chat, settings):
    with serve(chat, settings) as served:
        yield served


@pytest.fixture
def sharer(new_reader, address):
    reader = new_reader().open(address)
    reader.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return reader


def link(reader, turn):
    """Copy the link to a turn and return it."""
    turn.locator(".take-menu summary").click()
    turn.get_by_role("button", name="Copy link").click()
    expect(turn.locator(".take-said")).to_have_text("Copied")
    found: str = reader.tab.evaluate("navigator.clipboard.readText()")
    assert [*parse_qs(urlsplit(found).query)] == ["s"]
    return found


def opened(new_reader, address):
    reader = new_reader()
    reader.tab.goto(address)
    return reader, reader.tab.locator(".turn")


def test_a_link_opens_the_answer_as_it_was_without_asking(sharer, new_reader, chat):
    address = link(sharer, sharer.ask(WHEN))
    words = sharer.tab.locator(".turn .statement").all_text_contents()
    chat.asked.clear()
    other, turn = opened(new_reader, address)
    expect(turn.locator(".shared")).to_contain_text("this is the answer as it was then.")
    expect(turn.locator(".asked")).to_have_text(WHEN)
    assert turn.locator(".statement").all_text_contents() == words
    assert chat.asked == []
    turn.locator(".chip").first.click()
    expect(other.article.locator("mark.current")).to_be_focused()
    assert other.tab.url == f"{address}&c=1"
    other.tab.reload()
    expect(other.article.locator("mark.current")).to_be_visible()
    expect(turn.locator(".shared")).to_be_visible()


def test_it_says_which_of_its_articles_changed_and_can_be_asked_now(sharer, new_reader, chat):
    address = link(sharer, sharer.ask(WHEN))
    chat.rebuild("Nothing happened.")
    _, turn = opened(new_reader, address)
    expect(turn.locator(".shared")).to_contain_text(f"Changed or removed since: “{APOLLO.title}”.")
    turn.get_by_role("button", name="Ask now").click()
    expect(turn.locator(".shared")).to_have_count(0)
    assert chat.asked[-1] == WHEN


def test_it_says_that_other_articles_changed(sharer, new_reader, chat):
    address = link(sharer, sharer.ask(ROCK_AGE))
    chat.snapshot = "2"
    _, turn = opened(new_reader, address)
    expect(turn.locator(".shared")).to_contain_text("Other articles have been added, changed or removed")


def test_its_filter_and_its_words_of_time_are_opened_with_it(sharer, new_reader):
    sharer.tab.get_by_role("button", name="Filter", exact=True).click()
    sharer.tab.get_by_role("region", name="Filter").get_by_role("button", name=APOLLO.source).click()
    sharer.tab.keyboard.press("Escape")
    _, turn = opened(new_reader, link(sharer, sharer.ask(SHUT_OUT)))
    expect(turn.locator(".times")).to_contain_text(f"Source: {APOLLO.source}")
    _, turn = opened(new_reader, link(sharer, sharer.ask(TIMED)))
    expect(turn.locator(".times")).to_contain_text("since 1969")


@pytest.mark.parametrize("question", [LISTED, HACK])
def test_other_outcomes_and_hostile_words_are_shared_alike(sharer, new_reader, question):
    reader, turn = opened(new_reader, link(sharer, sharer.ask(question)))
    expect(turn.locator(".shared")).to_be_visible()
    expect(turn.locator(".asked")).to_have_text(question)
    assert reader.tab.evaluate("window.__hacked === undefined")


def test_a_follow_up_is_shared_with_what_it_was_understood_as(sharer, new_reader):
    sharer.ask(ROCK_AGE)
    _, turn = opened(new_reader, link(sharer, sharer.ask(FOLLOW_UP)))
    expect(turn.locator(".asked")).to_have_text(FOLLOW_UP)
    expect(turn.locator(".understood")).to_contain_text(WHEN)


def test_what_was_answered_before_a_restart_is_asked_anew_to_be_shared(
    serve, chat, settings, new_reader, monkeypatch
):
    monkeypatch.setattr(sharing, "REMEMBERED", 1)
    with serve(chat, settings) as address:
        reader = new_reader().open(address)
        reader.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
        first = reader.ask(WHEN)
        reader.ask(ROCK_AGE)
        _, turn = opened(new_reader, link(reader, first))
        expect(turn.locator(".asked")).to_have_text(WHEN)
    assert chat.asked == [WHEN, ROCK_AGE, WHEN]


@pytest.mark.parametrize("key", ["A" * 22, "..%2F..%2Fetc%2Fpasswd", "<script>", "A" * 23])
def test_a_link_that_was_made_up_opens_nothing(new_reader, address, settings, key):
    reader = new_reader()
    reader.tab.goto(f"{address}?s={key}")
    if key == "A" * 22:
        expect(reader.tab.locator(".turn .trouble")).to_contain_text("not kept any more")
    else:
        expect(reader.tab.locator(".welcome-title")).to_be_visible()
        expect(reader.tab.locator(".turn")).to_have_count(0)
    assert reader.tab.url == address
    for name in ("../x", "a/b", "", "A" * 21, "." * 22):
        assert Shared(settings.index).opened(cast(Chat, ThreeArticles()), name) is None


def asked(id_: str):
    return asked_of({"id": id_, "question": WHEN, "turns": [], "ignored": [], "past": [], "limits": {}})


def test_only_so_many_and_none_that_is_huge_are_kept(tmp_path, chat, monkeypatch):
    monkeypatch.setattr(sharing, "MOST_KEPT", 2)
    shared = Shared(tmp_path)
    shared.remember(asked("1"), outcome_view(chat.ask(WHEN)))
    keys = [str(shared.keep(chat, "1")) for _ in range(4)]
    assert len({*keys}) == 4
    assert [bool(shared.opened(chat, key)) for key in keys] == [False, False, True, True]
    assert len(list(tmp_path.glob("*.json"))) == 2
    monkeypatch.setattr(sharing, "LARGEST", 100)
    assert shared.keep(chat, "1") is None
    assert shared.keep(chat, "2") is None


def test_a_file_that_is_damaged_opens_nothing(tmp_path, chat):
    shared = Shared(tmp_path)
    shared.remember(asked("1"), outcome_view(chat.ask(WHEN)))
    key = str(shared.keep(chat, "1"))
    [file] = tmp_path.glob("*.json")
    assert json.loads(file.read_text("utf-8"))["request"]["question"] == WHEN
    file.write_text("{", "utf-8")
    assert shared.opened(chat, key) is None
