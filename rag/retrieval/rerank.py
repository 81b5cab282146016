"""Question and passages to scores by a cross-encoder, which reads both together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from rag.errors import ModelError
from rag.index.embedding import fingerprint, locate
from rag.index.passages import model_input
from rag.settings import Settings
from rag.types import Passage

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

PUBLISHER = "cross-encoder"
"""Whose a model without one is, in the hub."""


class Reranker(Protocol):
    """What the rest of the program needs of a cross-encoder; the tests bring a toy one."""

    def scores(self, question: str, passages: Sequence[Passage]) -> npt.NDArray[np.float64]:
        """Return how well each of `passages` answers, 0 to 1."""
        ...


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder with one label."""

    def __init__(self, name: str, *, downloads: bool = False, batch: int = 32) -> None:
        """Load the model called `name`: a folder, or one in the hub's cache.

        The hub is asked only when `downloads` is true. Raises ModelError when the model is not there or gives
        anything but one score.
        """
        self._model = _load(reranker_folder(name, downloads=downloads), name)
        self._batch = batch

    def scores(self, question: str, passages: Sequence[Passage]) -> npt.NDArray[np.float64]:
        """Return how well each of `passages` answers, 0 to 1: the logistic function of the model's score."""
        from torch.nn import Identity  # noqa: PLC0415 - loaded with the model

        pairs = [(question, model_input(passage)) for passage in passages]
        found = self._model.predict(
            pairs, batch_size=self._batch, activation_fn=Identity(), show_progress_bar=False
        )
        # In double precision, so that scores far from 0 keep their order.
        return np.asarray(1 / (1 + np.exp(-np.asarray(found, dtype=np.float64))))


def reranker_folder(name: str, *, downloads: bool = False) -> Path:
    """Return the folder of the cross-encoder called `name`. Raises ModelError when it is not to be had."""
    return locate(name, downloads=downloads, publisher=PUBLISHER)


def reranker_fingerprint(name: str, *, downloads: bool = False) -> str:
    """Return the SHA-256 of the weights of the cross-encoder called `name`; raises ModelError without any."""
    return fingerprint(name, reranker_folder(name, downloads=downloads))


def _load(folder: Path, name: str) -> CrossEncoder:
    from safetensors import SafetensorError  # noqa: PLC0415 - loaded with the model
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 - takes seconds

    try:
        model: CrossEncoder = CrossEncoder(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"the reranker in {folder} cannot be loaded: {error}") from error
    if model.num_labels != 1:
        raise ModelError(
            f"{name} gives {model.num_labels} scores a passage; a reranker gives one. Choose another with"
            " RAG_RERANKER"
        )
    return model


def load_reranker(settings: Settings) -> Reranker | None:
    """Load the cross-encoder that `settings` name, if any. Raises ModelError when it is not there."""
    if not settings.reranker:
        return None
    return CrossEncoderReranker(settings.reranker, downloads=settings.downloads, batch=settings.batch)
