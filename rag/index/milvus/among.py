"""Rows that may be found to what Milvus is asked: a condition if it is short, a deeper list if it is not."""

from __future__ import annotations

from typing import Any

import numpy as np

from rag.index.dense import Mask
from rag.index.lexical import DEEPENING, Rows, Scores
from rag.index.milvus.store import MOST, Snapshot

STRETCHES = 500
"""Of rows, that a condition names at most; Milvus reads some hundred thousand characters in milliseconds."""


def best(snapshot: Snapshot, field: str, wanted: Any, *, k: int, allowed: Mask | None) -> tuple[Rows, Scores]:
    """Return the `k` rows closest to what is `wanted` by a `field`, and their scores; only `allowed` ones.

    Where more stretches are allowed than a condition can name, the list is deepened until enough of them are
    in it; what lies deeper than Milvus's longest list is searched stretch by stretch.
    """
    if allowed is None:
        return _found(snapshot, field, wanted, k, "")
    stretches = stretches_of(allowed)
    depth = k
    while len(stretches) > STRETCHES and depth <= MOST:
        rows, scores = _found(snapshot, field, wanted, depth, "")
        kept = allowed[rows]
        if kept.sum() >= k or len(rows) < depth:
            return rows[kept][:k], scores[kept][:k]
        depth *= DEEPENING
    parts = [
        _found(snapshot, field, wanted, k, condition(stretches[at : at + STRETCHES]))
        for at in range(0, len(stretches), STRETCHES)
    ]
    rows, scores = (np.concatenate(each) for each in zip(*parts, strict=True)) if parts else _nothing()
    order = np.lexsort((rows, -scores))[:k]
    return rows[order], scores[order]


def stretches_of(allowed: Mask) -> list[tuple[int, int]]:
    """Return the first row of each stretch that is allowed, and the one after its last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], allowed, [False]])))
    return [(first, end) for first, end in edges.reshape(-1, 2).tolist()]


def condition(stretches: list[tuple[int, int]]) -> str:
    """Return the condition that a row lies in one of some stretches."""
    return " or ".join(f"(row >= {first} and row < {end})" for first, end in stretches)


def _found(snapshot: Snapshot, field: str, wanted: Any, k: int, among: str) -> tuple[Rows, Scores]:
    found = snapshot.search(field, wanted, k=k, condition=among)
    rows = np.array([row for row, _ in found], dtype=np.int64)
    scores = np.array([score for _, score in found], dtype=np.float32)
    order = np.lexsort((rows, -scores))
    return rows[order], scores[order]


def _nothing() -> tuple[Rows, Scores]:
    return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
