"""An index and what changed to the next snapshot: what stays is linked, what is new stands beside it.

Rows and numbers count on, so those that are gone leave gaps; `rag.index.opened` lets nothing find them. The
answers are those of a snapshot that was written anew, with one difference: BM25's average length of a passage
counts what is gone.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag.corpus import filters, repeated
from rag.corpus.repeated import HintsOf
from rag.index import database, dense, duplicates, snapshots
from rag.index.database import ADDED, Start
from rag.index.duplicates import Copies, Known
from rag.index.embedded import Embedded
from rag.index.lexical import LexicalIndex, counted
from rag.index.manifests import Manifest, Removed
from rag.index.opened import COPIES, GONE, Index
from rag.index.written import Beside, finish, now, texts_of
from rag.types import Article, Passage

SMALLEST = 1_000
"""Passages of an index below which it is written anew: that takes about a second."""

SHARE = 0.1
"""Of all rows, those added and those gone, from which on an index is written anew. Until then what was added
is copied at each change: on average a twentieth of the index."""

_STAY = ("articles.sqlite", "vectors.faiss", "clusters.faiss", "sentences.npy", "words/")
"""How the names of the files begin that the next snapshot has too; of the words only their list changes."""

_LIST = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a corpus differs from an index of it."""

    removed: Sequence[int]
    """Numbers of the articles that are gone, those of files that changed among them."""
    articles: Sequence[Article]
    """Those that are new."""
    passages: Sequence[Passage]
    """Theirs."""
    embedded: Embedded
    """The vectors of these passages, all of them."""


def can_grow(manifest: Manifest) -> bool:
    """Say whether a change may be written beside what is in a snapshot."""
    return manifest.passages >= SMALLEST and not manifest.unembedded


def is_much(manifest: Manifest, passages: int) -> bool:
    """Say whether a change of so many `passages`, new and gone, is too large to be written beside others."""
    return passages > SHARE * manifest.rows


def is_worn(manifest: Manifest) -> bool:
    """Say whether so much was added to a snapshot and removed that it is time to write it anew."""
    return is_much(manifest, manifest.added + manifest.removed.passages)


def set_apart(
    before: Index, removed: Sequence[int], articles: Sequence[Article], hints: HintsOf
) -> list[Article] | None:
    """Return new `articles` with the lines left out that repeat across them and those of `before`.

    But for those that are `removed`. None where other lines of articles that stay would be left out then.
    """
    facts = before.database.fetch("SELECT number, id, source FROM articles")
    within = {number: source or filters.collection_of(id_) for number, id_, source in facts}
    concerned = {*map(within.__getitem__, removed), *map(repeated.within_of, articles)}
    there = before.database.articles([number for number, name in within.items() if name in concerned])
    leaving = set(removed)
    gone = {id_ for number, id_, _ in facts if number in leaving}
    return repeated.set_apart_beside(there, gone, articles, hints)


def write(
    before: Index,
    difference: Difference,
    *,
    corpus: Path,
    files: Mapping[str, str],
    states: Mapping[str, Sequence[int]],
    unread: Mapping[str, str],
    beside: Beside,
    numbers: Container[str] = (),
) -> str:
    """Write the snapshot that follows the one `before`, and return its name; it is not in use until `switch`.

    The arguments are those of `rag.index.written.write`. Raises OSError when it cannot be written.
    """
    older = before.manifest
    same = {name: sha256 for name, sha256 in older.checksums.items() if name.startswith(_STAY)}
    manifest = replace(
        _counted(before, difference),
        created=now(),
        corpus=str(corpus),
        files=files,
        states={path: state for path, state in states.items() if path in files},
        unread=unread,
        checksums={name: sha256 for name, sha256 in same.items() if not name.endswith(_LIST)},
        sealed=older.sealed or before.folder.name,
    )
    with snapshots.begun(before.folder.parents[1]) as snapshot:
        snapshots.linked(before.folder, snapshot, same)
        known = [Known.of(article) for article in difference.articles]
        _write_added(before, snapshot, difference, known, manifest)
        (snapshot / COPIES).write_bytes(_copies(before, difference, known, numbers).written())
        (snapshot / GONE).write_bytes(json.dumps(_gone(before, difference)).encode())
        finish(snapshot, manifest, beside, before)
    return snapshot.name


def _counted(before: Index, difference: Difference) -> Manifest:
    """Return the manifest of `before`, with what is there after the `difference` counted."""
    older, places = before.manifest, before.database.places(difference.removed)
    gone = sum(count for *_, count in places)
    passages = older.passages - len(places) + len(difference.passages)
    return replace(
        older,
        articles=older.articles - len(difference.removed) + len(difference.articles),
        passages=passages,
        embedded=passages,
        sentences=older.sentences - gone + len(difference.embedded.sentences),
        added=older.added + len(difference.passages),
        removed=Removed(
            sorted((*older.removed.articles, *difference.removed)),
            older.removed.passages + len(places),
            older.removed.sentences + gone,
        ),
    )


def _write_added(
    before: Index, snapshot: Path, difference: Difference, known: Sequence[Known], manifest: Manifest
) -> None:
    """Write what is new behind what was added earlier: articles, vectors and words."""
    older = before.manifest
    if ADDED in before.files:
        shutil.copyfile(before.folder / ADDED, snapshot / ADDED)
    database.write(
        snapshot / ADDED,
        difference.articles,
        difference.passages,
        [each.sketch for each in known],
        manifest.files,
        sealed=manifest.sealed or "",
        start=Start(older.numbers, older.rows, older.sentences + older.removed.sentences),
    )
    dense.extend(before.files, snapshot, difference.embedded.passages, difference.embedded.sentences)
    if difference.passages:
        texts = texts_of(difference.passages)
        LexicalIndex.write(snapshot / "words", texts, before.words.analyzer, first=older.rows)


def _copies(before: Index, difference: Difference, known: Sequence[Known], numbers: Container[str]) -> Copies:
    """Return which articles are copies after the `difference`; of old ones, no two are compared again."""
    first = before.manifest.numbers
    there = before.database.known()
    for number in difference.removed:
        del there[number]

    def text(number: int) -> str:
        if number >= first:
            return difference.articles[number - first].text
        [article] = before.database.articles([number])
        return article.text

    compared = duplicates.compared_in(before.file(COPIES) or b"")
    return duplicates.find(there | dict(enumerate(known, first)), text, numbers, compared)


def _gone(before: Index, difference: Difference) -> dict[str, Counter[str]]:
    """Return how many removed passages hold each term, by the field of the words."""
    rows = [row for _, row, *_ in before.database.places(difference.removed)]
    gone = counted(texts_of(before.passages(rows)), before.words.analyzer)
    for field, terms in json.loads(before.file(GONE) or b"{}").items():
        gone[field].update(terms)
    return gone
