"""Passages to vectors, as far as there are any: what was embedded before keeps those it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from rag.errors import SnapshotError
from rag.index import dense, snapshots
from rag.index.batches import Batches, Halves
from rag.index.database import Database, Place, digest
from rag.index.dense import DenseIndex, Mask, SentenceRows
from rag.index.embedding import Embedder, Vectors
from rag.index.manifests import FORMAT, Manifest
from rag.index.parts import Files
from rag.types import Passage

FORMATS = (1, 2, 3, 6, 7, FORMAT)
"""Those that keep vectors, sentences and digests as this one does, so that a build can take them over."""

FILE = "embedded.npy"
"""Of a snapshot in which some passages have no vector: which have one."""

_ROWS_READ = 4096
"""That are held twice while the vectors of a snapshot are loaded."""


class Embedded:
    """The vectors of passages and, one after the other, of their sentences; zeros where there is none yet."""

    def __init__(self, sentences: Iterable[int], dimension: int) -> None:
        """Hold none yet of passages with so many `sentences` each."""
        self._ends = np.cumsum([0, *sentences])
        self.has: Mask = np.zeros(len(self._ends) - 1, dtype=np.bool_)
        self.passages: Vectors = np.zeros((len(self.has), dimension), dtype=np.float32)
        self.sentences: Halves = np.zeros((self._ends[-1], dimension), dtype=np.float16)

    def put(self, row: int, passage: Vectors, sentences: Vectors | Halves) -> None:
        """Hold the vector of the passage `row`, shape (dimension,), and those of its sentences."""
        self.passages[row] = passage
        self.sentences[self._ends[row] : self._ends[row + 1]] = sentences
        self.has[row] = True

    def of_sentences(self, row: int) -> Halves:
        """Return the vectors of the sentences of the passage `row`."""
        return self.sentences[self._ends[row] : self._ends[row + 1]]

    @property
    def missing(self) -> npt.NDArray[np.int64]:
        """The passages that have no vector, ascending."""
        return np.flatnonzero(~self.has)

    def save(self, snapshot: Path) -> None:
        """Write the vectors into the folder of a snapshot."""
        dense.save(snapshot, self.passages, self.sentences)
        if len(self.missing):
            np.save(snapshot / FILE, self.has)

    @classmethod
    def load(cls, files: Files, sentences: Iterable[int]) -> Self:
        """Read the vectors of a snapshot. Raises SnapshotError when they are damaged."""
        found = cls(sentences, files.manifest.dimension)
        passages, of_sentences = dense.load(files)
        for first in range(0, len(found.passages), _ROWS_READ):
            rows = np.arange(first, min(first + _ROWS_READ, len(found.passages)))
            found.passages[rows] = passages.rows(rows)
        for first in range(0, len(found.sentences), _ROWS_READ):
            count = min(_ROWS_READ, len(found.sentences) - first)
            found.sentences[first : first + count] = of_sentences.rows(first, count)
        has = have_vectors(files)
        found.has[:] = True if has is None else has
        return found


def have_vectors(files: Files) -> Mask | None:
    """Return which passages of a snapshot have a vector, shape (passages,); None where all have.

    Raises SnapshotError when that is damaged.
    """
    manifest = files.manifest
    if not manifest.unembedded:
        return None
    part = files.part(FILE)
    with suppress(ValueError, EOFError):
        has: Mask = np.load(BytesIO(part.read(0, -1)), allow_pickle=False)
        if has.shape == (manifest.passages,) and int(has.sum()) == manifest.embedded:
            return has
    raise SnapshotError.mismatched(files.folder)


class KeptVectors:
    """The vectors of the snapshot in use, in this or an older format, by what they were embedded from."""

    def __init__(
        self, manifest: Manifest, passages: DenseIndex, sentences: SentenceRows, places: Iterable[Place]
    ) -> None:
        """Take those at `places` in the `passages` and `sentences` of the snapshot of a `manifest`."""
        self.manifest = manifest
        self._passages, self._sentences = passages, sentences
        self._places = {kept: (row, first, count) for kept, row, first, count in places}

    @classmethod
    def last(cls, folder: Path) -> Self | None:
        """Open what the index in `folder` keeps; None when there is none or it is damaged."""
        with suppress(SnapshotError):
            files = Files(*snapshots.in_use(folder, formats=FORMATS))
            has = have_vectors(files)
            places = Database(files).places()
            return cls(files.manifest, *dense.load(files), (at for at in places if has is None or has[at[1]]))
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


def taken_over(
    passages: Sequence[Passage], embedder: Embedder, kept: KeptVectors | None, batches: Batches
) -> Embedded:
    """Return the vectors of `passages` that are there from the same model for the same input, as they were.

    They are `kept` by the index in use, or in the `batches` of a build that did not come to its end.
    """
    found = Embedded([len(passage.sentences) for passage in passages], embedder.dimension)
    if kept and kept.manifest.recipe.model_sha256 == embedder.fingerprint:
        with suppress(SnapshotError):  # damaged, where opening it did not look: the others are embedded anew
            for row, passage in enumerate(passages):
                if known := kept.find(passage):
                    found.put(row, *known)
    digests = ((row, digest(passages[row])) for row in found.missing.tolist())
    recover(found, digests, batches, embedder.fingerprint)
    return found


def recover(embedded: Embedded, digests: Iterable[tuple[int, bytes]], batches: Batches, model: str) -> None:
    """Put into `embedded` what is in `batches` of the weights `model`, by the rows of its `digests`."""
    found = {known: (vector, own) for known, vector, own in batches.read(model)}
    if found:
        for row, known in digests:
            if known in found and not embedded.has[row]:
                embedded.put(row, *found[known])


def embed(rows: Sequence[int], passages: Sequence[Passage], embedder: Embedder, into: Embedded) -> None:
    """Embed the `passages` of `rows`, and put their vectors `into` those that there are."""
    vectors, sentences = embedder.embed_passages(passages)
    first = 0
    for row, passage, vector in zip(rows, passages, vectors, strict=True):
        last = first + len(passage.sentences)
        into.put(row, vector, sentences[first:last])
        first = last
