"""Words to a date: the day as it is written, whatever the time zone; None rather than a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePosixPath

from rag.corpus.formats import hints

MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)

_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH = f"(?P<month>{'|'.join(MONTHS)}|sept|{'|'.join(_MONTHS)})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>\d{4})"

_FORMS = (
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",  # 2025-08-14
    r"(?P<year>[12]\d{3})(?P<month>\d{2})(?P<day>\d{2})",  # 20250814
    rf"{_DAY}(?: of)?[ -]{_MONTH}\.?,?[ -]{_YEAR}",  # 14 August 2025
    rf"{_MONTH}\.? {_DAY},? {_YEAR}",  # August 14, 2025
    rf"{_MONTH} {_DAY} \d{{1,2}}:\d{{2}}:\d{{2}} (?:[A-Z]{{2,5}} |[+-]\d{{4}} )?{_YEAR}",  # of C
)
_TWO_NUMBERS = r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})"  # 14/08/2025
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_TIME = (
    r"(?:(?:T|,? (?:at )?)\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"(?: ?[ap]\.?m\.?)?(?: ?(?:Z|[A-Z]{2,5}|(?:GMT|UTC)?[+-]\d{2}(?::?\d{2})?))?)?"
)
_WHOLE = [re.compile(_WEEKDAY + form + _TIME, re.IGNORECASE) for form in (*_FORMS, _TWO_NUMBERS)]
_SHORT_YEAR = r"(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{2})"  # 14/08/25
_ORDERED = tuple(re.compile(_WEEKDAY + form + _TIME, re.IGNORECASE) for form in (_TWO_NUMBERS, _SHORT_YEAR))
_STAMP = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})[ T]?(?:[01]\d|2[0-3])(?:[0-5]\d){1,2}Z?"
)
_SINCE_1970 = re.compile(r"(\d{9,19})(?:\.\d*)?")
# {'$date': 1474528230000}, {"$date": {"$numberLong": "1474528230000"}}, /Date(1474528230000)/
_WRAPPED = re.compile(
    r"""\{\s*["']?\$date["']?\s*:\s*(?:\{\s*["']?\$numberLong["']?\s*:\s*)?["']?([^"'{}]{1,40})["']?\s*\}{1,2}"""
    r"|/Date\((\d{1,16})(?:[+-]\d{4})?\)/"
)
_WITHIN = [
    re.compile(rf"(?<![\w/.-]){form}(?![\w/-]|\.\d)", re.IGNORECASE) for form in (*_FORMS, _TWO_NUMBERS)
]
_LABEL = re.compile(r"(?:first )?(?:published|posted|date)(?: on)?:? +", re.IGNORECASE)
_IN_NAME = re.compile(r"(?<![0-9])\d{4}[-_]\d{2}[-_]\d{2}(?![0-9])")
_IN_ADDRESS = re.compile(
    rf"/{_YEAR}/(?:(?P<number>\d{{1,2}})|{_MONTH})/(?P<day>\d{{1,2}})(?:/|$)", re.IGNORECASE
)

EARLIEST_YEAR = 1400
"""Before printing; programs that know no date write 0001-01-01 or 0101-01-01."""


@dataclass(slots=True)
class Order:
    """Which of two numbers is the day in a column of dates such as 14/08/2025: a file writes all alike."""

    day_first: bool = False
    """Whether a date can only be read so; likewise `month_first`."""
    month_first: bool = False
    unsure: str = ""
    """The first date that may be two days."""

    def see(self, text: str) -> None:
        """Learn from one of the column's dates."""
        if match := _in_order(text):
            first, second = int(match["first"]), int(match["second"])
            self.day_first |= 12 < first <= 31 and second <= 12
            self.month_first |= 12 < second <= 31 and first <= 12
            if not self.unsure and first != second and max(first, second) <= 12:
                self.unsure = text.strip()

    def day(self, text: str) -> date | None:
        """Return the date that a field says, of two days the one that the column's order allows."""
        match = _in_order(text)
        if match and hints.now().day_first is None and self.day_first != self.month_first:
            day, month = ("first", "second") if self.day_first else ("second", "first")
            return _valid(_full(match["year"]), int(match[month]), int(match[day]))
        if match and len(match["year"]) == 2:
            return _date({**match.groupdict(), "year": str(_full(match["year"]))})
        return given(text)


def is_ordered(text: str) -> bool:
    """Say whether `text` is a date such as 14/08/2025, whose order is known or not."""
    return _in_order(text) is not None


def _in_order(text: str) -> re.Match[str] | None:
    return next((match for form in _ORDERED if (match := form.fullmatch(text.strip()))), None)


def _full(year: str) -> int:
    """Return a year of two digits as programs read it, 69 being the first of the last century (POSIX)."""
    number = int(year)
    return number if len(year) == 4 else number + (1900 if number >= 69 else 2000)


def given(text: str) -> date | None:
    """Return the date that a field for nothing else says: as `lone` does, or as programs count the time.

    Those are seconds since 1970 or a thousandth, millionth or billionth of them, and {'$date': ...}; their
    day is that of Greenwich.
    """
    text = text.strip()
    if match := _WRAPPED.fullmatch(text):
        text = (match[1] or match[2]).strip()
    if match := _STAMP.fullmatch(text):
        return _date(match.groupdict())
    if match := _SINCE_1970.fullmatch(text):
        return _counted(match[1])
    return lone(text)


def day(text: str) -> date | None:
    """Return the date that is the whole of `text`; None for no date and for 03/04/2025, which is two."""
    text = text.strip()
    for form in _WHOLE:
        if match := form.fullmatch(text):
            return _date(match.groupdict())
    return None


def lone(line: str) -> date | None:
    """Return the date of a line that says nothing else, such as "Published: 14 August 2025"."""
    return day(_LABEL.sub("", line.strip(), count=1))


def within(text: str) -> date | None:
    """Return the first date that stands in `text`; None where that may be two."""
    found = [match for form in _WITHIN if (match := form.search(text))]
    return _date(min(found, key=re.Match.start).groupdict()) if found else None


def in_address(url: str) -> date | None:
    """Return the date in an address such as https://news.example/2025/08/14/storm."""
    if match := _IN_ADDRESS.search(url):
        parts = match.groupdict()
        return _date({**parts, "month": parts["number"] or parts["month"]})
    return None


def in_name(id: str) -> date | None:
    """Return the day in the name of a file, minutes-2018-01-12.docx; a row's file may be any day's."""
    found = _IN_NAME.findall(PurePosixPath(id).name) if "#" not in id else []
    return day(found[0].replace("_", "-")) if len(found) == 1 else None


def _counted(number: str) -> date | None:
    """Return the day that is so many seconds after 1970, or thousandths: by the number's length."""
    for digits, parts in ((10, 1), (13, 10**3), (16, 10**6), (19, 10**9)):
        if digits - 1 <= len(number) <= digits:  # from 1973 to 2286
            return datetime.fromtimestamp(int(number) // parts, UTC).date()
    return None


def _date(parts: dict[str, str | None]) -> date | None:
    year = int(parts["year"] or 0)
    if "first" in parts:
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        readings = [_valid(year, second, first), _valid(year, first, second)]
        if (day_first := hints.now().day_first) is not None:
            return next(filter(None, readings if day_first else reversed(readings)), None)
        different = {*readings} - {None}
        return different.pop() if len(different) == 1 else None
    month = parts["month"] or ""
    number = int(month) if month.isdigit() else _MONTHS[month[:3].casefold()]
    return _valid(year, number, int(parts["day"] or 0))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= EARLIEST_YEAR else None
    except ValueError:
        return None
