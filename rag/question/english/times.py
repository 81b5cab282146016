"""A question's words of time to TimeWords: what they ask of the articles' dates.

A time in a question is often about an event and not about articles: "Who won the 1966 World Cup?", "When
did Britain join the EEC in 1973?". So words become a filter only where the articles' own dates lie partly
inside and partly outside of it, and only plain ones ("what is new since March") are `firm`: whoever asks with
another filter has to see that nothing is lost by it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from rag.index.sentences import Span
from rag.question.english.quantities import days
from rag.question.english.words import MONTH, NUMBERS, month_number
from rag.question.times import Days
from rag.types import TimeWords

LIVE = 31
"""Days after its newest article in which a collection counts as kept up: "last month" is then the one before
today. In an older one it is the month before the newest article's: it holds nothing newer to ask for."""

FEW = 3
"""Of "the last few weeks"."""

NEWEST = re.compile(
    r"\b(?:(?i:th(?:is|ese) (?:days|morning|week|weekend|month|season|spring|summer|fall|autumn|winter|year)"
    r"|last (?:night|week|weekend|month)(?! of\b)|(?:most )?recent(?:ly)?|latest|newest|newly|current(?:ly)?"
    r"|now|today|yesterday|tonight|tomorrow|next|upcoming|soon|just|so far|as of(?! [A-Z\d])"
    r"|ongoing)|[Nn]ew(?! [A-Z]))\b"
)
"""Words by which a question speaks of the present: newer articles are then likelier to answer it."""

_MONTH = f"(?P<month>{MONTH})"
_COUNT = rf"(?P<count>\d+|an?|{'|'.join(NUMBERS)}|(?:a )?few|(?:a )?couple of)"
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""And the month that each begins with, north of the equator."""
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|-\d|s\b)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_UNIT = "(?P<unit>day|week|month|year)"

_POINTS = tuple(
    re.compile(rf"{pattern}\b")
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)(?:-(?P<day>\d\d))?",
        rf"(?:the )?{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?",
        rf"{_MONTH} {_DAY}(?!\d)(?:,? {_YEAR})?",
        rf"(?:early |mid-?|late )?{_MONTH}(?:,? (?:of )?{_YEAR})?",
        rf"(?:the )?(?:early |mid-?|late )?(?P<season>{'|'.join(SEASONS)})(?: of)? {_YEAR}",
        rf"{_COUNT} {_UNIT}s? (?P<which>ago)",
        rf"(?:early |mid-?|late )?{_YEAR}",
        rf"(?:the )?(?P<which>[Tt]his|[Ll]ast|[Pp]ast) {_UNIT}(?! of\b)",
        rf"(?:the )?(?P<which>[Ll]ast|[Pp]ast) {_COUNT} {_UNIT}s(?! of\b)",
        "(?P<which>[Tt]oday|[Yy]esterday)",
    )
)
"""A day, a month, a year, or a stretch counted from now.

"The 2021 attack" and "the last month of the war" are events, of which articles tell later.
"""

_BEFORE_IT = re.compile(
    r"\b(?P<how>since|after|from|before|until|till|up to|between|in|on|during|within|over) ", re.IGNORECASE
)
LONGEST_LINK = len("between ")
_ONWARDS = re.compile(r" (?:onwards?\b|on(?=[.,?!]|$))")
_RANGE = {
    "between": re.compile(" and "),
    "from": re.compile(r" (?:to|until|till|through|and) "),
    "in": re.compile(r"(?:, (?:19|20)\d\d)*,? (?:and|or) "),
}
_TO_NOW = re.compile(r"now\b|(?:the )?present\b")

_ABOUT_ARTICLES = re.compile(
    r"(?:\b(?:articles?|news|stor(?:y|ies)|coverage|headlines?|updates?)\b[^.?!]*"
    r"|\bwhat(?:['’]s| is| was| has been)? new\b[^.?!]*"
    r"|\bwhat(?:['’]s| is| has)? (?:happened|happening|changed) *)$",
    re.IGNORECASE,
)
_ABOUT_ARTICLES_AFTER = re.compile(
    r"['’]s (?:articles|news|stories|headlines)\b|,? what(?:['’]s| is| was| has been)? new\b", re.IGNORECASE
)
"""What stands before, or after, words of time that say when articles are from, not when something was."""

_OF_NOW = re.compile(
    r"(?:how (?:many|much)|who|what|which)\b(?!.*\b(?:did|was|were|had|been|[12]\d{3})\b)"
    r".*\b(?:is|are|do|does|has|have)\b",
    re.IGNORECASE,
)


def is_of_now(question: str) -> bool:
    """Say whether `question` is for what may change, and means today's: "How many members has it?"."""
    return _OF_NOW.match(question) is not None


def words_of_time(question: str, published: Days | None, *, today: date) -> tuple[TimeWords, ...]:
    """Return the words of time in `question`, as articles `published` within two days can follow them.

    None where no article has a date or all have the same.
    """
    if published is None or published[0] == published[1]:
        return ()
    oldest, newest = published
    now = _now(published, today)
    found: list[tuple[int, TimeWords]] = []
    for start, words in _filters(question, now):
        since, until = words.since or oldest, words.until or newest
        if (since > oldest or until < newest) and since <= newest and until >= oldest:
            found.append((start, words))
    taken = [range(start, start + len(words.words)) for start, words in found]
    found += [
        (match.start(), TimeWords(words=match[0], newest=True))
        for match in NEWEST.finditer(question)
        if not any(match.start() in stretch for stretch in taken)
    ]
    return tuple(dict.fromkeys(words for _, words in sorted(found, key=lambda each: each[0])))


def stretches(question: str, published: Days | None, *, today: date) -> tuple[TimeWords, ...]:
    """Return the stretches of time that `question` names, whether or not articles are from them."""
    return tuple(words for _, words in _filters(question, _now(published, today)))


def dates_in(text: str, now: date | None) -> Iterator[tuple[Span, Days]]:
    """Yield where `text` names a day, a month or a year, and its first and last day.

    One without a year is the latest up to `now`; it is left out without `now`.
    """
    done = 0
    for day in days(text):
        if day.month or _BEFORE_IT.search(text[max(0, day.start - LONGEST_LINK) : day.start]):
            yield from _yearless(text, done, day.start, now)
            named = {"year": str(day.year), "number": str(day.month or 0), "day": str(day.day or 0)}
            with suppress(ValueError):  # 31 June
                yield (day.start, day.end), _dated(named, date.max)
            done = day.end
    yield from _yearless(text, done, len(text), now)


def _yearless(text: str, start: int, end: int, now: date | None) -> Iterator[tuple[Span, Days]]:
    """Yield the days and months that `text` names between `start` and `end` without a year."""
    for before in _BEFORE_IT.finditer(text, start, end):
        point = _point(text, before.end(), now) if now else None
        if point and point.end <= end and not point.is_counted:
            yield (before.end(), point.end), point.days


@dataclass(frozen=True, slots=True)
class _Point:
    """A time that a question names."""

    days: Days
    end: int
    """Where its words end."""
    is_counted: bool
    """Whether it is counted from now, and so needs no "in" before it."""


def _now(published: Days | None, today: date) -> date:
    """Return what "last month" counts from: see LIVE."""
    return published[1] if published and (today - published[1]).days > LIVE else today


def _filters(question: str, now: date) -> Iterator[tuple[int, TimeWords]]:
    """Yield each stretch of time that `question` names, and where its words start."""
    done = 0
    for word in re.finditer(r"(?<!\w)\w+", question):
        start = word.start()
        if start < done:
            continue
        before = _BEFORE_IT.match(question, start)
        how = before["how"].lower() if before else ""
        at = before.end() if before else start
        point = _point(question, at, now)
        if point is None or not (before or point.is_counted or point.days[0] == point.days[1]):
            continue
        last = _range_end(question, point, how, now)
        since, until = _bounds(how, point, is_open=_ONWARDS.match(question, point.end) is not None)
        if last:
            first = _point(question, at, last.days[1]) or point  # "between March and May 2022"
            since, until = min(first.days[0], last.days[0]), max(first.days[1], last.days[1])
        done = last.end if last else point.end
        if since and until and since > until:
            continue
        words = question[start:done]
        firm = _ABOUT_ARTICLES.search(question[:start]) or _ABOUT_ARTICLES_AFTER.match(question, done)
        newest = NEWEST.search(words) is not None
        yield start, TimeWords(words=words, since=since, until=until, newest=newest, firm=bool(firm))


def _range_end(question: str, first: _Point, how: str, now: date) -> _Point | None:
    link = _RANGE[how].match(question, first.end) if how in _RANGE else None
    if link and (reached := _TO_NOW.match(question, link.end())):
        return _Point((now, now), reached.end(), is_counted=True)
    return _point(question, link.end(), now) if link else None


def _bounds(how: str, point: _Point, *, is_open: bool) -> tuple[date | None, date | None]:
    first, last = point.days
    if how == "since" or (how == "from" and is_open):
        return first, None
    if how == "after":
        return last + timedelta(1), None
    if how == "before":
        return None, _back(first, 1)
    if how in ("until", "till", "up to"):
        return None, last
    return first, last


def _point(question: str, at: int, now: date) -> _Point | None:
    """Return the time that is named at `at`, the longest that can be read; None without any."""
    for pattern in _POINTS:
        found = pattern.match(question, at)
        if found is None:
            continue
        named = {name: value for name, value in found.groupdict().items() if value}
        try:
            days = _counted(named, now) if "which" in named else _dated(named, now)
        except ValueError:  # 31 June
            return None
        return _Point(days, found.end(), "which" in named)
    return None


def _dated(named: dict[str, str], now: date) -> Days:
    """Return the days of a date; without a year, of the latest that is not after `now`."""
    month = month_number(named["month"]) if "month" in named else int(named.get("number", 0))
    day = int(named.get("day", 0))
    year = int(named.get("year", 0)) or now.year - (date(now.year, month, day or 1) > now)
    if "season" in named:
        first = date(year, SEASONS[named["season"]], 1)
        return first, _back((first + timedelta(93)).replace(day=1), 1)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, day or 1), date(year, month, day or calendar.monthrange(year, month)[1])


def _counted(named: dict[str, str], now: date) -> Days:
    """Return the days of "this month", "last year", "the past three weeks", "yesterday"."""
    which, unit, count = named["which"].lower(), named.get("unit", "day"), named.get("count", "")
    if which in ("today", "yesterday"):
        day = _back(now, which == "yesterday")
        return day, day
    if count or which == "past":
        few = 2 if "couple" in count else FEW
        many = int(count) if count.isdigit() else {"": 1, "a": 1, "an": 1, **NUMBERS}.get(count, few)
        then = _back(now, many * {"day": 1, "week": 7, "month": 30, "year": 365}[unit])
        return _stretch(unit, then) if which == "ago" else (then, now)
    return _stretch(unit, now if which == "this" else _back(_stretch(unit, now)[0], 1))


def _back(day: date, days: int) -> date:
    """Return the day that is `days` before `day`, or the first there is: "the last 999999999999 days"."""
    return date.fromordinal(max(date.min.toordinal(), day.toordinal() - days))


def _stretch(unit: str, day: date) -> Days:
    """Return the week (from Monday), month or year that `day` is in."""
    if unit == "day":
        return day, day
    if unit == "week":
        monday = _back(day, day.weekday())
        return monday, monday + timedelta(6)
    if unit == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day.replace(month=1, day=1), day.replace(month=12, day=31)
