"""Outcome to the same with the words of its quotes that count from the day of their article."""

from __future__ import annotations

from dataclasses import replace

from rag.question.language import Language
from rag.types import Answer, Outcome, Side, Statement


def with_relative_words(outcome: Outcome, language: Language) -> Outcome:
    """Return `outcome`, where it quotes, with what `language` reads of "Wednesday" and "last month"."""
    if not isinstance(outcome, Answer):
        return outcome
    sides = tuple(Side(side.value, _dated(side.statement, language)) for side in outcome.sides)
    return replace(
        outcome, statements=tuple(_dated(each, language) for each in outcome.statements), sides=sides
    )


def _dated(statement: Statement, language: Language) -> Statement:
    cited = (replace(each, relative=language.relative_words(each)) for each in statement.citations)
    return replace(statement, citations=tuple(cited))
