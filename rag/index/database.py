"""Articles and passages to a SQLite file, and back. A seal on each row shows that it is as it was written."""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import threading
import weakref
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache

from rag.corpus import structure
from rag.corpus.filters import file_of
from rag.errors import SnapshotError
from rag.index.duplicates import Known, Shingles, seniority
from rag.index.parts import Files
from rag.index.passages import model_input
from rag.types import Article, Passage, Sentence

FILE, ADDED = "articles.sqlite", "added.sqlite"
"""What a snapshot began with, and what was added since; it numbers on."""

KEPT_CHARACTERS = 8_000_000
"""Of the articles that were loaded last, which stay in memory: the next question is often about them too."""

KEPT_PASSAGES = 2_000
"""Rows that stay in memory."""

_SCHEMA = """
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, published TEXT, source TEXT, author TEXT, url TEXT, language TEXT,
    blocks TEXT NOT NULL, path TEXT NOT NULL, seal BLOB NOT NULL);
CREATE INDEX ids ON articles (id);
CREATE INDEX facts ON articles (published, source, author, id);
CREATE INDEX paths ON articles (path);
CREATE TABLE passages (row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles,
    sentences TEXT NOT NULL, first_sentence INTEGER NOT NULL, digest BLOB NOT NULL,
    seal BLOB NOT NULL);
CREATE INDEX rows ON passages (article);
CREATE TABLE sketches (number INTEGER PRIMARY KEY, sketch BLOB NOT NULL);
"""

_BOTH = """
PRAGMA temp_store = MEMORY;
CREATE TEMP TABLE removed (number INTEGER PRIMARY KEY);
CREATE TEMP VIEW articles AS SELECT * FROM main.articles WHERE number NOT IN removed
    UNION ALL SELECT * FROM added.articles WHERE number NOT IN removed;
CREATE TEMP VIEW passages AS SELECT * FROM main.passages UNION ALL SELECT * FROM added.passages;
CREATE TEMP VIEW sketches AS SELECT * FROM main.sketches UNION ALL SELECT * FROM added.sketches;
"""
"""Articles that were removed have their passages still, since these hold the places of the others."""

_OF_ARTICLE = "id, title, text, published, source, author, url, language, blocks, path"
_OF_PASSAGE = "article, sentences, first_sentence, digest"
"""What a seal covers, beside the row's number: all that a citation shows, or that it is found by."""

Place: TypeAlias = tuple[bytes, int, int, int]
"""Of a passage, its digest, its row, its first sentence among all and how many it has."""

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

    def __init__(self, files: Files) -> None:
        """Open that of a snapshot. Raises SnapshotError when it is missing or damaged."""
        manifest = files.manifest
        self._written_for = manifest.sealed or files.folder.name
        self._parts = [files.part(name) for name in (FILE, ADDED) if name == FILE or name in files]
        self._connection = _connect(files.folder / FILE)
        weakref.finalize(self, self._connection.close)  # it is in a cycle with its cache of statements
        if ADDED in files:
            self._connection.execute("ATTACH ? AS added", (_address(files.folder / ADDED),))
            self._connection.executescript(_BOTH)
            numbers = ((number,) for number in manifest.removed.articles)
            self._connection.executemany("INSERT INTO removed VALUES (?)", numbers)
        self._lock = threading.Lock()
        self._articles = Recent[Article](KEPT_CHARACTERS, lambda article: len(article.text))
        self._passages = Recent[Row](KEPT_PASSAGES, lambda _: 1)

    def fetch(self, query: str, *values: int | str) -> list[tuple[Any, ...]]:
        """Return what SQL finds. Raises SnapshotError when the file was damaged meanwhile."""
        for part in self._parts:
            part.check()
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise SnapshotError.damaged(self._parts[0].path) from error

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

    def places(self, articles: Sequence[int] | None = None) -> list[Place]:
        """Return where the vectors are of the passages of `articles`, of all unless they are given."""
        query = "SELECT digest, row, first_sentence, json_array_length(sentences) FROM passages"
        if articles is None:
            return self.fetch(query)
        among = " WHERE article IN (SELECT value FROM json_each(?))"
        return self.fetch(query + among, json.dumps(list(articles)))

    def known(self) -> dict[int, Known]:
        """Return by their numbers what tells of articles whether they may be copies of each other."""
        sketches = dict(self.fetch("SELECT number, sketch FROM sketches"))
        return {
            number: Known(seniority(published, id_), np.frombuffer(sketches[number], np.uint64))
            for number, published, id_ in self.fetch("SELECT number, published, id FROM articles")
        }

    def of_files(self, paths: Iterable[str]) -> list[int]:
        """Return the numbers of the articles that come from these files of the corpus."""
        found = self.fetch(
            "SELECT number FROM articles WHERE path IN (SELECT value FROM json_each(?))",
            json.dumps(list(paths)),
        )
        return [number for (number,) in found]

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
            raise SnapshotError.damaged(self._parts[0].path)
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


@dataclass(frozen=True, slots=True)
class Start:
    """Where what is written begins to count."""

    number: int = 0
    row: int = 0
    sentence: int = 0


START = Start()


def write(
    file: Path,
    articles: Sequence[Article],
    passages: Sequence[Passage],
    sketches: Sequence[Shingles],
    files: Container[str],
    *,
    sealed: str,
    start: Start = START,
) -> None:
    """Write `articles`, the sketch of each, and `passages` into a `file`, a new one or one that has some.

    The articles come from `files` of the corpus; their seals are those of the snapshot `sealed`. Raises
    OSError when the disk is full.
    """
    numbers = {article.id: number for number, article in enumerate(articles, start.number)}
    is_new = not file.exists()
    connection = sqlite3.connect(file)
    try:
        if is_new:
            connection.executescript(_SCHEMA)
        for article, sketch in zip(articles, sketches, strict=True):
            number = numbers[article.id]
            path = article.id if article.id in files else file_of(article.id)
            table = f"articles (number, {_OF_ARTICLE}, seal)"
            _insert(connection, table, sealed, number, *_columns(article), path)
            connection.execute("INSERT INTO sketches VALUES (?, ?)", (number, sketch.tobytes()))
        first = start.sentence
        for row, passage in enumerate(passages, start.row):
            number = numbers[passage.article.id]
            spans = json.dumps([(sentence.start, sentence.end) for sentence in passage.sentences])
            table = f"passages (row, {_OF_PASSAGE}, seal)"
            _insert(connection, table, sealed, row, number, spans, first, digest(passage))
            first += len(passage.sentences)
        connection.commit()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:  # it frees what it wrote: nobody could tell later
            raise OSError(errno.ENOSPC, str(error), str(file)) from error
        raise
    finally:
        connection.close()


def _columns(article: Article) -> tuple[str | None, ...]:
    """Return what an article says of itself, in the order of the schema."""
    return (
        article.id,
        article.title,
        article.text,
        article.published.isoformat() if article.published else None,
        article.source,
        article.author,
        article.url,
        article.language,
        structure.written(article.blocks),
    )


def _insert(connection: sqlite3.Connection, table: str, snapshot: str, *values: Any) -> None:
    marks = ", ".join("?" * (len(values) + 1))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", (*values, seal(snapshot, values)))


def _connect(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(_address(path), uri=True, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise SnapshotError.damaged(path) from error


def _address(path: Path) -> str:
    """Return how SQLite is told to read the file at `path`, which nobody changes."""
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"
