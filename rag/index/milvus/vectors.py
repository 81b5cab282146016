"""Vectors in Milvus, in the place of rag.index.dense."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from rag.index.dense import DenseIndex, Mask
from rag.index.embedding import Vectors
from rag.index.lexical import Rows
from rag.index.milvus.among import best
from rag.index.milvus.store import MOST, Snapshot


class MilvusVectors(DenseIndex):
    """The vectors of the passages of a snapshot in Milvus."""

    def __init__(self, snapshot: Snapshot, passages: int, dimension: int) -> None:
        self._snapshot = snapshot
        self._passages = passages
        self._dimension = dimension

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._passages

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def nearest(self, question: Vectors, *, k: int, allowed: Mask | None = None) -> tuple[Rows, Vectors]:
        """Return the rows closest to `question` of shape (dimension,), and their cosines, best first."""
        return best(self._snapshot, "vector", question.tolist(), k=k, allowed=allowed)

    def rows(self, numbers: Rows) -> Vectors:
        """Return the vectors of the rows `numbers`, shape (n, dimension)."""
        by_row: dict[int, Any] = {}
        for at in range(0, len(numbers), MOST):
            wanted = f"row in {numbers[at : at + MOST].tolist()}"
            found: list[Mapping[str, Any]] = self._snapshot.query("passages", wanted, "row", "vector")
            by_row.update((each["row"], each["vector"]) for each in found)
        vectors = [by_row[row] for row in numbers.tolist()]
        return np.array(vectors, dtype=np.float32).reshape(len(numbers), self._dimension)
