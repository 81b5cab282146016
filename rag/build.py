"""The first spine: corpus/ to articles, passages, vectors, words and what they hold, in a new snapshot."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from rag.answer.overview import kept as keeping
from rag.answer.overview.collected import Overviews
from rag.corpus import changed as changes
from rag.corpus import corrections, health
from rag.corpus.changed import Changed
from rag.corpus.corrections import Corrections
from rag.corpus.folder import Pooled, State, fingerprints, read_folder, reasons, states
from rag.corpus.formats.apart import Pool
from rag.corpus.health import Health
from rag.corpus.workers import SpreadPool, Workers
from rag.errors import CorpusError, SettingError, SnapshotError
from rag.files import advice
from rag.index import grown, snapshots, stored, written
from rag.index.batches import Batches
from rag.index.embedded import Embedded, KeptVectors, embed, taken_over
from rag.index.embedding import Embedder
from rag.index.grown import Difference
from rag.index.joined import Joining, clean
from rag.index.lexical import Analyzer
from rag.index.manifests import Manifest, Recipe
from rag.index.opened import Index
from rag.index.passages import longest_context, split_passages
from rag.index.recipes import load_embedder, recipe_of
from rag.index.spread import SpreadEmbedder
from rag.question.language import language_of
from rag.settings import Settings
from rag.types import Article, Passage

MARKS = 2
"""Tokens that the model puts around its input: start and end."""

COMMITTED = 8
"""Times RAG_BATCH passages are embedded and written at once: about six seconds' work on two cores."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    articles: int
    passages: int
    embedded: int
    """Passages that went through the model; the others kept the vectors they had."""
    unread: Mapping[str, str]
    """What could not be read, and why."""
    seconds: float
    changed: bool
    """False when the index was up to date and nothing was written."""
    health: Health | None = None
    """What is missing or odd in the articles; None when they were not read."""
    unembedded: int = 0
    """Passages that have no vector yet: the build was paused."""


def build(
    settings: Settings,
    *,
    embedder: Embedder | None = None,
    progress: Callable[[int, int], object] = lambda done, total: None,
    searchable: Callable[[int, int], object] = lambda articles, passages: None,
    paused: Callable[[], bool] = lambda: False,
    emptied: bool = False,
    pooled: Pooled = Pool,
) -> Report:
    """Bring the index up to date with the corpus: words first, then, batch by batch, vectors.

    A build that was stopped goes on where it was. `progress` is told passages embedded and to embed;
    `searchable` how many articles and passages can be asked before they are, where that takes a while.
    `paused` says after each batch whether to leave the rest to another build. A corpus with nothing in it
    gives an empty index to begin with, but takes no article out of one that has some unless it was `emptied`
    on purpose: a disk may not be there.

    Raises CorpusError when there is nothing to index, ModelError when the model cannot be loaded,
    SettingError when footnote.toml is not right and SnapshotError when another build is running or the index
    cannot be written. The index in use stays whenever anything is raised.
    """
    started = time.monotonic()
    Analyzer(settings.language)  # refuses a language before the work begins, not after it
    before = states(settings.corpus)  # what changes while it is read looks changed afterwards
    corrected = Corrections.read(settings.corpus)
    files, left = fingerprints(settings.corpus, corrected=corrected)
    try:
        settings.index.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.index / "build.lock", blocking=False):
            snapshots.discard_unfinished(settings.index)
            recipe = recipe_of(settings, embedder)
            if manifest := _up_to_date(settings, recipe, files):
                unread = unread_now(manifest, files, left)
                report = Report(manifest.articles, manifest.passages, 0, unread, 0.0, changed=False)
            else:
                embedder = embedder or load_embedder(settings)
                work = _Work(settings, recipe, before, corrected, embedder, pooled, progress, emptied)
                report = _brought_up(work, files, left)
            report = _completed(
                settings, report, embedder, progress=progress, searchable=searchable, paused=paused
            )
            if not report.unembedded:
                stored.publish(settings, progress)
    except Timeout:
        raise SnapshotError(f"another build is writing {settings.index}; wait for it to end") from None
    except OSError as error:
        raise _unwritable(settings.index, error) from error
    return replace(report, seconds=time.monotonic() - started)


def _brought_up(work: _Work, files: Mapping[str, str], left: Mapping[str, str]) -> Report:
    """Write a snapshot of the corpus as it is and switch to it; see `_grown` for the arguments.

    One that grew too often is written anew once what changed is in use.
    """
    report = _grown(work, files, left) or _anew(work)
    if grown.is_worn(snapshots.in_use(work.settings.index)[1]):
        return replace(_anew(work), embedded=report.embedded)
    return report


@dataclass(frozen=True, slots=True)
class _Work:
    """What the index is to be, and what it is made with."""

    settings: Settings
    recipe: Recipe
    states: Mapping[str, State]
    """Those of the files before they were read."""
    corrected: Corrections
    embedder: Embedder
    pooled: Pooled
    progress: Callable[[int, int], object]
    emptied: bool

    @property
    def figures(self) -> Container[str]:
        """The words that state a figure."""
        return language_of(self.settings.language).NUMBERS

    def overview(self, index: Index) -> Mapping[str, bytes]:
        """Return what is put beside what is searched."""
        return _overview(index, embedder=self.embedder, settings=self.settings)

    def vectors(self, passages: Sequence[Passage], kept: KeptVectors | None) -> tuple[Embedded, int]:
        """Return the vectors of `passages` that there are, and how many were embedded for that.

        Where one batch will do for those that are missing, it is embedded: readers need not open two
        snapshots.
        """
        embedded = taken_over(passages, self.embedder, kept, Batches(self.settings.index))
        missing = embedded.missing.tolist()
        if not 0 < len(missing) <= batch_of(self.settings):
            return embedded, 0
        self.progress(0, len(missing))
        embed(missing, [passages[row] for row in missing], self.embedder, embedded)
        self.progress(len(missing), len(missing))
        return embedded, len(missing)


def _anew(work: _Work) -> Report:
    """Write a snapshot of the whole corpus and switch to it. Return what was done, but for the time."""
    settings = work.settings
    kept = KeptVectors.last(settings.index)
    may_be_empty = work.emptied or not (kept and kept.manifest.articles)
    found = read_folder(
        settings.corpus, corrected=work.corrected, may_be_empty=may_be_empty, pooled=work.pooled
    )
    passages = split(found.articles, work.embedder, settings)
    embedded, new = work.vectors(passages, kept)
    unread = reasons(found.unread)
    snapshots.keep_only_used(settings.index)
    name = written.write(
        settings.index,
        recipe=work.recipe,
        corpus=settings.corpus,
        files=found.files,
        states=work.states,
        unread=unread,
        articles=found.articles,
        passages=passages,
        embedded=embedded,
        beside=work.overview,
        numbers=work.figures,
    )
    snapshots.switch(settings.index, name)
    examined = health.examine(
        found.articles,
        files=found.files,
        unread=unread,
        corrections=work.corrected,
        lines=found.repeated,
    )
    return Report(len(found.articles), len(passages), new, unread, 0.0, changed=True, health=examined)


def _grown(work: _Work, files: Mapping[str, str], left: Mapping[str, str]) -> Report | None:
    """Write what changed beside what is in the index, and switch to that; None where it is written anew.

    That is so for a small index, for much that changed, and for corrections, which concern any article. The
    corpus has these `files`, and others that are `left`, each with the reason.
    """
    settings, index = work.settings, _to_grow(work)
    if index is None:
        return None
    then = index.manifest.files
    changed = {path for path, sha256 in files.items() if then.get(path) != sha256}
    if corrections.FILE in {*changed, *(then.keys() - files.keys())}:
        return None
    found = read_folder(
        settings.corpus, corrected=work.corrected, may_be_empty=True, pooled=work.pooled, only=changed
    )
    removed = index.database.of_files([*changed, *(then.keys() - files.keys())])
    articles = grown.set_apart(index, removed, found.articles, work.corrected.hints)
    if articles is None:
        return None
    passages = split(articles, work.embedder, settings)
    gone = len(index.database.places(removed))
    if grown.is_much(index.manifest, len(passages) + gone) or len(removed) == index.manifest.articles:
        return None
    embedded, new = work.vectors(passages, index.kept(removed))
    if len(embedded.missing):
        return None
    same = {path: sha256 for path, sha256 in files.items() if path not in changed}
    unread = unread_now(index.manifest, same, left) | reasons(found.unread)
    snapshots.keep_only_used(settings.index)
    name = grown.write(
        index,
        Difference(removed=removed, articles=articles, passages=passages, embedded=embedded),
        corpus=settings.corpus,
        files={**same, **found.files},
        states=work.states,
        unread=unread,
        beside=work.overview,
        numbers=work.figures,
    )
    snapshots.switch(settings.index, name)
    manifest = snapshots.in_use(settings.index)[1]
    return Report(manifest.articles, manifest.passages, new, unread, 0.0, changed=True)


def _to_grow(work: _Work) -> Index | None:
    """Open the index in use, if what changed may be written beside what it has."""
    with suppress(SnapshotError):
        _, manifest = snapshots.in_use(work.settings.index)
        if grown.can_grow(manifest) and manifest.recipe == work.recipe and not work.settings.store:
            return Index.open(work.settings.index)
    return None


def batch_of(settings: Settings) -> int:
    """Return how many passages are embedded and committed at once."""
    return COMMITTED * settings.batch


def _completed(
    settings: Settings,
    report: Report,
    embedder: Embedder | None,
    *,
    progress: Callable[[int, int], object],
    searchable: Callable[[int, int], object],
    paused: Callable[[], bool],
) -> Report:
    """Embed what has no vector in the index in use, and return the `report` with that."""
    if not snapshots.in_use(settings.index)[1].unembedded:
        clean(settings.index)
        return report
    searchable(report.articles, report.passages)
    embedder = embedder or load_embedder(settings)
    joining = Joining(
        embedder=embedder,
        batch=batch_of(settings),
        beside=partial(_overview, embedder=embedder, settings=settings),
        progress=progress,
        paused=paused,
    )
    new = joining.complete(settings.index)
    left = snapshots.in_use(settings.index)[1].unembedded
    return replace(report, embedded=report.embedded + new, changed=True, unembedded=left)


def _unwritable(index: Path, error: OSError) -> SnapshotError:
    """Return what to do about an index that cannot be written, in one line."""
    return SnapshotError(
        f"{error.filename or index} {advice(error)}, or choose another folder with RAG_INDEX"
    )


def build_on(
    address: str,
    settings: Settings,
    *,
    load: Callable[[], Embedder] | None = None,
    **options: Any,
) -> Report:
    """Build as `build` does, reading and embedding on the machines of the Ray cluster at `address`.

    `load` returns the model on each of them, that of the `settings` unless given. Raises SettingError when
    there is no such cluster.
    """
    load = load or partial(load_embedder, settings)
    with Workers(address) as workers:
        embedder = SpreadEmbedder(load(), load, workers)
        return build(settings, embedder=embedder, pooled=partial(SpreadPool, workers), **options)


def _overview(index: Index, *, embedder: Embedder, settings: Settings) -> Mapping[str, bytes]:
    """Return the file that tells what the articles of `index` hold."""
    overviews = Overviews(index, embedder, language_of(settings.language))
    return keeping.written(overviews.of(), overviews.names.weights)


class Builder:
    """Builds again and again with one model, loaded once.

    A model that is dropped is full of cycles, and stays until the garbage collector comes by its age.
    """

    def __init__(self, embedder: Embedder | None = None) -> None:
        """Build with `embedder`; without one, load the model that the settings name when it is needed."""
        self._embedder = embedder

    def __call__(self, settings: Settings, **options: Any) -> Report:
        """Build as `build` does."""
        self._embedder = self._embedder or load_embedder(settings)
        return build(settings, embedder=self._embedder, **options)


def split(articles: Sequence[Article], embedder: Embedder, settings: Settings) -> list[Passage]:
    """Return the passages of all `articles`, none longer than the model reads together with its context."""
    contexts = embedder.count_tokens([longest_context(article) for article in articles])
    limits = [min(settings.passage_tokens, embedder.max_tokens - MARKS - size) for size in contexts]
    if limits and min(limits) < 1:
        raise SettingError(
            f"{settings.model} reads {embedder.max_tokens} tokens, too few for a title and a passage;"
            " choose another model with RAG_MODEL"
        )
    return [
        passage
        for article, limit in zip(articles, limits, strict=True)
        for passage in split_passages(article, embedder.count_tokens, limit=limit, language=settings.language)
    ]


def unread_now(manifest: Manifest, files: Mapping[str, str], left: Mapping[str, str]) -> dict[str, str]:
    """Return what cannot be read, and why: of the corpus's `files` as the build found, and what is `left`."""
    return {path: reason for path, reason in manifest.unread.items() if path in files} | dict(left)


def health_of(settings: Settings, index: Index) -> Health:
    """Return what is missing or odd in the articles of `index`; all of them are read from there.

    Raises SettingError when footnote.toml is not right.
    """
    return health.examine(
        index.articles(),
        files=index.manifest.files,
        unread=index.manifest.unread,
        corrections=Corrections.read(settings.corpus),
    )


def changed_since(settings: Settings, manifest: Manifest) -> Changed:
    """Return how the corpus differs from what `manifest` says was read, quickly; see rag.corpus.changed.

    Nothing where they are not there, since an index can be asked without them, and where they are others.
    """
    try:
        found = changes.since(settings.corpus, manifest.files, manifest.states)
    except (CorpusError, OSError):
        return Changed()
    moved = settings.corpus.resolve() != Path(manifest.corpus).resolve()
    return Changed() if moved and len(found.removed) == len(manifest.files) else found


def _up_to_date(settings: Settings, recipe: Recipe, files: Mapping[str, str]) -> Manifest | None:
    """Return the manifest of the index in use if it was made by `recipe` from these `files`, and is whole.

    One that is to be published has to have been written anew.
    """
    with suppress(SnapshotError):
        _, manifest = snapshots.in_use(settings.index)
        if manifest.files == files and not (settings.store and manifest.is_grown):
            return Index.open(settings.index, recipe).manifest
    return None
