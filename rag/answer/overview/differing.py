"""Articles to the figures that they state differently, of the same thing, in sentences that are alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.answer.overview.quotes import Quote, Quotes
from rag.index.lexical import LexicalIndex
from rag.question.stated import Claims, Quantity
from rag.types import Article, Statement

ALIKE = 0.6
"""Cosine of two sentences, each read in its article, from which on both may be about one thing."""

SHARED = 0.35
"""Share of the weight of the words of the shorter that both hold."""

COMPARED = 4000
"""Sentences with figures that are compared with each other at most."""

FEW = 3
"""A count from which on another one is another claim: "two men" are told of in many sentences."""

SHOWN = 5
"""Differences at most, the likest first."""


@dataclass(frozen=True, slots=True, eq=False)
class _Figure:
    """A figure that a sentence states."""

    quote: Quote
    quantity: Quantity
    counted: frozenset[str]
    """The terms behind a number without a unit: what it counts."""

    @property
    def words(self) -> str:
        """The figure as it stands in the sentence."""
        return self.quote.citation.quote[self.quantity.start : self.quantity.end]

    def is_of_the_kind_of(self, other: _Figure) -> bool:
        """Say whether both measure, or count, the same."""
        if self.quantity.measure or other.quantity.measure:
            return self.quantity.measure == other.quantity.measure
        return bool(self.counted & other.counted)


def differing(
    articles: Sequence[Article], quotes: Quotes, words: LexicalIndex, claims: Claims | None
) -> list[Statement]:
    """Return pairs of sentences of different `articles` that state other figures, each under both figures.

    None in a language that tells nothing of `claims`.
    """
    if claims is None:
        return []
    figures = [each for article in articles for each in _figures(quotes.of(article), words, claims)][
        :COMPARED
    ]
    if not figures:
        return []
    vectors = np.array([figure.quote.vector for figure in figures])
    alike = np.triu(vectors @ vectors.T, 1)
    found: list[Statement] = []
    said: set[str] = set()
    pairs = np.argwhere(alike >= ALIKE)
    for at, beside in pairs[np.argsort(-alike[tuple(pairs.T)], kind="stable")].tolist():
        one, other = figures[at], figures[beside]
        texts = {one.quote.citation.quote, other.quote.citation.quote}
        if not texts & said and _differ(one, other, words, claims):
            said |= texts
            label = f"{one.words} / {other.words}"
            found += [one.quote.statement(label), other.quote.statement(label)]
        if len(found) >= 2 * SHOWN:
            break
    return found


def _figures(quotes: Sequence[Quote], words: LexicalIndex, claims: Claims) -> Iterator[_Figure]:
    """Yield the figure of each sentence that states one of its kind alone, of the whole and not of a part."""
    for quote in quotes:
        text = quote.citation.quote
        if quote.is_alone and not claims.part.search(text):
            stated = [
                _Figure(quote, each, _counted(text, each, words))
                for each in claims.quantities(text)
                if each.measure or each.high >= FEW
            ]
            yield from (
                each for each in stated if sum(each.is_of_the_kind_of(other) for other in stated) == 1
            )


def _counted(text: str, quantity: Quantity, words: LexicalIndex) -> frozenset[str]:
    behind = re.match(r"(?: [a-z][\w’-]*){1,2}", text[quantity.end :])
    return frozenset(words.analyzer.terms(behind[0])) if behind and not quantity.measure else frozenset()


def _differ(one: _Figure, other: _Figure, words: LexicalIndex, claims: Claims) -> bool:
    """Say whether both state another figure of the same thing at the same time."""
    first, second = one.quote.citation, other.quote.citation
    if first.article.id == second.article.id or not one.is_of_the_kind_of(other):
        return False
    if one.quantity.agrees(other.quantity):
        return False
    years, others = ({day.year for day in claims.days(each.quote)} for each in (first, second))
    sourced = all(claims.source.search(each.quote) for each in (first, second))
    if years and others and not years & others and not sourced:
        return False
    return _shared(first.quote, second.quote, words) >= SHARED


def _shared(one: str, other: str, words: LexicalIndex) -> float:
    """Return the share of the weight of the terms of the lighter of both texts that both hold."""
    terms = [{term for term in words.analyzer.terms(text) if not term[0].isdigit()} for text in (one, other)]
    weights = [sum(map(words.weight, each)) for each in terms]
    return sum(map(words.weight, set.intersection(*terms))) / max(min(weights), 1e-9)
