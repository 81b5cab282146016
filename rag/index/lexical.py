"""Words and BM25: the only door to tantivy."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
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


class LexicalIndex:
    """BM25 over passages; a passage is known by its row."""

    def __init__(self, index: tantivy.Index, analyzer: Analyzer) -> None:
        _register(index, analyzer)
        self._index = index
        self._searcher = index.searcher()
        self.analyzer = analyzer

    @classmethod
    def write(cls, folder: Path, texts: Iterable[tuple[str, str]], analyzer: Analyzer) -> None:
        """Write to the empty `folder` an index of (title, text) pairs; pair i is passage i."""
        index = tantivy.Index(_schema(), path=str(folder))
        _register(index, analyzer)
        # One thread: rows keep their order, so equal scores are ranked alike in every build.
        writer = index.writer(MEMORY, num_threads=1)
        for row, (title, text) in enumerate(texts):
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
        query = self._any_of(terms, title_weight)
        if allowed is None:
            return self._search(query, k)
        if allowed.sum() <= FEW * len(self):
            return self._search(self._among(query, np.flatnonzero(allowed)), k)
        depth = k
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
            return np.arange(len(self))  # a word that is not indexed: it may stand in any of them
        query = (
            tantivy.Query.phrase_query(self._index.schema, "verbatim", list(words))
            if len(words) > 1
            else tantivy.Query.term_query(self._index.schema, "verbatim", words[0])
        )
        hits = self._searcher.search(query, limit=max(len(self), 1), count=False, order_by_field="row").hits
        return np.sort(np.array([row for row, _ in hits], dtype=np.int64))

    def has(self, word: str) -> bool:
        """Say whether a passage has `word`, in any form of it."""
        analyzed = {"verbatim": self.analyzer.unstemmed.analyze(word), "text": self.analyzer.terms(word)}
        return any(self._searcher.doc_freq(field, each) for field in analyzed for each in analyzed[field])

    def near(self, word: str, *, k: int) -> Rows:
        """Return the rows of up to `k` passages that have a word one letter from `word`, a long one two."""
        [plain] = self.analyzer.unstemmed.analyze(word) or [word]
        distance = 1 if len(plain) < LONG else 2
        query = tantivy.Query.fuzzy_term_query(self._index.schema, "verbatim", plain, distance=distance)
        return self._search(query, k)[0]

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
                    tantivy.Query.boost_query(tantivy.Query.term_query(schema, field, term), weight),
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
        holding = self._searcher.doc_freq("text", term)
        return math.log(1 + (len(self) - holding + 0.5) / (holding + 0.5))


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
