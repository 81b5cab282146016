"""Quotes to whole thoughts: a sentence is quoted with what limits it, takes it back or replies to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self, TypeAlias

import numpy as np

from rag.answer.widened import ending, sentences_behind
from rag.index.database import Recent
from rag.index.embedding import PACKAGED_MODEL, Embedder, Vectors
from rag.index.sentences import Span, split_sentences
from rag.question.quote import LONGEST_QUOTE, MOST_MORE
from rag.types import Answer, Citation, Statement

WEIGHTS = Path(__file__).parent / "limits.json"
"""Made by training/limits.py."""

JOINED = 0.25
"""Least probability at which they are; chosen on the examples, see docs/answers.md."""

GLANCED = 0.015
"""The same by the vectors that the index has, which were read in context: nearly all that the sentences alone
would join have as much; see docs/answers.md."""

KEPT = 4_000
"""Sentences whose vectors stay in memory, 6 MB: those of an article are quoted for many questions."""

Known: TypeAlias = Mapping[tuple[str, int], Vectors]
"""The vectors of sentences as the index has them, by their article's id and the offset where they begin."""

Behind: TypeAlias = tuple[int, Span]
"""Where a sentence behind a quote stands, after how many others that stand between."""


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
    recent: Recent[Vectors] = field(default_factory=lambda: Recent(KEPT, lambda _: 1))
    """The vectors of the sentences read last, by their text."""

    @classmethod
    def load(cls, embedder: Embedder, language: str) -> Self | None:
        """Load the head; None for a language or a model that it does not know."""
        knows = language == "en" and embedder.name == PACKAGED_MODEL
        return cls(Head.load(), embedder) if knows else None

    def whole(self, answer: Answer, question: Vectors, known: Known) -> Answer:
        """Return `answer` with each quote, that of a side too, with what limits it; see `joined`."""
        whole = self.joined(answer.statements, question, known)
        sides = tuple(replace(side, statement=each) for side, each in zip(answer.sides, whole, strict=False))
        return replace(answer, statements=whole, sides=sides)

    def joined(
        self, statements: Sequence[Statement], question: Vectors, known: Known | None = None
    ) -> tuple[Statement, ...]:
        """Return `statements`, each quote with what limits it; no stretch of an article twice.

        `question` is the vector of what is asked. What is `known` of sentences spares those that surely do
        not limit: the others are embedded, all of them at once, unless they were lately.
        """
        cited = [statement.citations[0] for statement in statements]
        behind = [self._behind(each, cited, question, known or {}) for each in cited]
        texts = [text for each, found in zip(cited, behind, strict=True) for text in _texts(each, found)]
        vectors = dict(zip(texts, self.recent.get(texts, self._embedded), strict=True))
        return tuple(
            ending(statement, self._end(each, found, question, vectors))
            for statement, each, found in zip(statements, cited, behind, strict=True)
        )

    def _behind(
        self, citation: Citation, others: Sequence[Citation], question: Vectors, known: Known
    ) -> list[Behind]:
        """Return the sentences behind the quote of `citation` that may limit it, as far as is `known`."""
        quoted = known.get((citation.article.id, _last(citation)[0]))
        return [
            (skipped, span)
            for skipped, span in enumerate(following(citation, before=_next(citation, others)))
            if quoted is None
            or (vector := known.get((citation.article.id, span[0]))) is None
            or self.head.probability(quoted, vector, question, skipped=skipped) >= GLANCED
        ]

    def _end(
        self,
        citation: Citation,
        behind: Sequence[Behind],
        question: Vectors,
        vectors: Mapping[str, Vectors],
    ) -> int:
        """Return where the quote of `citation` has to end."""
        if not behind:
            return citation.end
        quoted, *others = (vectors[text] for text in _texts(citation, behind))
        ends = [
            end
            for (skipped, (_, end)), vector in zip(behind, others, strict=True)
            if self.head.probability(quoted, vector, question, skipped=skipped) >= JOINED
        ]
        return max(ends, default=citation.end)

    def _embedded(self, texts: Sequence[str]) -> dict[str, Vectors]:
        return dict(zip(texts, self.embedder.embed_questions(texts), strict=True))


def _last(citation: Citation) -> Span:
    """Return where the last sentence of the quote of `citation` stands."""
    start, _ = split_sentences(citation.quote)[-1]
    return citation.start + start, citation.end


def _texts(citation: Citation, behind: Sequence[Behind]) -> list[str]:
    """Return the last sentence that `citation` quotes, then those `behind`; none where none is."""
    spans = [_last(citation), *(span for _, span in behind)] if behind else []
    return [citation.article.text[start:end] for start, end in spans]


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
