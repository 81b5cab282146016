"""What is done for a question is said while it is done, and ends when its reader wants no more of it."""

from __future__ import annotations

import asyncio
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect
from three_articles import ROCK_AGE, SLOW, WHEN

from rag.page.queue import Queue
from rag.page.running import Running, Stopped
from rag.types import Step

SEARCHING = Step("searching", 3763, "?")
READING = Step("reading", 30, "?")
CALLS = re.compile("component_server")
"""Addresses that a browser calls Python at, but for questions."""


@pytest.fixture
def held(chat):
    """The chat, which stands still in its first step to SLOW."""
    chat.gate.clear()
    chat.finished.clear()
    yield chat
    chat.gate.set()
    chat.second_gate.set()


def test_the_line_that_waits_says_what_is_being_done_and_for_which_question(reader, held):
    held.second_gate.clear()
    turn = reader.send(SLOW)
    line = turn.get_by_role("status")
    expect(line).to_have_text("Searching 1,234 passages…")
    held.gate.set()
    expect(line).to_have_text("For “Apollo <b>11</b>”: Reading 1 passage…")
    held.second_gate.set()
    expect(turn.locator(".statement")).to_have_count(3)


def stop_heard(reader):
    """Wait until Python knows that a question is stopped: only then it does not work on."""
    return reader.tab.expect_response(
        lambda response: "component_server" in response.url and '"stop"' in (response.request.post_data or "")
    )


@pytest.mark.parametrize("by", ["button", "key"])
def test_a_question_is_stopped_and_can_be_asked_again(reader, held, by):
    reader.ask(WHEN)
    turn = reader.send(SLOW)
    reader.type("half a ques")
    button = reader.tab.locator("#send")
    expect(button).to_have_text("Stop")
    with stop_heard(reader):
        if by == "button":
            button.click()
        else:
            reader.tab.locator("#question textarea").press("Escape")
    expect(turn.get_by_role("status").first).to_have_text("Stopped.")
    expect(button).to_have_text("Ask")
    assert reader.box == "half a ques"
    expect(turn.locator(".statement")).to_have_count(0)
    held.gate.set()
    turn.get_by_role("button", name="Ask again").click()
    expect(turn.locator(".statement")).to_have_count(3)
    assert held.finished.count(SLOW) == 1  # nobody waited for the first, so nobody worked on
    assert held.asked[-1] == SLOW
    assert [turn.question for turn in held.turns] == [WHEN]


def test_what_waits_is_stopped_with_what_it_waits_for(reader, held):
    first = reader.send(SLOW)
    second = reader.send(ROCK_AGE)
    expect(reader.tab.locator("#send")).to_have_text("Stop")
    reader.tab.locator("#send").click()
    for turn in (first, second):
        expect(turn).to_contain_text("Stopped.")
    second.get_by_role("button", name="Ask again").click()
    expect(second.locator(".statement")).to_have_count(1)
    assert ROCK_AGE in held.finished


def test_a_question_that_was_stopped_is_edited_like_any_other(reader, held):
    turn = reader.send(SLOW)
    reader.tab.locator("#question textarea").press("Escape")
    turn.get_by_role("button", name="Edit").click()
    turn.get_by_role("textbox", name="Edit the question").fill(WHEN)
    reader.tab.keyboard.press("Enter")
    expect(turn.locator(".asked")).to_have_text(WHEN)
    expect(turn.locator(".statement")).to_have_count(3)


def test_a_second_press_of_the_button_does_not_stop_what_the_first_began(reader, held):
    reader.type(SLOW)
    reader.tab.locator("#send").dblclick()
    expect(reader.tab.locator("#send")).to_have_text("Stop")
    expect(reader.tab.locator(".turn")).to_have_count(1)
    expect(reader.tab.locator(".turn")).to_contain_text("Searching")


def test_a_new_chat_and_an_edit_above_stop_what_runs(reader, held):
    first = reader.ask(WHEN)
    reader.send(SLOW)
    first.get_by_role("button", name="Edit").click()
    reader.tab.keyboard.press("Enter")
    expect(reader.tab.locator(".turn.answer")).to_have_count(1)
    reader.send(SLOW)
    with stop_heard(reader):
        reader.tab.get_by_role("button", name="New chat").click()
    held.gate.set()
    reader.ask(ROCK_AGE)
    assert SLOW not in held.finished
    expect(reader.tab.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize("trouble", ["gone", "begun anew"])
def test_a_question_of_which_the_server_no_longer_knows_is_not_waited_for(reader, held, trouble):
    reader.ask(WHEN)
    reader.tab.route(
        CALLS,
        lambda route: route.abort() if trouble == "gone" else route.fulfill(json=False),
    )
    turn = reader.send(SLOW)
    expect(turn).to_contain_text("The server did not answer.")
    reader.tab.unroute(CALLS)
    reader.trouble.clear()  # the browser's own word on requests that failed
    held.gate.set()
    turn.get_by_role("button", name="Ask again").click()
    expect(turn.locator(".statement")).to_have_count(3)


def test_a_question_that_takes_long_is_waited_for(reader, held):
    turn = reader.send(SLOW)
    reader.tab.wait_for_timeout(7_000)  # twice and more the time after which it is asked about
    held.gate.set()
    expect(turn.locator(".statement")).to_have_count(3)


def said(work, *, meanwhile) -> list[object]:
    """Return what a work told; `meanwhile` is called with the running after each."""

    async def iterate() -> list[object]:
        running: Running[object] = Running(Queue(1, 0, "busy"))
        heard: list[object] = []
        async for each in running.told("name", work, asker="reader"):
            heard.append(each)
            meanwhile(running)
        running.stop("name")  # which has ended: nothing happens
        return heard

    with ThreadPoolExecutor() as pool:  # Playwright's own loop runs on this thread
        return pool.submit(asyncio.run, iterate()).result()


def test_what_is_told_is_heard_as_it_is_told():
    heard = threading.Event()

    def work(teller):
        for each in (SEARCHING, READING, "answer", "more"):
            teller.tell(each)
            assert heard.wait(5)
            heard.clear()

    assert said(work, meanwhile=lambda _: heard.set()) == [SEARCHING, READING, "answer", "more"]


def test_work_that_fails_ends_and_is_told_of_in_the_log(caplog):
    def work(teller):
        teller.tell("answer")
        raise RuntimeError("no index")

    assert said(work, meanwhile=lambda _: None) == ["answer"]
    assert "no index" in caplog.text


def test_of_steps_that_come_faster_than_they_are_shown_the_newest_is_told_and_of_answers_all():
    done = threading.Event()

    def work(teller):
        teller.tell("before")
        for each in (SEARCHING, READING, "answer", "more"):
            teller.tell(each)
        done.set()

    assert said(work, meanwhile=lambda _: done.wait(5)) == ["before", "answer", "more"]


def test_work_that_is_stopped_ends_at_its_next_step():
    stopped, ended = threading.Event(), threading.Event()

    def work(teller):
        teller.tell(SEARCHING)
        assert stopped.wait(5)
        try:
            teller.go_on()
        except Stopped:
            ended.set()
            raise

    assert said(work, meanwhile=lambda running: running.stop("name")) == [SEARCHING]
    stopped.set()
    assert ended.wait(5)
