"""Articles, passages and their vectors to a new snapshot, whole before anything uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rag.index import database, dense, snapshots
from rag.index.embedded import Embedded
from rag.index.lexical import Analyzer, LexicalIndex
from rag.index.opened import Index
from rag.index.passages import context_of
from rag.index.snapshots import Manifest, Recipe
from rag.types import Article, Passage


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
    beside: Callable[[Index], Mapping[str, bytes]],
) -> str:
    """Write a new snapshot in `folder` and return its name; it is not in use until `switch`.

    `embedded` has the vectors of `passages`, `copy_of` for each article the place of the one that it nearly
    duplicates; `beside` works out further files of the snapshot, by their names.
    """
    sentences = sum(len(passage.sentences) for passage in passages)
    if (len(passages), sentences) != (len(embedded.passages), len(embedded.sentences)):
        raise ValueError(f"{len(passages)} passages with {sentences} sentences, but not as many vectors")
    snapshot = snapshots.begin(folder)
    database.write(snapshot, articles, passages, copy_of)
    dense.save(snapshot, embedded.passages, embedded.sentences)
    (snapshot / "words").mkdir()
    LexicalIndex.write(
        snapshot / "words",
        ((context_of(passage), passage.text) for passage in passages),
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
        dimension=embedded.passages.shape[1],
        checksums=snapshots.checksums(snapshot),
        states={path: state for path, state in states.items() if path in files},
    )
    snapshots.finish(snapshot, manifest)
    for file, content in beside(Index(snapshot, manifest)).items():
        (snapshot / file).write_bytes(content)
    snapshots.finish(snapshot, replace(manifest, checksums=snapshots.checksums(snapshot)))
    return snapshot.name
