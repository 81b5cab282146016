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

_library: Any = faiss
"""Its type stubs describe the constructors of C++."""

_LONGEST_HEAD = 4096
"""Bytes of a .npy file in which its header ends, mostly 128."""

_PASSAGES, _CLUSTERS, _SENTENCES = "vectors.faiss", "clusters.faiss", "sentences.npy"

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


def load(snapshot: Path, manifest: Manifest) -> tuple[DenseIndex, SavedRows]:
    """Open the vectors of passages and of sentences; raises SnapshotError when they are damaged."""
    clusters = None
    if _CLUSTERS in manifest.checksums:
        clusters = Clusters.load(Part(snapshot, _CLUSTERS, manifest).path)
    passages = DenseIndex.load(Part(snapshot, _PASSAGES, manifest).path, clusters)
    sentences = SavedRows(Part(snapshot, _SENTENCES, manifest))
    counts = (len(passages), len(sentences), passages.dimension)
    if counts != (manifest.passages, manifest.sentences, manifest.dimension):
        raise SnapshotError.mismatched(snapshot)
    return passages, sentences


class DenseIndex:
    """Search by inner product, which is the cosine for rows of length 1: exact unless there are clusters."""

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
