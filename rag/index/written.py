"""Articles, passages and their vectors to a new snapshot, whole before anything uses it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from rag.index import database, duplicates, snapshots
from rag.index.database import FILE
from rag.index.embedded import Embedded
from rag.index.lexical import Analyzer, LexicalIndex
from rag.index.manifests import Manifest, Recipe
from rag.index.opened import COPIES, Index
from rag.index.passages import context_of
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
    beside: Beside,
    numbers: Container[str] = (),
) -> str:
    """Write a new snapshot in `folder` and return its name; it is not in use until `switch`.

    `embedded` has the vectors of `passages`, as far as there are any; `beside` works out further files, which
    the snapshot has once all vectors are there; `numbers` are as in `duplicates.find`. Raises OSError when it
    cannot be written.
    """
    if len(passages) != len(embedded.has):
        raise ValueError(f"{len(passages)} passages, but vectors of {len(embedded.has)}")
    manifest = Manifest(
        recipe=recipe,
        created=now(),
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
    known = {number: duplicates.Known.of(article) for number, article in enumerate(articles)}
    copies = duplicates.find(known, lambda number: articles[number].text, numbers)
    with snapshots.begun(folder) as snapshot:
        sketches = [each.sketch for each in known.values()]
        database.write(snapshot / FILE, articles, passages, sketches, files, sealed=snapshot.name)
        (snapshot / COPIES).write_bytes(copies.written())
        (snapshot / "words").mkdir()
        LexicalIndex.write(snapshot / "words", texts_of(passages), Analyzer(recipe.language))
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
    """Write the vectors, and then the rest."""
    embedded.save(snapshot)
    finish(snapshot, replace(manifest, embedded=int(embedded.has.sum())), beside)


def finish(snapshot: Path, manifest: Manifest, beside: Beside, before: Index | None = None) -> None:
    """Write, once all vectors are there, what is `beside` them; then the manifest.

    The hashes of files that the snapshot has in common with an earlier one are in the `manifest`; of one that
    is open `before` they need not be opened again.
    """
    manifest = snapshots.summed(snapshot, manifest)
    if not manifest.unembedded:
        for file, content in beside(Index(snapshot, manifest, before)).items():
            (snapshot / file).write_bytes(content)
        manifest = snapshots.summed(snapshot, manifest)
    snapshots.finish(snapshot, manifest)


def texts_of(passages: Iterable[Passage]) -> Iterator[tuple[str, str]]:
    """Yield the title, with what else the model is told, and the text of each of the `passages`."""
    return ((context_of(passage), passage.text) for passage in passages)


def now() -> str:
    """Return when it is, as a manifest says it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
