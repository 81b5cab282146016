"""Which pronouns of a follow-up mean what was said before, and which stand for nothing or are explained."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rag.question.english.followups import standalone
from rag.types import Turn

TOWER = Turn("When was the Eiffel Tower opened?", "")


class Alike:
    """An embedder to which nothing is like anything."""

    def embed_questions(self, texts: list[str]) -> Any:
        return np.eye(max(len(texts), 2), dtype=np.float32)[: len(texts)]


ALIKE: Any = Alike()


def asked(question: str, turn: Turn = TOWER) -> str:
    return standalone(question, [turn], ALIKE)[0]


@pytest.mark.parametrize(
    "word",
    "true possible impossible safe legal illegal important likely better best necessary worth okay ok common"
    " normal hard easy difficult bad good healthy dangerous clear known".split(),
)
def test_an_it_that_something_follows_stands_for_nothing(word: str) -> None:
    for question in (
        f"Is it {word} that bread rises?",
        f"Is it {word} to eat bread?",
        f"Is it {word} when it rains?",
    ):
        assert asked(question) == question


@pytest.mark.parametrize(
    "question",
    [
        "How long does it take to bake bread?",
        "How much does it cost to bake bread?",
        "What does it mean to be free?",
        "Is that what it took to bake bread?",
        "Does it ever snow?",
        "Is it winter?",
        "Is it spring?",
        "Is it summer?",
        "Is it autumn?",
        "Is it cold in winter?",
        "Is it hot in the summer?",
        "Is it warm in Peru?",
        "Is it dark on Mars?",
        "How cold is it in Peru?",
        "What is it like to fly?",
        "What is it like in Peru?",
        "How far is it to Peru?",
        "How far is it from Rome to Peru?",
        "Why is it called a vaccine?",
        "What time is it?",
        "Who was it that flew?",
        "Why is this so?",
        "Why does it seem so?",
    ],
)
def test_an_it_of_the_weather_and_the_like_stands_for_nothing(question: str) -> None:
    assert question in standalone(question, [TOWER], ALIKE)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("How tall is it?", "How tall is the Eiffel Tower?"),
        ("Is it safe?", "Is the Eiffel Tower safe?"),
        ("Who paid for this?", "Who paid for the Eiffel Tower?"),
        ("Who paid for that?", "Who paid for the Eiffel Tower?"),
        ("How tall is that?", "How tall is the Eiffel Tower?"),
        ("Who paid for that lift?", "Who paid for the lift of the Eiffel Tower?"),
        ("When it opened, who owned the lift?", "When it opened, who owned the lift?"),
        ("What are its effects?", "What are the Eiffel Tower’s effects?"),
        ("Is that true?", "Is that true?"),
        ("Did Macron keep his promise?", "Did Macron keep his promise?"),
        ("Which state said it would come?", "Which state said it would come?"),
    ],
)
def test_a_pronoun_means_what_was_asked_about_unless_the_question_explains_it(
    question: str, meant: str
) -> None:
    assert asked(question) == meant


@pytest.mark.parametrize(
    ("turn", "question", "meant"),
    [
        ("Who led Britain and France?", "When was it founded?", "When was it founded?"),
        ("Who is Ann Lee?", "How old is she?", "How old is Ann Lee?"),
        ("Who is Ann Lee?", "How old is her mother?", "How old is Ann Lee’s mother?"),
        ("How many soldiers came?", "Where are they?", "Where are the soldiers?"),
        ("How many soldiers came?", "How many of them died?", "How many of the soldiers died?"),
        ("Who lives in Peru?", "Is there gold there?", "Is there gold in Peru?"),
        ("Who negotiated Jay’s Treaty?", "Was it popular?", "Was Jay’s Treaty popular?"),
        ("How high was David’s table?", "How wide was it?", "How wide was David’s table?"),
    ],
)
def test_a_pronoun_means_what_it_can(turn: str, question: str, meant: str) -> None:
    assert asked(question, Turn(turn, "")) == meant
