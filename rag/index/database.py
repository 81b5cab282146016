"""Articles and passages to a SQLite file, and back. A seal on each row shows that it is as it was written."""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache

from rag.corpus import structure
from rag.errors import SnapshotError
from rag.index.passages import model_input
from rag.index.snapshots import Manifest, Part
from rag.types import Article, Passage, Sentence

FILE = "articles.sqlite"

KEPT_CHARACTERS = 8_000_000
"""Of the articles that were loaded last, which stay in memory: the next question is often about them too."""

KEPT_PASSAGES = 2_000
"""Rows that stay in memory."""

_SCHEMA = """
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, published TEXT, source TEXT, author TEXT, url TEXT, language TEXT,
    blocks TEXT NOT NULL, copy_of INTEGER REFERENCES articles, seal BLOB NOT NULL);
CREATE INDEX facts ON articles (published, source, author, id);
CREATE INDEX copies ON articles (copy_of) WHERE copy_of IS NOT NULL;
CREATE TABLE passages (row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles,
    sentences TEXT NOT NULL, first_sentence INTEGER NOT NULL, digest BLOB NOT NULL,
    seal BLOB NOT NULL);
CREATE INDEX rows ON passages (article);
"""

_OF_ARTICLE = "id, title, text, published, source, author, url, language, blocks, copy_of"
_OF_PASSAGE = "article, sentences, first_sentence, digest"
"""What a seal covers, beside the row's number: all that a citation shows, or that it is found by."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Row:
    """Where a passage stands."""

    article: int
    """Number of its article."""
    spans: tuple[tuple[int, int], ...]
    """First and last offset of each of its sentences in the article's text."""
    first_sentence: int
    """Of all the sentences of the snapshot, counted from 0."""


class Database:
    """The articles and passages of a snapshot. Threads may share it."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Open that of the snapshot in `folder`. Raises SnapshotError when it is missing or damaged."""
        self._written_for = manifest.sealed or folder.name
        self._part = Part(folder, FILE, manifest)
        self._connection = _connect(self._part.path)
        weakref.finalize(self, self._connection.close)  # it is in a cycle with its cache of statements
        self._lock = threading.Lock()
        self._articles = Recent[Article](KEPT_CHARACTERS, lambda article: len(article.text))
        self._passages = Recent[Row](KEPT_PASSAGES, lambda _: 1)

    def fetch(self, query: str, *values: int | str) -> list[tuple[Any, ...]]:
        """Return what SQL finds. Raises SnapshotError when the file was damaged meanwhile."""
        self._part.check()
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise SnapshotError.damaged(self._part.path) from error

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """Return the articles of these `numbers` in their order. Raises SnapshotError for a damaged one."""
        return self._articles.get(numbers, self._load_articles)

    def rows(self, rows: Sequence[int]) -> list[Row]:
        """Return where the passages `rows` stand, in their order. Raises SnapshotError for a damaged one."""
        return self._passages.get(rows, self._load_rows)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages `rows`, in their order. Raises SnapshotError for a damaged one."""
        stand = self.rows(rows)
        articles = self.articles([row.article for row in stand])
        return [
            Passage(
                article, row.spans[0][0], row.spans[-1][1], tuple(Sentence(article, *at) for at in row.spans)
            )
            for row, article in zip(stand, articles, strict=True)
        ]

    def sizes(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return for each passage its length in characters and its number of sentences, shape (passages,)."""
        found = self.fetch(
            "SELECT json_extract(sentences, '$[#-1][1]') - json_extract(sentences, '$[0][0]'),"
            " json_array_length(sentences) FROM passages ORDER BY row"
        )
        lengths, counts = np.array(found, dtype=np.int64).reshape(-1, 2).T
        return lengths, counts

    def digests(self) -> list[tuple[int, bytes]]:
        """Return each passage's row and `digest`."""
        return self.fetch("SELECT row, digest FROM passages")

    def _load_articles(self, numbers: Sequence[int]) -> dict[int, Article]:
        found = self._sealed("articles", "number", _OF_ARTICLE, numbers)
        return {number: article_of(columns) for number, *columns, _ in found}

    def _load_rows(self, rows: Sequence[int]) -> dict[int, Row]:
        return {
            row: Row(article, tuple((start, end) for start, end in json.loads(spans)), first)
            for row, article, spans, first, _ in self._sealed("passages", "row", _OF_PASSAGE, rows)
        }

    def _sealed(self, table: str, key: str, columns: str, keys: Sequence[int]) -> list[list[Any]]:
        """Return key and `columns` of the rows with these `keys`; raises SnapshotError if any was changed."""
        found = self.fetch(
            f"SELECT {key}, {columns}, seal FROM {table} WHERE {key} IN (SELECT value FROM json_each(?))",
            json.dumps(list(keys)),
        )
        if len(found) != len(set(keys)) or any(kept != seal(self._written_for, row) for *row, kept in found):
            raise SnapshotError.damaged(self._part.path)
        return [row for *row, _ in found]


def article_of(columns: Sequence[Any]) -> Article:
    """Return the article in these columns of its row, in the order of the schema."""
    id_, title, text, published, source, author, url, language, blocks = columns
    day = date.fromisoformat(published) if published else None
    return Article(id_, title, text, day, source, author, url, language, structure.read(blocks))


class Recent(Generic[_Value]):
    """What was loaded last, by a key, up to a weight altogether. Threads may share it."""

    def __init__(self, most: int, weight: Callable[[_Value], int]) -> None:
        self._kept: LRUCache[Any, _Value] = LRUCache(most, weight)
        self._most, self._weight = most, weight
        self._lock = threading.Lock()

    def get(self, keys: Sequence[Any], load: Callable[[Sequence[Any]], dict[Any, _Value]]) -> list[_Value]:
        """Return the values of `keys`, in their order; what is not there is loaded all at once."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
        if missing := [key for key in dict.fromkeys(keys) if key not in found]:
            loaded = load(missing)
            with self._lock:
                self._kept.update(
                    (key, value) for key, value in loaded.items() if self._weight(value) <= self._most
                )
            found |= loaded
        return [found[key] for key in keys]


def digest(passage: Passage) -> bytes:
    """Return the SHA-256 of what the model reads for `passage`: equal digests have equal vectors."""
    return hashlib.sha256(model_input(passage).encode()).digest()


def seal(snapshot: str, values: Sequence[Any]) -> bytes:
    """Return the SHA-256 of a row's `values` in this snapshot: a row of another one has another."""
    return hashlib.sha256(json.dumps([snapshot, *values], default=bytes.hex).encode()).digest()


def write(
    snapshot: Path, articles: Sequence[Article], passages: Sequence[Passage], copy_of: Iterable[int | None]
) -> None:
    """Write `articles` and `passages` into the folder of a snapshot; `copy_of` as in `rag.index.written`.

    Raises OSError when the disk is full.
    """
    numbers = {article.id: number for number, article in enumerate(articles)}
    connection = sqlite3.connect(snapshot / FILE)
    try:
        connection.executescript(_SCHEMA)
        for article, leader in zip(articles, copy_of, strict=True):
            _insert(
                connection,
                f"articles (number, {_OF_ARTICLE}, seal)",
                snapshot.name,
                numbers[article.id],
                article.id,
                article.title,
                article.text,
                article.published.isoformat() if article.published else None,
                article.source,
                article.author,
                article.url,
                article.language,
                structure.written(article.blocks),
                leader,
            )
        first = 0
        for row, passage in enumerate(passages):
            number = numbers[passage.article.id]
            spans = json.dumps([(sentence.start, sentence.end) for sentence in passage.sentences])
            table = f"passages (row, {_OF_PASSAGE}, seal)"
            _insert(connection, table, snapshot.name, row, number, spans, first, digest(passage))
            first += len(passage.sentences)
        connection.commit()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:  # it frees what it wrote: nobody could tell later
            raise OSError(errno.ENOSPC, str(error), str(snapshot / FILE)) from error
        raise
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, table: str, snapshot: str, *values: Any) -> None:
    marks = ", ".join("?" * (len(values) + 1))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", (*values, seal(snapshot, values)))


def _connect(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except sqlite3.OperationalError as error:
        raise SnapshotError.damaged(path) from error
