"""What a reader can choose to limit answers to, from the cards of the articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any, TypedDict

from rag.chat import Chat
from rag.corpus.filters import collections_of
from rag.errors import RagError
from rag.page.article import FactsView, facts
from rag.page.asking import limits_of
from rag.page.calls.articles import Cards
from rag.types import Card, Filter

MOST = 2000
"""Names of one kind that a browser is sent, the most frequent first."""

TITLES = 8
"""Articles that are offered for what is typed of a title."""


class Choice(TypedDict):
    """A name, and how many articles have it."""

    name: str
    count: int


class Choices(TypedDict):
    """What there is to choose from."""

    since: str | None
    """Day of the oldest article, ISO 8601."""
    until: str | None
    sources: list[Choice]
    authors: list[Choice]
    collections: list[Choice]


class Passing(TypedDict):
    """How many articles a filter lets pass; None where it cannot be told, and why."""

    count: int | None
    undated: int
    """How many its days shut out because they have no date."""
    message: str | None


def calls(newest: Callable[[], Chat], cards: Cards) -> list[Callable[[Any], Any]]:
    """Return the functions that a browser calls, with what may be anything."""

    def choices(_: object) -> Choices:
        return choices_of(cards())

    def titled(part: object) -> list[FactsView]:
        return with_title(cards(), str(part))

    def passing(sent: object) -> Passing:
        try:
            asked = limits_of(sent).filter()
            chat = newest()
            count = chat.passing(asked)
            return {"count": count, "undated": _undated(chat, asked), "message": None}
        except RagError as error:
            return {"count": None, "undated": 0, "message": str(error)}

    return [choices, titled, passing]


def _undated(chat: Chat, asked: Filter | None) -> int:
    """Return how many articles without a date pass what is asked but for its days, if it has any."""
    if asked is None or not (asked.since or asked.until):
        return 0
    timeless = replace(asked, since=None, until=None)
    dated = replace(asked, since=date.min, until=date.max)
    return chat.passing(timeless) - chat.passing(dated)


def choices_of(cards: Sequence[Card]) -> Choices:
    """Return what there is to choose from among `cards`."""
    days = [card.published for card in cards if card.published]
    return {
        "since": min(days).isoformat() if days else None,
        "until": max(days).isoformat() if days else None,
        "sources": _counted(card.source for card in cards),
        "authors": _counted(card.author for card in cards),
        "collections": _counted(name for card in cards for name in collections_of([card.id])),
    }


def _counted(names: Iterable[str | None]) -> list[Choice]:
    counts = Counter(filter(None, names)).most_common(MOST)
    return [{"name": name, "count": count} for name, count in counts]


def with_title(cards: Iterable[Card], part: str) -> list[FactsView]:
    """Return the first of the `cards` whose title holds every word of `part`."""
    words = part.casefold().split()
    found = (card for card in cards if all(word in card.title.casefold() for word in words))
    return [facts(card) for card in islice(found, TITLES)]
