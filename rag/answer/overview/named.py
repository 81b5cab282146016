"""Articles to the people and places that they name, those that most articles name first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rag.answer.overview.names import Names
from rag.answer.overview.quotes import Quote, Quotes
from rag.question.language import Language
from rag.types import Article, Statement

CONSIDERED = 60
"""Names of one word, and of several, that are looked at, those of most articles: a reader is shown a few."""

LOOKED_AT = 6
"""Places of a name at which its bearer's role is looked for: it is told at the first mention, mostly."""

LONGEST_INITIALS = 5
"""Letters of a name in capitals that is initials and not shouted."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that articles name."""

    name: str
    role: str | None
    """What a person is, as it stands in the statement; None where the articles do not say, and of a place."""
    articles: int
    """How many name it, of those looked at."""
    statement: Statement
    """A sentence that names it, with the role if there is one."""


@dataclass(slots=True)
class _Mentions:
    """Where a name stands."""

    articles: set[str] = field(default_factory=set)
    places: list[tuple[Article, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """A sentence that says what somebody is."""

    quote: Quote
    role: str


def people_and_places(
    articles: Sequence[Article], quotes: Quotes, language: Language, names: Names, *, count: int
) -> tuple[list[Named], list[Named]]:
    """Return up to `count` people, those whose role is told first, and as many places, of `articles`."""
    mentions = _mentions(articles, language)
    ranked = sorted(mentions, key=lambda name: (-len(mentions[name].articles), -len(mentions[name].places)))
    short, full = ([name for name in ranked if (" " in name) == is_full] for is_full in (False, True))
    among = {*short[:CONSIDERED], *full[:CONSIDERED]}
    considered = [name for name in ranked if name in among]
    quotes.load(article for name in considered for article, *_ in mentions[name].places[:LOOKED_AT])
    people: list[Named] = []
    places: list[Named] = []
    for name, kind in zip(considered, names.kinds(considered), strict=True):
        told = mentions[name]
        if kind == "place":
            places += _found(name, told, _first(told, quotes))
        elif " " in name and kind == "person":
            said = _role(told, quotes, language)
            people += (
                _found(name, told, said.quote, said.role)
                if said
                else _found(name, told, _first(told, quotes))
            )
    people.sort(key=lambda person: person.role is None)
    return people[:count], places[:count]


def _mentions(articles: Iterable[Article], language: Language) -> dict[str, _Mentions]:
    """Return where each name stands; who is called by the last name alone counts as named in full."""
    found: dict[str, _Mentions] = defaultdict(_Mentions)
    for article in articles:
        full: dict[str, str] = {}
        for start, end in language.names_in(article.text):
            name = article.text[start:end]
            if name.isupper() and len(name) > LONGEST_INITIALS:
                name = name.title()  # "WASHINGTON – The president"
            if " " in name:
                full.setdefault(name.split()[-1], name)
            mention = found[full.get(name, name)]
            mention.articles.add(article.id)
            mention.places.append((article, start, end))
    return found


def _found(name: str, mentions: _Mentions, quote: Quote | None, role: str | None = None) -> list[Named]:
    return [Named(name, role, len(mentions.articles), quote.statement(name))] if quote else []


def _role(mentions: _Mentions, quotes: Quotes, language: Language) -> _Said | None:
    """Return the best sentence that says what somebody is."""
    found = [
        _Said(quote, article.text[role[0] : role[1]])
        for article, start, end in mentions.places[:LOOKED_AT]
        if (role := language.role_of(article.text, start, end)) and (quote := quotes.at(article, start))
    ]
    return max(found, key=lambda said: (said.quote.is_alone, " " in said.role), default=None)


def _first(mentions: _Mentions, quotes: Quotes) -> Quote | None:
    """Return the first sentence that names it and can be quoted alone."""
    places = mentions.places[:LOOKED_AT]
    found = (quotes.at(article, start) for article, start, _ in places)
    return next((quote for quote in found if quote and quote.is_alone), None)
