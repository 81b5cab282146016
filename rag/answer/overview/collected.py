"""A filter to the Overview of the articles that pass, kept once it was worked out."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property

from cachetools import LRUCache

from rag.answer.overview import kept
from rag.answer.overview.dated import timeline
from rag.answer.overview.differing import differing
from rag.answer.overview.held import Overview
from rag.answer.overview.named import people_and_places
from rag.answer.overview.names import Names, NameWeights
from rag.answer.overview.quotes import Quotes
from rag.index.embedding import Embedder, Vectors
from rag.index.opened import Index
from rag.question.language import Language
from rag.question.times import day_named
from rag.types import Article, Filter, Statement

COUNTED = 1000
"""Articles, the newest, whose names are counted: tenths of a second."""

READ = 60
"""Of them, the newest again, those whose sentences are compared."""

BRIEFS = 8
"""Articles that are told of in a sentence or two."""

SHOWN = 12
"""People, places and days at most."""

OF_FEW = 4
"""Articles up to which each is told of in two sentences."""

KEPT = 16
"""Overviews that stay in memory."""


class Overviews:
    """The overviews of one snapshot. Threads may share it."""

    def __init__(self, index: Index, embedder: Embedder, language: Language) -> None:
        self._index, self._embedder, self._language = index, embedder, language
        self._kept: LRUCache[Filter | None, Overview] = LRUCache(KEPT)
        self._lock = threading.Lock()

    @cached_property
    def _built(self) -> tuple[Overview, NameWeights] | None:
        """What the build worked out; None where an older one did not."""
        return kept.overview_in(self._index)

    def of(self, filter_: Filter | None = None) -> Overview:
        """Return that of the articles that pass `filter_`. Raises FilterError for what no article has."""
        with self._lock:
            if (known := self._kept.get(filter_)) is None:
                built = self._built if filter_ is None else None
                known = self._kept[filter_] = built[0] if built else self._worked_out(filter_)
            return known

    def _worked_out(self, filter_: Filter | None) -> Overview:
        articles, total = self._index.first(filter_, count=COUNTED)
        return self.on(articles, total)

    def quotes(self) -> Quotes:
        """Return what loads the sentences of articles."""
        return Quotes(self._index, self._language)

    def differing(self, articles: Sequence[Article]) -> list[Statement]:
        """Return what the newest or likeliest of `articles` state differently: pairs of sentences."""
        quotes = self.quotes()
        read = articles[:READ]
        quotes.load(read)
        return differing(read, quotes, self._index.words, self._language.CLAIMS)

    @cached_property
    def names(self) -> Names:
        """What tells people from places."""
        return Names(self._embedder, self._built[1] if self._built else None)

    def on(self, articles: Sequence[Article], total: int, about: Vectors | None = None) -> Overview:
        """Return that of `articles`, the newest or those most on a topic first, of `total` that there are.

        Its time line keeps to what it is `about`, where that is given.
        """
        quotes = self.quotes()
        read = articles[:READ]
        quotes.load(read)
        people, places = people_and_places(articles, quotes, self._language, self.names, count=SHOWN)
        days = sorted(article.published for article in articles if article.published)
        return Overview(
            articles=total,
            since=days[0] if days else None,
            until=days[-1] if days else None,
            briefs=tuple(_briefs(read, quotes)),
            people=tuple(people),
            places=tuple(places),
            timeline=tuple(timeline(read, quotes, self._language, count=SHOWN, about=about)),
            new=tuple(_new(read, quotes)),
        )


def _briefs(articles: Sequence[Article], quotes: Quotes) -> list[Statement]:
    sentences = 2 if len(articles) <= OF_FEW else 1
    return [
        quote.statement(article.title)
        for article in articles[:BRIEFS]
        for quote in quotes.telling(article, sentences)
    ]


def _new(articles: Sequence[Article], quotes: Quotes) -> list[Statement]:
    return [
        quote.statement(day_named(article.published))
        for article in articles[:BRIEFS]
        if article.published
        for quote in quotes.telling(article, 1)
    ]
