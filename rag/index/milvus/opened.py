"""A snapshot in Milvus to what a question needs of it, as rag.index.opened has it of one on disk."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from rag.errors import SnapshotError
from rag.index.embedding import Vectors
from rag.index.lexical import Analyzer, Rows
from rag.index.manifests import Manifest, Recipe, manifest_of
from rag.index.milvus.published import MANIFEST
from rag.index.milvus.records import MilvusDatabase
from rag.index.milvus.store import Snapshot, Store
from rag.index.milvus.vectors import MilvusVectors
from rag.index.milvus.words import MilvusWords
from rag.index.opened import Index, refuse_other


class MilvusIndex(Index):
    """A snapshot in Milvus. Immutable; threads may share it."""

    database: MilvusDatabase

    def __init__(self, snapshot: Snapshot) -> None:
        """Open a snapshot. Raises SnapshotError when it is not whole."""
        self._snapshot = snapshot
        self.folder = Path(snapshot.name)
        self.manifest = manifest = self._manifest()
        self.embedded = None
        self.vectors = MilvusVectors(snapshot, manifest.passages, manifest.dimension)
        self.words = MilvusWords(snapshot, manifest.passages, Analyzer(manifest.recipe.language))
        self.database = MilvusDatabase(snapshot, manifest.passages)
        self._names = {}
        self.rows = np.arange(manifest.rows)
        self._read_articles()

    @classmethod
    def current(cls, store: Store, recipe: Recipe | None = None) -> MilvusIndex:
        """Open the snapshot in use in `store`.

        Raises SnapshotError when there is none, or when it was made with another `recipe`.
        """
        name = store.current()
        if name is None:
            raise SnapshotError(
                f"no index called {store.address.name} in Milvus at {store.address.uri}."
                " Build it with: rag build"
            )
        try:
            found = cls(store.snapshot(name))
        except SnapshotError:
            if store.current() == name:
                raise
            return cls.current(store, recipe)  # builds took its place and dropped it meanwhile
        refuse_other(found.manifest, recipe, f"{store.address.name} in Milvus at {store.address.uri}")
        return found

    def is_current(self) -> bool:
        """Say whether this is still the snapshot in use."""
        return self._snapshot.store.current() == self._snapshot.name

    def _manifest(self) -> Manifest:
        content = self.file(MANIFEST)
        if content is None:
            raise SnapshotError(
                f"{self._snapshot.name} has no manifest; build the index anew with: rag build"
            )
        return manifest_of(json.loads(content))

    def file(self, name: str) -> bytes | None:
        """Return a file that a build put beside what is searched; None where it put none."""
        found = self._snapshot.every("files", f"file == '{name}'", "number", "piece")
        pieces: dict[int, str] = {each["number"]: each["piece"] for each in found}
        return "".join(pieces[at] for at in sorted(pieces)).encode() if pieces else None

    def sentence_vectors(self, rows: Iterable[int]) -> list[Vectors]:
        """Return for each of `rows` the vectors of its sentences, shape (n, dimension)."""
        return self.database.sentence_vectors([int(row) for row in rows])

    def texts(self, rows: Rows) -> list[tuple[str, str]]:
        """Return the title of the article and the text of each of the passages `rows`, in their order."""
        return self.database.texts(rows.tolist())
