"""Articles to the sentences of theirs that can be quoted alone, and the most telling of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rag.answer.evidence import states
from rag.corpus.structure import kind_at
from rag.index.embedding import Vectors
from rag.index.opened import Index
from rag.question.language import Language
from rag.question.understood import Understood
from rag.types import Article, Citation, Sentence, Statement

SHORTEST, LONGEST = 6, 60
"""Words of a sentence that tells something and is read at a glance."""

TITLED = 0.3
"""Added to a sentence's likeness to its article when it has all words of the title, ..."""

FIRST = 0.2
"""... and when it is the first one: news begins with what it is about. Of the later ones less and less."""

LAST = 0.5
"""Added to the likeness of the last sentence, where an author's view is looked for, of earlier ones less."""

_WHOLE = re.compile(r"[.!?…][\"'”’)\]]*$")
_APART = frozenset(("heading", "caption", "quotation", "code", "note", "reference"))
"""Blocks that are not the article's own running text."""


@dataclass(frozen=True, slots=True, eq=False)
class Quote:
    """A sentence of an article."""

    citation: Citation
    vector: Vectors
    """Shape (dimension,)."""
    place: int
    """Of the article's sentences, from 0."""
    is_alone: bool
    """Whether it is whole, of a length to be read, and needs no sentence before it."""

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return Sentence(self.citation.article, self.citation.start, self.citation.end)

    def statement(self, label: str | None = None) -> Statement:
        """Return it as a sentence of an answer, under `label`."""
        return Statement(self.citation.quote, (self.citation,), "exact", label)


class Quotes:
    """The sentences of the articles of an index, loaded once each."""

    def __init__(self, index: Index, language: Language) -> None:
        self._index, self._language = index, language
        self._loaded: dict[str, list[Quote]] = {}

    def load(self, articles: Iterable[Article]) -> None:
        """Load the sentences of all `articles` at once."""
        missing: dict[str, list[Quote]] = {
            article.id: [] for article in articles if article.id not in self._loaded
        }
        if not missing:
            return
        self._loaded |= missing
        for passage, sentence, vector in self._index.sentences(*missing):
            found = missing[passage.article.id]
            citation = Citation(passage, sentence.start, sentence.end, sentence.text)
            found.append(Quote(citation, vector, len(found), self._is_alone(sentence)))

    def of(self, article: Article) -> Sequence[Quote]:
        """Return the sentences of `article`, in order."""
        self.load([article])
        return self._loaded[article.id]

    def whole(self, article: Article) -> Vectors:
        """Return what all of `article` is about: the centroid of its sentences, shape (dimension,)."""
        whole: Vectors = np.mean([quote.vector for quote in self.of(article)], axis=0)
        return whole

    def at(self, article: Article, offset: int) -> Quote | None:
        """Return the sentence of `article` that `offset` is in; None between two."""
        return next(
            (each for each in self.of(article) if each.citation.start <= offset < each.citation.end), None
        )

    def telling(self, article: Article, count: int, about: Understood | None = None) -> Sequence[Quote]:
        """Return in order the `count` sentences of `article` that tell most of it; fewer when it has fewer.

        Those near the whole article (a centroid, Radev et al., 2004), near its beginning, with the words of
        its title; or of what they are `about`, and then none without a word of it.
        """
        terms = self._index.words.analyzer.terms
        among = [quote for quote in self.of(article) if quote.is_alone]
        if about:
            among = [quote for quote in among if about.coverage(terms(quote.citation.quote))]
        if not among:
            return []
        whole = about.vector if about else self.whole(article)
        title = set(terms(article.title))

        def score(quote: Quote) -> float:
            titled = len(title.intersection(terms(quote.citation.quote))) / max(len(title), 1)
            return float(quote.vector @ whole) + TITLED * titled + FIRST / (1 + quote.place)

        best = sorted(among, key=score, reverse=True)[:count]
        return sorted(best, key=lambda quote: quote.place)

    def opinions(self, article: Article, count: int) -> list[Quote]:
        """Return in order `count` sentences of `article` that say what its author thinks.

        Where it reports the views of its author, those; else what it says itself, and not in anybody's words,
        near the whole article and near its end, where conclusions are drawn; a figure is no view.
        """
        found, whole = self.of(article), self.whole(article)
        voices = [self._language.author_speaks(each.citation.quote) for each in found]
        own = [quote for quote, voice in zip(found, voices, strict=True) if voice == 1]
        if own:
            return own[:count]
        unreported = [
            quote
            for quote, voice in zip(found, voices, strict=True)
            if voice == 0 and quote.is_alone and not re.search(r"\d", quote.citation.quote)
        ]
        best = sorted(
            unreported, key=lambda quote: -float(quote.vector @ whole) - LAST * quote.place / len(found)
        )
        return sorted(best[:count], key=lambda quote: quote.place)

    def _is_alone(self, sentence: Sentence) -> bool:
        return (
            kind_at(sentence.article, sentence.start) not in _APART
            and SHORTEST <= len(sentence.text.split()) <= LONGEST
            and _WHOLE.search(sentence.text) is not None
            and states(sentence)
            and self._language.stands_alone(sentence.text)
        )
