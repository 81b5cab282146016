"""Evidence to the few words that an answer leads with, and to those that are bold in its quotes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.answer.evidence import Evidence
from rag.answer.reader import told
from rag.question.understood import Understood
from rag.types import Statement

TOLD = 14.0
"""Least score of a short answer that leads; this and the next three were chosen on SQuAD."""
SURE = 0.79
"""Least probability that the articles answer at which one does."""
CLEAR = 10.0
"""Score by which it leads every other."""
FEW = 8
"""Words that it has at most."""

BOLD = 10.0
"""Least score of a short answer that is bold in its quote; see docs/answers.md."""


def short_answer(question: Understood, evidence: Sequence[Evidence], confidence: float) -> str | None:
    """Return the few words of the first of `evidence` that answer, when that is sure and none gives others.

    Not for several things, of which they would be one, nor for yes or no, words that stand in no article.
    """
    words = [said(each) for each in evidence]
    best, *others = (each.short_answer for each in evidence)
    if best is None or best.score < TOLD or confidence < SURE or question.kind or question.is_for_yes_or_no:
        return None
    rivals = (
        each.score
        for each, rival in zip(others, words[1:], strict=True)
        if each and not same(rival, words[0])
    )
    is_clear = best.score - max(rivals, default=-math.inf) >= CLEAR
    return words[0] if is_clear and len(words[0].split()) <= FEW else None


def highlighted(statement: Statement, evidence: Iterable[Evidence]) -> Statement:
    """Return `statement` with the short answers of `evidence` that stand in it, where they are likely."""
    [citation, *_] = statement.citations
    spans = (
        (short.start - citation.start, short.end - citation.start)
        for each in evidence
        if (short := each.short_answer)
        and short.score >= BOLD
        and each.sentence.article.id == citation.article.id
        and citation.start <= short.start
        and short.end <= citation.end
    )
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not apart or apart[-1][1] < start:
            apart.append((start, end))
    return replace(statement, highlights=tuple(apart))


def said(evidence: Evidence) -> str:
    """Return the short answer of a sentence in its words; empty where it was not read."""
    short = evidence.short_answer
    return evidence.sentence.article.text[short.start : short.end] if short else ""


def same(one: str, other: str) -> bool:
    """Say whether two answers are the same but for what one leaves out, such as a first name."""
    one, other = f" {told(one)} ", f" {told(other)} "
    return one in other or other in one
