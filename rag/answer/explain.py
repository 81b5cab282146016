"""Hit to why it was found, for people: its words of the question, its closeness, its places in the lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from rag.types import Hit

Closeness: TypeAlias = Literal["close", "related", "distant"]

CLOSE, RELATED = 0.5, 0.35
"""Least cosine of each. With the default model at least three of four passages that answer are close and
nearly all are related; see docs/answers.md. Other models have other scales."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a passage was found."""

    words: tuple[str, ...]
    """What the question is about and the passage or its title says, as the question has it."""
    closeness: Closeness
    """Of the passage's meaning to the question's."""
    by_words: int | None
    """Place in the list by words, from 1; None when it has none of them or is beyond the depth searched."""
    by_meaning: int | None
    """Place in the list by vectors, from 1; None when beyond the depth searched."""


def why(hit: Hit) -> Why:
    """Return why `hit` was found."""
    closeness: Closeness = (
        "close" if hit.similarity >= CLOSE else "related" if hit.similarity >= RELATED else "distant"
    )
    return Why(hit.words, closeness, hit.bm25_rank if hit.words else None, hit.dense_rank)


def described(reason: Why) -> str:
    """Return `reason` in words: "Matches “soldiers”; close in meaning; 1st by words, 3rd by meaning."."""
    matches = ", ".join(f"“{word}”" for word in reason.words)
    places = [
        f"{_ordinal(place)} by {name}"
        for name, place in (("words", reason.by_words), ("meaning", reason.by_meaning))
        if place
    ]
    parts = (
        f"Matches {matches}" if matches else "No word of the question",
        {"close": "close", "related": "loosely related", "distant": "distant"}[reason.closeness]
        + " in meaning",
        ", ".join(places),
    )
    return "; ".join(part for part in parts if part) + "."


def _ordinal(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
