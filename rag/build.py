"""The first spine: corpus/ to articles, passages, vectors, words and what they hold, in a new snapshot."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from rag.answer.overview import kept as keeping
from rag.answer.overview.collected import Overviews
from rag.corpus import changed, health
from rag.corpus.changed import Changed
from rag.corpus.corrections import Corrections
from rag.corpus.folder import Pooled, State, Unread, fingerprints, read_folder, states
from rag.corpus.formats.apart import Pool
from rag.corpus.health import Health
from rag.corpus.workers import SpreadPool, Workers
from rag.errors import CorpusError, SettingError, SnapshotError
from rag.files import advice
from rag.index import duplicates, snapshots, stored, written
from rag.index.batches import Batches
from rag.index.embedded import KeptVectors, embed, taken_over
from rag.index.embedding import (
    PACKAGED_MODEL,
    Embedder,
    SentenceTransformerEmbedder,
    fingerprint,
    locate,
)
from rag.index.joined import Joining, clean
from rag.index.lexical import Analyzer
from rag.index.opened import Index
from rag.index.packaged import PackagedEmbedder
from rag.index.passages import longest_context, split_passages
from rag.index.snapshots import Manifest, Recipe
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
            if manifest := _up_to_date(settings.index, recipe, files):
                unread = unread_now(manifest, files, left)
                report = Report(manifest.articles, manifest.passages, 0, unread, 0.0, changed=False)
            else:
                embedder = embedder or load_embedder(settings)
                report = _anew(
                    settings, recipe, before, corrected, embedder, pooled, progress=progress, emptied=emptied
                )
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


def _anew(  # noqa: PLR0917 - there is one call
    settings: Settings,
    recipe: Recipe,
    before: Mapping[str, State],
    corrected: Corrections,
    embedder: Embedder,
    pooled: Pooled,
    *,
    progress: Callable[[int, int], object],
    emptied: bool,
) -> Report:
    """Write a snapshot of the corpus, whose files were so `before`, and switch to it.

    Passages have the vectors that there are. Where one batch will do for the others, it is embedded first:
    readers need not open two snapshots. Return what was done, but for the time.
    """
    kept, batches = KeptVectors.last(settings.index), Batches(settings.index)
    may_be_empty = emptied or not (kept and kept.manifest.articles)
    found = read_folder(settings.corpus, corrected=corrected, may_be_empty=may_be_empty, pooled=pooled)
    passages = split(found.articles, embedder, settings)
    embedded = taken_over(passages, embedder, kept, batches)
    missing = embedded.missing.tolist()
    is_little = 0 < len(missing) <= batch_of(settings)
    if is_little:
        progress(0, len(missing))
        embed(missing, [passages[row] for row in missing], embedder, embedded)
        progress(len(missing), len(missing))
    unread = _reasons(found.unread)
    snapshots.keep_only_used(settings.index)
    name = written.write(
        settings.index,
        recipe=recipe,
        corpus=settings.corpus,
        files=found.files,
        states=before,
        unread=unread,
        articles=found.articles,
        passages=passages,
        embedded=embedded,
        copy_of=duplicates.find(found.articles, language_of(settings.language).NUMBERS),
        beside=partial(_overview, embedder=embedder, settings=settings),
    )
    snapshots.switch(settings.index, name)
    new = len(missing) if is_little else 0
    examined = health.examine(found.articles, files=found.files, unread=unread, corrections=corrected)
    return Report(len(found.articles), len(passages), new, unread, 0.0, changed=True, health=examined)


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


def load_embedder(settings: Settings) -> Embedder:
    """Load the model that `settings` name: the packaged one without PyTorch.

    Raises ModelError when it is not there.
    """
    if settings.model == PACKAGED_MODEL:
        return PackagedEmbedder()
    return SentenceTransformerEmbedder(settings.model, downloads=settings.downloads, batch=settings.batch)


def recipe_of(settings: Settings, embedder: Embedder | None = None) -> Recipe:
    """Return the recipe that `settings` ask for; without an `embedder`, its weights are read, not loaded."""
    if embedder is None:
        weights = fingerprint(settings.model, locate(settings.model, downloads=settings.downloads))
    else:
        weights = embedder.fingerprint
    return Recipe(
        model=settings.model,
        model_sha256=weights,
        language=settings.language,
        passage_tokens=settings.passage_tokens,
    )


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
        found = changed.since(settings.corpus, manifest.files, manifest.states)
    except (CorpusError, OSError):
        return Changed()
    moved = settings.corpus.resolve() != Path(manifest.corpus).resolve()
    return Changed() if moved and len(found.removed) == len(manifest.files) else found


def _reasons(found: Iterable[Unread]) -> dict[str, str]:
    """Return for each path the first reason why something of it was not read, and how many more there are."""
    reasons: dict[str, list[str]] = {}
    for each in found:
        reasons.setdefault(each.path, []).append(each.reason)
    return {
        path: f"{first} (and {len(others):,} more)" if others else first
        for path, (first, *others) in reasons.items()
    }


def _up_to_date(folder: Path, recipe: Recipe, files: Mapping[str, str]) -> Manifest | None:
    """Return the manifest of the index in use if it was made by `recipe` from these `files`."""
    with suppress(SnapshotError):
        manifest = Index.open(folder, recipe).manifest
        return manifest if manifest.files == files else None
    return None
