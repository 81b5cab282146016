"""Misspelt words are taken for the words of the articles that they are nearest to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.build import build
from rag.chat import Chat
from rag.question import english
from rag.retrieval.spelling import respelt
from rag.settings import Settings
from rag.types import Answer


@pytest.fixture
def chat(settings: Settings, toy) -> Chat:
    (settings.corpus / "aid.md").write_text(
        "# Aid\n\nHealey announced more money for military equipment in December.", encoding="utf-8"
    )
    build(settings, embedder=toy)
    return Chat.open(settings, toy)


@pytest.mark.parametrize(
    ("question", "spelt"),
    [
        ("healey mony militery equipement", "healey money military equipement"),
        ("how much mony was announced?", "how much money was announced?"),
        ("announcing militery aid", "announcing military aid"),  # a form of what is there, as "equipement"
        ("healey money", None),
        ("how much le\u0301mony", None),  # an accent of its own parts no word
        ("What did Haeley say?", "What did Healey say?"),  # two letters of a name are swapped
        ("What did Heeley say?", None),  # another name
        ("What did Haley say?", None),  # so is a short one that lacks a letter
        ("What is in Decemer?", "What is in December?"),
        ("How much Momey was announced?", "How much money was announced?"),  # no name
        ("how much moneey", "how much money"),
        ("how much miney", "how much money"),
        ("who wrote hamlet", None),
        ("mny", None),
        ("", None),
    ],
)
def test_only_words_that_no_passage_has_are_spelt_anew(chat: Chat, question, spelt) -> None:
    assert respelt(question, chat.index) == spelt


@pytest.mark.parametrize(
    ("question", "spelt"),
    [
        ("who is the ministry of aid?", None),
        ("who is the ministre of aid?", "who is the minister of aid?"),
        ("who are the monasters of aid?", None),  # more than one of a word
        ("wich minister came?", "which minister came?"),
    ],
)
def test_a_word_of_the_language_is_spelt_right_though_no_passage_has_it(
    chat: Chat, question: str, spelt: str | None
) -> None:
    (chat.settings.corpus / "minister.md").write_text("# Aid\n\nA minister came.", encoding="utf-8")
    build(chat.settings, embedder=chat.embedder)
    assert respelt(question, chat.latest().index, english) == spelt


def test_an_answer_to_the_question_spelt_anew_says_so(chat: Chat) -> None:
    found = chat.ask("militery equipement mony announced?")
    assert isinstance(found, Answer)
    assert found.question == "military equipement money announced?"
    assert found.reading is not None
    assert found.reading.typed == "militery equipement mony announced?"


def test_a_likely_answer_is_looked_for_anew_too(chat: Chat) -> None:
    doubting = replace(chat, settings=replace(chat.settings, threshold=1.0, related=0.0))
    found = doubting.ask("healey announced militery equipment")
    assert isinstance(found, Answer)
    assert found.likely
    assert found.question == "healey announced military equipment"
