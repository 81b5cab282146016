"""Quotes to whole thoughts: a sentence is quoted with what limits it, takes it back or replies to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np

from rag.index.embedding import PACKAGED_MODEL, Embedder, Vectors
from rag.index.sentences import Span, split_sentences
from rag.question.quote import LONGEST_QUOTE, MOST_MORE
from rag.types import Citation, Statement

WEIGHTS = Path(__file__).parent / "limits.json"
"""Made by training/limits.py."""

JOINED = 0.25
"""Least probability at which they are; chosen on the examples, see docs/answers.md."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A logistic model of whether a sentence that follows another one has to be quoted with it."""

    following: Vectors
    """Weight of the following sentence's vector, shape (dimension,)."""
    pair: Vectors
    """Weight of the product of both sentences' vectors, of the same shape."""
    question: Vectors
    """Weight of the cosine of the question and each of both sentences, shape (2,)."""
    skipped: float
    """Weight of each sentence between the two."""
    bias: float

    @classmethod
    def load(cls, file: Path = WEIGHTS) -> Self:
        """Return the head that `file` holds."""
        held = json.loads(file.read_text(encoding="utf-8"))
        vectors = {name: np.array(held[name], dtype=np.float32) for name in ("following", "pair", "question")}
        return cls(**vectors, skipped=held["skipped"], bias=held["bias"])

    def probability(self, quoted: Vectors, following: Vectors, question: Vectors, *, skipped: int) -> float:
        """Return how likely the vector `following` is that of a sentence which has to be quoted."""
        odds = (
            self.bias
            + following @ self.following
            + (quoted * following) @ self.pair
            + np.array([quoted @ question, following @ question]) @ self.question
            + skipped * self.skipped
        )
        return float(1 / (1 + np.exp(-odds)))


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Finds what limits a quote. Threads share it."""

    head: Head
    embedder: Embedder
    """The packaged one: the head was fitted on its vectors."""

    @classmethod
    def load(cls, embedder: Embedder, language: str) -> Self | None:
        """Load the head; None for a language or a model that it does not know."""
        knows = language == "en" and embedder.name == PACKAGED_MODEL
        return cls(Head.load(), embedder) if knows else None

    def joined(self, statements: Sequence[Statement], question: Vectors) -> tuple[Statement, ...]:
        """Return `statements`, each quote with what limits it; no stretch of an article twice.

        `question` is the vector of what is asked.
        """
        found = list(statements)
        for at, statement in enumerate(found):
            [citation, *_] = statement.citations
            others = [each.citations[0] for each in found if each is not statement]
            end = self.end_of(citation, question, before=_next(citation, others))
            if end > citation.end:
                quote = citation.article.text[citation.start : end]
                whole = replace(citation, end=end, quote=quote)
                found[at] = replace(statement, text=quote, citations=(whole, *statement.citations[1:]))
        return tuple(found)

    def end_of(self, citation: Citation, question: Vectors, *, before: int) -> int:
        """Return where the quote of `citation` has to end, at the offset `before` at the latest."""
        behind = following(citation, before=before)
        if not behind:
            return citation.end
        text = citation.article.text
        last, _ = split_sentences(citation.quote)[-1]
        spans = [(citation.start + last, citation.end), *behind]
        quoted, *vectors = self.embedder.embed_questions([text[start:end] for start, end in spans])
        ends = [
            end
            for skipped, ((_, end), vector) in enumerate(zip(behind, vectors, strict=True))
            if self.head.probability(quoted, vector, question, skipped=skipped) >= JOINED
        ]
        return max(ends, default=citation.end)


def following(citation: Citation, *, before: int) -> list[Span]:
    """Return where the sentences stand that may be quoted with `citation`: the next ones of its paragraph."""
    text, start = citation.article.text, citation.end
    line = text.find("\n", start)
    end = min(before, len(text) if line < 0 else line)
    spans = [(start + first, start + last) for first, last in split_sentences(text[start:end])]
    return [span for span in spans[:MOST_MORE] if span[1] - citation.start <= LONGEST_QUOTE]


def _next(citation: Citation, others: Sequence[Citation]) -> int:
    """Return where the next of `others` begins in the article of `citation`, its end without one."""
    starts = (
        each.start for each in others if each.article.id == citation.article.id and each.start >= citation.end
    )
    return min(starts, default=len(citation.article.text))
