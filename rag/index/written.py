"""Articles, passages and their vectors to a new snapshot, whole before anything uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from rag.index import database, snapshots
from rag.index.embedded import Embedded
from rag.index.lexical import Analyzer, LexicalIndex
from rag.index.opened import Index
from rag.index.passages import context_of
from rag.index.snapshots import Manifest, Recipe
from rag.types import Article, Passage

Beside: TypeAlias = Callable[[Index], Mapping[str, bytes]]
"""From what is searched to further files, by their names."""


def write(
    folder: Path,
    *,
    recipe: Recipe,
    corpus: Path,
    files: Mapping[str, str],
    states: Mapping[str, Sequence[int]],
    unread: Mapping[str, str],
    articles: Sequence[Article],
    passages: Sequence[Passage],
    embedded: Embedded,
    copy_of: Sequence[int | None],
    beside: Beside,
) -> str:
    """Write a new snapshot in `folder` and return its name; it is not in use until `switch`.

    `embedded` has the vectors of `passages`, as far as there are any, `copy_of` for each article the place of
    the one that it nearly duplicates; `beside` works out further files, which the snapshot has once all
    vectors are there. Raises OSError when it cannot be written.
    """
    if len(passages) != len(embedded.has):
        raise ValueError(f"{len(passages)} passages, but vectors of {len(embedded.has)}")
    manifest = Manifest(
        recipe=recipe,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        corpus=str(corpus),
        files=files,
        unread=unread,
        articles=len(articles),
        passages=len(passages),
        sentences=len(embedded.sentences),
        dimension=embedded.passages.shape[1],
        checksums={},
        states={path: state for path, state in states.items() if path in files},
    )
    with snapshots.begun(folder) as snapshot:
        database.write(snapshot, articles, passages, copy_of)
        (snapshot / "words").mkdir()
        texts = ((context_of(passage), passage.text) for passage in passages)
        LexicalIndex.write(snapshot / "words", texts, Analyzer(recipe.language))
        _finish(snapshot, manifest, embedded, beside)
    return snapshot.name


def advanced(before: Path, manifest: Manifest, embedded: Embedded, beside: Beside) -> str:
    """Write the snapshot `before` anew with the vectors that are `embedded` now, and return its name.

    It shares the other files. Raises OSError when it cannot be written.
    """
    same, sealed = manifest.of_articles, manifest.sealed or before.name
    with snapshots.begun(before.parents[1]) as snapshot:
        snapshots.linked(before, snapshot, same)
        _finish(snapshot, replace(manifest, checksums=same, sealed=sealed), embedded, beside)
    return snapshot.name


def _finish(snapshot: Path, manifest: Manifest, embedded: Embedded, beside: Beside) -> None:
    """Write the vectors and, once all are there, what is `beside` them; then the manifest."""
    embedded.save(snapshot)
    known = manifest.checksums
    manifest = replace(
        manifest, embedded=int(embedded.has.sum()), checksums=snapshots.checksums(snapshot, known)
    )
    if not manifest.unembedded:
        for file, content in beside(Index(snapshot, manifest)).items():
            (snapshot / file).write_bytes(content)
        manifest = replace(manifest, checksums=snapshots.checksums(snapshot, manifest.checksums))
    snapshots.finish(snapshot, manifest)
