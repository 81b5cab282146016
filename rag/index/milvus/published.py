"""A snapshot on disk to Milvus, where any number of servers share it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from rag.errors import SnapshotError
from rag.index.milvus.records import facts_of, of_passage, packed, pieces_of, sentences_of
from rag.index.milvus.store import BATCH, KINDS, Kind, Snapshot, Store
from rag.index.opened import BESIDE, COPIES, Index
from rag.index.passages import context_of

PIECES = 1 << 16
"""Keys that belong to one article: more than the pieces of any."""

LONGEST_WORD = 256
"""Bytes of a word that is counted; a longer one is not indexed at all."""

MANIFEST = "manifest.json"


def publish(
    index: Index, store: Store, progress: Callable[[int, int], object] = lambda done, total: None
) -> bool:
    """Write `index` to `store` and switch to it; False when it is the one in use there already.

    Its rows have no gaps: nothing was removed since it was built.

    `progress` is told passages done and to do. What a publication that was killed left is dropped first.
    Raises SnapshotError when Milvus cannot do it; the snapshot in use there stays.
    """
    used = store.current()
    snapshot = store.snapshot(index.folder.name.replace("-", "_"))
    if used == snapshot.name:
        return False
    store.discard(but={used})
    manifest = index.manifest
    for kind in KINDS:
        store.create(
            snapshot.collection(kind), kind, dimension=manifest.dimension, passages=manifest.passages
        )
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    rows: Mapping[Kind, Iterator[Mapping[str, Any]]] = {
        "passages": _passages(index, counts, progress),
        "articles": _articles(index),
        "words": _words(*counts),
        "files": _files(index),
    }
    for kind in KINDS:
        _write(snapshot, kind, rows[kind])
    store.switch(snapshot.name)
    return True


def _write(snapshot: Snapshot, kind: Kind, rows: Iterator[Mapping[str, Any]]) -> None:
    collection, written = snapshot.collection(kind), 0

    def counted() -> Iterator[Mapping[str, Any]]:
        nonlocal written
        for row in rows:
            written += 1
            yield row

    snapshot.store.insert(collection, counted())
    snapshot.store.load(collection)
    if (held := snapshot.store.count(collection)) != written:
        raise SnapshotError(
            f"Milvus holds {held} of {written} rows of {collection}; build anew with: rag build"
        )


def _passages(
    index: Index, counts: tuple[Counter[str], Counter[str]], progress: Callable[[int, int], object]
) -> Iterator[Mapping[str, Any]]:
    """Yield what is kept of each passage, and count how many hold each word: as a stem, and as it is."""
    stems, plain = counts
    analyzer, total, first_sentence = index.words.analyzer, index.manifest.passages, 0
    for at in range(0, total, BATCH):
        rows = np.arange(at, min(at + BATCH, total))
        parts = (index.passages(rows), index.article_numbers(rows), index.vectors.rows(rows))
        for row, passage, article, vector, sentences in zip(
            rows.tolist(), *parts, index.sentence_vectors(rows), strict=True
        ):
            context, text = context_of(passage), passage.text
            words = analyzer.unstemmed.analyze(context) + analyzer.unstemmed.analyze(text)
            terms = analyzer.terms(text)
            stems.update(set(terms))
            plain.update(set(words))
            yield {
                **of_passage(row, int(article), first_sentence, passage),
                "terms": " ".join((*analyzer.terms(context), *terms)),
                "plain": " ".join(words),
                "title": passage.article.title,
                "text": text,
                "sentences": sentences_of(sentences),
                "vector": vector,
            }
            first_sentence += len(passage.sentences)
        progress(int(rows[-1]) + 1, total)


def _articles(index: Index) -> Iterator[Mapping[str, Any]]:
    first_rows = index.first_rows()
    for number, article in enumerate(index.articles()):
        facts = facts_of(article, first_rows.get(number))
        for at, piece in enumerate(packed(article)):
            yield {
                "key": number * PIECES + at,
                "number": number,
                "facts": "" if at else facts,
                "piece": piece,
                "none": NOTHING,
            }


def _words(stems: Counter[str], plain: Counter[str]) -> Iterator[Mapping[str, Any]]:
    for word in dict.fromkeys((*stems, *plain)):
        if len(word.encode()) < LONGEST_WORD:
            yield {"word": word, "stems": stems[word], "plain": plain[word], "none": NOTHING}


def _files(index: Index) -> Iterator[Mapping[str, Any]]:
    files = {MANIFEST: json.dumps(asdict(index.manifest))}
    files |= {name: found.decode() for name in (BESIDE, COPIES) if (found := index.file(name))}
    for name, content in files.items():
        for at, piece in enumerate(pieces_of(content)):
            yield {"key": f"{name}#{at}", "file": name, "number": at, "piece": piece, "none": NOTHING}


NOTHING = [1.0, 0.0]
"""The vector of a row that needs none."""
