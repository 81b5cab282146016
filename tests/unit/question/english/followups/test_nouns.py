"""Nouns and verbs that say little alone may be of what the question before was about, or stand alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rag.question.english.followups import standalone
from rag.types import Turn

TITANIC = Turn("When did the Titanic sink?", "It struck an iceberg, and the ship sank.")


class Alike:
    """An embedder to which nothing is like anything."""

    def embed_questions(self, texts: list[str]) -> Any:
        return np.eye(max(len(texts), 2), dtype=np.float32)[: len(texts)]


ALIKE: Any = Alike()


def asked(question: str, turn: Turn = TITANIC) -> tuple[str, ...]:
    return standalone(question, [turn], ALIKE)


@pytest.mark.parametrize("noun", "captain population cost umbrella".split())
def test_a_noun_with_an_article_may_be_of_what_was_asked_about(noun: str) -> None:
    assert asked(f"What was the {noun}?") == (f"What was the {noun} of the Titanic?", f"What was the {noun}?")


@pytest.mark.parametrize(
    "question",
    [
        "What was the capital of Peru?",
        "Who was the captain who slept?",
        "What is the largest planet?",
        "Who was the British prime minister?",
        "What was captain Smith called?",
        "Who likes tea and who likes the coffee?",
        "What is a captain?",
    ],
)
def test_a_noun_that_says_what_it_is_of_stands_alone(question: str) -> None:
    assert asked(question) == (question,)


def test_a_question_without_a_noun_may_be_of_what_was_asked_about_too() -> None:
    assert asked("How many died?") == ("How many died in the Titanic?", "How many died?")
    assert asked("How many people died?") == ("How many people died in the Titanic?", "How many people died?")
    assert asked("What happened in 1914?") == ("What happened in 1914?",)
    assert asked("What happened last year?") == ("What happened last year?",)
    assert asked("How many died?", Turn("Who climbed it on Mount Ararat?", ""))[0] == (
        "How many died on Mount Ararat?"
    )


def test_a_noun_that_the_name_of_the_topic_holds_means_the_topic() -> None:
    led = Turn("Who led the Quit India Movement?", "")
    assert asked("Why did the movement fail?", led)[0] == "Why did the Quit India Movement fail?"
    assert asked("Why did that movement fail?", led)[0] == "Why did the Quit India Movement fail?"


def test_more_is_of_what_was_asked_about() -> None:
    for question in ("Tell me more", "Can you give me some more details, please?", "more on that", "go on"):
        assert asked(question.replace(",", "")) == ("Tell me more about the Titanic",)
    assert asked("more tea") == ("more tea",)
