"""An address of Milvus to the collections of a snapshot in it: the only door to pymilvus.

Each snapshot has collections of its own, written once. An alias names that of the snapshot in use, so readers
on any machine change over in a single step.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from rag.errors import SettingError, SnapshotError

Kind = Literal["passages", "articles", "words", "files"]

KINDS: tuple[Kind, ...] = ("passages", "articles", "words", "files")

MOST = 16_384
"""Rows that Milvus returns to one request."""

LONGEST = 65_535
"""Bytes of a text in Milvus."""

BATCH = 256
"""Rows that are sent at once: some 4 MB, of the 64 that Milvus takes."""

FLAT = 100_000
"""Passages up to which each is compared with the question; above that an HNSW graph is asked."""

_NAME = re.compile(r"[A-Za-z_]\w{0,60}", re.ASCII)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Milvus is, and under which name the snapshots stand in it."""

    uri: str
    """As pymilvus takes it: http://host:port, or the path of a file for Milvus Lite."""
    token: str
    name: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Read milvus://[user:password@]host:port/name, or milvus-lite:///folder/name.db.

        Raises SettingError for any other text.
        """
        parts = urlsplit(text)
        name = parts.path.rpartition("/")[2].removesuffix(".db")
        if _NAME.fullmatch(name):
            if parts.scheme == "milvus" and parts.hostname:
                login, _, host = parts.netloc.rpartition("@")
                return cls(f"http://{host}", login, name)
            if parts.scheme == "milvus-lite" and not parts.netloc:
                return cls(parts.path, "", name)
        raise SettingError(
            f"RAG_STORE={text} is not an address; write milvus://HOST:19530/NAME,"
            " or milvus-lite:///FOLDER/NAME.db, with letters and digits in NAME"
        )


class Store:
    """The snapshots under a name in a Milvus. Threads may share it."""

    def __init__(self, address: Address) -> None:
        """Connect. Raises SettingError without pymilvus, SnapshotError when nothing answers there."""
        try:
            import pymilvus  # noqa: PLC0415 - only for who chose it
        except ImportError:
            raise SettingError(
                'RAG_STORE needs the package pymilvus; install it with: pip install -e ".[milvus]"'
            ) from None
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # what fails is raised too
        self.address = address
        self._library = pymilvus
        with self._told():
            self._client = pymilvus.MilvusClient(address.uri, token=address.token)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raise SnapshotError for what Milvus cannot do."""
        try:
            yield
        except self._library.MilvusException as error:
            raise SnapshotError(
                f"Milvus at {self.address.uri} did not do what it was asked to ({error.message});"
                " see that it runs, and build the index anew with: rag build"
            ) from error

    def close(self) -> None:
        """Leave Milvus."""
        self._client.close()

    def current(self) -> str | None:
        """Return the name of the snapshot in use, None when there is none."""
        with self._told():
            try:
                found = self._client.describe_alias(self.address.name)["collection_name"]
            except self._library.MilvusException as error:
                if "not found" in error.message or "not exist" in error.message:  # as Milvus and Lite say it
                    return None
                raise
        return str(found).removeprefix(f"{self.address.name}_").removesuffix("_files")

    def snapshot(self, name: str) -> Snapshot:
        """Return the collections of the snapshot with this name, whether they are there or not."""
        return Snapshot(self, name)

    def switch(self, name: str) -> None:
        """Make the snapshot with this name the one in use, in one step, and keep beside it the one before."""
        before, alias = self.current(), self.address.name
        with self._told():
            used = self.snapshot(name).collection("files")
            if before is None:
                self._client.create_alias(used, alias)
            else:
                self._client.alter_alias(used, alias)
        self.discard(but={name, before})

    def discard(self, *, but: set[str | None]) -> None:
        """Drop the collections of all snapshots `but` these, those of builds that were killed among them."""
        kept = {self.snapshot(name).collection(kind) for name in but if name for kind in KINDS}
        with self._told():
            for name in self.collections():
                if name not in kept:
                    self._client.drop_collection(name)

    def collections(self) -> list[str]:
        """Return the names of the collections of all snapshots."""
        own = re.compile(rf"{self.address.name}_\d{{8}}T\w+_(?:{'|'.join(KINDS)})", re.ASCII)
        with self._told():
            return [name for name in self._client.list_collections() if own.fullmatch(name)]

    def create(self, collection: str, kind: Kind, *, dimension: int, passages: int) -> None:
        """Make an empty collection of this kind, for so many passages with vectors of a `dimension`."""
        library = self._library
        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        indexes = self._client.prepare_index_params()
        for name, of, options in FIELDS[kind]:
            size = {"dim": dimension} if name == "vector" else {}
            schema.add_field(name, getattr(library.DataType, of), **size, **options)
        if kind == "passages":
            bm25 = library.Function(
                name="bm25",
                function_type=library.FunctionType.BM25,
                input_field_names=["terms"],
                output_field_names=["words"],
            )
            schema.add_function(bm25)
            indexes.add_index(
                "words",
                index_type="SPARSE_INVERTED_INDEX",
                metric_type="BM25",
                params={"bm25_k1": 1.2, "bm25_b": 0.75},
            )
            graph = {"index_type": "HNSW", "params": {"M": 32, "efConstruction": 200}}
            indexes.add_index(
                "vector", metric_type="IP", **({"index_type": "FLAT"} if passages <= FLAT else graph)
            )
        else:
            indexes.add_index("none", index_type="FLAT", metric_type="IP")
        with self._told():
            self._client.create_collection(collection, schema=schema, index_params=indexes)

    def insert(self, collection: str, rows: Iterable[Row]) -> None:
        """Put `rows` into a collection, in batches."""
        batch: list[Row] = []
        with self._told():
            for row in rows:
                batch.append(row)
                if len(batch) == BATCH:
                    self._client.insert(collection, batch)
                    batch = []
            if batch:
                self._client.insert(collection, batch)

    def load(self, collection: str) -> None:
        """Make a collection ready to be asked, with all that was put into it."""
        with self._told():
            self._client.flush(collection)
            self._client.load_collection(collection)

    def query(
        self, collection: str, condition: str, fields: Sequence[str], *, limit: int = MOST
    ) -> list[Row]:
        """Return these `fields` of the rows that a `condition` holds for, `limit` at most."""
        with self._told():
            found: list[Row] = self._client.query(
                collection, filter=condition, output_fields=list(fields), limit=limit
            )
        return found

    def every(self, collection: str, condition: str, fields: Sequence[str]) -> Iterator[Row]:
        """Yield these `fields` of every row that a `condition` holds for, however many."""
        with self._told():
            batches = self._client.query_iterator(
                collection, batch_size=BATCH, filter=condition, output_fields=list(fields)
            )
            while batch := batches.next():
                yield from batch
            batches.close()

    def search(
        self, collection: str, field: str, wanted: Any, *, k: int, condition: str = ""
    ) -> list[tuple[int, float]]:
        """Return the keys of up to `k` rows next to what is `wanted`, and how close they are, best first."""
        with self._told():
            [found] = self._client.search(
                collection,
                data=[wanted],
                anns_field=field,
                limit=min(k, MOST),
                filter=condition,
                search_params={"params": {"ef": max(2 * k, 64)}} if field == "vector" else {},
            )
        # Milvus Lite gives BM25 as a distance, below zero.
        return [(hit["row"], abs(hit["distance"]) if field == "words" else hit["distance"]) for hit in found]

    def count(self, collection: str) -> int:
        """Return how many rows a collection holds."""
        with self._told():
            [found] = self._client.query(collection, filter="", output_fields=["count(*)"])
        return int(found["count(*)"])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The collections of one snapshot."""

    store: Store
    name: str

    def collection(self, kind: Kind) -> str:
        """Return the name of one of them."""
        return f"{self.store.address.name}_{self.name.replace('-', '_')}_{kind}"

    def query(self, kind: Kind, condition: str, *fields: str, limit: int = MOST) -> list[Row]:
        """Return what `Store.query` does of one of them."""
        return self.store.query(self.collection(kind), condition, fields, limit=limit)

    def every(self, kind: Kind, condition: str, *fields: str) -> Iterator[Row]:
        """Yield what `Store.every` does of one of them."""
        return self.store.every(self.collection(kind), condition, fields)

    def search(self, field: str, wanted: Any, *, k: int, condition: str = "") -> list[tuple[int, float]]:
        """Return what `Store.search` does of the passages."""
        return self.store.search(self.collection("passages"), field, wanted, k=k, condition=condition)


_TEXT = {"max_length": LONGEST}
_WORDS = {"enable_analyzer": True, "analyzer_params": {"tokenizer": "standard"}}
_NONE = ("none", "FLOAT_VECTOR", {"dim": 2})
"""Milvus has no collection without a vector."""

FIELDS: Mapping[Kind, Sequence[tuple[str, str, Mapping[str, Any]]]] = {
    "passages": (
        ("row", "INT64", {"is_primary": True}),
        ("article", "INT64", {}),
        ("first_sentence", "INT64", {}),
        ("spans", "VARCHAR", _TEXT),
        ("terms", "VARCHAR", _TEXT | _WORDS),
        ("plain", "VARCHAR", _TEXT | _WORDS | {"enable_match": True}),
        ("title", "VARCHAR", _TEXT),
        ("text", "VARCHAR", _TEXT),
        ("sentences", "VARCHAR", _TEXT),
        ("vector", "FLOAT_VECTOR", {}),
        ("words", "SPARSE_FLOAT_VECTOR", {}),
    ),
    "articles": (
        ("key", "INT64", {"is_primary": True}),
        ("number", "INT64", {}),
        ("facts", "VARCHAR", _TEXT),
        ("piece", "VARCHAR", _TEXT),
        _NONE,
    ),
    "words": (
        ("word", "VARCHAR", {"is_primary": True, "max_length": 256}),
        ("stems", "INT64", {}),
        ("plain", "INT64", {}),
        _NONE,
    ),
    "files": (
        ("key", "VARCHAR", {"is_primary": True, "max_length": 256}),
        ("file", "VARCHAR", {"max_length": 256}),
        ("number", "INT64", {}),
        ("piece", "VARCHAR", _TEXT),
        _NONE,
    ),
}  # fmt: skip
"""Of each kind of collection, each with its type and what else Milvus wants to know."""
