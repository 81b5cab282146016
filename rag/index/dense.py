"""Vectors on disk and in FAISS: the only door to faiss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from rag.errors import SnapshotError
from rag.index.embedding import Vectors
from rag.index.parts import Files, Part

Mask = npt.NDArray[np.bool_]
"""Shape (n,): which rows may be found."""

_library: Any = faiss
"""Its type stubs describe the constructors of C++."""

_LONGEST_HEAD = 4096
"""Bytes of a .npy file in which its header ends, mostly 128."""

_PASSAGES, _CLUSTERS, _SENTENCES = "vectors.faiss", "clusters.faiss", "sentences.npy"
_ADDED, _ADDED_SENTENCES = "added.faiss", "added.npy"
"""The rows that follow, where some were added."""

EXACT = 100_000
"""Rows up to which each is compared with a question; of more, those of near clusters are (docs/scale.md)."""

PROBED = 256
"""Clusters that are looked through, of about twice the square root of the number of rows."""

REFINED = 2
"""Times as many rows as asked for are compared exactly: their order within a cluster is by 8-bit numbers."""

SAMPLE = 48
"""Rows a cluster from which the clusters are made; the library asks for 39 at least."""

ROUNDS = 8
"""Of k-means: more moved no figure of docs/scale.md."""

_BLOCK = 65_536
"""Rows that are put into clusters at a time."""


def save(snapshot: Path, passages: Vectors, sentences: npt.NDArray[np.floating[Any]]) -> None:
    """Write the vectors of a snapshot: one a passage, and one a sentence of all passages in order.

    Of many passages clusters are written too, once each has its vector: it is zeros before.
    """
    DenseIndex.of(passages).save(snapshot / _PASSAGES)
    if len(passages) > EXACT and passages.any(axis=1).all():
        Clusters.of(passages).save(snapshot / _CLUSTERS)
    SavedRows.save(snapshot / _SENTENCES, sentences)


def extend(
    before: Files, snapshot: Path, passages: Vectors, sentences: npt.NDArray[np.floating[Any]]
) -> None:
    """Write the vectors of `snapshot` that follow those which it has in common with the one `before`."""
    if _ADDED in before:
        earlier, of_sentences = (
            DenseIndex.load(before.part(_ADDED).path),
            SavedRows(before.part(_ADDED_SENTENCES)),
        )
        passages = np.concatenate([earlier.rows(np.arange(len(earlier))), passages])
        sentences = np.concatenate([of_sentences.rows(0, len(of_sentences)), sentences])
    DenseIndex.of(passages).save(snapshot / _ADDED)
    SavedRows.save(snapshot / _ADDED_SENTENCES, sentences)


def load(files: Files) -> tuple[DenseIndex, SentenceRows]:
    """Open the vectors of passages and of sentences; raises SnapshotError when they are damaged."""
    parts = [files.loaded((_PASSAGES, _CLUSTERS), lambda: _passages(files, _PASSAGES))]
    sentences = [SavedRows(files.part(_SENTENCES))]
    if _ADDED in files:
        parts.append(files.loaded((_ADDED,), lambda: _passages(files, _ADDED)))
        sentences.append(SavedRows(files.part(_ADDED_SENTENCES)))
    manifest = files.manifest
    passages = parts[0] if len(parts) == 1 else Extended(parts)
    found = SentenceRows(sentences)
    counts = (len(passages), len(found), passages.dimension)
    if counts != (manifest.rows, manifest.sentences + manifest.removed.sentences, manifest.dimension):
        raise SnapshotError.mismatched(files.folder)
    return passages, found


def _passages(files: Files, name: str) -> DenseIndex:
    """Open a file of vectors of passages, with their clusters where they have some."""
    has_clusters = name == _PASSAGES and _CLUSTERS in files
    clusters = Clusters.load(files.part(_CLUSTERS).path) if has_clusters else None
    return DenseIndex.load(files.part(name).path, clusters)


class DenseIndex:
    """Search by inner product, which is the cosine for rows of length 1: exact unless there are clusters."""

    _left: Mask | None = None
    """Which rows may be found at all; None where all may."""

    def __init__(self, index: faiss.Index, clusters: Clusters | None = None) -> None:
        self._index, self._clusters = index, clusters

    @classmethod
    def of(cls, vectors: Vectors) -> DenseIndex:
        """Return an index of `vectors`, shape (n, dimension); row i is passage i."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(index)

    @classmethod
    def load(cls, path: Path, clusters: Clusters | None = None) -> DenseIndex:
        """Open the index written at `path`. Raises SnapshotError when it is missing or damaged.

        With `clusters` the rows stay on the disk, mapped into memory, since few are read for a question.
        """
        return cls(_read(path, faiss.IO_FLAG_MMAP_IFC if clusters else 0), clusters)

    def among(self, left: Mask) -> DenseIndex:
        """Return the same index, in which only the rows that are `left`, shape (n,), are ever found."""
        found = copy(self)
        found._left = left
        return found

    def _findable(self, allowed: Mask | None) -> Mask | None:
        """Return which of the `allowed` rows may be found; None where all may."""
        if self._left is None or allowed is None:
            return self._left if allowed is None else allowed
        return allowed & self._left

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
        there are fewer. Where more than EXACT are allowed, a few of the closest may be missed.
        """
        allowed = self._findable(allowed)
        found = len(self) if allowed is None else int(allowed.sum())
        if not found:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        among = None if allowed is None else _among(allowed)
        if self._clusters and found > EXACT:
            rows = self._clusters.near(
                question, k=min(k * REFINED, found), among=among, share=found / len(self)
            )
            cosines = self.rows(rows) @ question
        else:
            parameters = _library.SearchParameters(sel=among) if among else None
            [cosines], [rows] = self._index.search(question[None, :], min(k, found), params=parameters)
        order = np.lexsort((rows, -cosines))[:k]
        return rows[order], cosines[order]

    def rows(self, numbers: npt.NDArray[np.int64]) -> Vectors:
        """Return the vectors of the rows `numbers`, shape (n, dimension)."""
        if not len(numbers):
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(numbers), dtype=np.float32)


class Extended(DenseIndex):
    """The rows of several indexes, one after the other."""

    def __init__(self, parts: Sequence[DenseIndex]) -> None:
        self._parts = parts
        self._ends = np.cumsum([0, *map(len, parts)])

    def __len__(self) -> int:
        """Return the number of vectors."""
        return int(self._ends[-1])

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return self._parts[0].dimension

    def nearest(
        self, question: Vectors, *, k: int, allowed: Mask | None = None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Return the `k` rows closest to `question`, as one index of all rows would."""
        allowed, found = self._findable(allowed), []
        for first, part in self._placed():
            its = None if allowed is None else allowed[first : first + len(part)]
            rows, cosines = part.nearest(question, k=k, allowed=its)
            found.append((rows + first, cosines))
        rows, cosines = (np.concatenate(each) for each in zip(*found, strict=True))
        order = np.lexsort((rows, -cosines))[:k]
        return rows[order], cosines[order]

    def rows(self, numbers: npt.NDArray[np.int64]) -> Vectors:
        """Return the vectors of the rows `numbers`, shape (n, dimension)."""
        found = np.empty((len(numbers), self.dimension), dtype=np.float32)
        for first, part in self._placed():
            its = (numbers >= first) & (numbers < first + len(part))
            found[its] = part.rows(numbers[its] - first)
        return found

    def _placed(self) -> Iterator[tuple[int, DenseIndex]]:
        """Yield the parts, each with the number of its first row."""
        yield from zip(self._ends.tolist(), self._parts, strict=False)


class Clusters:
    """Rows at 8 bits a number, by the cluster that they lie in (inverted file, Jégou et al., 2011)."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: Vectors) -> Clusters:
        """Put `vectors`, shape (n, dimension), into clusters."""
        count, dimension = vectors.shape
        number = 1 << round(np.log2(2 * count**0.5))
        means = faiss.IndexFlatIP(dimension)
        index = faiss.IndexIVFScalarQuantizer(
            means, dimension, number, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        index.cp.niter = ROUNDS
        index.train(vectors[np.linspace(0, count - 1, min(count, SAMPLE * number), dtype=np.int64)])
        for first in range(0, count, _BLOCK):
            index.add(vectors[first : first + _BLOCK])
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> Clusters:
        """Open the clusters written at `path`, mapped into memory. Raises SnapshotError when damaged."""
        return cls(_read(path, faiss.IO_FLAG_MMAP_IFC))

    def save(self, path: Path) -> None:
        """Write the clusters to `path`."""
        faiss.write_index(self._index, str(path))

    def near(
        self, question: Vectors, *, k: int, among: Any | None = None, share: float = 1.0
    ) -> npt.NDArray[np.int64]:
        """Return `k` rows close to `question`, `among` the selected ones, which are a `share` of all.

        The fewer they are, the more clusters are looked through, and as many as it takes to find `k`.
        """
        probed = PROBED / share
        while True:
            parameters = _library.SearchParametersIVF(sel=among, nprobe=min(int(probed), self._index.nlist))
            _, [rows] = self._index.search(question[None, :], k, params=parameters)
            found: npt.NDArray[np.int64] = rows[rows >= 0]
            if len(found) == k or probed >= self._index.nlist:
                return found
            probed *= 4


def _among(allowed: Mask) -> Any:
    """Return what tells FAISS the `allowed` rows."""
    return _library.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))


def _read(path: Path, flags: int) -> Any:
    """Read what FAISS wrote at `path`. Raises SnapshotError when it is missing or damaged."""
    try:
        return faiss.read_index(str(path), flags)
    except RuntimeError as error:
        raise SnapshotError(f"{path} is missing or damaged; build the index anew with: rag build") from error


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
    def save(path: Path, vectors: npt.NDArray[np.floating[Any]]) -> None:
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


class SentenceRows:
    """The rows of several files, one after the other."""

    def __init__(self, files: Sequence[SavedRows]) -> None:
        self._files = files

    def __len__(self) -> int:
        """Return the number of rows."""
        return sum(map(len, self._files))

    def rows(self, first: int, count: int) -> Vectors:
        """Return `count` rows from `first` on, shape (count, dimension); they stand in one file."""
        at = 0
        while first >= len(self._files[at]) and at + 1 < len(self._files):
            first -= len(self._files[at])
            at += 1
        return self._files[at].rows(first, count)
