"""What articles hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rag.answer.overview.named import Named
from rag.types import Statement


@dataclass(frozen=True, slots=True)
class Overview:
    """What articles hold, in their own sentences; each statement's label says what it is about."""

    articles: int
    """How many pass the filter."""
    since: date | None
    """Day of the oldest, None where none of those looked at has a date."""
    until: date | None
    """Day of the newest."""
    briefs: tuple[Statement, ...]
    """One or two telling sentences of each of the newest articles, labelled with its title."""
    people: tuple[Named, ...]
    places: tuple[Named, ...]
    timeline: tuple[Statement, ...]
    """What happened, oldest first, labelled with the day, the month or the year."""
    new: tuple[Statement, ...]
    """The most telling sentence of each of the newest articles, newest first, labelled with its day."""
