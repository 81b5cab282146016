"""Articles to what they say happened when, in the order of the days."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.overview.quotes import Quote, Quotes
from rag.question.language import Language
from rag.question.times import Days, day_named
from rag.types import Article, Statement

OF_ONE = 6
"""Events of one article at most where there are several."""


def timeline(
    articles: Sequence[Article], quotes: Quotes, language: Language, *, count: int
) -> list[Statement]:
    """Return up to `count` sentences of `articles` that say when something was, under its day, in order.

    Those near what their article is about stay where there are more.
    """
    dated: list[tuple[float, Days, Quote]] = []
    for article in articles:
        whole = quotes.whole(article)
        found = [
            (float(quote.vector @ whole), days[0], quote)
            for quote in quotes.of(article)
            if quote.is_alone and (days := _days(quote, language))
        ]
        dated += sorted(found, key=lambda each: -each[0])[: OF_ONE if len(articles) > 1 else count]
    best = sorted(dated, key=lambda each: -each[0])[:count]
    return [quote.statement(named(days)) for _, days, quote in sorted(best, key=lambda each: each[1])]


def named(days: Days) -> str:
    """Return in words the day, the month or the years from the first to the last of `days`."""
    first, last = days
    if first == last:
        return day_named(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"


def _days(quote: Quote, language: Language) -> list[Days]:
    published = quote.citation.article.published
    return [days for _, days in language.dates_in(quote.citation.quote, published)]
