"""Questions to the passages that our own retrieval puts first, among those of all data sets."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from rag.index.dense import DenseIndex
from rag.index.embedding import PACKAGED_MODEL, Vectors, locate
from rag.index.lexical import Analyzer, LexicalIndex
from rag.retrieval.retrieve import TITLE_WEIGHT
from rag.types import Passage

FOUND = 12
"""Passages from each list: an answer is chosen from the first ten of both."""

CHUNK = 2048
"""Texts embedded between two writes to the cache."""

Rows = npt.NDArray[np.int64]


def by_words(questions: Sequence[str], passages: Sequence[Passage]) -> list[Rows]:
    """Return for each question the rows of its FOUND best passages by BM25, best first."""
    with tempfile.TemporaryDirectory() as folder:
        texts = ((each.article.title, each.text) for each in passages)
        LexicalIndex.write(Path(folder), texts, Analyzer())
        words = LexicalIndex.load(Path(folder), Analyzer())
        return [
            words.best(words.analyzer.terms(each), k=FOUND, title_weight=TITLE_WEIGHT)[0]
            for each in tqdm(questions, desc="BM25", mininterval=10)
        ]


def by_meaning(questions: Sequence[str], texts: Sequence[str], cache: Path) -> list[Rows]:
    """Return the same by the packaged model, over `texts` as it reads passages.

    What is embedded is kept in the folder `cache`, so that a run that was stopped goes on.
    """
    nearest = DenseIndex.of(_embedded(texts, cache))
    return [nearest.nearest(vector, k=FOUND)[0] for vector in _embedded(questions, cache)]


def _embedded(texts: Sequence[str], cache: Path) -> Vectors:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - loaded where it is asked for

    cache.mkdir(parents=True, exist_ok=True)
    model, found = None, []
    for at in tqdm(range(0, len(texts), CHUNK), desc="embedding", mininterval=10):
        chunk = list(texts[at : at + CHUNK])
        path = cache / f"{hashlib.sha256(chr(0).join(chunk).encode()).hexdigest()[:32]}.npy"
        if not path.exists():
            model = model or SentenceTransformer(str(locate(PACKAGED_MODEL)), device="cpu")
            vectors = model.encode(chunk, normalize_embeddings=True, show_progress_bar=False)
            np.save(path, vectors.astype(np.float16))
        found.append(np.load(path).astype(np.float32))
    vectors = np.concatenate(found)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
