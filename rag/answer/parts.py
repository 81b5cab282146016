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

    It is what answers the `whole` where none of the two is answered, where that is better, and where
    different articles answer them: then the second was hardly understood.

    Raises ValueError for a question that is one.
    """
    if question.kind is None or question.kind.name != "parts":
        raise ValueError(f"{question.text!r} is one question")
    one, other = (f"{question.kind.parts[part]}?" for part in ("one", "other"))
    first = ask(one, ())
    found = {one: first, other: ask(other, [turn_of(first)])}
    answers = {part: outcome for part, outcome in found.items() if isinstance(outcome, Answer)}
    sure = [is_firm(outcome) for outcome in found.values()]
    firsts = [answer.statements[0] for answer in answers.values()]
    is_one = len({first.citations[0].article.id for first in firsts}) == 1
    if not is_one or _is_better(whole, firsts, sure):
        return whole
    return Answer(
        question.text,
        tuple(_labelled(answers)),
        min(answer.confidence for answer in answers.values()),
        tuple(chain.from_iterable(answer.closest for answer in answers.values())),
        uncovered_sides=tuple(f"“{part}”" for part in found if part not in answers),
        likely=not all(sure),
        missing=tuple(dict.fromkeys(chain.from_iterable(answer.missing for answer in answers.values()))),
    )


def _is_better(whole: Outcome, firsts: Sequence[Statement], sure: Sequence[bool]) -> bool:
    """Say whether what answers the `whole` goes before its parts, of which these are the first quotes.

    A likely answer does where none of them is `sure`, a sure one where not all are, unless both are answered
    and it leaves out what one is answered by.
    """
    if not isinstance(whole, Answer):
        return False
    if whole.likely:
        return not any(sure)
    tells = all(any(repeats(first, each) for each in whole.statements) for first in firsts)
    return not all(sure) and (tells or len(firsts) < len(sure))


def _labelled(answers: dict[str, Answer]) -> Iterator[Statement]:
    """Yield the first statements of the `answers` with their questions; one quote may answer both."""
    shown: list[Statement] = []
    for part, answer in answers.items():
        first, *others = answer.statements[:SHOWN]
        if not any(repeats(first, each) for each in shown):
            own = [first, *(each for each in others if not any(repeats(each, other) for other in shown))]
            yield from (replace(each, label=part) for each in own)
            shown += own
