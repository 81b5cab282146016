"""After an answer, questions that the articles answer too."""

from __future__ import annotations

import threading
import time

from playwright.sync_api import expect
from three_articles import HACK, LISTED, NOWHERE, ROCK_AGE, TWICE, WHEN


def test_questions_come_after_an_answer_and_a_press_asks_one(reader, chat):
    reader.ask(WHEN)
    turn = reader.ask(TWICE)
    offered = turn.locator(".next").get_by_role("button")
    expect(offered).to_have_text([HACK, TWICE])
    expect(turn.locator(".next")).to_contain_text("These articles also answer")
    assert chat.past == (WHEN, TWICE)
    offered.first.focus()
    reader.tab.keyboard.press("Enter")
    last = reader.tab.locator(".turn").nth(2)
    expect(last.locator(".statement")).to_have_count(4)
    assert last.locator(".asked").text_content() == HACK
    assert chat.turns == ()  # it is asked as it stands
    expect(turn.locator(".next")).to_be_hidden()  # they are for the newest answer
    assert reader.tab.evaluate("window.__hacked") is None


def test_an_answer_without_any_and_a_refusal_offer_none(reader):
    for question in (ROCK_AGE, NOWHERE):
        turn = reader.ask(question)
        reader.tab.wait_for_timeout(200)
        expect(turn.locator(".next")).to_have_count(0)


def test_questions_that_come_leave_alone_what_a_reader_has_begun(reader, chat, monkeypatch):
    go_on = threading.Event()

    def following(answer, filter=None, *, past=(), count, progress):
        assert go_on.wait(10)
        return (ROCK_AGE,)

    monkeypatch.setattr(chat, "following", following)
    turn = reader.ask(WHEN)
    turn.get_by_role("button", name="Edit").focus()
    reader.tab.keyboard.press("Enter")
    reader.tab.keyboard.type("And now")
    go_on.set()
    expect(turn.locator(".next")).to_be_visible()
    editor = turn.get_by_role("textbox", name="Edit the question")
    expect(editor).to_be_focused()
    expect(editor).to_have_value(WHEN + "And now")


def test_thinking_of_questions_ends_when_the_next_one_is_asked(reader, chat, monkeypatch):
    begun, ended = [], []
    all_ended = threading.Event()

    def following(answer, filter=None, *, past=(), count, progress):
        begun.append(answer.question)
        try:
            for _ in range(300):
                time.sleep(0.01)
                progress(None)
        finally:
            ended.append(answer.question)
            all_ended.set()
        return (ROCK_AGE,)

    monkeypatch.setattr(chat, "following", following)
    reader.ask(WHEN)
    turn = reader.ask(LISTED)
    assert all_ended.wait(10)
    assert (begun, ended) == ([WHEN], [WHEN])
    expect(reader.tab.locator(".next")).to_have_count(0)
    expect(turn.locator(".counted")).to_be_visible()
