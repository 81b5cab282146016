"""Text to the figures and days it states, and how exactly each is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.question.english.measures import SIGNS, unit_at
from rag.question.english.words import MONTH, NUMBERS, month_number
from rag.question.stated import Day, Quantity

WORDS = {word: number for word, number in NUMBERS.items() if number > 1}
"""Not "one", which counts less often than it stands for something."""
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
PART_OFF = 0.05
"""Share by which "two-thirds" may be off."""
AT_LEAST = 1.5
"""Times its number that "more than 60" may mean: it agrees with 64, and not with 200."""

_NUMBER = r"(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3}(?!\d))+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SIGN = "[" + "".join(SIGNS) + "]"
_PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_PART = (
    rf"(?:(?P<count>{'|'.join(WORDS)})[\s-]|an?\s)?(?P<part>{'|'.join(_PARTS)})"
    r"(?:s\b|\b(?= of\b| an? [hmbt]))"
)
"""A part of something is a share of it: "two-thirds"; or of a number: "half a million"."""
_SCALE = rf"(?:{'|'.join(SCALES)}|[bt]n|(?(sign)[mk]n?|(?!)))"
"""Words for a scale; "m" and "k" only of money, where they are no metres."""
_QUANTITY = re.compile(
    r"(?<![\w.,/:-])"
    r"(?:(?P<least>at least|more than|over|upwards of|no fewer than)\s"
    r"|(?P<most>up to|at most|as (?:many|much) as|(?:fewer|less) than|under|nearly|almost|close to)\s"
    r"|(?P<about>about|around|roughly|some|approximately|an estimated|a little (?:over|under)"
    r"|just (?:over|under))\s)?"
    rf"(?:(?P<between>between|from)\s)?(?P<sign>{_SIGN})?(?P<minus>(?<!plus or )minus\s|[−-](?=\d))?"
    rf"(?:(?P<low>{_NUMBER})(?:[\s-]?(?P<scale>{_SCALE}))?"
    rf"(?:(?:\s(?:to|(?(between)and|to))\s|\s?[–-]\s?){_SIGN}?(?P<high>{_NUMBER})"
    rf"(?:[\s-]?(?P<high_scale>{_SCALE}))?)?"
    rf"|{_PART}(?: (?:of )?an? (?P<part_scale>{'|'.join(SCALES)}))?"
    rf"|(?P<word>{'|'.join(WORDS)})(?:\s(?P<word_scale>{_SCALE}))?)(?![\w,]*\d|\.\d|[a-z])",
    re.IGNORECASE,
)
_NO_FIGURE_AFTER = re.compile(rf"\s(?:{MONTH}|[ap]\.?m|o'clock|in the (?:morning|afternoon|evening))\b|:\d")
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
    rf"\b(?:(?:(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? )?(?P<month>{MONTH}),? "
    rf"|(?P<first>{MONTH}) (?P<second>\d\d?)(?:st|nd|rd|th)?,? )?(?P<year>1\d\d\d|20\d\d)\b"
    r"(?:-(?P<number>0[1-9]|1[0-2])-(?P<last>[0-3]\d)\b)?(?![,.]\d|\s?%)"
)


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the figures of `text` in order: no dates, times of day, ages, errors or numbers of names."""
    for found in _QUANTITY.finditer(text):
        if not _is_apart(text, found):
            end, measure, size = _unit(text, found)
            low, high = _bounds(found)
            rounding = _last_digit(found["low"] or "1") / 2 if low == high else 0.0
            yield Quantity(found.start(), end, measure, low * size, high * size, size, rounding * size)


def days(text: str) -> Iterator[Day]:
    """Yield the dates of `text` in order that name a year."""
    for found in _DAY.finditer(text):
        month, day = found["month"] or found["first"], found["day"] or found["second"] or found["last"]
        number = month_number(month) if month else int(found["number"] or 0)
        yield Day(*found.span(), int(found["year"]), number or None, int(day) if day else None)


def _is_apart(text: str, found: re.Match[str]) -> bool:
    """Say whether the number states no figure."""
    before = text[: found.start()]
    if _NO_FIGURE_AFTER.match(text, found.end()) or _NO_FIGURE_BEFORE.search(before):
        return True
    said = any(found[name] for name in ("least", "most", "about", "sign", "scale", "word", "part"))
    if not said and _NAME_BEFORE.search(before):
        return True
    if not said and re.fullmatch(r"1\d{3}|20\d\d", found["low"]) and not unit_at(text, found.end())[1]:
        counts = re.match(r"\s[a-z]", text[found.end() :]) and not found["high"]
        return not counts or _YEAR_BEFORE.search(before) is not None
    return False


def _unit(text: str, found: re.Match[str]) -> tuple[int, str, float]:
    """Return where the figure of the number `found` ends, what it measures, and its unit's size."""
    if found["sign"]:
        return found.end(), SIGNS[found["sign"]], 1.0
    if found["part"] and not found["part_scale"]:
        return found.end(), "share", 1.0
    return unit_at(text, found.end())


def _bounds(found: re.Match[str]) -> tuple[float, float]:
    """Return the least and the most that the number may mean."""
    if found["part"]:
        value = WORDS.get((found["count"] or "").lower(), 1) * _PARTS[found["part"].lower()]
        value *= _scale(found["part_scale"]) if found["part_scale"] else 100  # per cent
        return value * (1 - PART_OFF), value * (1 + PART_OFF)
    if found["word"]:
        value = WORDS[found["word"].lower()] * _scale(found["word_scale"])
        return value, value
    if found["minus"]:
        return -_value(found["low"]), -_value(found["low"])
    value, slack = _rounded(
        found["low"], _scale(found["scale"] or found["high_scale"]), found["about"] or found["most"]
    )
    if found["high"]:
        return value, _value(found["high"]) * _scale(found["high_scale"] or found["scale"])
    if found["least"]:
        return value - slack, value * AT_LEAST
    return (value / AT_LEAST if found["most"] else value - slack), value + slack


def _scale(word: str | None) -> float:
    return (SCALES | SHORT_SCALES)[word.lower()] if word else 1.0


def _value(digits: str) -> float:
    return float(re.sub(r"[,\s]", "", digits))


def _last_digit(digits: str) -> float:
    """Return what the last digit of a number counts, zeros at the end of a whole one aside."""
    whole, _, decimals = re.sub(r"[,\s]", "", digits).partition(".")
    return 10.0 ** (-len(decimals) if decimals else len(whole) - len(whole.rstrip("0")))


def _rounded(digits: str, scale: float, vague: str | None) -> tuple[float, float]:
    """Return the value of `digits` and by how much it may have been rounded.

    A whole number that ends in zeros is rounded where a word says so, or where it ends in two or more.
    """
    value = _value(digits)
    if "." in digits or scale > 1 or vague or digits.endswith("00"):
        return value * scale, scale * _last_digit(digits) / 2
    return value, 0.0
