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
from rag.corpus.folder import State, Unread, fingerprints, read_folder, states
from rag.corpus.health import Health
from rag.errors import CorpusError, SettingError, SnapshotError
from rag.index import duplicates, snapshots, written
from rag.index.embedded import Kept, embed
from rag.index.embedding import (
    PACKAGED_MODEL,
    Embedder,
    SentenceTransformerEmbedder,
    fingerprint,
    locate,
)
from rag.index.lexical import Analyzer
from rag.index.opened import Index
from rag.index.packaged import PackagedEmbedder
from rag.index.passages import longest_context, split_passages
from rag.index.snapshots import Manifest, Recipe
from rag.question.language import language_of
from rag.settings import Settings
from rag.types import Article, Passage

MARKS = 2
"""Tokens that the model puts around its input: start and end."""


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
    """What is missing or odd in the articles; None when nothing was written."""


def build(
    settings: Settings,
    *,
    embedder: Embedder | None = None,
    progress: Callable[[int, int], object] = lambda done, total: None,
    emptied: bool = False,
) -> Report:
    """Bring the index up to date with the corpus; `progress` is told passages done and to do.

    A corpus with nothing in it gives an empty index to begin with, but takes no article out of one that has
    some unless it was `emptied` on purpose: a disk may not be there.

    Raises CorpusError when there is nothing to index, ModelError when the model cannot be loaded,
    SettingError when footnote.toml is not right and SnapshotError when another build is running. The index
    in use stays whenever anything is raised.
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
                report = _anew(
                    settings,
                    recipe,
                    before,
                    corrected,
                    embedder=embedder,
                    progress=progress,
                    emptied=emptied,
                )
    except Timeout:
        raise SnapshotError(f"another build is writing {settings.index}; wait for it to end") from None
    except OSError as error:
        raise SnapshotError(
            f"{error.filename or settings.index} cannot be written ({error.strerror or error});"
            " choose another folder with RAG_INDEX"
        ) from error
    return replace(report, seconds=time.monotonic() - started)


def _anew(
    settings: Settings,
    recipe: Recipe,
    before: Mapping[str, State],
    corrected: Corrections,
    *,
    embedder: Embedder | None,
    progress: Callable[[int, int], object],
    emptied: bool,
) -> Report:
    """Write a snapshot of the corpus, whose files were so `before`, and switch to it.

    Return what was done, but for the time.
    """
    kept = Kept.last(settings.index)
    may_be_empty = emptied or not (kept and kept.manifest.articles)
    found = read_folder(settings.corpus, corrected=corrected, may_be_empty=may_be_empty)
    embedder = embedder or load_embedder(settings)
    passages = split(found.articles, embedder, settings)
    embedded = embed(passages, embedder, kept, progress)
    unread = _reasons(found.unread)
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
        copy_of=duplicates.find(found.articles),
        beside=partial(_overview, embedder=embedder, settings=settings),
    )
    snapshots.switch(settings.index, name)
    examined = health.examine(found.articles, files=found.files, unread=unread, corrections=corrected)
    return Report(
        len(found.articles), len(passages), embedded.new, unread, 0.0, changed=True, health=examined
    )


def _overview(index: Index, *, embedder: Embedder, settings: Settings) -> Mapping[str, bytes]:
    """Return the file that tells what the articles of `index` hold."""
    overviews = Overviews(index, embedder, language_of(settings.language))
    return keeping.written(overviews.of(), overviews.names.weights)


class Builder:
    """Builds again and again with one model, loaded once.

    A model that is dropped is full of cycles, and stays until the garbage collector comes by its age.
    """

    def __init__(self) -> None:
        self._embedder: Embedder | None = None

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
