"""A question for a fact of an article, who wrote it or when say, to a Listing that leads with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from rag.answer.catalogue import articles_on, described, limited, meant
from rag.question.phrases import fold
from rag.question.times import day_named
from rag.question.understood import Understood
from rag.retrieval.retrieve import Retriever
from rag.types import Article, Filter, Listing

LOOKED_AT = 1000
"""Articles, the newest, of which what is told of all is told."""

SHOWN = 5
"""Articles that are named as those of which something is told."""

TITLE = 3
"""Words of a title that a question may be about without saying that it means an article."""

NAMED = 20
"""Authors or sources at most."""

NOT_STATED = "not stated"


def _day(article: Article) -> str | None:
    return day_named(article.published) if article.published else None


OF_ONE: Mapping[str, Callable[[Article], str | None]] = {
    "article": lambda article: article.title,
    "title": lambda article: article.title,
    "author": lambda article: article.author,
    "source": lambda article: article.source,
    "date": _day,
    "byline": lambda article: ", ".join(filter(None, (article.author, _day(article)))) or None,
    "length": lambda article: f"{len(article.text.split()):,} words",
    "url": lambda article: article.url,
    "language": lambda article: article.language,
    "file": lambda article: article.id,
}
"""Facts of an article, in words."""


def _authors(articles: Sequence[Article]) -> list[str]:
    return _by_frequency(each.author for each in articles)


def _sources(articles: Sequence[Article]) -> list[str]:
    return _by_frequency(each.source for each in articles)


def _by_frequency(names: Iterable[str | None]) -> list[str]:
    return [name for name, _ in Counter(filter(None, names)).most_common()]


def _span(articles: Sequence[Article]) -> list[str]:
    days = sorted(article.published for article in articles if article.published)
    return [" to ".join(dict.fromkeys((day_named(days[0]), day_named(days[-1]))))] if days else []


OF_ALL: Mapping[str, Callable[[Sequence[Article]], list[str]]] = {
    "authors": _authors,
    "author": _authors,
    "busiest": lambda articles: _authors(articles)[:1],
    "sources": _sources,
    "source": _sources,
    "span": _span,
    "date": _span,
}
"""What is told of several articles."""


def fact(
    question: Understood, retriever: Retriever, understand: Callable[[str], Understood], among: Filter | None
) -> Listing | None:
    """Return the fact that `question` asks of the articles that pass `among`; None where it is clear of none.

    `understand` is asked about its topic. Raises FilterError when no article passes.
    """
    assert question.kind is not None
    parts = question.kind.parts
    asked, named = parts["fact"], parts.keys() - {"fact", "all"}
    within, reading = limited(question, among)
    articles, total = meant(parts, retriever, understand, within, count=LOOKED_AT, anywhere=True)
    if "title" in parts and not any(fold(parts["title"]) in fold(each.title) for each in articles):
        return None  # it is a book's, say, of which some article tells
    is_one = bool(articles) and (total == 1 or bool(named)) and asked in OF_ONE
    if is_one:
        articles, total = articles[:1], 1
        lead = OF_ONE[asked](articles[0]) or NOT_STATED
    elif articles and asked in OF_ALL and (asked not in OF_ONE or "all" in parts):
        lead = ", ".join(OF_ALL[asked](articles)[:NAMED]) or NOT_STATED
    else:
        return None
    words = described(parts, reading)
    return Listing(question.text, tuple(articles[:SHOWN]), total, words, lead, reading=reading)


def by_title(question: Understood, articles: Iterable[Article]) -> str | None:
    """Return `question` with the title of one of `articles` between quotation marks; None where it has none.

    Titles of few words are names of things, too.
    """
    asked = fold(question.text)
    for article in articles:
        title = fold(article.title)
        if len(title.split()) >= TITLE and title in asked:
            return asked.replace(title, f'"{title}"')
    return None


def titled(
    question: Understood, retriever: Retriever, understand: Callable[[str], Understood], among: Filter | None
) -> Listing | None:
    """Return who wrote the article that has the words that `question` asks the source of as its title."""
    assert question.kind is not None
    title = question.kind.parts.get("text", "")
    if not title:
        return None
    found = [
        each for each in articles_on(understand(title), retriever, among) if fold(title) in fold(each.title)
    ]
    if not found:
        return None
    return Listing(question.text, (found[0],), 1, "", found[0].author or NOT_STATED)
