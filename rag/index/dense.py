"""Vectors on disk and in FAISS: the only door to faiss."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from rag.errors import SnapshotError
from rag.index.embedding import Vectors
from rag.index.snapshots import Manifest, Part

Mask = npt.NDArray[np.bool_]
"""Shape (n,): which rows may be found."""

_LONGEST_HEAD = 4096
"""Bytes of a .npy file in which its header ends, mostly 128."""

_PASSAGES, _SENTENCES = "vectors.faiss", "sentences.npy"


def save(snapshot: Path, passages: Vectors, sentences: Vectors) -> None:
    """Write the vectors of a snapshot: one a passage, and one a sentence of all passages in order."""
    DenseIndex.of(passages).save(snapshot / _PASSAGES)
    SavedRows.save(snapshot / _SENTENCES, sentences)


def load(snapshot: Path, manifest: Manifest) -> tuple[DenseIndex, SavedRows]:
    """Open the vectors of passages and of sentences; raises SnapshotError when they are damaged."""
    passages = DenseIndex.load(Part(snapshot, _PASSAGES, manifest).path)
    sentences = SavedRows(Part(snapshot, _SENTENCES, manifest))
    counts = (len(passages), len(sentences), passages.dimension)
    if counts != (manifest.passages, manifest.sentences, manifest.dimension):
        raise SnapshotError.mismatched(snapshot)
    return passages, sentences


class DenseIndex:
    """Exact search by inner product, which is the cosine for rows of length 1."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: Vectors) -> DenseIndex:
        """Return an index of `vectors`, shape (n, dimension); row i is passage i."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Open the index written at `path`. Raises SnapshotError when it is missing or damaged."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise SnapshotError(
                f"{path} is missing or damaged; build the index anew with: rag build"
            ) from error

    def save(self, path: Path) -> None:
        """Write the index to `path`."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        """Return the number of vectors."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._index.d)

    def nearest(
        self, question: Vectors, *, k: int, allowed: Mask | None = None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Return the `k` rows closest to `question`, shape (dimension,), best first, and their cosines.

        Equally close ones come in their order. Only `allowed` rows, all unless given; fewer than `k` when
        there are fewer.
        """
        if allowed is None:
            found, parameters = len(self), None
        else:
            bits = np.packbits(allowed, bitorder="little")
            found = int(allowed.sum())
            python: Any = faiss  # its type stubs describe the C++ constructors
            parameters = python.SearchParameters(sel=python.IDSelectorBitmap(bits))
        if not found:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        [cosines], [rows] = self._index.search(question[None, :], min(k, found), params=parameters)
        order = np.lexsort((rows, -cosines))
        return rows[order], cosines[order]

    def rows(self, numbers: npt.NDArray[np.int64]) -> Vectors:
        """Return the vectors of the rows `numbers`, shape (n, dimension)."""
        if not len(numbers):
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(numbers), dtype=np.float32)


class SavedRows:
    """Vectors on disk at half precision until they are read: they are compared, never searched."""

    def __init__(self, file: Part) -> None:
        """Raise SnapshotError when the file is damaged."""
        self._file = file
        head = BytesIO(file.read(0, _LONGEST_HEAD))
        try:
            np.lib.format.read_magic(head)
            (self._count, self._dimension), _, self._type = np.lib.format.read_array_header_1_0(head)
        except ValueError as error:
            raise SnapshotError.damaged(file.path) from error
        self._start = head.tell()

    @staticmethod
    def save(path: Path, vectors: Vectors) -> None:
        """Write `vectors` to `path`."""
        np.save(path, vectors.astype(np.float16))

    def __len__(self) -> int:
        """Return the number of rows."""
        return int(self._count)

    def rows(self, first: int, count: int) -> Vectors:
        """Return `count` rows from `first` on, shape (count, dimension)."""
        size = self._dimension * self._type.itemsize
        found = self._file.read(self._start + first * size, count * size)
        return np.frombuffer(found, self._type).reshape(count, self._dimension).astype(np.float32)
