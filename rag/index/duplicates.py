"""Articles to those that nearly duplicate an earlier one: syndicated copies, reprints, small corrections.

A version that states another figure is none: both are shown, for one of them is wrong or out of date.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from rag.types import Article

SHINGLE = 5
"""Words in a row that are compared as one."""

RESEMBLANCE = 0.75
"""Share of all shingles of two articles that both have. Among 3,786 news articles, reprints and corrected
versions have 0.75 to 1; a daily column on one template has 0.52 at most."""

CONTAINMENT = 0.9
"""Share of the shorter article's shingles that the longer one has: from here on it adds nothing, ..."""

HALF = 0.5
"""... if it is at least half as long: a round-up is more than a copy of a short report that it takes in."""

FIGURES = 0.5
"""Share of the fewer numbers that copies have in common: weather reports change these and little else."""

FEW_FIGURES = 3
"""Numbers in a text below which they tell nothing."""

BESIDE = 3
"""Words on either side of a figure that are the same where two texts state it of the same thing."""

RUNNING = 12
"""Words of a line from which on it is running text: bylines and marks of time differ between copies."""

SKETCH = 64
"""Smallest shingles by which candidates are found. Copies share 29 at least on average, see HALF."""

SHARED = 0.25
"""Share of a sketch that makes a candidate: far below what copies share, far above what others do."""

HOLDERS = 50
"""Earliest articles that are looked up for a shingle. The one that is copied is the earliest to have it,
and a page's furniture, the same in thousands of articles, costs no more than that."""

COMPARED = 256
"""Texts whose shingles are kept while others are compared with them."""

Shingles = npt.NDArray[np.uint64]
"""Sorted, each once."""

Subject: TypeAlias = tuple[str, ...]
"""The words before and behind a figure."""


def find(articles: Sequence[Article], numbers: Container[str] = ()) -> list[int | None]:
    """Return for each article the place of the one that it nearly duplicates, None for most.

    `numbers` are the words, in small letters, that state a figure as digits do: "twelve", "second".

    That one is the earliest of its group and duplicates none itself, so a chain of ever less similar articles
    never becomes one group. Candidates share some of their smallest shingles, and are compared by all of them
    (Broder, 1997).
    """
    copy_of: list[int | None] = [None] * len(articles)
    holders: dict[int, list[int]] = defaultdict(list)

    @lru_cache(maxsize=COMPARED)
    def compared(place: int) -> _Compared:
        return _Compared.of(articles[place].text, numbers)

    for place in sorted(range(len(articles)), key=lambda place: _seniority(articles[place])):
        sketch = compared(place).shingles[:SKETCH].tolist()
        shared = Counter(earlier for shingle in sketch for earlier in holders[shingle])
        copy_of[place] = next(
            (
                earlier
                for earlier in sorted(shared, key=lambda place: _seniority(articles[place]))
                if shared[earlier] >= SHARED * len(sketch) and _are_copies(compared(earlier), compared(place))
            ),
            None,
        )
        if copy_of[place] is None:
            for shingle in sketch:
                if len(holders[shingle]) < HOLDERS:
                    holders[shingle].append(place)
    return copy_of


def _seniority(article: Article) -> tuple[bool, date, str]:
    """Order the earliest published first, those without a date last."""
    return article.published is None, article.published or date.min, article.id


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """What of a text is compared."""

    shingles: Shingles
    figures: frozenset[str]
    stated: Mapping[Subject, frozenset[str]]
    """Its figures in running text, by what stands beside them."""

    @classmethod
    def of(cls, text: str, numbers: Container[str] = ()) -> _Compared:
        words = re.findall(r"\w+", text.casefold())
        figures = frozenset(re.findall(r"\d+(?:[.,]\d+)*", text))
        return cls(_shingles(words), figures, _stated(text, numbers))


def _stated(text: str, numbers: Container[str]) -> dict[Subject, frozenset[str]]:
    """Return the figures of `text`, by the words beside them, of which those that are figures count alike."""
    found: dict[Subject, set[str]] = defaultdict(set)
    for line in text.casefold().splitlines():
        words = re.findall(r"\d+(?:[.,:]\d+)*|\w+", line)
        if len(words) >= RUNNING:
            is_figure = [word[0].isdigit() or word in numbers for word in words]
            masked = ["#" if is_one else word for word, is_one in zip(words, is_figure, strict=True)]
            for at in range(BESIDE, len(words) - BESIDE):
                if is_figure[at]:
                    beside = (*masked[at - BESIDE : at], *masked[at + 1 : at + BESIDE + 1])
                    found[beside].add(words[at])
    return {beside: frozenset(figures) for beside, figures in found.items()}


def _contradict(one: _Compared, other: _Compared) -> bool:
    """Tell whether two texts state other figures beside the same words."""
    return any(not one.stated[beside] & other.stated[beside] for beside in one.stated.keys() & other.stated)


def _shingles(words: Sequence[str]) -> Shingles:
    """Return the hashes of all runs of SHINGLE words, the same in every run of the program."""
    hashes = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    runs = np.zeros(max(len(words) - SHINGLE + 1, min(len(words), 1)), dtype=np.uint64)
    for at in range(min(SHINGLE, len(words))):
        runs = (runs ^ hashes[at : at + len(runs)]) * np.uint64(0x9E3779B97F4A7C15)
        runs ^= runs >> np.uint64(32)
    return np.unique(runs)


def _are_copies(one: _Compared, other: _Compared) -> bool:
    """Tell whether two texts resemble each other or the longer contains the shorter, in words and numbers."""
    shorter, longer = sorted((len(one.shingles), len(other.shingles)))
    if shorter < HALF * longer:
        return False
    shared = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    if shared < CONTAINMENT * shorter and shared < RESEMBLANCE * (shorter + longer - shared):
        return False
    if _contradict(one, other):
        return False
    fewer = min(len(one.figures), len(other.figures))
    return fewer < FEW_FIGURES or len(one.figures & other.figures) >= FIGURES * fewer
