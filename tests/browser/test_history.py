"""Conversations are kept in the browser, taken up again, and deleted."""

from __future__ import annotations

import json
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import expect
from three_articles import BASALTS, BROKEN, FOLLOW_UP, HACK, NOWHERE, ROCK_AGE, SLOW, STEPPED, TWICE, WHEN

from rag.settings import Settings
from rag.types import Turn

KEPT = "() => Object.entries(localStorage).filter(([name]) => name.startsWith('footnote.'))"


def questions(reader) -> list[str]:
    return reader.tab.locator(".asked").all_text_contents()


def show(reader):
    """Open the list of conversations."""
    reader.tab.get_by_role("button", name="History").click()
    drawer = reader.tab.get_by_role("dialog", name="History")
    expect(drawer).to_be_visible()
    return drawer


def new_chat(reader) -> None:
    reader.tab.get_by_role("button", name="New chat").click()
    expect(reader.tab.locator(".welcome")).to_be_visible()


def test_a_conversation_is_listed_by_its_first_question_and_taken_up_again(reader, chat):
    reader.ask(ROCK_AGE)
    reader.ask(TWICE)
    new_chat(reader)
    reader.ask(HACK)
    drawer = show(reader)
    expect(drawer).to_contain_text("Kept in this browser only.")
    expect(drawer.locator(".past-question")).to_have_text([HACK, ROCK_AGE])
    expect(drawer.locator("b, img, script")).to_have_count(0)
    drawer.get_by_role("button", name=ROCK_AGE).first.click()
    expect(drawer).to_be_hidden()
    assert questions(reader) == [ROCK_AGE, TWICE]
    expect(reader.tab.locator(".sources-of")).to_have_text(TWICE)
    expect(reader.tab.locator("#question textarea")).to_be_focused()
    reader.tab.get_by_role("button", name="Citation 1").first.click()
    expect(reader.article.locator("mark.current")).to_have_text(BASALTS)
    reader.ask(FOLLOW_UP)
    assert chat.turns[0] == Turn(ROCK_AGE, BASALTS)  # what was asked before leads on
    expect(show(reader).locator(".past-question")).to_have_text([ROCK_AGE, HACK])  # the latest first
    assert reader.tab.evaluate("window.__hacked") is None


def test_a_reload_takes_up_the_conversation_and_another_tab_does_not(reader, address):
    reader.ask(ROCK_AGE)
    turn = reader.ask(WHEN)
    turn.get_by_role("button", name="Citation 1").last.click()
    reader.tab.reload()
    expect(reader.tab.locator(".turn")).to_have_count(2)
    assert questions(reader) == [ROCK_AGE, WHEN]
    expect(reader.article.locator("mark.current")).to_have_text(STEPPED)
    tab = reader.tab.context.new_page()
    tab.goto(address)
    tab.wait_for_selector(".example")
    expect(tab.locator(".turn")).to_have_count(0)
    tab.close()


def test_a_reload_takes_up_the_conversation_with_a_citation_of_an_earlier_answer(reader):
    turn = reader.ask(ROCK_AGE)
    reader.ask(WHEN)
    turn.get_by_role("button", name="Citation 1").first.click()
    reader.tab.reload()
    expect(reader.tab.locator(".turn")).to_have_count(2)
    assert questions(reader) == [ROCK_AGE, WHEN]
    expect(reader.article.locator("mark.current")).to_have_text(BASALTS)


def test_questions_that_failed_or_were_left_are_there_after_a_reload_and_can_be_asked_again(reader, chat):
    reader.ask(ROCK_AGE)
    reader.ask(BROKEN)
    chat.gate.clear()
    try:
        reader.send(SLOW)
        expect(reader.tab.locator(".turn.searching .doing")).to_contain_text("Searching 1,234")
        reader.tab.reload()
        expect(reader.tab.locator(".turn")).to_have_count(3)
        assert questions(reader) == [ROCK_AGE, BROKEN, SLOW]
        expect(reader.tab.locator(".turn.problem .trouble")).to_be_visible()
        expect(reader.tab.locator(".sources-of")).to_have_text(SLOW)
    finally:
        chat.gate.set()
    # Gradio says of a page that is left that what it listened to has ended.
    reader.trouble[:] = [said for said in reader.trouble if "Abort" not in said and "errored out" not in said]
    reader.tab.get_by_role("button", name="Ask again").click()
    expect(reader.tab.locator(".turn").last.locator(".statement")).to_have_count(3)


def test_a_conversation_outlasts_the_server(new_reader, serve, chat):
    with serve(chat, Settings(port=0)) as address:
        port = urlsplit(address).port
        reader = new_reader().open(address)
        reader.ask(WHEN)
    with serve(chat, Settings(port=port)):
        reader.tab.reload()
        expect(reader.tab.locator(".turn .statement")).to_have_count(3)
        reader.ask(ROCK_AGE)
        assert questions(reader) == [WHEN, ROCK_AGE]


def test_an_address_that_asks_wins_over_what_was_open(reader, address):
    reader.ask(ROCK_AGE)
    reader.tab.goto(f"{address}?q={quote(WHEN)}")
    expect(reader.tab.locator(".turn.answer .asked")).to_have_text([WHEN])
    expect(show(reader).locator(".past-question")).to_have_text([WHEN, ROCK_AGE])


def test_a_new_chat_is_not_undone_by_a_reload(reader):
    reader.ask(ROCK_AGE)
    new_chat(reader)
    reader.tab.reload()
    reader.tab.wait_for_selector(".example")
    expect(reader.tab.locator(".turn")).to_have_count(0)


def test_one_conversation_is_deleted_with_the_keyboard_and_all_at_a_press(reader):
    for question in (ROCK_AGE, WHEN, TWICE):
        reader.ask(question)
        new_chat(reader)
    drawer = show(reader)
    expect(drawer.get_by_role("button", name="Close")).to_be_focused()
    drawer.get_by_role("button", name=f"Delete: {WHEN}").focus()
    reader.tab.keyboard.press("Enter")
    expect(drawer.locator(".past-question")).to_have_text([TWICE, ROCK_AGE])
    expect(drawer.get_by_role("button", name=f"Delete: {ROCK_AGE}")).to_be_focused()
    drawer.get_by_role("button", name="Delete all").click()
    expect(drawer).to_contain_text("Conversations will be listed here.")
    assert reader.tab.evaluate(KEPT) == [["footnote.1.list", "[]"]]
    reader.tab.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(reader.tab.get_by_role("button", name="History")).to_be_focused()


def test_deleting_the_conversation_on_the_page_leaves_it(reader):
    reader.ask(ROCK_AGE)
    show(reader).get_by_role("button", name=f"Delete: {ROCK_AGE}").click()
    expect(reader.tab.locator(".turn")).to_have_count(0)
    reader.tab.reload()
    reader.tab.wait_for_selector(".example")
    expect(reader.tab.locator(".turn")).to_have_count(0)


def test_the_oldest_conversations_make_room(reader):
    reader.tab.evaluate(
        """() => {
            const old = (_, at) => ({ name: `old${at}`, title: `Old ${at}?`, when: 1e12 - at });
            const list = [...Array(60)].map(old);
            for (const { name } of list) localStorage.setItem(`footnote.1.${name}`, '[]');
            localStorage.setItem('footnote.1.list', JSON.stringify(list));
        }"""
    )
    reader.ask(WHEN)
    kept = reader.tab.evaluate("JSON.parse(localStorage.getItem('footnote.1.list')).map(each => each.title)")
    assert kept == [WHEN, *(f"Old {number}?" for number in range(49))]
    assert len(reader.tab.evaluate(KEPT)) == 51


def test_a_full_storage_drops_the_oldest_and_then_keeps_nothing(reader):
    fill = """() => {
        localStorage.setItem('footnote.1.old', '"' + 'x'.repeat(4_000_000) + '"');
        localStorage.setItem('footnote.1.list', JSON.stringify([{ name: 'old', title: 'Old?', when: 1 }]));
        for (const size of [2_000, 100]) {
            const much = 'x'.repeat(size);
            try { for (let at = 0; ; at += 1) localStorage.setItem(`${size}.${at}`, much); } catch {}
        }
    }"""
    reader.tab.evaluate(fill)
    reader.ask(WHEN)
    expect(show(reader).locator(".past-question")).to_have_text([WHEN])
    reader.tab.keyboard.press("Escape")
    reader.tab.evaluate(fill.replace("4_000_000", "1"))
    reader.ask(HACK)
    reader.ask(TWICE)
    assert questions(reader) == [WHEN, HACK, TWICE]


def test_a_browser_that_keeps_nothing_is_no_trouble(new_reader, address):
    reader = new_reader()
    reader.tab.add_init_script(
        """const get = () => { throw new DOMException('', 'SecurityError'); };
        for (const name of ['localStorage', 'sessionStorage'])
            Object.defineProperty(window, name, { get });"""
    )
    reader.open(address)
    reader.ask(WHEN)
    reader.ask(ROCK_AGE)
    expect(show(reader)).to_contain_text("Conversations will be listed here.")


@pytest.mark.parametrize(
    "kept",
    [
        "{", "null", "5", "{}", "[null, 5, {}, {\"name\": 1}]",
        '[{"name": "gone", "title": "Gone?", "when": 5}, {"name": "x", "title": "X?", "when": "soon"}]',
    ],
)  # fmt: skip
def test_a_list_that_is_none_is_no_trouble(reader, kept):
    reader.tab.evaluate("kept => localStorage.setItem('footnote.1.list', kept)", kept)
    drawer = show(reader)
    if drawer.locator(".past-open").count() > 0:
        drawer.get_by_role("button", name="Gone?").first.click()
        expect(drawer).to_be_hidden()
        expect(show(reader).locator(".past-entry")).to_have_count(0)
    reader.tab.keyboard.press("Escape")
    reader.ask(WHEN)
    expect(show(reader).locator(".past-question")).to_have_text([WHEN])


def test_turns_that_do_not_fit_are_dropped_and_what_they_hold_is_text(reader, chat):
    reader.ask(HACK)
    reader.ask(NOWHERE)
    reader.tab.evaluate(
        """() => {
            const [{ name }] = JSON.parse(localStorage.getItem('footnote.1.list'));
            const [hack, nowhere] = JSON.parse(localStorage.getItem('footnote.1.' + name));
            hack.sources[0].url = 'javascript:window.__hacked = 11';
            hack.sources[0].quotes[0].original = 'javascript:window.__hacked = 12';
            hack.statements[0].text = { toString: 5 };
            const odd = [null, 7, { kind: '__proto__', record: 1 }, { ...hack, statements: 5 }];
            const kept = [...odd, hack, nowhere];
            localStorage.setItem('footnote.1.' + name, JSON.stringify(kept));
        }"""
    )
    reader.tab.evaluate("history.replaceState(null, '', '/')")
    reader.tab.reload()
    expect(reader.tab.locator(".turn.unanswered")).to_have_count(1)
    expect(reader.tab.locator("#shelf a[href^=javascript]")).to_have_count(0)
    reader.ask(WHEN)
    assert Turn(NOWHERE, "") in chat.turns
    assert reader.tab.evaluate("window.__hacked") is None


def test_the_list_fits_a_phone(new_reader, address):
    reader = new_reader(width=390, scheme="dark").open(address)
    reader.ask(WHEN)
    drawer = show(reader)
    assert drawer.bounding_box()["width"] <= 390
    assert not reader.tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    drawer.get_by_role("button", name="Close").click()
    expect(drawer).to_be_hidden()


def test_what_is_kept_of_a_conversation_is_what_it_shows(reader):
    reader.ask(WHEN)
    name = reader.tab.evaluate("JSON.parse(localStorage.getItem('footnote.1.list'))[0].name")
    [turn] = json.loads(reader.tab.evaluate("name => localStorage.getItem('footnote.1.' + name)", name))
    assert turn["request"]["question"] == WHEN
    assert turn["record"]["answered"]
