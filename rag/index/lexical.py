"""Words and BM25: the only door to tantivy."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tantivy

from rag.errors import SettingError, SnapshotError
from rag.index.dense import Mask

STEMMERS = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish", "fr": "french",
    "de": "german", "el": "greek", "hu": "hungarian", "it": "italian", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "es": "spanish", "sv": "swedish",
    "ta": "tamil", "tr": "turkish",
}  # fmt: skip
"""Languages (ISO 639-1) that the library can reduce to stems."""

MEMORY = 128_000_000
"""Bytes the writer may fill before it writes a segment; several segments are merged afterwards."""

LONGEST_WORD = 60
"""Bytes; what is as long or longer is not a word and not indexed."""

LONG = 8
"""Letters of a word in which two may be wrong."""

FEW = 0.05
"""Share of the passages up to which the engine is given the rows that may be found. Above, its list is
deepened until enough of them are in it, tens of times faster when most rows are allowed."""

DEEPENING = 4

KEPT_TEXTS = 2_000
"""Whose terms stay in memory: titles and the question's words come again for each passage."""

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
_POSSESSIVE = re.compile(r"[’']s$")

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]


class Analyzer:
    """Text to terms: lower case, without accents, reduced to stems; the same for articles and questions."""

    def __init__(self, language: str = "en") -> None:
        """Raise SettingError for a language without a stemmer."""
        if language not in STEMMERS:
            raise SettingError(f"RAG_LANGUAGE={language} has no stemmer; known are {', '.join(STEMMERS)}")
        self.library = library = _plain_words().filter(tantivy.Filter.stemmer(STEMMERS[language])).build()
        self.unstemmed = _plain_words().build()
        self.terms: Callable[[str], tuple[str, ...]] = lru_cache(KEPT_TEXTS)(
            lambda text: tuple(library.analyze(text))
        )
        """Text to its terms in order, repeated ones too."""

    def words(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return the words of `text` that have terms, once each and as it has them, with their terms."""
        words = dict.fromkeys(_POSSESSIVE.sub("", word) for word in _WORD.findall(text))
        return {word: terms for word in words if (terms := self.terms(word))}


def held(words: Mapping[str, Iterable[str]], terms: Iterable[str]) -> tuple[str, ...]:
    """Return those of `words`, each with its terms, all of whose terms are among `terms`."""
    among = frozenset(terms)
    return tuple(word for word, own in words.items() if among.issuperset(own))


def _plain_words() -> tantivy.TextAnalyzerBuilder:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(LONGEST_WORD))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )


@dataclass(frozen=True, slots=True, eq=False)
class Gone:
    """The passages of an index that are not to be found any more, nor to count among the others."""

    left: Mask
    """Which passages are not gone, shape (passages,)."""
    holding: Mapping[str, Mapping[str, int]]
    """By field and term, how many of those that are gone hold it."""

    @property
    def passages(self) -> int:
        """How many are gone."""
        return int(len(self.left) - self.left.sum())


def counted(texts: Iterable[tuple[str, str]], analyzer: Analyzer) -> dict[str, Counter[str]]:
    """Return by field and term how many of the (title, text) pairs hold it."""
    found: dict[str, Counter[str]] = {field: Counter() for field in ("title", "text", "verbatim")}
    for title, text in texts:
        found["title"].update(set(analyzer.terms(title)))
        found["text"].update(set(analyzer.terms(text)))
        found["verbatim"].update({*analyzer.unstemmed.analyze(title), *analyzer.unstemmed.analyze(text)})
    return found


class LexicalIndex:
    """BM25 over passages; a passage is known by its row."""

    def __init__(self, index: tantivy.Index, analyzer: Analyzer) -> None:
        _register(index, analyzer)
        self._index = index
        self._searcher = index.searcher()
        self._gone: Gone | None = None
        self.analyzer = analyzer

    def without(self, gone: Gone) -> LexicalIndex:
        """Return the same index as if the passages that are `gone` were not there.

        Scores are those of an index without them, but for the average length, which counts them.
        """
        found = copy(self)
        found._gone = gone
        return found

    @classmethod
    def write(
        cls, folder: Path, texts: Iterable[tuple[str, str]], analyzer: Analyzer, *, first: int = 0
    ) -> None:
        """Write to `folder` an index of (title, text) pairs; pair i is passage `first` + i.

        With those that are there, if any: their files stay as they are, but for the list of all.
        """
        index = tantivy.Index(_schema(), path=str(folder))
        _register(index, analyzer)
        # One thread: rows keep their order, so equal scores are ranked alike in every build.
        writer = index.writer(MEMORY, num_threads=1)
        for row, (title, text) in enumerate(texts, first):
            document = tantivy.Document(title=title, text=text)
            document.add_text("verbatim", title)
            document.add_text("verbatim", text)
            document.add_unsigned("row", row)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        mode = folder.stat().st_mode & 0o666
        for file in folder.iterdir():  # two of them could be read by their owner alone
            file.chmod(mode)

    @classmethod
    def load(cls, folder: Path, analyzer: Analyzer) -> LexicalIndex:
        """Open the index in `folder`. Raises SnapshotError when it is missing or damaged."""
        try:
            return cls(tantivy.Index.open(str(folder)), analyzer)
        except ValueError as error:
            raise SnapshotError.damaged(folder) from error

    def __len__(self) -> int:
        """Return the number of passages."""
        return int(self._searcher.num_docs)

    def best(
        self, terms: Sequence[str], *, k: int, title_weight: float, allowed: Mask | None = None
    ) -> tuple[Rows, Scores]:
        """Return the rows of the `k` passages that match `terms` best, best first, and their BM25 scores.

        Only `allowed` rows, all unless given; fewer than `k` when fewer hold a term. A term in the title
        counts `title_weight` times one in the text.
        """
        return self._best(self._any_of(terms, title_weight), k, allowed)

    def _best(self, query: tantivy.Query, k: int, allowed: Mask | None) -> tuple[Rows, Scores]:
        if self._gone:
            allowed = self._gone.left if allowed is None else allowed & self._gone.left
        if allowed is None:
            return self._search(query, k)
        passing = int(allowed.sum())
        if passing <= FEW * len(self):
            return self._search(self._among(query, np.flatnonzero(allowed)), k)
        depth = k * len(self) // passing + 1
        while True:
            rows, scores = self._search(query, depth)
            kept = allowed[rows]
            if kept.sum() >= k or len(rows) < depth:
                return rows[kept][:k], scores[kept][:k]
            depth *= DEEPENING

    def scores(self, terms: Sequence[str], rows: Rows, *, title_weight: float) -> Scores:
        """Return the BM25 scores of the passages `rows`, in their order; 0 where no term occurs."""
        if not len(rows):
            return np.empty(0, dtype=np.float32)
        query = self._among(self._any_of(terms, title_weight), rows)
        found = dict(zip(*(each.tolist() for each in self._search(query, len(rows))), strict=True))
        return np.array([found.get(int(row), 0.0) for row in rows], dtype=np.float32)

    def holding(self, phrase: str) -> Rows:
        """Return the rows, ascending, of the passages that hold the words of `phrase` one after the other.

        In the title or the text, whatever their case, accents and the marks between them: who needs these
        too has to look at the text.
        """
        words = self.analyzer.unstemmed.analyze(phrase)
        if not words or any(len(word.encode()) >= LONGEST_WORD for word in re.findall(r"\w+", phrase)):
            return self._left(np.arange(len(self)))  # a word that is not indexed: it may stand in any of them
        query = (
            tantivy.Query.phrase_query(self._index.schema, "verbatim", list(words))
            if len(words) > 1
            else tantivy.Query.term_query(self._index.schema, "verbatim", words[0])
        )
        hits = self._searcher.search(query, limit=max(len(self), 1), count=False, order_by_field="row").hits
        return self._left(np.sort(np.array([row for row, _ in hits], dtype=np.int64)))

    def _left(self, rows: Rows) -> Rows:
        """Return those of `rows` that are not gone."""
        return rows[self._gone.left[rows]] if self._gone else rows

    def has(self, word: str) -> bool:
        """Say whether a passage has `word`, in any form of it."""
        analyzed = {"verbatim": self.analyzer.unstemmed.analyze(word), "text": self.analyzer.terms(word)}
        return any(self._holding(field, each) for field in analyzed for each in analyzed[field])

    def near(self, word: str, *, k: int) -> Rows:
        """Return the rows of up to `k` passages that have a word one letter from `word`, a long one two."""
        [plain] = self.analyzer.unstemmed.analyze(word) or [word]
        distance = 1 if len(plain) < LONG else 2
        query = tantivy.Query.fuzzy_term_query(self._index.schema, "verbatim", plain, distance=distance)
        return self._best(query, k, None)[0]

    def _among(self, query: tantivy.Query, rows: Rows) -> tantivy.Query:
        """Return `query` restricted to `rows`, its scores unchanged."""
        among = tantivy.Query.term_set_query(self._index.schema, "row", rows.tolist())
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, query),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(among, 0.0)),
            ]
        )

    def _any_of(self, terms: Sequence[str], title_weight: float) -> tantivy.Query:
        schema = self._index.schema
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.boost_query(
                        tantivy.Query.term_query(schema, field, term), weight * self._correction(field, term)
                    ),
                )
                for term in dict.fromkeys(terms)
                for field, weight in (("text", 1.0), ("title", title_weight))
            ]
        )

    def _search(self, query: tantivy.Query, k: int) -> tuple[Rows, Scores]:
        hits = self._searcher.search(query, limit=k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(rows, dtype=np.int64), np.array([score for score, _ in hits], dtype=np.float32)

    def weight(self, term: str) -> float:
        """Return how rare `term` is among the passages: BM25's idf (Robertson and Zaragoza, 2009)."""
        gone = self._gone.passages if self._gone else 0
        return _rarity(self._holding("text", term), len(self) - gone)

    def _holding(self, field: str, term: str) -> int:
        """Return how many passages hold `term` in this field."""
        gone = self._gone.holding[field].get(term, 0) if self._gone else 0
        return int(self._searcher.doc_freq(field, term)) - gone

    def _correction(self, field: str, term: str) -> float:
        """Return by what a score for `term` is to be multiplied: the engine counts passages that are gone."""
        if self._gone is None:
            return 1.0
        rarity = _rarity(self._holding(field, term), len(self) - self._gone.passages)
        return rarity / _rarity(self._searcher.doc_freq(field, term), len(self))


def _rarity(holding: int, passages: int) -> float:
    """Return BM25's idf of a term that so many of the `passages` hold."""
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def _register(index: tantivy.Index, analyzer: Analyzer) -> None:
    index.register_tokenizer("article", analyzer.library)
    index.register_tokenizer("verbatim", analyzer.unstemmed)


def _schema() -> tantivy.Schema:
    return (
        tantivy.SchemaBuilder()
        .add_text_field("title", tokenizer_name="article", index_option="freq")
        .add_text_field("text", tokenizer_name="article", index_option="freq")
        .add_text_field("verbatim", tokenizer_name="verbatim", index_option="position")
        .add_unsigned_field("row", stored=True, indexed=True, fast=True)
        .build()
    )


def distance(one: str, other: str) -> int:
    """Return how many letters have to be put in, left out, changed or swapped (Damerau, 1964)."""
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before_that, before, row = before, row, [at]
        for place, counterpart in enumerate(other, 1):
            costs = [row[-1] + 1, before[place] + 1, before[place - 1] + (letter != counterpart)]
            if at > 1 and place > 1 and one[at - 2] == counterpart and letter == other[place - 2]:
                costs.append(before_that[place - 2] + 1)
            row.append(min(costs))
    return row[-1]
