"""Questions are edited, wait for each other, and are answered in the light of those before them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pydantic import ValidationError
from three_articles import BASALTS, BROKEN, HACK, LISTED, NOWHERE, ROCK_AGE, SLOW, TWICE, WHEN

from rag.page.asking import LEANT_ON, asked_of
from rag.types import Turn


def questions(reader) -> list[str]:
    return reader.tab.locator(".asked").all_text_contents()


def edit(turn, question: str):
    """Open the box that the question of a turn becomes, and write another one."""
    turn.hover()
    turn.locator(".asked-head .edit").click()
    editor = turn.get_by_role("textbox", name="Edit the question")
    editor.fill(question)
    return editor


def test_a_question_is_edited_in_place_with_the_keyboard_and_what_came_after_goes(reader, chat):
    reader.ask(ROCK_AGE)
    turn = reader.ask(NOWHERE)
    reader.ask(TWICE)
    reader.ask(WHEN)
    turn.get_by_role("button", name=f"Edit the question: {NOWHERE}").focus()
    reader.tab.keyboard.press("Enter")
    editor = turn.get_by_role("textbox", name="Edit the question")
    expect(editor).to_be_focused()
    expect(editor).to_have_value(NOWHERE)
    expect(turn).to_contain_text("The 2 questions below go: they came after this one.")
    editor.fill(HACK)
    reader.tab.keyboard.press("Shift+Enter")
    expect(editor).to_have_value(HACK + "\n")
    reader.tab.keyboard.press("Enter")
    expect(turn.locator(".statement")).to_have_count(4)
    assert questions(reader) == [ROCK_AGE, HACK]
    assert chat.turns == (Turn(ROCK_AGE, BASALTS),)  # it leans on what is above it, and on nothing that went
    expect(turn).to_be_focused()
    expect(reader.tab.locator(".sources-of")).to_have_text(HACK)
    assert reader.tab.evaluate("window.__hacked") is None


def test_escape_and_cancel_leave_a_question_as_it_was(reader, chat):
    turn = reader.ask(WHEN)
    asked = len(chat.asked)
    for leave in (
        lambda editor: editor.press("Escape"),
        lambda _: turn.get_by_role("button", name="Cancel").click(),
    ):
        leave(edit(turn, "Something else?"))
        expect(turn.get_by_role("button", name="Edit")).to_be_focused()
        expect(turn.locator(".statement")).to_have_count(3)
    editor = edit(turn, "  ")
    editor.press("Enter")
    expect(editor).to_be_focused()  # there is nothing to ask
    assert questions(reader) == []
    assert len(chat.asked) == asked


def test_a_question_that_went_wrong_is_edited_like_any_other(reader):
    turn = reader.ask("why " * 400)
    edit(turn, WHEN).press("Enter")
    expect(turn.locator(".statement")).to_have_count(3)


@pytest.mark.parametrize("touch", [True, False])
def test_the_edit_button_is_seen_on_touch_screens_and_where_a_pointer_is(new_reader, address, touch):
    reader = new_reader(width=390 if touch else 1280, touch=touch).open(address)
    button = reader.ask(WHEN).locator(".asked-head .edit")

    reader.tab.mouse.move(1, 1)
    expect(button).to_have_css("opacity", "1" if touch else "0")
    button.focus()
    expect(button).to_have_css("opacity", "1")


def test_a_question_that_is_asked_while_another_runs_waits_for_it(reader, chat):
    chat.gate.clear()
    reader.send(SLOW)
    second = reader.send(ROCK_AGE)
    third = reader.send(WHEN)
    expect(second.get_by_role("status")).to_have_text("Waiting for the answer before it…")
    assert reader.box == ""
    chat.gate.set()
    expect(third.locator(".statement")).to_have_count(3)
    assert chat.asked[-3:] == [SLOW, ROCK_AGE, WHEN]
    assert [turn.question for turn in chat.turns] == [SLOW, ROCK_AGE]


def test_an_enter_in_the_moment_an_answer_comes_is_not_lost(reader):
    """Gradio drops an event while it closes the one before, a moment after the answer is seen."""
    ask_as_soon_as_answered = """(questions) => {
        const box = document.querySelector('#question textarea');
        const next = () => {
            box.value = questions.shift();
            box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        };
        new MutationObserver(() => {
            const last = document.querySelector('.turn:last-child');
            if (questions.length > 0 && last.ariaBusy !== 'true') next();
        }).observe(document.querySelector('.turns'), { childList: true });
        next();
    }"""
    asked = [WHEN, ROCK_AGE, NOWHERE, TWICE, WHEN, ROCK_AGE]
    reader.tab.evaluate(ask_as_soon_as_answered, asked)
    expect(reader.tab.locator(".turn")).to_have_count(len(asked))
    expect(reader.tab.locator(".turn[aria-busy]")).to_have_count(0)
    assert questions(reader) == asked


def test_an_enter_that_picks_a_word_in_an_input_method_does_not_ask(reader):
    reader.type("月")
    reader.tab.locator("#question textarea").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    reader.tab.wait_for_timeout(200)
    assert questions(reader) == []
    assert reader.box == "月"


def test_only_answers_and_refusals_can_be_leant_on(reader, chat):
    for question in (LISTED, BROKEN, ROCK_AGE, NOWHERE):
        reader.ask(question)
    reader.ask(WHEN)
    assert chat.turns == (Turn(ROCK_AGE, BASALTS), Turn(NOWHERE, ""))


def sent(**other):
    return {"id": "1", "question": WHEN, "turns": [], "ignored": [], "past": [], "limits": {}} | other


def test_of_what_a_browser_sends_only_turns_are_leant_on():
    turns = [{"question": "a", "answer": "b"}, "c", {"question": 1, "answer": None}, None]
    assert asked_of(sent(turns=turns)).turns == (Turn("a", "b"),)
    many = [{"question": str(number), "answer": ""} for number in range(100)]
    assert [turn.question for turn in asked_of(sent(turns=many)).turns] == [
        turn["question"] for turn in many[-LEANT_ON:]
    ]


@pytest.mark.parametrize("other", [{"question": None}, {"id": {}}, {"ignored": "since"}])
def test_what_the_page_does_not_send_is_not_asked(other):
    with pytest.raises(ValidationError):
        asked_of(sent(**other))
