"""A comparison to evidence for each side of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from rag.corpus.structure import kind_at, section_at
from rag.index.lexical import LexicalIndex
from rag.question.understood import Understood, share, weights_of
from rag.types import Answer, Hit, Statement, Unanswered

TermWeights: TypeAlias = Mapping[str, float]
"""Of the terms that a side is about."""

NAMED = 0.6
"""Share of the weight of a side's words that a sentence about it holds."""

TOGETHER = 2
"""Statements about both sides at most."""

BOTH = " / "
"""Between the two sides in the label of a statement about both."""

_MEASURE = re.compile(r"\b(?:more|most|less|least|fewer|fewest|an?|the)\b ?", re.IGNORECASE)
"""What a comparison says that a sentence about one side does not."""


def contrast(
    question: Understood,
    whole: Answer | Unanswered,
    ask: Callable[[str], Answer | Unanswered],
    define: Callable[[str], Answer | None],
    words: LexicalIndex,
    *,
    threshold: float,
) -> Answer | Unanswered:
    """Return what the articles say of the two sides of the comparison `question`, labelled by side.

    What they say of both as a `whole` comes first, then of each side what it is, as `define` knows, unless a
    certain thing is compared; else what the whole says of it, or else what `ask` does. What says nothing of
    a side is only likely an answer. When nothing speaks of either side, it is what they say of the whole.

    Raises ValueError for a question that compares nothing.
    """
    if question.kind is None or question.kind.name != "comparison":
        raise ValueError(f"{question.text!r} is no comparison")
    parts = question.kind.parts
    sides = {side: weights_of(side, words, question.language) for side in (parts["one"], parts["other"])}
    aspect = _MEASURE.sub("", parts.get("aspect", ""))
    told = _about(whole, sides, words, threshold)
    together = [each for each in told if each.label not in sides][:TOGETHER]
    found, closest, confidence = [*together], list(whole.closest), whole.confidence
    for side in sides:
        own = None if aspect else _defined(define, side)
        own = own or next((each for each in told if each.label == side), None)
        if own is None and len(together) < TOGETHER:
            again = ask(f"{aspect} {side}".strip())
            own = next((each for each in _about(again, sides, words, threshold) if each.label == side), None)
            if own:
                cited = own.citations[0].passage
                closest += [hit for hit in again.closest if hit.passage.key == cited.key]
                confidence = max(confidence, again.confidence)
        found += [own] if own and not any(repeats(own, each) for each in found) else []
    if not found:
        return whole
    return _compared(question, found, sides, words, confidence=confidence, closest=closest)


def _compared(
    question: Understood,
    found: Sequence[Statement],
    sides: Mapping[str, TermWeights],
    words: LexicalIndex,
    *,
    confidence: float,
    closest: Iterable[Hit],
) -> Answer:
    """Return the statements `found`, by their labels: only likely an answer where none names a side."""
    labels = list(dict.fromkeys(statement.label for statement in found))
    covered = {side for label in labels if label for side in label.split(BOTH)}
    covered.update(side for statement in found for side in _named(statement.text, sides, words))
    uncovered = tuple(side for side in sides if side not in covered)
    return Answer(
        question.text,
        tuple(sorted(found, key=lambda each: labels.index(each.label))),
        confidence,
        tuple(closest),
        uncovered_sides=uncovered,
        likely=bool(uncovered),
    )


def _defined(define: Callable[[str], Answer | None], side: str) -> Statement | None:
    """Return the sentence that says what `side` is, labelled; None without one."""
    told = define(side)
    return replace(told.statements[0], label=side, highlights=()) if told else None


def repeats(statement: Statement, other: Statement) -> bool:
    """Say whether both quote the same stretch."""
    one, another = statement.citations[0], other.citations[0]
    return one.article.id == another.article.id and one.start < another.end and another.start < one.end


def _about(
    outcome: Answer | Unanswered, sides: Mapping[str, TermWeights], words: LexicalIndex, threshold: float
) -> list[Statement]:
    """Return the statements about the `sides`, labelled: a side that none names may be named by a title."""
    # What is likely an answer, but lacks the name of the other side, is likely for that alone.
    is_likely = outcome.confidence >= threshold
    statements = [
        each
        for each in (outcome.statements if isinstance(outcome, Answer) and is_likely else ())
        if kind_at(each.citations[0].article, each.citations[0].start) not in ("caption", "note")
    ]
    found = [(each, _spoken_of(each, sides, words)) for each in statements]
    named = {side for _, about in found for side in about}
    missing = {side: weights for side, weights in sides.items() if side not in named}
    titled = [
        (each, _named(f"{each.citations[0].article.title} {each.text}", missing, words))
        for each, about in found
        if not about
    ]
    about_one = [(each, about[:1]) for each, about in titled]
    return [replace(each, label=BOTH.join(about)) for each, about in (*found, *about_one) if about]


def _spoken_of(statement: Statement, sides: Mapping[str, TermWeights], words: LexicalIndex) -> list[str]:
    """Return which of `sides` a statement is about: those it names, or the one that stands above it.

    Under "Ferries", "It is slower than the train" is about ferries.
    """
    citation = statement.citations[0]
    named = _named(statement.text, sides, words)
    headed = _named(" ".join(section_at(citation.article, citation.start)), sides, words)
    return headed if len(headed) == 1 and headed[0] not in named else named


def _named(text: str, sides: Mapping[str, TermWeights], words: LexicalIndex) -> list[str]:
    """Return which of `sides` a text names, by all their words and by those that set them apart."""
    terms = set(words.analyzer.terms(text))
    shared = set.intersection(*map(set, sides.values())) if len(sides) > 1 else set()
    own = {
        side: {term: weight for term, weight in weights.items() if term not in shared}
        for side, weights in sides.items()
    }
    return [side for side, weights in sides.items() if _names(weights, terms) and _names(own[side], terms)]


def _names(weights: TermWeights, terms: set[str]) -> bool:
    """Say whether `terms` hold enough of `weights`; of none, always."""
    return not weights or share(weights, terms) >= NAMED
