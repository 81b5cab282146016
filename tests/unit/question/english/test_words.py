"""Words of the calendar and of counting, each list once."""

from __future__ import annotations

import re

import pytest

from rag.question.english import words as lists
from rag.question.english.words import CALENDAR, MONTH, NUMBERS, WEEKDAY, any_of

MONTHS = "January February March April May June July August September October November December".split()
WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def test_the_calendar_is_the_months_and_the_days_of_the_week() -> None:
    assert {word.lower() for word in MONTHS + WEEK} == CALENDAR
    assert all(re.fullmatch(MONTH, month) for month in MONTHS)
    assert all(re.fullmatch(WEEKDAY, day) for day in WEEK)


def test_numbers_are_counted_from_one_to_ninety_nine_and_longer_words_come_first() -> None:
    assert sorted(NUMBERS.values()) == list(range(1, 100))
    assert (NUMBERS["twelve"], NUMBERS["nineteen"], NUMBERS["thirty"], NUMBERS["forty-two"]) == (
        12,
        19,
        30,
        42,
    )
    order = list(NUMBERS)
    assert all(
        order.index(longer) < order.index(shorter)
        for shorter in order
        for longer in order
        if longer != shorter and longer.startswith(shorter)
    )


def test_any_of_several_words_is_one_of_them_and_stays_together() -> None:
    assert any_of("a b") == "(?:a|b)"
    assert re.fullmatch(f"x{any_of('a b')}y", "xby")


LISTED = {
    "ORDINALS": 12, "QUESTION_WORDS": 104, "DO": 15, "BE": 15, "ASKING": 9, "PLACING": 12, "PLACES": 13,
    "PREPOSITIONS": 46, "KIND": 15, "OWNING": 4, "POINTING": 4, "DETERMINERS": 14, "FUNCTION": 221,
    "VERBS": 140, "VAGUE": 194, "LEADS": 128,
}  # fmt: skip
"""How many words each list has: none is lost by a slip."""


@pytest.mark.parametrize("name", LISTED)
def test_no_word_is_lost_from_a_list(name: str) -> None:
    assert len(getattr(lists, name)) == LISTED[name]
    assert all(word == word.lower() and word.split() == [word] for word in getattr(lists, name))
