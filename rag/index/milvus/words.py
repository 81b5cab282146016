"""Words and BM25 in Milvus, in the place of rag.index.lexical.

Milvus counts its BM25 over the title and the text together, where tantivy adds up the scores of both; see
docs/machines.md for what that changes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import cast

import numpy as np

from rag.index.dense import Mask
from rag.index.lexical import LONG, LONGEST_WORD, Analyzer, LexicalIndex, Rows, Scores, distance
from rag.index.milvus.among import best
from rag.index.milvus.store import Snapshot

KEPT_COUNTS = 20_000
"""Words of whose number of passages is remembered."""


class MilvusWords(LexicalIndex):
    """BM25 over the passages of a snapshot in Milvus; a passage is known by its row."""

    def __init__(self, snapshot: Snapshot, passages: int, analyzer: Analyzer) -> None:
        self._snapshot = snapshot
        self._passages = passages
        self.analyzer = analyzer
        self._counts = lru_cache(KEPT_COUNTS)(self._counted)

    def __len__(self) -> int:
        """Return the number of passages."""
        return self._passages

    def best(
        self, terms: Sequence[str], *, k: int, title_weight: float, allowed: Mask | None = None
    ) -> tuple[Rows, Scores]:
        """Return the rows of the `k` passages that match `terms` best, best first, and their BM25 scores."""
        if not terms:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        return best(self._snapshot, "words", _joined(terms), k=k, allowed=allowed)

    def scores(self, terms: Sequence[str], rows: Rows, *, title_weight: float) -> Scores:
        """Return the BM25 scores of the passages `rows`, in their order; 0 where no term occurs."""
        found: dict[int, float] = {}
        if len(rows) and terms:
            among = f"row in {rows.tolist()}"
            found = dict(self._snapshot.search("words", _joined(terms), k=len(rows), condition=among))
        return np.array([found.get(int(row), 0.0) for row in rows], dtype=np.float32)

    def holding(self, phrase: str) -> Rows:
        """Return the rows, ascending, of the passages that hold the words of `phrase` one after the other."""
        words = self.analyzer.unstemmed.analyze(phrase)
        if not words or any(len(word.encode()) >= LONGEST_WORD for word in re.findall(r"\w+", phrase)):
            return np.arange(self._passages)  # a word that is not indexed: it may stand in any of them
        condition = " and ".join(_match(word) for word in dict.fromkeys(words))
        wanted = f" {_joined(words)} "
        rows = [
            cast(int, each["row"])
            for each in self._snapshot.every("passages", condition, "row", "plain")
            if wanted in f" {each['plain']} "
        ]
        return np.sort(np.array(rows, dtype=np.int64))

    def has(self, word: str) -> bool:
        """Say whether a passage has `word`, in any form of it."""
        return any(self._counts(each)[1] for each in self.analyzer.unstemmed.analyze(word)) or any(
            self._counts(each)[0] for each in self.analyzer.terms(word)
        )

    def near(self, word: str, *, k: int) -> Rows:
        """Return the rows of up to `k` passages that have a word one letter from `word`, a long one two.

        Words that begin with another letter are not looked at: Milvus has no search for similar words.
        """
        [plain] = self.analyzer.unstemmed.analyze(word) or [word]
        most = 1 if len(plain) < LONG else 2
        begun = f"word like {_quoted(plain[:1] + '%')} and plain > 0"
        alike = [
            found
            for each in self._snapshot.every("words", begun, "word")
            if abs(len(found := cast(str, each["word"])) - len(plain)) <= most
            and distance(found, plain) <= most
        ]
        rows = self._snapshot.query("passages", _match(_joined(alike)), "row", limit=k) if alike else []
        return np.array([cast(int, each["row"]) for each in rows], dtype=np.int64)

    def weight(self, term: str) -> float:
        """Return how rare `term` is among the passages: BM25's idf (Robertson and Zaragoza, 2009)."""
        holding = self._counts(term)[0]
        return math.log(1 + (self._passages - holding + 0.5) / (holding + 0.5))

    def _counted(self, word: str) -> tuple[int, int]:
        """Return in how many passages' texts `word` is the stem of a word, and in how many it is a word."""
        found = self._snapshot.query("words", f"word == {_quoted(word)}", "stems", "plain", limit=1)
        return (found[0]["stems"], found[0]["plain"]) if found else (0, 0)


def _joined(words: Sequence[str]) -> str:
    """Return words as Milvus's analyzer takes them apart again."""
    return " ".join(words)


def _match(words: str) -> str:
    """Return the condition that a passage holds any of some words."""
    return f"text_match(plain, {_quoted(words)})"


def _quoted(text: str) -> str:
    r"""Return `text` as it stands in a condition.

    >>> _quoted("it's")
    "'it\\'s'"
    """
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
