"""Articles to a snapshot, and what a snapshot holds: articles and passages, their vectors, their words.

    index/snapshots/<name>/articles.sqlite  articles with their near-duplicates, and passages
                           vectors.faiss    row i belongs to passage i
                           sentences.npy    a vector a sentence, passage after passage
                           words/           BM25; row i belongs to passage i

A snapshot never changes once it is written. `snapshots.switch` names another one in a single step, so a
reader sees the old one or the new one, and a build that is killed leaves the old one in use. Each file is
checked when it is opened, and each article and passage whenever it is loaded: what is quoted is what was
written.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt

from rag.corpus import filters
from rag.errors import FilterError, SnapshotError
from rag.index import snapshots
from rag.index.dense import Mask, SavedRows, VectorIndex, save_rows
from rag.index.embedding import Vectors
from rag.index.lexical import Analyzer, Rows, WordIndex
from rag.index.passages import context, model_input
from rag.index.snapshots import Manifest, Part, Recipe
from rag.types import Article, Card, Filter, Passage, Sentence

Days = npt.NDArray[np.datetime64]

EMBEDDED_ALIKE = (1, 2, 3, snapshots.FORMAT)
"""Formats that keep vectors, sentences and digests as this one does, so that a build can take them over."""

_SCHEMA = """
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, published TEXT, source TEXT, author TEXT, url TEXT, language TEXT,
    copy_of INTEGER REFERENCES articles, seal BLOB NOT NULL);
CREATE INDEX facts ON articles (published, source, author, id);
CREATE INDEX copies ON articles (copy_of) WHERE copy_of IS NOT NULL;
CREATE TABLE passages (row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles,
    sentences TEXT NOT NULL, first_sentence INTEGER NOT NULL, digest BLOB NOT NULL,
    seal BLOB NOT NULL);
CREATE INDEX rows ON passages (article);
"""

_OF_ARTICLE = "id, title, text, published, source, author, url, language, copy_of"
_OF_PASSAGE = "article, sentences, first_sentence, digest"
"""What a seal covers, beside the row's number: all that a citation shows, or that it is found by."""

_Column = Literal["source", "author", "id"]


class Embedded:
    """The vectors of a snapshot, by what they were embedded from: all that a build takes over."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Open the snapshot in `folder`. Raises SnapshotError when a part is missing or damaged."""
        self.folder = folder
        self.manifest = manifest
        self.vectors = VectorIndex.load(Part(folder, "vectors.faiss", manifest).path)
        self._sentences = SavedRows(Part(folder, "sentences.npy", manifest))
        self._articles = Part(folder, "articles.sqlite", manifest)
        self._database = _connect(self._articles.path)
        weakref.finalize(self, self._database.close)  # it is in a cycle with its cache of statements
        self._lock = threading.Lock()
        counts = (len(self.vectors), len(self._sentences), self.vectors.dimension)
        if counts != (manifest.passages, manifest.sentences, manifest.dimension):
            raise _mismatch(folder)

    @classmethod
    def last(cls, folder: Path) -> Self:
        """Open what was embedded for the snapshot in use in `folder`, in this or an older format.

        Raises SnapshotError when there is none or it is damaged.
        """
        return cls(*snapshots.in_use(folder, formats=EMBEDDED_ALIKE))

    def sentence_vectors(self, row: int) -> Vectors:
        """Return the vectors of the sentences of passage `row`, shape (n, dimension)."""
        [(first, spans)] = self._fetch(
            "SELECT first_sentence, sentences FROM passages WHERE row = ?", int(row)
        )
        return self._sentences.rows(first, len(json.loads(spans)))

    def digests(self) -> dict[bytes, int]:
        """Return what each passage was embedded from (see `digest`) with its row."""
        return dict(self._fetch("SELECT digest, row FROM passages"))

    def _fetch(self, query: str, *values: int | str) -> list[tuple[Any, ...]]:
        self._articles.check()
        try:
            with self._lock:
                return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise SnapshotError.damaged(self.folder / "articles.sqlite") from error


class Index(Embedded):
    """An open snapshot. Immutable; threads may share it."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Open the snapshot in `folder`. Raises SnapshotError when a part is missing or damaged."""
        super().__init__(folder, manifest)
        with snapshots.copied(folder, "words", manifest) as words:
            self.words = WordIndex.load(words, Analyzer(manifest.recipe.language))
        if len(self.words) != manifest.passages:
            raise _mismatch(folder)
        self._groups = self._read_groups()

    @classmethod
    def open(cls, folder: Path, recipe: Recipe | None = None) -> Self:
        """Open the snapshot in use in `folder`.

        Raises SnapshotError when there is none, when it is damaged, or when it was made with another
        `recipe`; the message names the difference.
        """
        snapshot, manifest = snapshots.in_use(folder)
        for field in fields(Recipe) if recipe else ():
            built, wanted = getattr(manifest.recipe, field.name), getattr(recipe, field.name)
            if built != wanted:
                name = field.name.replace("_", " ")
                raise SnapshotError(
                    f"the index in {folder} was built with {name} {built}, not {wanted}."
                    " Build it anew with: rag build"
                )
        try:
            return cls(snapshot, manifest)
        except SnapshotError:
            if snapshots.current(folder) == snapshot.name:
                raise
        return cls.open(folder, recipe)  # builds took its place and deleted it meanwhile

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """Return the passages of `rows`, in their order."""
        return [self._passage(int(row)) for row in rows]

    def article(self, id_: str) -> Article:
        """Return the article with this id. Raises FilterError, with near ids, when there is none."""
        found = self._fetch("SELECT number FROM articles WHERE id = ?", id_)
        if not found:
            raise filters.unknown("article", id_, self._values("id"))
        [(number,)] = found
        return self._article(number)

    def articles(self) -> Iterator[Article]:
        """Yield every article, in the corpus's order."""
        for (number,) in self._fetch("SELECT number FROM articles ORDER BY number"):
            yield self._article(number)

    def cards(self) -> list[Card]:
        """Return a card of every article, in the corpus's order."""
        found = self._fetch(
            "SELECT id, title, published, source, author, url, length(text) FROM articles ORDER BY number"
        )
        return [
            Card(id_, title, date.fromisoformat(published) if published else None, *rest)
            for id_, title, published, *rest in found
        ]

    def sample(self, count: int) -> Iterator[Article]:
        """Yield up to `count` articles spread over the corpus; of near-duplicates the earliest alone."""
        numbers = self._fetch("SELECT number FROM articles WHERE copy_of IS NULL ORDER BY number")
        count = min(count, len(numbers))
        for at in range(count):
            yield self._article(*numbers[at * len(numbers) // count])

    def newest(self, filter_: Filter | None, *, count: int) -> tuple[list[Article], int]:
        """Return the `count` newest articles that pass `filter_`, undated ones last, and how many pass.

        Raises FilterError when it names what no article has.
        """
        asked = self._conditions(filter_) if filter_ else []
        conditions = " AND ".join(["TRUE", *(condition for condition, *_ in asked)])
        found = self._fetch(
            f"SELECT number FROM articles WHERE {conditions}"
            " ORDER BY published IS NULL, published DESC, number",
            *(value for _, *values in asked for value in values),
        )
        return [self._article(number) for (number,) in found[:count]], len(found)

    def sources(self) -> list[str]:
        """Return the publishers and sites that articles name."""
        return self._values("source")

    def authors(self) -> list[str]:
        """Return the authors that articles name."""
        return self._values("author")

    def texts(self, rows: Rows) -> list[tuple[str, str]]:
        """Return the title of the article and the text of each of the passages `rows`, in their order."""
        found = self._fetch(
            "SELECT row, title, substr(text, start + 1, end - start) FROM (SELECT row, article,"
            " json_extract(sentences, '$[0][0]') AS start, json_extract(sentences, '$[#-1][1]') AS end"
            " FROM passages WHERE row IN (SELECT value FROM json_each(?)))"
            " JOIN articles ON number = article",
            json.dumps(rows.tolist()),
        )
        by_row = {row: (title, text) for row, title, text in found}
        return [by_row[row] for row in rows.tolist()]

    @property
    def has_copies(self) -> bool:
        """Whether any article nearly duplicates another."""
        return bool((self._groups >= 0).any())

    def groups(self, rows: Rows) -> Rows:
        """Return for each of `rows` the number of its article's earliest near-duplicate, -1 without any."""
        return self._groups[rows]

    def article_numbers(self, rows: Rows) -> Rows:
        """Return the numbers of the articles of `rows`, in their order."""
        return np.array(self._by_row("article", rows), dtype=np.int64)

    def days(self, rows: Rows) -> Days:
        """Return the day on which the article of each of `rows` was published, NaT without a date."""
        days = [published or "NaT" for published in self._by_row("published", rows)]
        return np.array(days, dtype="datetime64[D]")

    def published(self) -> tuple[date, date] | None:
        """Return the days of the oldest and of the newest article; None when none has a date."""
        [(oldest, newest)] = self._fetch("SELECT min(published), max(published) FROM articles")
        return (date.fromisoformat(oldest), date.fromisoformat(newest)) if oldest else None

    def _by_row(self, column: Literal["article", "published"], rows: Rows) -> list[Any]:
        """Return a column of each of `rows` and its article, in their order."""
        found = dict(
            self._fetch(
                f"SELECT row, {column} FROM passages JOIN articles ON number = article"
                " WHERE row IN (SELECT value FROM json_each(?))",
                json.dumps(rows.tolist()),
            )
        )
        return [found[row] for row in rows.tolist()]

    def copies(self, row: int, allowed: Mask | None = None) -> tuple[Article, ...]:
        """Return the near-duplicates of the article of `row`, earliest first, where a row is `allowed`."""
        group = int(self._groups[row])
        if group < 0:
            return ()
        found = self._fetch(
            "SELECT number, min(row), max(row) FROM articles JOIN passages ON article = number"
            " WHERE number = ? OR copy_of = ? GROUP BY number"
            " ORDER BY copy_of, published IS NULL, published, id",
            group,
            group,
        )
        return tuple(
            self._article(number)
            for number, first, last in found
            if not first <= row <= last and (allowed is None or allowed[first])
        )

    def allowed(self, filter_: Filter) -> Mask:
        """Return which rows belong to articles that pass `filter_`, shape (passages,).

        Raises FilterError when it names what no article has, or when no article passes.
        """
        asked = self._conditions(filter_)
        found = self._fetch(
            "SELECT min(row), max(row) FROM passages WHERE article IN"
            f" (SELECT number FROM articles WHERE {' AND '.join(condition for condition, *_ in asked)})"
            " GROUP BY article",
            *(value for _, *values in asked for value in values),
        )
        if not found:
            raise FilterError(
                f"no article passes the filter ({filters.described(filter_)}){self._undated(filter_)};"
                " loosen it"
            )
        mask = np.zeros(self.manifest.passages, dtype=np.bool_)
        for first, last in found:
            mask[first : last + 1] = True
        return mask

    def _undated(self, filter_: Filter) -> str:
        """Return in words how many articles no date can let pass; nothing when no date is asked for."""
        [(count,)] = self._fetch("SELECT count(*) FROM articles WHERE published IS NULL")
        return f", and {count:,} have no date" if count and (filter_.since or filter_.until) else ""

    def _conditions(self, filter_: Filter) -> list[tuple[str, ...]]:
        """Return what SQL asks of an article, each with the values of its question marks.

        Names are looked up first, so that SQL, which folds the case of ASCII only, compares them as they are.
        """
        asked: list[tuple[str, ...]] = []
        if filter_.since:
            asked.append(("published >= ?", filter_.since.isoformat()))
        if filter_.until:
            asked.append(("published <= ?", filter_.until.isoformat()))
        columns: tuple[tuple[str, _Column, tuple[str, ...]], ...] = (
            ("source", "source", filter_.sources),
            ("author", "author", filter_.authors),
            ("article", "id", filter_.articles),
        )
        for noun, column, wanted in columns:
            if wanted:
                names = filters.spelled(noun, wanted, self._values(column), any_case=column != "id")
                asked.append((f"{column} IN (SELECT value FROM json_each(?))", json.dumps(names)))
        if filter_.collections:
            known = filters.collections_of(self._values("id"))
            names = filters.spelled("collection", filter_.collections, known, any_case=False)
            within = " OR ".join("id >= ? AND id < ?" for _ in names)
            asked.append((f"({within})", *(bound for name in names for bound in filters.ids_within(name))))
        return asked

    def _values(self, column: _Column) -> list[str]:
        found = self._fetch(f"SELECT DISTINCT {column} FROM articles WHERE {column} IS NOT NULL")
        return [value for (value,) in found]

    def _read_groups(self) -> Rows:
        """Return for each row the number of its article's earliest near-duplicate, -1 without any."""
        groups = np.full(self.manifest.passages, -1, dtype=np.int64)
        found = self._fetch(
            "SELECT coalesce(copy_of, number), min(row), max(row) FROM articles JOIN passages"
            " ON article = number WHERE copy_of IS NOT NULL"
            " OR number IN (SELECT copy_of FROM articles WHERE copy_of IS NOT NULL) GROUP BY number"
        )
        for group, first, last in found:
            groups[first : last + 1] = group
        return groups

    def _passage(self, row: int) -> Passage:
        number, spans, *_ = self._sealed("SELECT row, {} FROM passages WHERE row = ?", _OF_PASSAGE, row)
        article = self._article(number)
        sentences = tuple(Sentence(article, start, end) for start, end in json.loads(spans))
        return Passage(article, sentences[0].start, sentences[-1].end, sentences)

    def _article(self, number: int) -> Article:
        id_, title, text, published, *rest, _ = self._sealed(
            "SELECT number, {} FROM articles WHERE number = ?", _OF_ARTICLE, number
        )
        return Article(id_, title, text, date.fromisoformat(published) if published else None, *rest)

    def _sealed(self, query: str, columns: str, key: int) -> list[Any]:
        """Return the `columns` of the row with this `key`. Raises SnapshotError when they were changed."""
        found = self._fetch(query.format(f"{columns}, seal"), key)
        [(*values, kept)] = found if len(found) == 1 else [(None,)]
        if kept != seal(self.folder.name, values):
            raise SnapshotError.damaged(self.folder / "articles.sqlite")
        return values[1:]


def digest(passage: Passage) -> bytes:
    """Return the SHA-256 of what the model reads for `passage`: equal digests have equal vectors."""
    return hashlib.sha256(model_input(passage).encode()).digest()


def holdings(articles: int, passages: int) -> str:
    """Return what an index holds, in words: "30 articles, 150 passages"."""
    counts = ((articles, "article"), (passages, "passage"))
    return ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in counts)


def _mismatch(folder: Path) -> SnapshotError:
    return SnapshotError(
        f"the parts of {folder} do not belong together; build the index anew with: rag build"
    )


def write(
    folder: Path,
    *,
    recipe: Recipe,
    corpus: Path,
    files: Mapping[str, str],
    unread: Mapping[str, str],
    articles: Sequence[Article],
    passages: Sequence[Passage],
    vectors: Vectors,
    sentence_vectors: Vectors,
    copy_of: Sequence[int | None],
) -> str:
    """Write a new snapshot in `folder` and return its name; it is not in use until `switch`.

    `vectors` has a row a passage, `sentence_vectors` a row a sentence of all the passages in order,
    `copy_of` for each article the place of the one that it nearly duplicates.
    """
    if len(passages) != len(vectors):
        raise ValueError(f"{len(passages)} passages but {len(vectors)} vectors")
    sentences = sum(len(passage.sentences) for passage in passages)
    if sentences != len(sentence_vectors):
        raise ValueError(f"{sentences} sentences but {len(sentence_vectors)} vectors")
    snapshot = snapshots.begin(folder)
    _write_database(snapshot / "articles.sqlite", articles, passages, copy_of)
    VectorIndex.of(vectors).save(snapshot / "vectors.faiss")
    save_rows(snapshot / "sentences.npy", sentence_vectors)
    (snapshot / "words").mkdir()
    WordIndex.write(
        snapshot / "words",
        ((context(passage.article), passage.text) for passage in passages),
        Analyzer(recipe.language),
    )
    manifest = Manifest(
        recipe=recipe,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        corpus=str(corpus),
        files=files,
        unread=unread,
        articles=len(articles),
        passages=len(passages),
        sentences=sentences,
        dimension=vectors.shape[1],
        checksums=snapshots.checksums(snapshot),
    )
    snapshots.finish(snapshot, manifest)
    return snapshot.name


def seal(snapshot: str, values: Sequence[Any]) -> bytes:
    """Return the SHA-256 of a row's `values` in this snapshot: a row of another one has another."""
    return hashlib.sha256(json.dumps([snapshot, *values], default=bytes.hex).encode()).digest()


def _write_database(
    path: Path, articles: Sequence[Article], passages: Sequence[Passage], copy_of: Sequence[int | None]
) -> None:
    snapshot = path.parent.name
    numbers = {article.id: number for number, article in enumerate(articles)}
    database = sqlite3.connect(path)
    try:
        database.executescript(_SCHEMA)
        for article, leader in zip(articles, copy_of, strict=True):
            _insert(
                database,
                f"articles (number, {_OF_ARTICLE}, seal)",
                snapshot,
                numbers[article.id],
                article.id,
                article.title,
                article.text,
                article.published.isoformat() if article.published else None,
                article.source,
                article.author,
                article.url,
                article.language,
                leader,
            )
        first = 0
        for row, passage in enumerate(passages):
            number = numbers[passage.article.id]
            spans = json.dumps([(sentence.start, sentence.end) for sentence in passage.sentences])
            table = f"passages (row, {_OF_PASSAGE}, seal)"
            _insert(database, table, snapshot, row, number, spans, first, digest(passage))
            first += len(passage.sentences)
        database.commit()
    finally:
        database.close()


def _insert(database: sqlite3.Connection, table: str, snapshot: str, *values: Any) -> None:
    marks = ", ".join("?" * (len(values) + 1))
    database.execute(f"INSERT INTO {table} VALUES ({marks})", (*values, seal(snapshot, values)))


def _connect(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except sqlite3.OperationalError as error:
        raise SnapshotError.damaged(path) from error
