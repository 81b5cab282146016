"""Quotes to whole thoughts: a sentence is quoted with what limits it, takes it back or replies to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np

from rag.answer.reader import Reader
from rag.answer.widened import ending, sentences_behind
from rag.index.embedding import Vectors
from rag.index.sentences import Span, split_sentences
from rag.question.quote import LONGEST_QUOTE, MOST_MORE
from rag.types import Answer, Citation, Passage, Sentence, Statement

WEIGHTS = Path(__file__).parent / "limits.json"
"""Made by training/export.py, with the reader that lies beside."""

JOINED = 0.25
"""Least probability at which they are; chosen on the examples, see docs/answers.md."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A logistic model of whether a sentence that follows another one has to be quoted with it.

    It reads what the reader makes of both in the middle of its layers: vectors of shape (dimension,).
    """

    quoted: Vectors
    """Weight of the quoted sentence's vector."""
    following: Vectors
    """Weight of the following one's."""
    pair: Vectors
    """Weight of the product of both."""
    skipped: float
    """Weight of each sentence between the two."""
    bias: float

    @classmethod
    def load(cls, file: Path = WEIGHTS) -> Self:
        """Return the head that `file` holds."""
        held = json.loads(file.read_text(encoding="utf-8"))
        vectors = {name: np.array(held[name], dtype=np.float32) for name in ("quoted", "following", "pair")}
        return cls(**vectors, skipped=held["skipped"], bias=held["bias"])

    def probability(self, quoted: Vectors, following: Vectors, *, skipped: int) -> float:
        """Return how likely the sentence of vector `following` has to be quoted with the other one."""
        odds = (
            self.bias + quoted @ self.quoted + following @ self.following + (quoted * following) @ self.pair
        )
        return float(1 / (1 + np.exp(-odds - skipped * self.skipped)))


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Finds what limits a quote. Threads share it."""

    head: Head
    reader: Reader

    @classmethod
    def load(cls, reader: Reader) -> Self:
        """Return what `reader` finds, the one that the head was fitted for."""
        return cls(Head.load(), reader)

    def whole(self, answer: Answer, question: str) -> Answer:
        """Return `answer` with each quote, that of a side too, with what limits it; see `joined`."""
        whole = self.joined(answer.statements, question)
        sides = tuple(replace(side, statement=each) for side, each in zip(answer.sides, whole, strict=False))
        return replace(answer, statements=whole, sides=sides)

    def joined(self, statements: Sequence[Statement], question: str) -> tuple[Statement, ...]:
        """Return `statements`, each quote with what limits it; no stretch of an article twice."""
        cited = [statement.citations[0] for statement in statements]
        spans = [[_last(each), *following(each, before=_next(each, cited))] for each in cited]
        open_ = [number for number, found in enumerate(spans) if len(found) > 1]
        vectors = states(self.reader, question, [(cited[number].passage, spans[number]) for number in open_])
        ends = {number: self._end(spans[number], each) for number, each in zip(open_, vectors, strict=True)}
        return tuple(
            ending(statement, ends.get(number, cited[number].end))
            for number, statement in enumerate(statements)
        )

    def _end(self, spans: Sequence[Span], vectors: Vectors) -> int:
        """Return where the quote of the first of `spans` has to end, which the others follow."""
        ends = [
            end
            for skipped, ((_, end), vector) in enumerate(zip(spans[1:], vectors[1:], strict=True))
            if self.head.probability(vectors[0], vector, skipped=skipped) >= JOINED
        ]
        return max(ends, default=spans[0][1])


def states(reader: Reader, question: str, places: Sequence[tuple[Passage, Sequence[Span]]]) -> list[Vectors]:
    """Return what `reader` makes of the sentences at the spans of each place, a row each; see `holding`."""
    passages = [holding(passage, spans) for passage, spans in places]
    found = []
    for passage, rows, (_, spans) in zip(passages, reader.states(question, passages), places, strict=True):
        number = {each.start: row for row, each in enumerate(passage.sentences)}
        found.append(rows[[number[start] for start, _ in spans]])
    return found


def holding(passage: Passage, spans: Sequence[Span]) -> Passage:
    """Return `passage`, where it holds the sentences at `spans`: there they were read for the answer.

    Else it is they by themselves.
    """
    if {start for start, _ in spans} <= {each.start for each in passage.sentences}:
        return passage
    sentences = tuple(Sentence(passage.article, *span) for span in spans)
    return Passage(passage.article, spans[0][0], spans[-1][1], sentences)


def _last(citation: Citation) -> Span:
    """Return where the last sentence of the quote of `citation` stands."""
    start, _ = split_sentences(citation.quote)[-1]
    return citation.start + start, citation.end


def following(citation: Citation, *, before: int) -> list[Span]:
    """Return where the sentences stand that may be quoted with `citation`: the next ones of its paragraph."""
    spans = sentences_behind(citation, before=before)
    return [span for span in spans[:MOST_MORE] if span[1] - citation.start <= LONGEST_QUOTE]


def _next(citation: Citation, others: Sequence[Citation]) -> int:
    """Return where the next of `others` begins in the article of `citation`, its end without one."""
    starts = (
        each.start for each in others if each.article.id == citation.article.id and each.start >= citation.end
    )
    return min(starts, default=len(citation.article.text))
