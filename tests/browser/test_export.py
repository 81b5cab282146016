"""An answer is taken along: copied, saved, or as a link that asks it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect
from three_articles import ALMOST, HACK, LISTED, NOWHERE, ROCK_AGE, STEPPED, UNLISTED, WHEN, ThreeArticles

from rag.output.documents import document
from rag.output.json import as_json
from rag.page.strings import ENGLISH


@pytest.fixture
def clipboard(reader):
    reader.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return lambda: reader.tab.evaluate("navigator.clipboard.readText()")


def answers(*questions: str, closest: int = 0) -> list[Any]:
    return [as_json(ThreeArticles().ask(question), closest=closest) for question in questions]


def menu(place, name: str):
    place.locator("summary").click()
    return place.get_by_role("button", name=name)


def query(reader) -> dict[str, list[str]]:
    return parse_qs(urlsplit(reader.tab.url).query)


@pytest.mark.parametrize(
    ("question", "closest"), [(WHEN, 0), (NOWHERE, 3), (ALMOST, 3), (HACK, 0), (LISTED, 0), (UNLISTED, 0)]
)
def test_copy_puts_the_answer_with_its_footnotes_on_the_clipboard(reader, clipboard, question, closest):
    turn = reader.ask(question)
    turn.get_by_role("button", name="Copy this answer with its sources").click()
    expect(turn.get_by_role("status")).to_have_text("Copied")
    assert clipboard() == document(answers(question, closest=closest), "markdown", ENGLISH)


def test_the_menu_copies_in_each_format(reader, clipboard):
    turn = reader.ask(WHEN)
    for format, name in (("html", "HTML"), ("json", "JSON"), ("markdown", "Markdown")):
        turn.locator(".take-said").evaluate("said => (said.textContent = '')")
        menu(turn, f"Copy as {name}").click()
        expect(turn.get_by_role("status")).to_have_text("Copied")
        assert clipboard() == document(answers(WHEN), format)


@pytest.mark.parametrize(
    ("format", "name", "ending"),
    [("markdown", "Markdown", "md"), ("html", "HTML", "html"), ("json", "JSON", "json")],
)
def test_an_answer_is_saved_as_a_file_named_after_its_question(reader, format, name, ending):
    turn = reader.ask(WHEN)
    button = menu(turn, f"Download as {name}")
    with reader.tab.expect_download() as download:
        button.click()
    assert download.value.suggested_filename == f"When-did-Apollo-11-land-on-the-Moon.{ending}"
    assert Path(download.value.path()).read_text("utf-8") == document(answers(WHEN), format)
    expect(turn.get_by_role("status")).to_have_text("Downloaded")


def test_the_conversation_is_exported_from_the_header(reader, clipboard):
    top = reader.tab.locator("#top")
    expect(top.locator("summary")).to_have_count(0)
    reader.ask(WHEN)
    reader.ask(ROCK_AGE)
    menu(top, "Copy as Markdown").click()
    expect(top.get_by_role("status")).to_have_text("Copied")
    assert clipboard() == document(answers(WHEN, ROCK_AGE), "markdown")
    button = menu(top, "Download as JSON")
    with reader.tab.expect_download() as download:
        button.click()
    assert len(json.loads(Path(download.value.path()).read_text("utf-8"))) == 2
    reader.tab.locator("#new-chat").click()
    expect(top.locator("summary")).to_have_count(0)


def test_a_saved_page_is_text_when_it_is_opened(reader, chromium, tmp_path):
    button = menu(reader.ask(HACK), "Download as HTML")
    with reader.tab.expect_download() as download:
        button.click()
    saved = tmp_path / "saved.html"
    saved.write_bytes(Path(download.value.path()).read_bytes())
    trouble: list[str] = []
    tab = chromium.new_page()
    tab.on("console", lambda said: trouble.append(said.text))
    tab.goto(saved.as_uri())
    expect(tab.locator("h1")).to_have_text(HACK)
    expect(tab.locator("script, img, svg, iframe, b")).to_have_count(0)
    tab.get_by_role("link", name="1", exact=True).first.click()
    expect(tab.locator("li:target blockquote")).to_contain_text("<script>")
    assert (
        tab.evaluate("getComputedStyle(document.querySelector('cite')).fontStyle") == "normal"
    )  # its own style
    assert tab.evaluate("window.__hacked === undefined")
    tab.close()
    assert trouble == []


def test_a_page_without_a_clipboard_copies_in_the_old_way(new_reader, address):
    reader = new_reader()
    reader.tab.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    turn = reader.open(address).ask(WHEN)
    turn.get_by_role("button", name="Copy this answer").click()
    expect(turn.get_by_role("status")).to_have_text("Copied")
    reader.tab.locator("#question textarea").focus()
    reader.tab.keyboard.press("Control+v")
    assert reader.box == document(answers(WHEN), "markdown")


def test_what_could_not_be_copied_is_said(new_reader, address):
    reader = new_reader()
    reader.tab.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject() } })"
    )
    turn = reader.open(address).ask(WHEN)
    turn.get_by_role("button", name="Copy this answer").click()
    expect(turn.get_by_role("status")).to_have_text("That did not work; try again.")


def test_the_menu_is_used_with_the_keyboard_alone(reader, clipboard):
    turn = reader.ask(WHEN)
    turn.get_by_role("button", name="Copy this answer").focus()
    reader.tab.keyboard.press("Tab")
    summary = turn.locator("summary")
    expect(summary).to_be_focused()
    reader.tab.keyboard.press("Enter")
    reader.tab.keyboard.press("Tab")
    expect(turn.get_by_role("button", name="Copy as Markdown")).to_be_focused()
    reader.tab.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(turn.locator(".take-list")).to_be_hidden()
    reader.tab.keyboard.press("Enter")
    for _ in range(7):
        reader.tab.keyboard.press("Tab")
    expect(turn.get_by_role("button", name="Copy link")).to_be_focused()
    reader.tab.keyboard.press("Enter")
    expect(turn.get_by_role("status")).to_have_text("Copied")
    assert "?s=" in clipboard()


def test_a_menu_closes_when_something_else_is_pressed(reader):
    turn = reader.ask(WHEN)
    turn.locator("summary").click()
    expect(turn.locator(".take-list")).to_be_visible()
    turn.locator(".asked").click()
    expect(turn.locator(".take-list")).to_be_hidden()


def test_the_menu_of_an_answer_opens_in_sight_on_a_narrow_screen(new_reader, address):
    reader = new_reader(width=390, height=480).open(address)
    turn = reader.ask(WHEN)
    turn.locator(".take-menu summary").click()
    menu = turn.locator(".take-list")
    view = reader.tab.locator(".conversation").bounding_box()
    expect(menu).to_be_in_viewport(ratio=1)
    place = menu.bounding_box()
    assert place["y"] + place["height"] <= view["y"] + view["height"]
    assert place["x"] + place["width"] <= 390


def test_the_address_names_the_newest_question_and_the_open_citation(reader):
    assert query(reader) == {}
    turn = reader.ask(WHEN)
    assert query(reader) == {"q": [WHEN]}
    turn.get_by_role("button", name="Citation 2").click()
    assert query(reader) == {"q": [WHEN], "c": ["2"]}
    turn.locator(".chip").nth(2).click()  # the passage of the first one again
    assert query(reader) == {"q": [WHEN], "c": ["3"]}
    reader.ask(ROCK_AGE)
    assert query(reader) == {"q": [ROCK_AGE]}
    reader.tab.locator("#new-chat").click()
    reader.tab.wait_for_selector(".welcome-title")
    assert query(reader) == {}


def test_an_address_asks_its_question_and_opens_its_citation(new_reader, address):
    reader = new_reader()
    reader.tab.goto(f"{address}?q={quote(WHEN)}&c=3")
    expect(reader.tab.locator(".turn.answer .asked")).to_have_text(WHEN)
    expect(reader.article.locator("mark.current")).to_have_text(STEPPED)
    assert query(reader) == {"q": [WHEN], "c": ["3"]}
    reader.tab.reload()
    expect(reader.article.locator("mark.current")).to_have_text(STEPPED)
    expect(reader.tab.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize("query", ["c=2", "q=&c=1", f"q={'x' * 1001}", "q=%20%0A", "q"])
def test_an_address_that_asks_nothing_that_can_be_asked_opens_the_page(new_reader, address, query):
    reader = new_reader()
    reader.tab.goto(f"{address}?{query}")
    reader.tab.wait_for_selector(".welcome-title")
    expect(reader.tab.locator(".turn")).to_have_count(0)


@pytest.mark.parametrize("citation", ["99", "1e3", "<b>", "-1"])
def test_a_citation_that_there_is_not_is_left_aside(new_reader, address, citation):
    reader = new_reader()
    reader.tab.goto(f"{address}?q={quote(HACK)}&c={quote(citation)}")
    expect(reader.tab.locator(".turn.answer .asked")).to_have_text(HACK)
    expect(reader.tab.locator(".chip.current")).to_have_count(0)
    assert reader.tab.evaluate("window.__hacked === undefined")
