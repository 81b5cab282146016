"""An Overview of a whole snapshot to a file in it, and back.

A sentence is kept as its place in its article; what it says is read from there, as every quote is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from rag.answer.overview.held import Overview
from rag.answer.overview.named import Named
from rag.answer.overview.names import NameWeights
from rag.index.opened import Index
from rag.types import Citation, Filter, Passage, Statement

FILE = "overview.json"

_DAYS = ("since", "until")
_PARTS = ("briefs", "timeline", "new")
_NAMES = ("people", "places")


def written(overview: Overview, weights: NameWeights) -> Mapping[str, bytes]:
    """Return the file that keeps `overview` and the `weights` that tell people from places, by its name."""
    content: dict[str, Any] = {"articles": overview.articles, "weights": weights.tolist()}
    for name in _DAYS:
        day: date | None = getattr(overview, name)
        content[name] = day.isoformat() if day else None
    for name in _PARTS:
        content[name] = [_place(each) for each in getattr(overview, name)]
    for name in _NAMES:
        found: Iterable[Named] = getattr(overview, name)
        content[name] = [[each.name, each.role, each.articles, _place(each.statement)] for each in found]
    return {FILE: json.dumps(content, ensure_ascii=False).encode()}


def overview_in(index: Index) -> tuple[Overview, NameWeights] | None:
    """Return the overview of `index` and what tells people from places; None where an older build kept none.

    Raises SnapshotError when the file is damaged.
    """
    content = index.file(FILE)
    if content is None:
        return None
    kept = json.loads(content)
    places = [place for name in _PARTS for place in kept[name]]
    places += [place for name in _NAMES for *_, place in kept[name]]
    said = _Said.of(index, {place[0] for place in places})
    since, until = (date.fromisoformat(kept[name]) if kept[name] else None for name in _DAYS)
    briefs, timeline, new = (tuple(said.at(*place) for place in kept[name]) for name in _PARTS)
    people, places_named = (
        tuple(Named(name, role, articles, said.at(*place)) for name, role, articles, place in kept[part])
        for part in _NAMES
    )
    overview = Overview(kept["articles"], since, until, briefs, people, places_named, timeline, new)
    return overview, np.array(kept["weights"])


def _place(statement: Statement) -> list[object]:
    [citation] = statement.citations
    return [citation.article.id, citation.start, citation.end, statement.label]


@dataclass(frozen=True, slots=True)
class _Said:
    """The passages of some articles, by what they hold."""

    passages: Mapping[str, list[Passage]]

    @classmethod
    def of(cls, index: Index, articles: set[str]) -> _Said:
        found: dict[str, list[Passage]] = {}
        if articles:
            rows = np.flatnonzero(index.allowed(Filter(articles=tuple(articles))))
            for passage in index.passages(rows):
                found.setdefault(passage.article.id, []).append(passage)
        return cls(found)

    def at(self, article: str, start: int, end: int, label: str | None) -> Statement:
        """Return the sentence of `article` from `start` to `end` as a statement under `label`."""
        passage = next(each for each in self.passages[article] if each.start <= start < each.end)
        quote = passage.article.text[start:end]
        return Statement(quote, (Citation(passage, start, end, quote),), "exact", label)
