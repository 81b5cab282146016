"""Figures and days as sentences state them, and what tells them from each other, whatever their language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

YEAR = 31_557_600.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, and where it stands in its text."""

    start: int
    end: int
    """With the words that say how exactly it is meant and, where it has one, its unit."""
    measure: str
    """What its unit measures, or a currency; empty without a unit."""
    low: float
    high: float
    """The least and most that it may mean, in the measure's own unit."""
    unit: float = 1.0
    """Size of its unit in the measure's own."""
    rounding: float = 0.0
    """By how much an exact one is off at most if it was converted from another unit: half its last digit."""

    def agrees(self, other: object) -> bool:
        """Say whether both may mean the same: "more than 60" and 64 do, 1,503 and 1,517 do not.

        So do "324 metres" and "1,063 feet": of two units one is converted, and rounded.
        """
        if not isinstance(other, Quantity) or self.measure != other.measure:
            return False
        slack = self.rounding + other.rounding if self.unit != other.unit else 0.0
        return self.low <= other.high + slack and other.low <= self.high + slack


@dataclass(frozen=True, slots=True)
class Day:
    """A day, a month or a year, and where it stands in its text."""

    start: int
    end: int
    year: int
    month: int | None
    day: int | None

    def agrees(self, other: object) -> bool:
        """Say whether both may mean the same: a year agrees with its days."""
        if not isinstance(other, Day):
            return False
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(one is None or another is None or one == another for one, another in pairs)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as questions ask for it."""

    asked: re.Pattern[str]
    measures: frozenset[str]
    """What the units measure that it is given in."""
    said: re.Pattern[str]
    """A word that a sentence needs to mean it; any, where it needs none."""
    told: re.Pattern[str] | None
    """What a text holds that tells it; None where it may be told without a unit, as times and ages are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a language tells of figures, days and deeds that articles may state differently."""

    measure_of: Callable[[str], tuple[Measure, str] | None]
    """What a question asks to be measured, and the words that do."""
    quantities: Callable[[str], Iterator[Quantity]]
    days: Callable[[str], Iterator[Day]]
    doer: Callable[[str, str], re.Match[str] | None]
    """Of a text and a verb in the past, who did it: group 1."""
    counted: re.Pattern[str]
    """A question for a count: what is counted is group 1."""
    toll: re.Pattern[str]
    """One for all the dead, without a word for what is counted."""
    deaths: re.Pattern[str]
    dead: re.Pattern[str]
    """Words for those who are counted as dead, and for the dead alone."""
    when: re.Pattern[str]
    who: re.Pattern[str]
    """A question for a deed that one does: several attend a summit or support a plan."""
    age: re.Pattern[str]
    of_one: re.Pattern[str]
    """A question for one source's figure; the others' do not answer it."""
    source: re.Pattern[str]
    part: re.Pattern[str]
    """A sentence that speaks of a part of the whole."""
    now: re.Pattern[str]
    """A sentence that is about the time when its article was published."""
    place: re.Pattern[str]
    """Where something is so: group 1."""
    nobody: re.Pattern[str]
    """A word with a capital that names nobody: "He", "Scientists"."""
    people: frozenset[str]
    """Words for those who are counted, dead or not."""
    goes_on: frozenset[str]
    """Words after a number that counts what was named before it: "a death toll of 64 until August"."""
    ignored: frozenset[str]
    """Words that ask for nothing that a sentence would repeat."""
