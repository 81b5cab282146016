"""Question to hits: dense and BM25, fused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rag.embedding import Embedder, Vectors
from rag.index import Index
from rag.types import Hit
from rag.words import Rows

DENSE_SHARE = 0.5
"""Of the fused score; the rest is BM25's."""

TITLE_WEIGHT = 0.5
"""Of a word in the title against one in the text, for BM25."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Every passage considered for a question, by row."""

    question: Vectors
    """Its vector, shape (dimension,)."""
    dense: Rows
    """The list by vectors, best first."""
    words: Rows
    """The list by BM25, best first."""
    fused: Rows
    """Both lists together, best first."""
    score: Vectors
    """Fused score of each of `fused`."""
    similarity: Vectors
    """Cosine of each of `fused`."""
    bm25: Vectors
    """BM25 score of each of `fused`."""


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds passages for a question in one snapshot."""

    index: Index
    embedder: Embedder
    depth: int
    """Passages taken from each list before they are fused."""

    def find(self, question: str, *, k: int) -> list[Hit]:
        """Return the `k` passages that fit `question` best, best first; fewer when the index is smaller."""
        ranking = self.rank(question)
        return self.hits(ranking, ranking.fused[:k])

    def hits(self, ranking: Ranking, rows: Rows) -> list[Hit]:
        """Return the passages `rows` of a `ranking`, in their order, with what it says of them."""
        dense_rank = {int(row): rank for rank, row in enumerate(ranking.dense, 1)}
        bm25_rank = {int(row): rank for rank, row in enumerate(ranking.words, 1)}
        place = {int(row): at for at, row in enumerate(ranking.fused)}
        return [
            Hit(
                passage,
                float(ranking.score[place[row]]),
                float(ranking.similarity[place[row]]),
                float(ranking.bm25[place[row]]),
                dense_rank.get(row),
                bm25_rank.get(row),
                tuple((self.index.sentence_vectors(row) @ ranking.question).tolist()),
            )
            for row, passage in zip(rows.tolist(), self.index.passages(rows), strict=True)
        ]

    def rank(self, question: str) -> Ranking:
        """Return how all passages that either list holds are ranked, by each list and by both."""
        [vector] = self.embedder.embed_questions([question])
        terms = self.index.words.analyzer.terms(question)
        dense, _ = self.index.vectors.nearest(vector, k=self.depth)
        words, _ = self.index.words.best(terms, k=self.depth, title_weight=TITLE_WEIGHT)
        rows = np.union1d(dense, words)
        similarity = self.index.vectors.rows(rows) @ vector
        bm25 = self.index.words.scores(terms, rows, title_weight=TITLE_WEIGHT)
        score = fuse(similarity, bm25)
        order = np.lexsort((rows, -score))
        return Ranking(vector, dense, words, rows[order], score[order], similarity[order], bm25[order])


def fuse(similarity: Vectors, bm25: Vectors) -> Vectors:
    """Return a convex combination of both scores, each scaled to 0..1 by its highest.

    Convex combination (Bruch et al., 2023) with the scores' theoretical minimum, 0.
    """
    return DENSE_SHARE * _scaled(similarity) + (1 - DENSE_SHARE) * _scaled(bm25)


def _scaled(scores: Vectors) -> Vectors:
    highest = scores.max(initial=0.0)
    return np.clip(scores / highest, 0.0, 1.0) if highest > 0 else np.zeros_like(scores)
