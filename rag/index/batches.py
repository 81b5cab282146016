"""What a build embedded and no snapshot holds yet: batches in index/embedded/, each whole and on the disk.

    index/embedded/<SHA-256 of its content>.npz

A batch is known by what was embedded, not by rows: by the model's weights and the digest of each input. So it
is of use however the articles changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TypeAlias
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from rag.files import remove, replace_file
from rag.index.embedding import Vectors

Halves: TypeAlias = npt.NDArray[np.float16]
"""Vectors of sentences, shape (n, dimension), at the precision that they are kept at."""

_LONGEST_DIGEST = 32


class Batches:
    """The committed batches of the index in a folder."""

    def __init__(self, index: Path) -> None:
        self.folder = index / "embedded"

    def commit(
        self, model: str, digests: Sequence[bytes], passages: Vectors, sentences: Sequence[Halves]
    ) -> None:
        """Keep the vectors that the weights `model` gave `passages`, known by `digests`, and their sentences.

        They are on the disk when this returns. Raises OSError when they cannot be written.
        """
        stream = BytesIO()
        np.savez(
            stream,
            model=np.array(model),
            digests=np.frombuffer(b"".join(digests), np.uint8).reshape(-1, _LONGEST_DIGEST),
            passages=passages,
            counts=np.array([len(each) for each in sentences], dtype=np.int64),
            sentences=np.concatenate([np.empty((0, passages.shape[1]), np.float16), *sentences]),
        )
        content = stream.getvalue()
        if not self.folder.is_dir():
            self.clear()
            self.folder.mkdir(parents=True)
        replace_file(self.folder / f"{hashlib.sha256(content).hexdigest()}.npz", content)

    def read(self, model: str) -> Iterator[tuple[bytes, Vectors, Halves]]:
        """Yield for each passage that the weights `model` embedded its digest, its vector and its sentences'.

        What is damaged is passed over, and embedded anew.
        """
        for path in sorted(self.folder.glob("*.npz")):
            with suppress(OSError, ValueError, KeyError, BadZipFile):
                content = path.read_bytes()
                if hashlib.sha256(content).hexdigest() == path.stem:
                    yield from _read(content, model)

    def clear(self) -> None:
        """Delete all batches: a snapshot holds them."""
        with suppress(OSError):
            remove(self.folder)


def _read(content: bytes, model: str) -> Iterator[tuple[bytes, Vectors, Halves]]:
    found = np.load(BytesIO(content), allow_pickle=False)
    if str(found["model"]) != model:
        return
    digests, passages, counts = found["digests"], found["passages"], found["counts"]
    sentences = np.split(found["sentences"], np.cumsum(counts)[:-1])
    for digest, passage, own in zip(digests, passages, sentences, strict=True):
        yield digest.tobytes(), passage, own
