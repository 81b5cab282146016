"""Passages to vectors on the workers of a Ray cluster, in the place of one model on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from rag.corpus.workers import Workers
from rag.index.embedding import Embedder, Vectors
from rag.types import Passage

PART = 64
"""Passages that go to a worker at once: some seconds' work."""


class SpreadEmbedder:
    """Embeds passages on workers; questions and the counting of tokens stay on this machine."""

    def __init__(self, own: Embedder, load: Callable[[], Embedder], workers: Workers) -> None:
        """`load` returns on a worker the model that is here as `own`."""
        self.name, self.fingerprint = own.name, own.fingerprint
        self.dimension, self.max_tokens = own.dimension, own.max_tokens
        self.count_tokens, self.embed_questions = own.count_tokens, own.embed_questions
        self._load, self._workers = load, workers

    def embed_passages(
        self, passages: Sequence[Passage], done: Callable[[int], object] = lambda _: None
    ) -> tuple[Vectors, Vectors]:
        """Return one row a passage, and one row a sentence of all the passages in order."""
        parts = [passages[at : at + PART] for at in range(0, len(passages), PART)]
        none = np.empty((0, self.dimension), dtype=np.float32)
        vectors, sentences = [none], [none]
        for part, (own, own_sentences) in zip(
            parts, self._workers.map(self._load, _embedded, parts), strict=True
        ):
            vectors.append(own)
            sentences.append(own_sentences)
            done(len(part))
        return np.concatenate(vectors), np.concatenate(sentences)


def _embedded(embedder: Embedder, passages: Sequence[Passage]) -> tuple[Vectors, Vectors]:
    return embedder.embed_passages(passages)
