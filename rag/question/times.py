"""Words of time to what they ask of the articles' dates, in whichever language they were read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rag.types import Answer, Filter, Outcome, TimeWords, is_firm

Days = tuple[date, date]
"""First and last day, both included."""


class _Everything:
    def __contains__(self, words: object) -> bool:
        return True


ALL_WORDS = _Everything()
"""Stands for all words of time, where none are to be read."""

YIELDED = 0.05
"""Probability of an answer that may be lost to keep to a time that a question names; see docs/answers.md."""

_YEAR = re.compile(r"(?<![\d.,£$€])\b(?:1[5-9]|20)\d\d\b(?![.,]\d|%)")

_NAMED = re.compile(rf"\b(?:{'|'.join(filter(None, calendar.month_name))}|(?:19|20)\d\d)\b")


def day_named(day: date) -> str:
    """Return `day` in words: "12 March 2024"."""
    return f"{day.day} {day:%B} {day.year}"


def reaches(words: TimeWords, published: Days) -> bool:
    """Say whether any day between the first and the last of `published` is in the stretch of `words`."""
    return (words.since or date.min) <= published[1] and (words.until or date.max) >= published[0]


def limits(times: Sequence[TimeWords], among: Filter | None) -> Filter | None:
    """Return `among` narrowed to the stretches that `times` name; None when they name none or leave no day.

    A day that `among` bounds itself stands: it was set by hand.
    """
    since = max((words.since for words in times if words.since), default=None)
    until = min((words.until for words in times if words.until), default=None)
    is_set = among is not None and (among.since or among.until)
    if is_set or (since is None and until is None) or (since and until and since > until):
        return None
    return replace(among or Filter(), since=since, until=until)


def without(question: str, times: Sequence[TimeWords]) -> str:
    """Return `question` without the words of `times` that limit articles."""
    for words in times:
        if words.since or words.until:
            question = re.sub(rf"(?<!\w){re.escape(words.words)}(?!\w)", " ", question, count=1)
    return re.sub(r"[\s,]+(?=[?.!,;:])", "", " ".join(question.split())).strip(" ,")


def loses_nothing(narrowed: Answer, others: Sequence[Outcome], times: Sequence[TimeWords]) -> bool:
    """Say whether the answer from the time that `times` name is as good as the `others`, of all articles.

    It is not where one of these names the time itself, nor where its own passage tells of earlier years: then
    the question asked for the time of an event, of which articles tell later.
    """
    limits = [words for words in times if words.since or words.until]
    named = set(_NAMED.findall(" ".join(words.words for words in limits)))
    quotes = [each.statements[0].text for each in others if is_firm(each)]
    if named and any(named.issubset(_NAMED.findall(quote)) for quote in quotes):
        return False
    first = min(words.since or words.until or date.max for words in limits)
    years = years_in(narrowed.statements[0].citations[0].passage.text)
    if years and max(years) < first.year:
        return False
    return narrowed.confidence >= max(each.confidence for each in others) - YIELDED


def unlimited(times: Sequence[TimeWords]) -> tuple[TimeWords, ...]:
    """Return what is left of `times` when they limit nothing: which articles come first."""
    return tuple(replace(words, since=None, until=None) for words in times if words.newest)


def given_up(times: Sequence[TimeWords]) -> tuple[TimeWords, ...]:
    """Return the plain limits among `times` as not applied."""
    firm = (words for words in times if words.firm and (words.since or words.until))
    return tuple(replace(words, newest=False, applied=False) for words in firm)


def years_in(text: str) -> list[int]:
    """Return the years that `text` names, in order."""
    return [int(year) for year in _YEAR.findall(text)]
