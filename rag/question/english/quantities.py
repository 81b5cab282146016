"""Text to the figures and days it states, and how exactly each is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.corpus.formats.dates import MONTHS
from rag.question.english.words import MONTH, NUMBERS

WORDS = {word: number for word, number in NUMBERS.items() if number > 1}
"""Not "one", which counts less often than it stands for something."""
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
CURRENCIES = {"£": "pounds", "$": "dollars", "€": "euros"}

YEAR = 31_557_600.0
"""Seconds."""

UNITS = tuple(
    (re.compile(rf"[\s-]?(?:{written})(?!\w)", re.IGNORECASE), measure, size)
    for written, measure, size in (
        (r"square (?:kilomet(?:re|er)s?|km)", "area", 1e6),
        (r"square miles?", "area", 2.589988e6),
        (r"square (?:met(?:re|er)s?|m)", "area", 1.0),
        (r"hectares?", "area", 1e4),
        (r"acres?", "area", 4046.856),
        (r"(?:kilomet(?:re|er)s?|km)(?: per | a |/)s(?:econd)?", "speed", 1000.0),
        (r"met(?:re|er)s?(?: per | a )second", "speed", 1.0),
        (r"(?:kilomet(?:re|er)s?|km)(?: per | an |/)h(?:our)?", "speed", 1 / 3.6),
        (r"miles?(?: per | an )hour|mph", "speed", 0.44704),
        (r"knots?", "speed", 0.514444),
        (r"kilomet(?:re|er)s?|km", "length", 1000.0),
        (r"centimet(?:re|er)s?|cm", "length", 0.01),
        (r"millimet(?:re|er)s?|mm", "length", 0.001),
        (r"met(?:re|er)s?|m", "length", 1.0),
        (r"miles?", "length", 1609.344),
        (r"feet|foot|ft", "length", 0.3048),
        (r"kilograms?|kg", "mass", 1.0),
        (r"milligrams?|mg", "mass", 1e-6),
        (r"(?:metric )?tons?|tonnes?", "mass", 1000.0),
        (r"grams?|g", "mass", 0.001),
        (r"years?", "time", YEAR),
        (r"months?", "time", 2_629_800.0),
        (r"weeks?", "time", 604_800.0),
        (r"days?", "time", 86_400.0),
        (r"hours?", "time", 3600.0),
        (r"minutes?", "time", 60.0),
        (r"seconds?", "time", 1.0),
        (r"degrees? Fahrenheit|°F", "fahrenheit", 1.0),
        (r"degrees?(?: Celsius)?|°C?", "temperature", 1.0),
        (r"per ?cent|%", "share", 1.0),
        (r"(?:US |American )?dollars?", "dollars", 1.0),
        (r"euros?", "euros", 1.0),
        (r"pounds?", "pounds", 1.0),
    )
)
"""A unit as it is written, what it measures, and its size in that measure's own unit; longer ones first."""

AT_LEAST = 1.5
"""Times its number that "more than 60" may mean: it agrees with 64, and not with 200."""

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = rf"(?:{'|'.join(SCALES)}|[bt]n|(?(sign)[mk]n?|(?!)))"
"""Words for a scale; "m" and "k" only of money, where they are no metres."""
_QUANTITY = re.compile(
    r"(?<![\w.,/:-])"
    r"(?:(?P<least>at least|more than|over|upwards of|no fewer than)\s"
    r"|(?P<most>up to|at most|as (?:many|much) as|(?:fewer|less) than|under|nearly|almost|close to)\s"
    r"|(?P<about>about|around|roughly|some|approximately|an estimated|a little (?:over|under)"
    r"|just (?:over|under))\s)?"
    r"(?:(?P<between>between|from)\s)?(?P<sign>[£$€])?"
    rf"(?:(?P<low>{_NUMBER})(?:[\s-]?(?P<scale>{_SCALE}))?"
    rf"(?:(?:\s(?:to|(?(between)and|to))\s|\s?[–-]\s?)[£$€]?(?P<high>{_NUMBER})"
    rf"(?:[\s-]?(?P<high_scale>{_SCALE}))?)?"
    rf"|(?P<word>{'|'.join(WORDS)})(?:\s(?P<word_scale>{_SCALE}))?)(?![\w,]*\d|\.\d|[a-z])",
    re.IGNORECASE,
)
_NO_FIGURE_AFTER = re.compile(
    rf"\s{MONTH}\b|\s(?:a\.?m|p\.?m|o'clock|in the (?:morning|afternoon|evening))\b|:\d"
)
"""A day or a time of day goes on like this."""
_NO_FIGURE_BEFORE = re.compile(
    rf"(?:{MONTH}|aged?|uncertainty of(?: (?:about|around|only))?|give or take|plus or minus|±)\s?$"
)
_NAME_BEFORE = re.compile(r"[a-z,] [A-Z][\w'’-]*\s$")
"""A number after a name, such as "Apollo 11", belongs to it."""
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|of|from|until|to|before|after|and|year|late|early|mid|the)\s$|[,(–-]\s?$", re.I
)
_DAY = re.compile(
    rf"\b(?:(?:(?P<day>\d{{1,2}}) )?(?P<month>{MONTH}),? |(?P<first>{MONTH}) (?P<second>\d{{1,2}}), )?"
    r"(?P<year>1\d{3}|20\d\d)\b(?![,.]\d|\s?%)"
)


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
    month: int | None = None
    day: int | None = None

    def agrees(self, other: object) -> bool:
        """Say whether both may mean the same: a year agrees with its days."""
        if not isinstance(other, Day):
            return False
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(one is None or another is None or one == another for one, another in pairs)


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the figures of `text` in order: no dates, times of day, ages, errors or numbers of names."""
    for found in _QUANTITY.finditer(text):
        if not _is_apart(text, found):
            end, measure, size = _unit(text, found.end(), found["sign"])
            low, high = _bounds(found)
            rounding = _last_digit(found["low"] or "1") / 2 if low == high else 0.0
            yield Quantity(found.start(), end, measure, low * size, high * size, size, rounding * size)


def days(text: str) -> Iterator[Day]:
    """Yield the dates of `text` in order that name a year."""
    for found in _DAY.finditer(text):
        month, day = found["month"] or found["first"], found["day"] or found["second"]
        yield Day(
            found.start(),
            found.end(),
            int(found["year"]),
            MONTHS.index(month) + 1 if month else None,
            int(day) if day else None,
        )


def _is_apart(text: str, found: re.Match[str]) -> bool:
    """Say whether the number states no figure."""
    before = text[: found.start()]
    if _NO_FIGURE_AFTER.match(text, found.end()) or _NO_FIGURE_BEFORE.search(before):
        return True
    said = any(found[name] for name in ("least", "most", "about", "sign", "scale", "word"))
    if not said and _NAME_BEFORE.search(before):
        return True
    if not said and re.fullmatch(r"1\d{3}|20\d\d", found["low"]) and not _unit(text, found.end(), None)[1]:
        counts = re.match(r"\s[a-z]", text[found.end() :]) and not found["high"]
        return not counts or _YEAR_BEFORE.search(before) is not None
    return False


def _unit(text: str, at: int, sign: str | None) -> tuple[int, str, float]:
    """Return where the figure whose number ends at `at` ends, what it measures, and its unit's size."""
    if sign:
        return at, CURRENCIES[sign], 1.0
    for unit, measure, size in UNITS:
        if matched := unit.match(text, at):
            return matched.end(), measure, size
    return at, "", 1.0


def _bounds(found: re.Match[str]) -> tuple[float, float]:
    """Return the least and the most that the number may mean."""
    if found["word"]:
        value = WORDS[found["word"].lower()] * _scale(found["word_scale"])
        return value, value
    value, slack = _rounded(
        found["low"], _scale(found["scale"] or found["high_scale"]), found["about"] or found["most"]
    )
    if found["high"]:
        return value, float(found["high"].replace(",", "")) * _scale(found["high_scale"] or found["scale"])
    if found["least"]:
        return value - slack, value * AT_LEAST
    return (value / AT_LEAST if found["most"] else value - slack), value + slack


def _scale(word: str | None) -> float:
    return (SCALES | SHORT_SCALES)[word.lower()] if word else 1.0


def _last_digit(digits: str) -> float:
    """Return what the last digit of a number counts, zeros at the end of a whole one aside."""
    whole, _, decimals = digits.replace(",", "").partition(".")
    return 10.0 ** (-len(decimals) if decimals else len(whole) - len(whole.rstrip("0")))


def _rounded(digits: str, scale: float, vague: str | None) -> tuple[float, float]:
    """Return the value of `digits` and by how much it may have been rounded.

    A whole number that ends in zeros is rounded where a word says so, or where it ends in two or more.
    """
    value = float(digits.replace(",", ""))
    if "." in digits or scale > 1 or vague or digits.endswith("00"):
        return value * scale, scale * _last_digit(digits) / 2
    return value, 0.0
