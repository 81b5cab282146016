"""A snapshot of the corpus in index/: articles and passages, their vectors, their words.

    index/CURRENT                         name of the snapshot in use
    index/snapshots/<name>/manifest.json  what it was built from and with
                           articles.sqlite  articles and passages
                           vectors.faiss    row i belongs to passage i
                           sentences.npy    a vector a sentence, passage after passage
                           words/           BM25; row i belongs to passage i

A snapshot never changes once it is written. `switch` names another one in a single step, so a reader sees
the old one or the new one, and a build that is killed leaves the old one in use.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

import numpy as np

from rag.embedding import Vectors
from rag.errors import SnapshotError
from rag.passages import context, model_input
from rag.types import Article, Passage, Sentence
from rag.vectors import VectorIndex, load_rows, save_rows
from rag.words import Analyzer, WordIndex

FORMAT = 1
"""Raised whenever the files of a snapshot change their meaning."""

KEPT = 2
"""Snapshots kept by `switch`: the new one, and the one a running chat may still read."""

_SCHEMA = """
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, published TEXT, source TEXT, author TEXT, url TEXT, language TEXT);
CREATE TABLE passages (row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles,
    sentences TEXT NOT NULL, first_sentence INTEGER NOT NULL, digest BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What decides the content of a snapshot beside the articles; another recipe needs another build."""

    model: str
    model_sha256: str
    language: str
    passage_tokens: int
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a snapshot was built from and with."""

    recipe: Recipe
    created: str
    """UTC, ISO 8601."""
    corpus: str
    """The folder of articles, as it was named."""
    files: Mapping[str, str]
    """Path inside the corpus to SHA-256, of every file that was looked at."""
    unread: Mapping[str, str]
    """What could not be read, and why."""
    articles: int
    passages: int
    sentences: int
    dimension: int
    checksums: Mapping[str, str]
    """The snapshot's own files to SHA-256."""


class Index:
    """An open snapshot. Immutable; threads may share it."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Open the snapshot in `folder`. Raises SnapshotError when a part is missing or damaged."""
        self.folder = folder
        self.manifest = manifest
        self.vectors = VectorIndex.load(folder / "vectors.faiss")
        self.words = WordIndex.load(folder / "words", Analyzer(manifest.recipe.language))
        self._sentences = load_rows(folder / "sentences.npy")
        self._database = _connect(folder / "articles.sqlite")
        self._lock = threading.Lock()
        counts = (len(self.vectors), len(self.words), len(self._sentences), self.vectors.dimension)
        if counts != (manifest.passages, manifest.passages, manifest.sentences, manifest.dimension):
            raise SnapshotError(
                f"the parts of {folder} do not belong together; build the index anew with: rag build"
            )

    @classmethod
    def open(cls, folder: Path, recipe: Recipe | None = None) -> Self:
        """Open the snapshot in use in `folder`.

        Raises SnapshotError when there is none, when it is damaged, or when it was made with another
        `recipe`; the message names the difference.
        """
        in_use = current(folder)
        if in_use is None:
            raise SnapshotError(f"no index in {folder}. Build it with: rag build")
        snapshot = folder / "snapshots" / in_use
        manifest = read_manifest(snapshot)
        for field in fields(Recipe) if recipe else ():
            built, wanted = getattr(manifest.recipe, field.name), getattr(recipe, field.name)
            if built != wanted:
                name = field.name.replace("_", " ")
                raise SnapshotError(
                    f"the index in {folder} was built with {name} {built}, not {wanted}."
                    " Build it anew with: rag build"
                )
        return cls(snapshot, manifest)

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """Return the passages of `rows`, in their order."""
        return [self._passage(int(row)) for row in rows]

    def articles(self) -> Iterator[Article]:
        """Yield every article, in the corpus's order."""
        for (number,) in self._fetch("SELECT number FROM articles ORDER BY number"):
            yield self._article(number)

    def sample(self, count: int) -> Iterator[Article]:
        """Yield up to `count` articles, spread evenly over the corpus."""
        for number in sorted({at * self.manifest.articles // count for at in range(count)}):
            yield self._article(number)

    def sentence_vectors(self, row: int) -> Vectors:
        """Return the vectors of the sentences of passage `row`, shape (n, dimension)."""
        [(first, spans)] = self._fetch(
            "SELECT first_sentence, sentences FROM passages WHERE row = ?", int(row)
        )
        return self._sentences[first : first + len(json.loads(spans))].astype(np.float32)

    def digests(self) -> dict[bytes, int]:
        """Return what each passage was embedded from (see `digest`) with its row."""
        return dict(self._fetch("SELECT digest, row FROM passages"))

    def _passage(self, row: int) -> Passage:
        number, spans = self._fetch("SELECT article, sentences FROM passages WHERE row = ?", row)[0]
        article = self._article(number)
        sentences = tuple(Sentence(article, start, end) for start, end in json.loads(spans))
        return Passage(article, sentences[0].start, sentences[-1].end, sentences)

    def _article(self, number: int) -> Article:
        [(id_, title, text, published, *rest)] = self._fetch(
            "SELECT id, title, text, published, source, author, url, language FROM articles WHERE number = ?",
            number,
        )
        return Article(id_, title, text, date.fromisoformat(published) if published else None, *rest)

    def _fetch(self, query: str, *values: int) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise SnapshotError.damaged(self.folder / "articles.sqlite") from error


def digest(passage: Passage) -> bytes:
    """Return the SHA-256 of what the model reads for `passage`: equal digests have equal vectors."""
    return hashlib.sha256(model_input(passage).encode()).digest()


def holdings(articles: int, passages: int) -> str:
    """Return what an index holds, in words: "30 articles, 150 passages"."""
    counts = ((articles, "article"), (passages, "passage"))
    return ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in counts)


def current(folder: Path) -> str | None:
    """Return the name of the snapshot in use in `folder`, None when there is none."""
    try:
        return (folder / "CURRENT").read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None


def read_manifest(snapshot: Path) -> Manifest:
    """Return the manifest of `snapshot`. Raises SnapshotError when it is missing or damaged."""
    path = snapshot / "manifest.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["recipe"]["format"] != FORMAT:
            raise SnapshotError(
                f"{snapshot} has format {found['recipe']['format']}, this program reads {FORMAT}."
                " Build it anew with: rag build"
            )
        return Manifest(**{**found, "recipe": Recipe(**found["recipe"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SnapshotError.damaged(path) from error


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
) -> str:
    """Write a new snapshot in `folder` and return its name; it is not in use until `switch`.

    `vectors` has a row a passage, `sentence_vectors` a row a sentence of all the passages in order.
    """
    if len(passages) != len(vectors):
        raise ValueError(f"{len(passages)} passages but {len(vectors)} vectors")
    sentences = sum(len(passage.sentences) for passage in passages)
    if sentences != len(sentence_vectors):
        raise ValueError(f"{sentences} sentences but {len(sentence_vectors)} vectors")
    created = datetime.now(UTC)
    snapshot = folder / "snapshots" / f"{created:%Y%m%dT%H%M%S%f}"
    (snapshot / "words").mkdir(parents=True)
    _write_database(snapshot / "articles.sqlite", articles, passages)
    VectorIndex.of(vectors).save(snapshot / "vectors.faiss")
    save_rows(snapshot / "sentences.npy", sentence_vectors)
    WordIndex.write(
        snapshot / "words",
        ((context(passage.article), passage.text) for passage in passages),
        Analyzer(recipe.language),
    )
    manifest = Manifest(
        recipe=recipe,
        created=created.isoformat(timespec="seconds"),
        corpus=str(corpus),
        files=files,
        unread=unread,
        articles=len(articles),
        passages=len(passages),
        sentences=sentences,
        dimension=vectors.shape[1],
        checksums=checksums(snapshot),
    )
    (snapshot / "manifest.json").write_text(
        json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return snapshot.name


def switch(folder: Path, name: str) -> None:
    """Make the snapshot called `name` the one in use, in one step, and delete those older than the last."""
    written = folder / "CURRENT.new"
    written.write_text(name + "\n", encoding="utf-8")
    written.replace(folder / "CURRENT")
    for old in sorted((folder / "snapshots").iterdir())[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def discard_unfinished(folder: Path) -> None:
    """Delete what a killed build left behind: snapshots without a manifest."""
    for snapshot in (folder / "snapshots").glob("*"):
        if not (snapshot / "manifest.json").exists():
            shutil.rmtree(snapshot, ignore_errors=True)


def checksums(snapshot: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of `snapshot` but its manifest and lock files."""
    paths = (path for path in sorted(snapshot.rglob("*")) if path.is_file())
    return {
        path.relative_to(snapshot).as_posix(): _sha256(path)
        for path in paths
        if path.name != "manifest.json" and path.suffix != ".lock"
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_database(path: Path, articles: Sequence[Article], passages: Sequence[Passage]) -> None:
    numbers = {article.id: number for number, article in enumerate(articles)}
    database = sqlite3.connect(path)
    try:
        database.executescript(_SCHEMA)
        database.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    numbers[article.id],
                    article.id,
                    article.title,
                    article.text,
                    article.published.isoformat() if article.published else None,
                    article.source,
                    article.author,
                    article.url,
                    article.language,
                )
                for article in articles
            ),
        )
        first = 0
        for row, passage in enumerate(passages):
            spans = json.dumps([(sentence.start, sentence.end) for sentence in passage.sentences])
            database.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
                (row, numbers[passage.article.id], spans, first, digest(passage)),
            )
            first += len(passage.sentences)
        database.commit()
    finally:
        database.close()


def _connect(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except sqlite3.OperationalError as error:
        raise SnapshotError.damaged(path) from error
