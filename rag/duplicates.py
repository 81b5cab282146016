"""Articles to those that nearly duplicate an earlier one: syndicated copies, reprints, small corrections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from rag.embedding import Vectors, means
from rag.types import Article, Passage
from rag.vectors import VectorIndex

NEAR = 0.9
"""Cosine of the means of two articles' passages from which on their words are compared."""

SHINGLE = 5
"""Words in a row that are compared as one."""

RESEMBLANCE = 0.75
"""Share of all shingles of two articles that both have. Of 3,786 news articles, copies with another first
line or foot and corrected ones lie at 0.75 to 1, daily columns on one template at 0.52 at most."""

CONTAINMENT = 0.9
"""Share of the shorter one's shingles that the longer one has: from here on it adds nothing, if ..."""

HALF = 0.5
"""... it is at least half as long. A round-up that takes in a short report is more than a copy of it."""

FIGURES = 0.5
"""Share of the numbers that two copies have in common: weather reports and tables of results change these
and little else."""

FEW_FIGURES = 3
"""Numbers below which they tell nothing."""


def find(articles: Sequence[Article], passages: Sequence[Passage], vectors: Vectors) -> list[int | None]:
    """Return for each article the place of the one that it nearly duplicates, None for most.

    That one is the earliest of its group, which duplicates none itself, so a chain of ever less similar
    articles is never one group. `vectors` has a row a passage, passages lie in the order of `articles`.
    """
    copy_of: list[int | None] = [None] * len(articles)
    texts = [_Words(article.text) for article in articles]
    near = _near(articles, passages, vectors)
    in_order = sorted(near, key=lambda place: _seniority(articles[place]))
    later = set(in_order)
    for leader in in_order:
        later.discard(leader)
        if copy_of[leader] is None:
            for other in near[leader]:
                if other in later and copy_of[other] is None and _are_copies(texts[leader], texts[other]):
                    copy_of[other] = leader
    return copy_of


def _near(articles: Sequence[Article], passages: Sequence[Passage], vectors: Vectors) -> dict[int, list[int]]:
    """Return by place the other articles whose passages mean about the same; only places that have some."""
    places = {article.id: place for place, article in enumerate(articles)}
    owners = np.array([places[passage.article.id] for passage in passages], dtype=np.int64)
    with_text = np.unique(owners)
    neighbours = VectorIndex.of(means(vectors, owners)).pairs(NEAR)
    found = {
        int(place): [int(other) for other in with_text[rows] if other != place]
        for place, rows in zip(with_text, neighbours, strict=True)
    }
    return {place: others for place, others in found.items() if others}


def _seniority(article: Article) -> tuple[bool, date, str]:
    """Order the earliest published first, those without a date last."""
    return article.published is None, article.published or date.min, article.id


@dataclass(frozen=True)
class _Words:
    """A text as it is compared; what is compared is worked out when it is first needed."""

    text: str

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        words = re.findall(r"\w+", self.text.casefold())
        runs = zip(*(words[start:] for start in range(SHINGLE)), strict=False)
        return frozenset(runs) or frozenset([tuple(words)])

    @cached_property
    def figures(self) -> frozenset[str]:
        return frozenset(re.findall(r"\d+(?:[.,]\d+)*", self.text))


def _are_copies(one: _Words, other: _Words) -> bool:
    """Tell whether two texts resemble each other or one contains the other (Broder, 1997), figures too."""
    shorter, longer = sorted((len(one.shingles), len(other.shingles)))
    if shorter < HALF * longer:
        return False
    shared = len(one.shingles & other.shingles)
    if shared < CONTAINMENT * shorter and shared < RESEMBLANCE * (shorter + longer - shared):
        return False
    fewer = min(len(one.figures), len(other.figures))
    return fewer < FEW_FIGURES or len(one.figures & other.figures) >= FIGURES * fewer
