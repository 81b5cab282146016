"""What a snapshot holds: articles and passages, their vectors, their words.

    index/snapshots/<name>/articles.sqlite  articles and passages
                           vectors.faiss    row i belongs to passage i
                           sentences.npy    a vector a sentence, passage after passage
                           words/           BM25; row i belongs to passage i
                           copies.json      which articles nearly duplicate which
                           embedded.npy     which passages have a vector, where some have none yet
                           overview.json    what the articles hold; see rag.answer.overview.kept

    where articles were added to it or removed, see rag.index.grown:

                           added.sqlite, added.faiss, added.npy    the rows that follow
                           gone.json        how many removed passages hold each word

A snapshot never changes once it is written. `snapshots.switch` names another one in a single step, so a
reader sees the old one or the new one, and a build that is killed leaves the old one in use. Each file is
checked when it is opened, and each article and passage when it is loaded: what is quoted is what was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Literal, Self

import numpy as np
import numpy.typing as npt

from rag.corpus import filters
from rag.errors import FilterError, SnapshotError
from rag.index import dense, snapshots
from rag.index.database import Database, Recent
from rag.index.dense import Mask
from rag.index.embedded import KeptVectors, have_vectors
from rag.index.embedding import Embedder, Vectors
from rag.index.lexical import Analyzer, Gone, LexicalIndex, Rows
from rag.index.manifests import Manifest, Recipe
from rag.index.parts import Files, copied
from rag.types import Article, Card, Filter, Passage, Sentence

Days = npt.NDArray[np.datetime64]

_Column = Literal["source", "author", "id"]

Order = Literal["newest", "oldest", "longest", "shortest"]
"""Which articles come first."""

_ORDERS: Mapping[Order, str] = {
    "newest": "published IS NULL, published DESC",
    "oldest": "published IS NULL, published",
    "longest": "length(text) DESC",
    "shortest": "length(text)",
}

_IN_ORDER = "path, number"
"""The corpus's order: those that were added later have higher numbers, but the rows of a file never part."""

BESIDE, COPIES, GONE = "overview.json", "copies.json", "gone.json"
"""What a build puts beside what is searched; opened with it, since its folder may be deleted."""

KEPT_MEANWHILE = 2_000
"""Passages whose vectors stay in memory while the index has none: some 20 MB."""


class Index:
    """An open snapshot. Immutable; threads may share it."""

    _owners: Rows
    """Numbers of the articles that have passages, ..."""
    _first_rows: Rows
    """... and the first row of each; its others follow."""
    _groups: Rows
    """For each article the number of its earliest near-duplicate, -1 without any."""
    _alike: dict[int, list[int]]
    """Numbers of the near-duplicates of each article that is the earliest of some, itself first."""
    _days: Days
    """When each article was published."""

    def __init__(self, folder: Path, manifest: Manifest, before: Index | None = None) -> None:
        """Open the snapshot in `folder`, with what it has in common with the one open `before`.

        Raises SnapshotError when a part is missing or damaged.
        """
        self.folder = folder
        self.manifest = manifest
        self.files: Files = Files(folder, manifest, before.files if before else None)
        self.vectors, self._sentences = dense.load(self.files)
        self.embedded = have_vectors(self.files)
        """Which passages have a vector; None where all have."""
        self._beside = {name: self.files.part(name) for name in (BESIDE, COPIES, GONE) if name in self.files}
        self._meanwhile: Recent[tuple[Vectors, Vectors]] = Recent(KEPT_MEANWHILE, lambda _: 1)
        self.database = Database(self.files)
        self.words = self.files.loaded(self.files.within("words"), self._words)
        if len(self.words) != manifest.rows:
            raise SnapshotError.mismatched(folder)
        self._names: dict[_Column, list[str]] = {}
        self.rows: Rows = np.arange(manifest.rows)
        """The row of each passage, ascending."""
        self._read_articles()
        if manifest.removed.articles:
            self._leave_out(manifest.removed.articles)
        self.files.settle()

    def _words(self) -> LexicalIndex:
        """Open the index of words."""
        with copied(self.folder, "words", self.manifest) as words:
            return LexicalIndex.load(words, Analyzer(self.manifest.recipe.language))

    def _read_articles(self) -> None:
        """Keep what each question needs of every article."""
        fetch, count = self.database.fetch, self.manifest.numbers
        first_rows = fetch("SELECT article, min(row) FROM passages GROUP BY article ORDER BY article")
        self._owners, self._first_rows = np.array(first_rows, dtype=np.int64).reshape(-1, 2).T
        self._groups = np.full(count, -1, dtype=np.int64)
        copies = json.loads(self.file(COPIES) or b'{"groups": []}')
        self._alike = {alike[0]: alike for alike in copies["groups"]}
        for leader, alike in self._alike.items():
            self._groups[alike] = leader
        self._days = np.full(count, "NaT", dtype="datetime64[D]")
        for number, published in fetch("SELECT number, published FROM articles WHERE published IS NOT NULL"):
            self._days[number] = published

    def _leave_out(self, articles: Sequence[int]) -> None:
        """Let nothing find the passages of these articles, which are gone."""
        counts = np.diff(self._first_rows, append=self.manifest.rows)
        left: Mask = ~np.repeat(np.isin(self._owners, articles), counts)
        self.rows = np.flatnonzero(left)
        self.vectors = self.vectors.among(left)
        self.words = self.words.without(Gone(left, json.loads(self.file(GONE) or b"")))

    @classmethod
    def open(cls, folder: Path, recipe: Recipe | None = None, before: Index | None = None) -> Self:
        """Open the snapshot in use in `folder`, faster where one of the same articles is open `before`.

        Raises SnapshotError when there is none, when it is damaged, or when it was made with another
        `recipe`; the message names the difference.
        """
        snapshot, manifest = snapshots.in_use(folder)
        refuse_other(manifest, recipe, f"the index in {folder}")
        try:
            return cls(snapshot, manifest, before)
        except SnapshotError:
            if snapshots.current(folder) == snapshot.name:
                raise
        return cls.open(folder, recipe, before)  # builds took its place and deleted it meanwhile

    def is_current(self) -> bool:
        """Say whether this is still the snapshot in use. Raises SnapshotError when that cannot be told."""
        return snapshots.current(self.folder.parents[1]) == self.folder.name

    def file(self, name: str) -> bytes | None:
        """Return a file that a build put beside what is searched; None where it put none.

        Raises SnapshotError when it is not what was written.
        """
        part = self._beside.get(name)
        return part.read(0, -1) if part else None

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """Return the passages of `rows`, in their order."""
        return self.database.passages([int(row) for row in rows])

    def sentence_vectors(self, rows: Iterable[int]) -> list[Vectors]:
        """Return for each of `rows` the vectors of its sentences, shape (n, dimension); zeros if none yet."""
        stand = self.database.rows([int(row) for row in rows])
        return [self._sentences.rows(each.first_sentence, len(each.spans)) for each in stand]

    def embedded_now(self, rows: Iterable[int], embedder: Embedder) -> dict[int, tuple[Vectors, Vectors]]:
        """Return the vectors of those of `rows` that have none in the snapshot, and those of their sentences.

        Of shape (dimension,) and (n, dimension). A question waits for the `embedder` to make them; those of
        the last ones stay in memory.
        """
        if self.embedded is None:
            return {}
        missing = [row for row in rows if not self.embedded[row]]
        return dict(zip(missing, self._meanwhile.get(missing, partial(self._embed, embedder)), strict=True))

    def _embed(self, embedder: Embedder, rows: Sequence[int]) -> dict[int, tuple[Vectors, Vectors]]:
        passages = self.passages(rows)
        vectors, sentences = embedder.embed_passages(passages)
        ends = np.cumsum([len(passage.sentences) for passage in passages])
        return dict(zip(rows, zip(vectors, np.split(sentences, ends[:-1]), strict=True), strict=True))

    def sentences(self, *articles: str) -> Iterator[tuple[Passage, Sentence, Vectors]]:
        """Yield the sentences of the articles with these ids, in order, each with its passage and vector.

        A vector has the shape (dimension,), and is zeros where there is none yet. Raises FilterError for what
        no article has.
        """
        rows = np.flatnonzero(self.allowed(Filter(articles=articles)))
        for passage, vectors in zip(self.passages(rows), self.sentence_vectors(rows), strict=True):
            for sentence, vector in zip(passage.sentences, vectors, strict=True):
                yield passage, sentence, vector

    def article(self, id_: str) -> Article:
        """Return the article with this id. Raises FilterError, with near ids, when there is none."""
        found = self.database.fetch("SELECT number FROM articles WHERE id = ?", id_)
        if not found:
            raise filters.unknown("article", id_, self._values("id"))
        return self._article(*found[0])

    def articles(self) -> Iterator[Article]:
        """Yield every article, in the corpus's order."""
        for (number,) in self.database.fetch(f"SELECT number FROM articles ORDER BY {_IN_ORDER}"):
            yield self._article(number)

    def cards(self) -> list[Card]:
        """Return a card of every article, in the corpus's order."""
        found = self.database.fetch(
            "SELECT id, title, published, source, author, url, length(text) FROM articles"
            f" ORDER BY {_IN_ORDER}"
        )
        return [
            Card(id_, title, date.fromisoformat(published) if published else None, *rest)
            for id_, title, published, *rest in found
        ]

    def sample(self, count: int) -> Iterator[Article]:
        """Yield up to `count` articles spread over the corpus; of near-duplicates the earliest alone."""
        found = self.database.fetch(f"SELECT number FROM articles ORDER BY {_IN_ORDER}")
        numbers = [number for (number,) in found if self._groups[number] in (-1, number)]
        count = min(count, len(numbers))
        for at in range(count):
            yield self._article(numbers[at * len(numbers) // count])

    def first(
        self, filter_: Filter | None, *, order: Order = "newest", count: int
    ) -> tuple[list[Article], int]:
        """Return the first `count` articles in `order` that pass `filter_`, and how many pass.

        By their days undated ones come last.

        Raises FilterError when it names what no article has.
        """
        asked = self._conditions(filter_) if filter_ else []
        conditions = " AND ".join(["TRUE", *(condition for condition, *_ in asked)])
        found = self.database.fetch(
            f"SELECT number FROM articles WHERE {conditions} ORDER BY {_ORDERS[order]}, {_IN_ORDER}",
            *(value for _, *values in asked for value in values),
        )
        return self.database.articles([number for (number,) in found[:count]]), len(found)

    def first_rows(self) -> dict[int, int]:
        """Return the row of the first passage of each article by its number, of those that have text."""
        return dict(zip(self._owners.tolist(), self._first_rows.tolist(), strict=True))

    def kept(self, numbers: Sequence[int]) -> KeptVectors:
        """Return the vectors of the passages of the articles with these `numbers`."""
        return KeptVectors(self.manifest, self.vectors, self._sentences, self.database.places(numbers))

    def sources(self) -> list[str]:
        """Return the publishers and sites that articles name."""
        return self._values("source")

    def authors(self) -> list[str]:
        """Return the authors that articles name."""
        return self._values("author")

    def texts(self, rows: Rows) -> list[tuple[str, str]]:
        """Return the title of the article and the text of each of the passages `rows`, in their order."""
        found = self.database.fetch(
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
        groups: Rows = self._groups[self.article_numbers(rows)]
        return groups

    def article_numbers(self, rows: Rows) -> Rows:
        """Return the numbers of the articles of `rows`, in their order."""
        numbers: Rows = self._owners[np.searchsorted(self._first_rows, rows, side="right") - 1]
        return numbers

    def days(self, rows: Rows) -> Days:
        """Return the day on which the article of each of `rows` was published, NaT without a date."""
        days: Days = self._days[self.article_numbers(rows)]
        return days

    def published(self) -> tuple[date, date] | None:
        """Return the days of the oldest and of the newest article; None when none has a date."""
        dated = self._days[~np.isnat(self._days)]
        return (dated.min().item(), dated.max().item()) if len(dated) else None

    def copies(self, rows: Rows, allowed: Mask | None = None) -> list[tuple[Article, ...]]:
        """Return for each of `rows` its article's near-duplicates, earliest first, that are `allowed`."""
        shown = np.zeros(self.manifest.numbers, dtype=np.bool_)
        shown[self._owners if allowed is None else self._owners[allowed[self._first_rows]]] = True
        others = [
            [number for number in self._alike.get(group, ()) if number != own and shown[number]]
            for own, group in zip(
                self.article_numbers(rows).tolist(), self.groups(rows).tolist(), strict=True
            )
        ]
        articles = iter(self.database.articles([number for each in others for number in each]))
        return [tuple(islice(articles, len(each))) for each in others]

    def allowed(self, filter_: Filter) -> Mask:
        """Return which rows belong to articles that pass `filter_`, shape (rows,).

        Raises FilterError when it names what no article has, or when no article passes.
        """
        asked = self._conditions(filter_)
        conditions = " AND ".join(["TRUE", *(condition for condition, *_ in asked)])
        found = self.database.fetch(
            f"SELECT number FROM articles WHERE {conditions}",
            *(value for _, *values in asked for value in values),
        )
        passes = np.zeros(self.manifest.numbers, dtype=np.bool_)
        passes[[number for (number,) in found]] = True
        counts = np.diff(self._first_rows, append=self.manifest.rows)
        allowed: Mask = np.repeat(passes[self._owners], counts)
        if not allowed.any():
            raise FilterError(
                f"no article passes the filter ({filters.described(filter_)}){self._undated(filter_)};"
                " loosen it"
            )
        return allowed

    def _undated(self, filter_: Filter) -> str:
        """Return in words how many articles no date can let pass; nothing when no date is asked for."""
        [(count,)] = self.database.fetch("SELECT count(*) FROM articles WHERE published IS NULL")
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
        """Return what the articles have in this column, once each."""
        if column not in self._names:
            query = f"SELECT DISTINCT {column} FROM articles WHERE {column} IS NOT NULL"
            self._names[column] = [value for (value,) in self.database.fetch(query)]
        return self._names[column]

    def _article(self, number: int) -> Article:
        [article] = self.database.articles([number])
        return article


def refuse_other(manifest: Manifest, recipe: Recipe | None, name: str) -> None:
    """Raise SnapshotError when the index called `name` was made with another `recipe`, if one is wanted."""
    for field in fields(Recipe) if recipe else ():
        built, wanted = getattr(manifest.recipe, field.name), getattr(recipe, field.name)
        if built != wanted:
            what = field.name.replace("_", " ")
            raise SnapshotError(
                f"{name} was built with {what} {built}, not {wanted}. Build it anew with: rag build"
            )


def holdings(articles: int, passages: int) -> str:
    """Return what an index holds, in words: "30 articles, 150 passages"."""
    counts = ((articles, "article"), (passages, "passage"))
    return ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in counts)
