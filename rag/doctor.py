"""What is installed, which model, what the index holds, what its articles lack and whether it is stale."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata

from rag.answer.reader import MODEL, load_reader
from rag.build import health_of, unread_now
from rag.corpus import advice
from rag.corpus.folder import fingerprints
from rag.corpus.health import Health
from rag.errors import RagError, SnapshotError
from rag.index import snapshots, stored
from rag.index.meaning import meaning_of
from rag.index.opened import Index
from rag.index.recipes import recipe_of
from rag.retrieval.rerank import reranker_fingerprint
from rag.settings import Settings

PACKAGES = ("torch", "sentence-transformers", "faiss-cpu", "tantivy", "gradio")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination."""

    subject: str
    text: str
    good: bool = True
    """False where something is amiss."""
    note: bool = False
    """Whether it is something to know, and nothing to repair."""
    health: Health | None = None
    """What it sums up of the articles, where it does."""


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield what was found, part by part; a part that fails says what to do and the others go on."""
    yield Finding("python", platform.python_version())
    yield Finding("packages", ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES))
    for part in (_model, _reranker, _reader, _corpus, _index):
        try:
            yield from part(settings)
        except RagError as error:
            yield Finding(part.__name__.strip("_"), str(error), good=False)


def _model(settings: Settings) -> Iterator[Finding]:
    yield Finding("model", f"{settings.model}, SHA-256 of its weights {recipe_of(settings).model_sha256}")


def _reranker(settings: Settings) -> Iterator[Finding]:
    if settings.reranker:
        weights = reranker_fingerprint(settings.reranker, downloads=settings.downloads)
        yield Finding("reranker", f"{settings.reranker}, SHA-256 of its weights {weights}")


def _reader(settings: Settings) -> Iterator[Finding]:
    if load_reader(settings):
        yield Finding(
            "reader", f"packaged, SHA-256 of its file {hashlib.sha256(MODEL.read_bytes()).hexdigest()}"
        )


def _corpus(settings: Settings) -> Iterator[Finding]:
    yield Finding("corpus", f"{settings.corpus}: {len(fingerprints(settings.corpus)[0]):,} files")


def _index(settings: Settings) -> Iterator[Finding]:
    try:
        opened = stored.opened(settings, recipe_of(settings))
    except SnapshotError:
        if settings.store or not (damaged := snapshots.damaged(settings.index)):
            raise
        text = f"damaged: {', '.join(damaged)}. Build it anew with: rag build"
        yield Finding("index", text, good=False)
        return
    manifest = opened.manifest
    counts = (
        f"{manifest.articles:,} articles, {manifest.passages:,} passages, {manifest.sentences:,} sentences"
    )
    size = f"{manifest.recipe.passage_tokens} tokens a passage at most, {manifest.dimension} dimensions"
    yield Finding("index", f"{opened.folder}, built {manifest.created}: {counts}; {size}")
    if meaning := meaning_of(settings.index, manifest):
        yield Finding("meaning", meaning.told(), good=meaning.at_work, note=meaning.at_work)
    files, left = fingerprints(settings.corpus)
    for path, reason in unread_now(manifest, files, left).items():
        yield Finding("unread", f"{path}: {reason}", good=False)
    yield _staleness(manifest.files, files)
    yield from _health(settings, opened)


def _health(settings: Settings, opened: Index) -> Iterator[Finding]:
    found = health_of(settings, opened)
    lines = list(advice.findings(found))
    text = f"{found.articles:,} looked at: {len(lines) or 'nothing'} missing or odd"
    yield Finding("articles", text, note=bool(lines), health=found)
    for subject, text in lines:
        yield Finding(subject, text, note=True)


def _staleness(indexed: Mapping[str, str], now: Mapping[str, str]) -> Finding:
    added, removed = now.keys() - indexed.keys(), indexed.keys() - now.keys()
    changed = {path for path in now.keys() & indexed.keys() if now[path] != indexed[path]}
    if not (added or changed or removed):
        return Finding("fresh", "the index holds the corpus as it is now")
    counts = f"{len(added)} added, {len(changed)} changed, {len(removed)} removed"
    return Finding(
        "stale", f"files since the build: {counts}. Bring the index up to date with: rag build", good=False
    )
