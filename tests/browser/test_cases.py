"""What a reader says of an answer is kept as a test case, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from pydantic import ValidationError
from three_articles import (
    ALMOST,
    APOLLO,
    BASALTS,
    FOLLOW_UP,
    HACK,
    HOSTILE,
    LANDED,
    LISTED,
    NOWHERE,
    OUTSIDE,
    QUARANTINE,
    ROCK_AGE,
    SAMPLES,
    STEPPED,
    WALK,
    WHEN,
    ThreeArticles,
)

from rag.page.calls.cases import Cases, Selection, picked, right
from rag.page.strings import ENGLISH
from rag.settings import Settings

RIGHT = "This is right: save it as a test"
WRONG = "This is wrong: save what is right as a test"
MINE = json.dumps({"note": "mine", "question": WHEN, "answer": "1969"}) + " \n"


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cases") / "questions.jsonl"


@pytest.fixture(scope="module")
def tested(serve: Callable[..., Any], path: Path) -> Iterator[str]:
    with serve(ThreeArticles(), Settings(port=0, questions=path)) as address:
        yield address


@pytest.fixture
def keeper(new_reader, tested: str, path: Path) -> Any:
    """A reader whose file of questions is empty."""
    path.write_text("", "utf-8")
    return new_reader().open(tested)


def kept(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def thumb(turn: Any, name: str, *, pressed: bool | None = None) -> Any:
    return turn.get_by_role("button", name=name, pressed=pressed)


def test_an_answer_that_is_right_becomes_a_case_with_what_it_quotes(keeper, path):
    turn = keeper.ask(WHEN)
    thumb(turn, RIGHT, pressed=False).click()
    expect(thumb(turn, RIGHT, pressed=True)).to_be_visible()
    expect(turn.locator(".kept")).to_contain_text("Saved as a test.")
    assert kept(path) == [
        {
            "question": WHEN,
            "article": [APOLLO.id, SAMPLES.id],
            "quote": [LANDED, STEPPED, QUARANTINE],
        }
    ]


def test_a_refusal_that_is_right_becomes_a_case_without_an_answer(keeper, path):
    thumb(keeper.ask(NOWHERE), RIGHT).click()
    expect(keeper.tab.locator(".kept")).to_contain_text("Saved as a test.")
    assert kept(path) == [{"question": NOWHERE, "unanswerable": True}]


def test_a_likely_answer_that_is_right_becomes_a_case_with_its_quotes(keeper, path):
    thumb(keeper.ask(ALMOST), RIGHT).click()
    expect(keeper.tab.locator(".kept")).to_contain_text("Saved as a test.")
    [case] = kept(path)
    assert case["question"] == ALMOST
    assert case["quote"]


def test_a_listing_has_no_thumbs(keeper):
    expect(thumb(keeper.ask(LISTED), RIGHT)).to_have_count(0)
    expect(thumb(keeper.ask(WHEN), RIGHT)).to_have_count(1)


def test_a_case_is_taken_back_where_it_was_kept_and_the_one_before_it_stands_again(keeper, path):
    path.write_text(MINE, "utf-8")
    turn = keeper.ask(WHEN)
    thumb(turn, RIGHT).click()
    expect(thumb(turn, RIGHT, pressed=True)).to_be_visible()
    assert kept(path)[0]["note"] == "mine"
    turn.get_by_role("button", name="Undo").click()
    expect(thumb(turn, RIGHT, pressed=False)).to_be_visible()
    assert path.read_text("utf-8") == MINE
    turn.get_by_role("button", name="Undo").click()
    expect(turn.locator(".kept")).to_be_hidden()
    assert kept(path) == []


def test_pressing_a_thumb_again_takes_its_case_back(keeper, path):
    turn = keeper.ask(NOWHERE)
    thumb(turn, RIGHT).click()
    thumb(turn, RIGHT, pressed=True).click()
    expect(thumb(turn, RIGHT, pressed=False)).to_be_visible()
    assert kept(path) == []


def test_for_an_answer_that_is_wrong_the_right_passage_is_picked_by_keyboard_alone(keeper, path):
    turn, keyboard = keeper.ask(ROCK_AGE), keeper.tab.keyboard
    thumb(turn, WRONG).press("Enter")
    expect(turn.get_by_role("group", name="Which passage is right?")).to_be_visible()
    expect(turn.get_by_role("radio").first).to_be_focused()
    keyboard.press("Escape")
    expect(turn.locator(".picker")).to_have_count(0)
    expect(thumb(turn, WRONG)).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("Enter")
    expect(turn.get_by_role("alert")).to_have_text("Choose one of these first.")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(turn.locator(".chosen")).to_be_visible()
    expect(turn).to_be_focused()
    assert kept(path) == [
        {"question": ROCK_AGE, "article": APOLLO.id, "quote": " ".join(WALK.text.split())},
    ]


def test_an_answer_that_puts_the_right_sentence_second_is_wrong(keeper, path):
    turn = keeper.ask(WHEN)
    thumb(turn, WRONG).click()
    turn.get_by_role("radio", name=STEPPED).check()
    turn.get_by_role("button", name="Save as test").click()
    expect(turn.locator(".statement")).to_have_text([f"{STEPPED}1"])
    assert kept(path) == [{"question": WHEN, "article": APOLLO.id, "quote": STEPPED}]


def test_what_does_not_reach_the_server_is_not_kept_and_that_is_said(keeper, path):
    turn = keeper.ask(WHEN)
    keeper.tab.route("**/component_server**", lambda route: route.abort())
    thumb(turn, RIGHT).click()
    expect(turn.get_by_role("alert")).to_have_text("That did not work; try again.")
    turn.get_by_role("button", name="Copy this answer").click()
    expect(turn.locator(".take-said")).to_have_text("That did not work; try again.")
    expect(thumb(turn, RIGHT, pressed=False)).to_be_visible()
    assert kept(path) == []
    assert [said for said in keeper.trouble if "fetch" not in said and "ERR_FAILED" not in said] == []
    keeper.trouble.clear()


def test_the_whole_form_that_asks_what_is_right_is_in_sight(keeper):
    turn = keeper.ask(WHEN)
    thumb(turn, WRONG).click()
    form, around = turn.locator(".picker").bounding_box(), keeper.tab.locator(".conversation").bounding_box()
    assert form["y"] + form["height"] <= around["y"] + around["height"] - 28  # below that the text fades


def test_a_wrong_answer_may_be_one_that_the_articles_do_not_have(keeper, path):
    turn = keeper.ask(WHEN)
    thumb(turn, WRONG).click()
    turn.get_by_role("radio", name="The articles don't answer this").check()
    turn.get_by_role("button", name="Save as test").click()
    expect(thumb(turn, WRONG, pressed=True)).to_be_visible()
    assert kept(path) == [{"question": WHEN, "unanswerable": True}]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_sentence_that_is_selected_in_an_article_is_what_is_right(new_reader, tested, path, width):
    path.write_text("", "utf-8")
    reader = new_reader(width=width).open(tested)
    turn = reader.ask(NOWHERE)
    thumb(turn, WRONG).click()
    expect(turn.get_by_role("radio")).to_have_count(3)
    turn.locator(".near").nth(1).click()
    select(reader, "two and a quarter")
    reader.tab.get_by_role("button", name="This is right", exact=True).click()
    expect(turn.get_by_role("radio").first).to_be_focused()
    expect(turn.get_by_role("radio", checked=True)).to_have_accessible_name(f"{OUTSIDE} {APOLLO.title}")
    turn.get_by_role("button", name="Save as test").click()
    expect(thumb(turn, RIGHT, pressed=True)).to_be_visible()
    assert kept(path) == [{"question": NOWHERE, "article": APOLLO.id, "quote": OUTSIDE}]


def test_a_selection_is_only_offered_as_right_while_that_is_asked(keeper):
    keeper.ask(WHEN).locator(".chip").first.click()
    select(keeper, "Buzz Aldrin")
    expect(keeper.tab.get_by_role("button", name="Find in articles")).to_be_visible()
    expect(keeper.tab.get_by_role("button", name="This is right", exact=True)).to_be_hidden()


def select(reader: Any, words: str) -> None:
    """Select words of the article that is open."""
    expect(reader.article.locator(".reading-text")).to_contain_text(words)
    reader.article.locator(".reading-text").evaluate(
        """(text, words) => {
          const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const node = walk.currentNode, at = node.textContent.indexOf(words);
            if (at >= 0) return document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
          }
        }""",
        words,
    )


def test_the_question_that_is_kept_is_the_one_that_stands_alone(keeper, path):
    keeper.ask(ROCK_AGE)
    thumb(keeper.ask(FOLLOW_UP), RIGHT).click()
    expect(keeper.tab.locator(".kept").last).to_contain_text("Saved as a test.")
    assert [case["question"] for case in kept(path)] == [WHEN]


def test_a_file_that_cannot_be_read_is_said_and_left_as_it_is(keeper, path):
    path.write_text("# my questions\n", "utf-8")
    turn = keeper.ask(WHEN)
    thumb(turn, RIGHT).click()
    expect(turn.get_by_role("alert")).to_contain_text("line 1: is not JSON")
    expect(thumb(turn, RIGHT, pressed=False)).to_be_visible()
    assert path.read_text("utf-8") == "# my questions\n"


def test_what_is_chosen_for_a_question_answers_it_at_once_and_says_so(keeper, path, new_reader, tested):
    turn = keeper.ask(NOWHERE)
    thumb(turn, WRONG).click()
    turn.get_by_role("radio").first.check()
    turn.get_by_role("button", name="Save as test").click()
    answer = keeper.tab.locator(".turn.answer")
    expect(answer.locator(".chosen")).to_have_text("A reader chose this as right for the question.")
    expect(answer.locator(".statement")).to_contain_text(QUARANTINE)
    expect(answer.locator(".kept")).to_contain_text("Saved as a test.")
    other = new_reader().open(tested).ask(NOWHERE)
    expect(other.locator(".chosen")).to_have_count(1)
    answer.get_by_role("button", name="Undo").click()
    expect(keeper.tab.locator(".turn.unanswered")).to_have_count(1)
    assert kept(path) == []


def test_markup_that_is_kept_is_shown_letter_by_letter(keeper, path):
    turn = keeper.ask(HACK)
    thumb(turn, WRONG).click()
    expect(turn.locator(".pick-words").nth(1)).to_contain_text(
        '<img src=x onerror="window.__hacked=4"> came next'
    )
    turn.get_by_role("button", name="Cancel").click()
    thumb(turn, RIGHT).click()
    expect(turn.locator(".kept")).to_contain_text("Saved as a test.")
    keeper.tab.get_by_role("button", name="Tests").click()
    tests = keeper.tab.locator("#tests")
    expect(tests.locator(".case-question")).to_have_text(HACK)
    expect(tests.locator(".case-quote")).to_have_text([*kept(path)[0]["quote"]])
    expect(tests.locator(".case-open")).to_have_text(HOSTILE.title)
    tests.locator(".case-open").click()
    expect(keeper.article.locator("mark.current")).to_be_focused()
    tests.get_by_role("button", name=f"Remove: {HACK}").click()
    expect(tests.locator(".case")).to_have_count(0)
    assert kept(path) == []
    expect(keeper.tab.locator("#desk").locator("script, svg:not(#limit svg), iframe, b, img")).to_have_count(
        0
    )
    assert keeper.tab.evaluate("window.__hacked === undefined")


def test_cases_that_were_kept_before_show_at_their_questions(keeper, path, new_reader, tested):
    thumb(keeper.ask(WHEN), RIGHT).click()
    expect(keeper.tab.locator(".kept")).to_contain_text("Saved as a test.")
    again = new_reader().open(tested)
    expect(thumb(again.ask(WHEN), RIGHT, pressed=True)).to_be_visible()
    expect(thumb(again.ask(ROCK_AGE), RIGHT, pressed=False)).to_be_visible()


def test_where_nothing_may_be_changed_there_are_no_thumbs_and_no_tests(new_reader, serve):
    with serve(ThreeArticles(), Settings(port=0, edit="nobody")) as address:
        reader = new_reader().open(address)
        expect(thumb(reader.ask(WHEN), RIGHT)).to_have_count(0)
        expect(reader.tab.get_by_role("button", name="Tests")).to_have_count(0)
        expect(reader.tab.locator("#tests")).to_have_count(0)


@pytest.fixture
def cases(tmp_path) -> Cases:
    return Cases(ThreeArticles, tmp_path / "questions.jsonl", ENGLISH)


def called(cases: Cases, name: str, sent: object) -> Any:
    [function] = [each for each in cases.functions() if each.__name__ == name]
    return function(sent)


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ({"article": APOLLO.id, "start": 0, "text": "The Moon is made of cheese."}, "was changed since"),
        ({"article": APOLLO.id, "start": 1, "text": APOLLO.text[:20]}, "was changed since"),
        ({"article": APOLLO.id, "start": -5, "text": APOLLO.text[-5:]}, "was changed since"),
        ({"article": APOLLO.id, "start": 10**9, "text": "x"}, "was changed since"),
        ({"article": APOLLO.id, "start": 0, "text": ""}, "was changed since"),
        ({"article": "../../etc/passwd", "start": 0, "text": "root"}, "no article ../../etc/passwd"),
    ],
)
def test_words_that_do_not_stand_in_an_article_are_not_kept(cases, tmp_path, words, trouble):
    assert trouble in called(cases, "keep_case", {"question": WHEN, "right": [words]})["trouble"]
    assert not (tmp_path / "questions.jsonl").exists()


@pytest.mark.parametrize(
    "sent",
    [None, [], "x", {}, {"question": WHEN}, {"question": WHEN, "right": [{}]}, {"question": [], "right": []},
     {"question": WHEN, "right": [{"article": 1, "start": "a", "text": None}]}],
)  # fmt: skip
def test_what_the_page_does_not_send_is_refused(cases, tmp_path, sent):
    with pytest.raises(ValidationError):
        called(cases, "keep_case", sent)
    assert not (tmp_path / "questions.jsonl").exists()


def test_a_selection_is_whole_sentences(cases):
    start = APOLLO.text.index("surface")
    end = APOLLO.text.index("joined")
    found = picked(ThreeArticles(), Selection(APOLLO.id, start, end))
    whole = f"{STEPPED}\n\nBuzz Aldrin joined him 19 minutes after that."
    assert found == {
        "article": APOLLO.id,
        "title": APOLLO.title,
        "start": APOLLO.text.index(STEPPED),
        "text": whole,
    }
    assert picked(ThreeArticles(), Selection(APOLLO.id, 10**6, 10**7)) is None
    untitled = {name: value for name, value in found.items() if name != "title"}
    told = called(cases, "keep_case", {"question": WHEN, "right": [untitled]})
    assert told["cases"][0]["quotes"] == [" ".join(whole.split())]


def test_what_is_right_is_opened_as_the_answer_that_it_would_be():
    view = right(ThreeArticles(), ROCK_AGE, SAMPLES.id, [QUARANTINE, BASALTS, "Nowhere."])
    assert [each["text"] for each in view["statements"]] == [QUARANTINE, BASALTS]
    assert [source["article"] for source in view["sources"]] == [SAMPLES.id] * 2
    assert right(ThreeArticles(), ROCK_AGE, SAMPLES.id, ["Nowhere."]) is None
    assert right(ThreeArticles(), ROCK_AGE, "none.md", [BASALTS]) is None


def test_an_article_that_is_gone_is_told_with_its_case(cases, tmp_path):
    (tmp_path / "questions.jsonl").write_text('{"question": "A?", "article": "gone.md"}\n', "utf-8")
    assert called(cases, "all_cases", None)["cases"][0]["articles"] == [{"id": "gone.md", "title": None}]
