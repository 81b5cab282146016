"""What a reader chose as right comes first at once, for its question and for ones like it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rag.build import build
from rag.chat import Chat
from rag.evaluation import chosen as choosing
from rag.evaluation.chosen import Chosen, is_like
from rag.output.json import as_json
from rag.output.text import as_text
from rag.types import Answer, Filter, Listing, Outcome, Unanswered

QUESTION = "Who walked up there first?"
RIGHT = "Neil Armstrong walked on the Moon in July 1969."
CASE = {"question": QUESTION, "article": "moon.md", "quote": RIGHT}


@pytest.fixture
def chat(settings, toy) -> Chat:
    build(settings, embedder=toy)
    return Chat.open(settings, toy)


@pytest.fixture
def path(settings) -> Path:
    settings.questions.write_text(json.dumps(CASE) + "\n", encoding="utf-8")
    found: Path = settings.questions
    return found


def test_a_chosen_passage_is_the_answer_to_its_question_and_that_is_said(chat, path):
    refused = chat.ask(QUESTION)
    assert isinstance(refused, Unanswered)
    found = Chosen(path).ask(chat, "who walked  up there first")
    assert isinstance(found, Answer)
    assert [each.text for each in found.statements] == [RIGHT]
    assert found.chosen == found.question == "who walked up there first"
    assert found.confidence == 1
    assert not found.likely
    assert as_json(found)["chosen"] == found.question
    assert "A reader chose this as right for the question." in as_text(found)


def test_what_is_chosen_later_is_used_at_once_and_what_is_taken_back_no_more(chat, settings):
    chosen = Chosen(settings.questions)
    assert isinstance(chosen.ask(chat, QUESTION), Unanswered)
    settings.questions.write_text(json.dumps(CASE) + "\n", encoding="utf-8")
    assert isinstance(chosen.ask(chat, QUESTION), Answer)
    settings.questions.unlink()
    assert isinstance(chosen.ask(chat, QUESTION), Unanswered)


def test_a_question_like_it_gets_the_passage_first_but_as_likely_only(chat, path, monkeypatch):
    monkeypatch.setattr(choosing, "LIKE", 0.5)
    found = Chosen(path).ask(chat, "Who walked up there at first?")
    assert isinstance(found, Answer)
    assert found.statements[0].text == RIGHT
    assert found.chosen == QUESTION
    assert found.likely
    assert f"a question like it: “{QUESTION}”" in as_text(found)


def test_a_question_like_it_that_is_answered_keeps_its_answer_after_the_passage(chat, path, monkeypatch):
    monkeypatch.setattr(choosing, "LIKE", -1)
    monkeypatch.setattr(choosing, "is_like", lambda *_: True)
    bread = chat.ask("What is bread baked from?")
    found = Chosen(path).ask(chat, "What is bread baked from?")
    assert isinstance(bread, Answer)
    assert isinstance(found, Answer)
    assert found.statements == (found.statements[0], *bread.statements)
    assert found.statements[0].text == RIGHT
    assert found.confidence == bread.confidence


def test_an_answer_that_quotes_it_first_stays_as_it_is(chat, settings):
    case = {"question": "What is bread baked from?", "article": "bread.md", "quote": "baked from flour"}
    settings.questions.write_text(json.dumps(case) + "\n", encoding="utf-8")
    found = Chosen(settings.questions).ask(chat, case["question"])
    said = chat.ask(case["question"])
    assert isinstance(found, Answer)
    assert isinstance(said, Answer)
    assert found.statements == said.statements
    assert found.chosen == case["question"]


@pytest.mark.parametrize(
    "changed",
    [{"quote": "Neil Armstrong walked on the Moon in June 1969."}, {"article": "gone.md"}, {"quote": None}],
)
def test_a_choice_ends_where_no_article_holds_it_any_more(chat, settings, changed):
    settings.questions.write_text(json.dumps(CASE | changed) + "\n", encoding="utf-8")
    assert isinstance(Chosen(settings.questions).ask(chat, QUESTION), Unanswered)


def is_chosen(found: Outcome) -> bool:
    return isinstance(found, Answer) and found.chosen is not None


def test_a_rebuild_over_a_changed_article_ends_it(chat, settings, toy, path):
    chosen = Chosen(path)
    assert isinstance(chosen.ask(chat, QUESTION), Answer)
    article = settings.corpus / "moon.md"
    article.write_text(article.read_text("utf-8").replace("walked on the Moon", "stayed at home"), "utf-8")
    build(settings, embedder=toy)
    assert not is_chosen(chosen.ask(chat.latest(), QUESTION))


@pytest.mark.parametrize("among", [Filter(articles=("bread.md",)), Filter(until=None, articles=("tea.md",))])
def test_a_filter_that_shuts_its_article_out_shuts_the_choice_out(chat, path, among):
    assert not is_chosen(Chosen(path).ask(chat, QUESTION, among))
    assert isinstance(Chosen(path).ask(chat, QUESTION, Filter(articles=("moon.md",))), Answer)


def test_a_listing_is_left_alone(chat, settings):
    settings.questions.write_text(
        json.dumps(CASE | {"question": "Which articles are there?"}) + "\n", "utf-8"
    )
    assert isinstance(Chosen(settings.questions).ask(chat, "Which articles are there?"), Listing)


def test_a_file_that_cannot_be_read_chooses_nothing(chat, settings):
    settings.questions.write_text("{", encoding="utf-8")
    assert isinstance(Chosen(settings.questions).ask(chat, QUESTION), Unanswered)
    assert isinstance(Chosen(None).ask(chat, QUESTION), Unanswered)


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("Who walked on the Moon first?", True),
        ("Who first walked on the Moon?", True),
        ("When was it that people walked on the Moon first?", False),
        ("Who drove on the Moon first?", False),
        ("Who did not walk on the Moon first?", False),
        ("Who walked on the Moon first in 1972?", False),
    ],
)
def test_questions_ask_the_same_unless_a_kind_a_name_or_a_telling_word_differs(chat, question, same):
    assert is_like(chat, question, "Who walked on the Moon first?") is same


def test_the_chat_itself_knows_nothing_of_it(chat, path, settings):
    assert isinstance(chat.ask(QUESTION), Unanswered)
    assert replace(settings, questions=path) == settings
