"""What articles hold to the JSON that a browser is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from rag.answer.overview.held import Overview
from rag.answer.overview.named import Named
from rag.page.article import FactsView, facts
from rag.types import Statement

BRIEFS, NAMES, EVENTS = 5, 8, 6
"""At most, so that all of it is taken in at a glance."""


class Told(TypedDict):
    """A sentence of an article."""

    article: FactsView
    text: str
    label: str | None
    """What it is about: the day of what happened."""


class NameView(TypedDict):
    """Somebody or something that articles name."""

    name: str
    role: str | None
    articles: int


class Holdings(TypedDict):
    """What the articles hold, in short."""

    newest: list[Told]
    people: list[NameView]
    places: list[NameView]
    timeline: list[Told]


def holdings(overview: Overview) -> Holdings:
    """Return what a browser is told of `overview`: of each article at first one sentence."""
    briefs = {each.citations[0].article.id: each for each in reversed(overview.briefs)}
    return {
        "newest": [_told(each) for each in reversed(briefs.values())][:BRIEFS],
        "people": _names(overview.people),
        "places": _names(overview.places),
        "timeline": [_told(each) for each in overview.timeline[-EVENTS:]],
    }


def _told(statement: Statement) -> Told:
    article = statement.citations[0].article
    return {"article": facts(article), "text": statement.text, "label": statement.label}


def _names(named: Sequence[Named]) -> list[NameView]:
    return [{"name": each.name, "role": each.role, "articles": each.articles} for each in named[:NAMES]]
