"""Settings to the model that they name, and to the recipe of an index made with it."""

from __future__ import annotations

from rag.index.embedding import (
    PACKAGED_MODEL,
    Embedder,
    SentenceTransformerEmbedder,
    fingerprint,
    locate,
)
from rag.index.manifests import Recipe
from rag.index.packaged import PackagedEmbedder
from rag.settings import Settings


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
