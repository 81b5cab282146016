"""Question to hits: dense and BM25, fused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rag.embedding import Embedder, Vectors
from rag.index import Index
from rag.types import Hit

DENSE_SHARE = 0.5
"""Of the fused score; the rest is BM25's."""

TITLE_WEIGHT = 0.5
"""Of a word in the title against one in the text, for BM25."""


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds passages for a question in one snapshot."""

    index: Index
    embedder: Embedder
    depth: int
    """Passages taken from each list before they are fused."""

    def find(self, question: str, *, k: int) -> list[Hit]:
        """Return the `k` passages that fit `question` best, best first; fewer when the index is smaller."""
        [vector] = self.embedder.embed_questions([question])
        terms = self.index.words.analyzer.terms(question)
        dense_rows, _ = self.index.vectors.nearest(vector, k=self.depth)
        word_rows, _ = self.index.words.best(terms, k=self.depth, title_weight=TITLE_WEIGHT)
        rows = np.union1d(dense_rows, word_rows)
        similarity = self.index.vectors.rows(rows) @ vector
        bm25 = self.index.words.scores(terms, rows, title_weight=TITLE_WEIGHT)
        score = fuse(similarity, bm25)
        best = np.lexsort((rows, -score))[:k]
        dense_rank = {int(row): rank for rank, row in enumerate(dense_rows, 1)}
        bm25_rank = {int(row): rank for rank, row in enumerate(word_rows, 1)}
        return [
            Hit(
                passage,
                float(score[at]),
                float(similarity[at]),
                float(bm25[at]),
                dense_rank.get(int(rows[at])),
                bm25_rank.get(int(rows[at])),
                tuple((self.index.sentence_vectors(rows[at]) @ vector).tolist()),
            )
            for at, passage in zip(best, self.index.passages(rows[best]), strict=True)
        ]


def fuse(similarity: Vectors, bm25: Vectors) -> Vectors:
    """Return a convex combination of both scores, each scaled to 0..1 by its highest.

    Convex combination (Bruch et al., 2023) with the scores' theoretical minimum, 0.
    """
    return DENSE_SHARE * _scaled(similarity) + (1 - DENSE_SHARE) * _scaled(bm25)


def _scaled(scores: Vectors) -> Vectors:
    highest = scores.max(initial=0.0)
    return np.clip(scores / highest, 0.0, 1.0) if highest > 0 else np.zeros_like(scores)
