"""Questions for a row, a bullet or the steps of a list are answered with exactly these, the cell in bold."""

from __future__ import annotations

from pathlib import Path

import pytest
from labelled import questions

from rag.types import Answer

LABELLED = questions("lists.jsonl")
FOUND = 15
"""Of the 16 questions, as measured."""
CELLS = 5
"""Of the six cells."""


@pytest.fixture(scope="module")
def lists(chat_over):
    return chat_over(Path(__file__).parent / "lists")


@pytest.fixture(scope="module")
def shown(lists, ask):
    return {each["question"]: ask(lists, each["question"]) for each in LABELLED}


def is_exact(labelled, outcome) -> bool:
    quoted = outcome.statements if isinstance(outcome, Answer) else ()
    return [statement.text for statement in quoted] == labelled["says"]


def test_exactly_the_row_the_bullet_or_the_steps_asked_for_are_quoted(shown) -> None:
    exact = [each for each in LABELLED if is_exact(each, shown[each["question"]])]
    assert len(exact) >= FOUND, [each["question"] for each in LABELLED if each not in exact]


def test_the_cell_asked_for_is_bold_and_the_short_answer(shown) -> None:
    found = []
    for each in LABELLED:
        outcome = shown[each["question"]]
        if "bold" in each and isinstance(outcome, Answer) and outcome.short_answer == each["bold"]:
            [statement] = outcome.statements
            found.append([statement.text[slice(*span)] for span in statement.highlights] == [each["bold"]])
    assert sum(found) >= CELLS
