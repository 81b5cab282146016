"""A question of two questions to what answers each, labelled by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

from rag.answer.comparison import repeats
from rag.question.understood import Understood
from rag.types import Answer, Outcome, Statement, Turn, is_firm, turn_of

Ask: TypeAlias = Callable[[str, Sequence[Turn]], Outcome]
"""A question, and those that it follows, to its outcome."""

SHOWN = 2
"""Statements of each part at most."""


def both(question: Understood, whole: Outcome, ask: Ask) -> Outcome:
    """Return what answers each of the two questions in `question`, the second asked as a follow-up.

    It is what answers the `whole` where none of the two is answered, where too few of them surely are (both
    have to be where the whole is, one where that is likely), and where different articles answer them: then
    the second was hardly understood.

    Raises ValueError for a question that is one.
    """
    if question.kind is None or question.kind.name != "parts":
        raise ValueError(f"{question.text!r} is one question")
    one, other = (f"{question.kind.parts[part]}?" for part in ("one", "other"))
    first = ask(one, ())
    found = {one: first, other: ask(other, [turn_of(first)])}
    answers = {part: outcome for part, outcome in found.items() if isinstance(outcome, Answer)}
    sure = [is_firm(outcome) for outcome in found.values()]
    enough = all(sure) if is_firm(whole) else any(sure) or not isinstance(whole, Answer)
    first_of = [answer.statements[0].citations[0].article.id for answer in answers.values()]
    if not answers or not enough or len(set(first_of)) > 1:
        return whole
    labelled = list(_labelled(answers))
    return Answer(
        question.text,
        tuple(labelled),
        min(answer.confidence for answer in answers.values()),
        tuple(chain.from_iterable(answer.closest for answer in answers.values())),
        uncovered_sides=tuple(f"“{part}”" for part in found if part not in answers),
        likely=not all(sure),
        missing=tuple(dict.fromkeys(chain.from_iterable(answer.missing for answer in answers.values()))),
    )


def _labelled(answers: dict[str, Answer]) -> Iterator[Statement]:
    """Yield the first statements of the `answers` with their questions, none twice: one may answer both."""
    shown: list[Statement] = []
    for part, answer in answers.items():
        own = [each for each in answer.statements[:SHOWN] if not any(repeats(each, other) for other in shown)]
        yield from (replace(each, label=part) for each in own)
        shown += own
