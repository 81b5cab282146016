"""Articles to those that nearly duplicate an earlier one: syndicated copies, reprints, small corrections.

A version that states another figure is none: both are shown, for one of them is wrong or out of date.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
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


@dataclass(frozen=True, slots=True)
class Known:
    """What tells which articles may be copies of each other."""

    seniority: tuple[bool, str, str]
    sketch: Shingles
    """The smallest of its shingles, SKETCH at most."""

    @classmethod
    def of(cls, article: Article) -> Known:
        """Return what is known of an `article`."""
        published = article.published.isoformat() if article.published else None
        return cls(seniority(published, article.id), _shingles(_words(article.text))[:SKETCH])


@dataclass(frozen=True, slots=True)
class Copies:
    """Which articles nearly duplicate which, by their numbers."""

    copy_of: Mapping[int, int]
    """The earliest of its group for each of the others."""
    compared: Mapping[tuple[int, int], bool]
    """The pairs whose texts were compared, the earlier article first, and whether they are copies."""

    @property
    def groups(self) -> list[list[int]]:
        """The numbers of each group, earliest first."""
        found: dict[int, list[int]] = {}
        for number, leader in self.copy_of.items():  # which are in the order of their seniority
            found.setdefault(leader, [leader]).append(number)
        return list(found.values())

    def written(self) -> bytes:
        """Return what is kept of it in a file."""
        compared = [[*pair, verdict] for pair, verdict in self.compared.items()]
        return json.dumps({"groups": self.groups, "compared": compared}).encode()


def compared_in(kept: bytes) -> dict[tuple[int, int], bool]:
    """Return the pairs that were compared, as `Copies.written` kept them."""
    return {(earlier, later): verdict for earlier, later, verdict in json.loads(kept)["compared"]}


def find(
    known: Mapping[int, Known],
    text: Callable[[int], str],
    numbers: Container[str] = (),
    compared: Mapping[tuple[int, int], bool] = MappingProxyType({}),
) -> Copies:
    """Return which of the articles that are `known`, by their numbers, nearly duplicate an earlier one.

    `text` returns the text of one, where it was not `compared` before. `numbers` are the words, in small
    letters, that state a figure as digits do: "twelve", "second".

    The one that is copied is the earliest of its group and duplicates none itself, so a chain of ever less
    similar articles never becomes one group. Candidates share some of their smallest shingles, and are
    compared by all of them (Broder, 1997).
    """
    copy_of: dict[int, int] = {}
    holders: dict[int, list[int]] = defaultdict(list)
    verdicts = {pair: verdict for pair, verdict in compared.items() if known.keys() >= set(pair)}
    sketches = _shared(known)

    @lru_cache(maxsize=COMPARED)
    def whole(number: int) -> _Compared:
        return _Compared.of(text(number), numbers)

    def are_copies(earlier: int, later: int) -> bool:
        pair = (earlier, later)
        if pair not in verdicts:
            verdicts[pair] = _are_copies(whole(earlier), whole(later))
        return verdicts[pair]

    for number in sorted(known, key=lambda number: known[number].seniority):
        shared = Counter(earlier for shingle in sketches[number] for earlier in holders[shingle])
        enough = SHARED * len(known[number].sketch)
        candidates = (earlier for earlier, count in shared.items() if count >= enough)
        for earlier in sorted(candidates, key=lambda earlier: known[earlier].seniority):
            if are_copies(earlier, number):
                copy_of[number] = earlier
                break
        else:
            for shingle in sketches[number]:
                if len(holders[shingle]) < HOLDERS:
                    holders[shingle].append(number)
    return Copies(copy_of, verdicts)


def _shared(known: Mapping[int, Known]) -> dict[int, list[int]]:
    """Return of each sketch what others have too."""
    every = np.concatenate([np.empty(0, np.uint64), *(each.sketch for each in known.values())])
    _, places, counts = np.unique(every, return_inverse=True, return_counts=True)
    is_common = counts[places] > 1
    ends = np.cumsum([len(each.sketch) for each in known.values()])
    return {
        number: each.sketch[common].tolist()
        for (number, each), common in zip(known.items(), np.split(is_common, ends)[:-1], strict=True)
    }


def seniority(published: str | None, id_: str) -> tuple[bool, str, str]:
    """Order the earliest published (ISO 8601) first, those without a date last."""
    return published is None, published or "", id_


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """What of a text is compared."""

    shingles: Shingles
    figures: frozenset[str]
    stated: Mapping[Subject, frozenset[str]]
    """Its figures in running text, by what stands beside them."""

    @classmethod
    def of(cls, text: str, numbers: Container[str] = ()) -> _Compared:
        figures = frozenset(re.findall(r"\d+(?:[.,]\d+)*", text))
        return cls(_shingles(_words(text)), figures, _stated(text, numbers))


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


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


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
