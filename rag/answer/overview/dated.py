"""Articles to what they say happened when, in the order of the days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.answer.overview.quotes import Quote, Quotes
from rag.index.embedding import Vectors
from rag.index.sentences import Span
from rag.question.language import Language
from rag.question.times import Days, day_named
from rag.types import Article, Citation, Statement

RECENT = 1
"""Years before its publication of which an article tells as news."""

OF_ONE = 6
"""Events of one article at most where there are several."""


def timeline(
    articles: Sequence[Article],
    quotes: Quotes,
    language: Language,
    *,
    count: int,
    about: Vectors | None = None,
) -> list[Statement]:
    """Return up to `count` sentences of `articles` that say when something was, under its day, in order.

    Where there are more, those stay that are near what the time line is `about`, else their own article.
    """
    dated: list[tuple[float, date, str, Quote]] = []
    for article in articles:
        whole = quotes.whole(article) if about is None else about
        stated = list(language.dates_in(article.text, None))
        found = [
            (float(quote.vector @ whole), *day, quote)
            for quote in quotes.of(article)
            if quote.is_alone and (day := _first_day(quote, stated, language))
        ]
        dated += sorted(found, key=lambda each: -each[0])[: OF_ONE if len(articles) > 1 else count]
    best = sorted(dated, key=lambda each: -each[0])[:count]
    return [quote.statement(label) for _, _, label, quote in sorted(best, key=lambda each: each[1])]


def days_named(days: Days) -> str:
    """Return in words the day, the month or the years from the first to the last of `days`."""
    first, last = days
    if first == last:
        return day_named(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"


def _first_day(
    quote: Quote, stated: Sequence[tuple[Span, Days]], language: Language
) -> tuple[date, str] | None:
    """Return the first day that `quote` names, and it in words: its own where it leaves out the year.

    What stands between brackets is said in passing.
    """
    citation = quote.citation
    years = {start - citation.start for (start, _), _ in stated}
    for (start, end), days in language.dates_in(citation.quote, _now(citation, stated)):
        return days[0], days_named(days) if start in years else citation.quote[start:end]
    return None


def _now(citation: Citation, stated: Sequence[tuple[Span, Days]]) -> date | None:
    """Return when a day without its year was, at the latest: by when the article was published.

    In one that tells of long ago, it is of the year that was named before it; in one without a date, of the
    last that it names.
    """
    published = citation.article.published
    before = next((days[1] for span, days in reversed(stated) if span[0] < citation.start), None)
    if published is None:
        return max((days[1] for _, days in stated), default=None)
    return date(before.year, 12, 31) if before and before.year + RECENT < published.year else published
