"""Conversations over the bundled corpus: floors below what was measured, so slips show."""

from __future__ import annotations

from typing import Any

import pytest
from labelled import questions

from rag.question.phrases import fold
from rag.types import Turn, turn_of

CONVERSATIONS = questions("followups.jsonl")


def words(text: str) -> str:
    letters = "".join(letter if letter.isalnum() else " " for letter in fold(text).replace("’s", ""))
    return f" {' '.join(letters.split())} "


def understood(bundled, each: dict[str, Any]) -> bool:
    """Say whether the last question of a conversation was asked as it was meant."""
    turns: list[Turn] = []
    for question in each["turns"][:-1]:
        turns.append(turn_of(bundled.ask(question, turns=turns)))
    asked = bundled.ask(each["turns"][-1], turns=turns).question
    if each.get("alone"):
        return bool(asked == each["turns"][-1])
    holds = all(words(text).strip() in words(asked) for text in each["holds"])
    return holds and not any(words(text) in words(asked) for text in each.get("never", ()))


@pytest.mark.parametrize(("apart", "floor"), [(False, 0.9), (True, 0.9)])
def test_follow_ups_are_asked_as_they_were_meant(bundled, apart: bool, floor: float) -> None:
    asked = [each for each in CONVERSATIONS if each["apart"] == apart and not each.get("alone")]
    assert sum(understood(bundled, each) for each in asked) / len(asked) >= floor


def test_a_question_that_stands_alone_is_never_changed(bundled) -> None:
    alone = [each for each in CONVERSATIONS if each.get("alone")]
    assert [each["turns"] for each in alone if not understood(bundled, each)] == []
