"""Passages to vectors: what the index in use was embedded from keeps those it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from rag.errors import SnapshotError
from rag.index import dense, snapshots
from rag.index.database import Database, digest
from rag.index.embedding import Embedder, Vectors
from rag.index.snapshots import Manifest
from rag.types import Passage

FORMATS = (1, 2, 3, snapshots.FORMAT)
"""Those that keep vectors, sentences and digests as this one does, so that a build can take them over."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of passages, and of their sentences one after the other."""

    passages: Vectors
    """Shape (passages, dimension)."""
    sentences: Vectors
    """Shape (sentences, dimension)."""
    new: int
    """Passages that went through the model."""


class Kept:
    """The vectors of the snapshot in use, in this or an older format, by what they were embedded from."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Open the snapshot in `folder`. Raises SnapshotError when a part is missing or damaged."""
        self.manifest = manifest
        self._passages, self._sentences = dense.load(folder, manifest)
        self._places = {
            kept: (row, first, count)
            for kept, row, first, count in Database(folder, manifest).fetch(
                "SELECT digest, row, first_sentence, json_array_length(sentences) FROM passages"
            )
        }

    @classmethod
    def last(cls, folder: Path) -> Self | None:
        """Open what the index in `folder` keeps; None when there is none or it is damaged."""
        with suppress(SnapshotError):
            return cls(*snapshots.in_use(folder, formats=FORMATS))
        return None

    def find(self, passage: Passage) -> tuple[Vectors, Vectors] | None:
        """Return the vector of `passage` and those of its sentences; None when it was not embedded.

        Raises SnapshotError when they are damaged.
        """
        place = self._places.get(digest(passage))
        if place is None:
            return None
        row, first, count = place
        return self._passages.rows(np.array([row]))[0], self._sentences.rows(first, count)


def embed(
    passages: Sequence[Passage],
    embedder: Embedder,
    kept: Kept | None,
    progress: Callable[[int, int], object],
) -> Embedded:
    """Return the vectors of `passages`; those `kept` from the same model for the same input stay as they are.

    `progress` is told how many went through the model, and how many are to. When what is kept is damaged,
    all are embedded.
    """
    same = kept if kept and kept.manifest.recipe.model_sha256 == embedder.fingerprint else None
    try:
        old = [same.find(passage) if same else None for passage in passages]
    except SnapshotError:  # where opening it did not look
        old = [None] * len(passages)
    new = [passage for passage, found in zip(passages, old, strict=True) if found is None]
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress(done, len(new))

    if new:
        progress(0, len(new))
    fresh = _each(new, *embedder.embed_passages(new, count))
    found = [known or next(fresh) for known in old]
    none = np.empty((0, embedder.dimension), dtype=np.float32)
    return Embedded(
        np.stack([vector for vector, _ in found]) if found else none,
        np.concatenate([none, *(sentences for _, sentences in found)]),
        len(new),
    )


def _each(
    passages: Sequence[Passage], vectors: Vectors, sentences: Vectors
) -> Iterator[tuple[Vectors, Vectors]]:
    """Yield for each of `passages` its vector, and those of its sentences."""
    first = 0
    for passage, vector in zip(passages, vectors, strict=True):
        last = first + len(passage.sentences)
        yield vector, sentences[first:last]
        first = last
