"""A name to what it is the name of: a person, a place, an organisation, something else.

Told by a model's vectors of the examples in names.txt, so that another kind of name needs no code.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import numpy as np

from rag.index.embedding import Embedder

EXAMPLES = Path(__file__).parent / "names.txt"

NameKind: TypeAlias = Literal["person", "place", "organisation", "other"]
KINDS: tuple[NameKind, ...] = get_args(NameKind)

NameWeights: TypeAlias = np.typing.NDArray[np.float64]

PENALTY = 0.3
"""Of the ridge regression; with it each of the examples is told best by the others."""


class Names:
    """Tells what names are names of, by one model."""

    def __init__(self, embedder: Embedder, weights: NameWeights | None = None) -> None:
        """Fit a ridge regression for each kind to the examples, unless its `weights` are known."""
        self._embedder = embedder
        self.weights = self._fitted() if weights is None else weights
        """Shape (dimension + 1, kinds)."""

    def _fitted(self) -> NameWeights:
        examples = examples_in(EXAMPLES.read_text(encoding="utf-8"))
        known = np.array([[float(kind == each) for each in KINDS] for _, kind in examples])
        vectors = self._vectors([name for name, _ in examples])
        penalty = PENALTY * np.eye(vectors.shape[1])
        weights: NameWeights = np.linalg.solve(vectors.T @ vectors + penalty, vectors.T @ known)
        return weights

    def kinds(self, names: Sequence[str]) -> list[NameKind]:
        """Return what each of `names` is the name of."""
        if not names:
            return []
        return [KINDS[at] for at in (self._vectors(names) @ self.weights).argmax(axis=1)]

    def _vectors(self, names: Sequence[str]) -> np.typing.NDArray[np.float64]:
        vectors = self._embedder.embed_questions(names)
        return np.hstack([vectors, np.ones((len(vectors), 1))])


def examples_in(text: str) -> list[tuple[str, NameKind]]:
    """Return the names in `text` and their kinds: lines of a kind, a colon, and names between semicolons.

    Raises ValueError for a kind that is none of KINDS.
    """
    found: list[tuple[str, NameKind]] = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            said, _, names = line.partition(": ")
            kind = next((kind for kind in KINDS if kind == said), None)
            if kind is None:
                raise ValueError(f"{said!r} is none of {', '.join(KINDS)}")
            found += [(name, kind) for name in names.split("; ")]
    return found
