"""Articles and passages in Milvus, in the place of rag.index.database.

What a question needs of every article, its facts, is read once into SQLite in memory, so that filters are the
same there as in an index on disk. Texts stay in Milvus until they are asked for.
"""

from __future__ import annotations

import base64
import json
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from rag.corpus import structure
from rag.errors import SnapshotError
from rag.index.database import KEPT_CHARACTERS, KEPT_PASSAGES, Database, Recent, Row, article_of
from rag.index.embedding import Vectors
from rag.index.milvus.store import MOST, Snapshot
from rag.types import Article, Passage

PIECE = 16_000
"""Characters of a longer text that stand in one row: at most 64,000 bytes; Milvus takes 65,535."""

ASKED = 1_000
"""Keys that are asked for at once."""

FACTS = ("id", "title", "published", "source", "author", "url", "language", "text", "first_row")
"""Of an article, beside its number; in the place of the text stands how many characters it has."""


class MilvusDatabase(Database):
    """The articles and passages of a snapshot in Milvus. Threads may share it."""

    def __init__(self, snapshot: Snapshot, passages: int) -> None:
        """Read the facts of all articles. Raises SnapshotError when Milvus does not answer."""
        self._milvus = snapshot
        self._lock = threading.Lock()
        self._articles = Recent[Article](KEPT_CHARACTERS, lambda article: len(article.text))
        self._passages = Recent[Row](KEPT_PASSAGES, lambda _: 1)
        self._vectors = Recent[Vectors](KEPT_PASSAGES, lambda _: 1)
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.create_function("length", 1, lambda characters: characters)
        names = ", ".join(FACTS)
        self._connection.executescript(
            f"CREATE TABLE articles (number INTEGER PRIMARY KEY, {names}, path);"
            "CREATE INDEX facts ON articles (published, source, author, id);"
            "CREATE VIEW passages AS SELECT number AS article, first_row AS row FROM articles"
            " WHERE first_row IS NOT NULL;"
        )
        self._connection.executemany(
            f"INSERT INTO articles (number, {names}) VALUES (?{', ?' * len(FACTS)})",
            (
                (each["number"], *json.loads(each["facts"]))
                for each in snapshot.every("articles", "facts != ''", "number", "facts")
            ),
        )

    def fetch(self, query: str, *values: int | str) -> list[tuple[Any, ...]]:
        """Return what SQL finds of the facts: no texts, and only the first passage of each article."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def _load_articles(self, numbers: Sequence[int]) -> dict[int, Article]:
        pieces: dict[int, dict[int, str]] = defaultdict(dict)
        for at in range(0, len(numbers), ASKED):
            among = f"number in {list(numbers[at : at + ASKED])}"
            for each in self._milvus.every("articles", among, "number", "key", "piece"):
                pieces[each["number"]][each["key"]] = each["piece"]
        facts = {
            number: values
            for number, *values in self.fetch(
                "SELECT number, id, title, published, source, author, url, language, text FROM articles"
                " WHERE number IN (SELECT value FROM json_each(?))",
                json.dumps(list(numbers)),
            )
        }
        return {number: self._article(facts[number], pieces[number]) for number in numbers}

    def _article(self, facts: Sequence[Any], pieces: Mapping[int, str]) -> Article:
        id_, title, *rest, characters = facts
        text, blocks = unpacked(pieces)
        if len(text) != characters:
            raise SnapshotError(
                f"{id_} is not whole in Milvus at {self._milvus.store.address.uri};"
                " build the index anew with: rag build"
            )
        return article_of((id_, title, text, *rest, blocks))

    def _load_rows(self, rows: Sequence[int]) -> dict[int, Row]:
        found = {
            each["row"]: Row(
                each["article"],
                tuple((start, end) for start, end in json.loads(each["spans"])),
                each["first_sentence"],
            )
            for each in self._of_passages(rows, "article", "spans", "first_sentence")
        }
        if len(found) != len(set(rows)):
            raise SnapshotError(
                f"passages are missing in Milvus at {self._milvus.store.address.uri};"
                " build the index anew with: rag build"
            )
        return found

    def sentence_vectors(self, rows: Sequence[int]) -> list[Vectors]:
        """Return for each of `rows` the vectors of its sentences, shape (n, dimension)."""
        return self._vectors.get(rows, self._load_vectors)

    def _load_vectors(self, rows: Sequence[int]) -> dict[int, Vectors]:
        return {
            each["row"]: _vectors(each["sentences"], len(json.loads(each["spans"])))
            for each in self._of_passages(rows, "sentences", "spans")
        }

    def texts(self, rows: Sequence[int]) -> list[tuple[str, str]]:
        """Return the title of the article and the text of each of the passages `rows`, in their order."""
        by_row = {
            each["row"]: (each["title"], each["text"]) for each in self._of_passages(rows, "title", "text")
        }
        return [by_row[row] for row in rows]

    def _of_passages(self, rows: Sequence[int], *fields: str) -> Iterator[Mapping[str, Any]]:
        for at in range(0, len(rows), ASKED):
            yield from self._milvus.query(
                "passages", f"row in {list(rows[at : at + ASKED])}", "row", *fields, limit=MOST
            )


def facts_of(article: Article, first_row: int | None) -> str:
    """Return FACTS as they stand in Milvus."""
    day = article.published.isoformat() if article.published else None
    named = (article.source, article.author, article.url, article.language)
    return json.dumps([article.id, article.title, day, *named, len(article.text), first_row])


def packed(article: Article) -> Iterator[str]:
    """Yield the pieces of an article's text and blocks."""
    return pieces_of(json.dumps([article.text, structure.written(article.blocks)]))


def unpacked(pieces: Mapping[int, str]) -> tuple[str, str]:
    """Return an article's text and blocks from its pieces by their keys."""
    try:
        text, blocks = json.loads("".join(pieces[key] for key in sorted(pieces)))
    except ValueError:
        return "", ""
    return text, blocks


def pieces_of(text: str) -> Iterator[str]:
    """Yield `text` in pieces that Milvus takes, at least one."""
    for at in range(0, max(len(text), 1), PIECE):
        yield text[at : at + PIECE]


def sentences_of(vectors: Vectors) -> str:
    """Return the vectors of a passage's sentences, shape (n, dimension), as they stand in Milvus."""
    return base64.b64encode(vectors.astype(np.float16).tobytes()).decode("ascii")


def _vectors(sentences: str, count: int) -> Vectors:
    halves = np.frombuffer(base64.b64decode(sentences), np.float16)
    return halves.reshape(count, -1).astype(np.float32)


def of_passage(row: int, article: int, first_sentence: int, passage: Passage) -> dict[str, Any]:
    """Return what Milvus is told of where a passage stands."""
    spans = json.dumps([(sentence.start, sentence.end) for sentence in passage.sentences])
    return {"row": row, "article": article, "first_sentence": first_sentence, "spans": spans}
