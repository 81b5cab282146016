"""Any text is a question: it is read without an error, and what is read in it stands in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from conftest import ToyEmbedder
from hypothesis import given
from hypothesis import strategies as st

from rag.index.lexical import Analyzer, LexicalIndex
from rag.question import english, plain
from rag.question.english.followups import READINGS
from rag.question.english.quantities import days, quantities
from rag.question.phrases import fold, holds, quoted
from rag.question.stated import Day, Quantity
from rag.question.typed import whole
from rag.question.understood import understand
from rag.types import Turn

PUBLISHED = (date(2018, 1, 5), date(2022, 11, 11))
TODAY = date(2022, 11, 21)

PARTS = (
    "What which who when how many much long old did does has is are the a an of in on since until between"
    " and or than more most articles about from by last month year 2021 31 June 2022-13 Britain’s Louis XIV"
    " Apollo 11 “ ” \" ' ( ) ? ! , . - — £3m 5 km per cent say said according"
    " to compare summarise it its he there and?"
    " \u202e \ud83d 😀 东京 ß İ ﬁ a\u0301"
).split(" ")
QUESTIONS = st.text(max_size=80) | st.lists(st.sampled_from(PARTS), max_size=20).map(" ".join)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder: Path = tmp_path_factory.mktemp("words")
    LexicalIndex.write(folder, [("Tea", "tea is made from leaves")], Analyzer("en"))
    return LexicalIndex.load(folder, Analyzer("en"))


@given(typed=QUESTIONS)
def test_any_text_is_understood(words: LexicalIndex, typed: str) -> None:
    text = whole(typed)
    for language in (english, plain):
        for published in (PUBLISHED, None):
            found = understand(text, words, ToyEmbedder(), language, published=published, today=TODAY)
            assert found.text == text
            assert text.endswith(found.asked)
            assert all(fold(phrase) in fold(text) for phrase in found.phrases)
            assert all(time.words in text for time in found.times)
            assert all(not (time.since and time.until) or time.since <= time.until for time in found.times)
            assert 0 <= found.coverage(frozenset(found.terms)) <= 1 + 1e-9


@given(question=QUESTIONS, typed=QUESTIONS, answer=QUESTIONS)
def test_any_turn_and_any_text_are_a_question_that_stands_alone(
    question: str, typed: str, answer: str
) -> None:
    turn = Turn(whole(question), whole(answer))
    assert 0 < len(english.standalone(whole(typed), [turn], ToyEmbedder())) <= READINGS


@given(text=QUESTIONS)
def test_any_sentence_is_somebodys_words_or_nobodys_and_stands_alone_or_not(text: str) -> None:
    assert english.author_speaks(text) in (-1, 0, 1)
    assert english.stands_alone(text) in (True, False)


def _spans(stated: Iterable[Quantity | Day]) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in stated]


@given(text=QUESTIONS)
def test_figures_and_days_stand_in_order_where_they_say(text: str) -> None:
    for found in (_spans(quantities(text)), _spans(days(text))):
        assert all(0 <= start < end <= len(text) for start, end in found)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(found))
    assert all(
        each.low <= each.high for each in quantities(text) if "–" not in text and "to" not in text.split()
    )


UNITS = {"kilometres": 1e3, "metres": 1.0, "miles": 1609.344, "feet": 0.3048, "tonnes": 1e3, "kilograms": 1.0,
         "weeks": 604_800.0, "hours": 3600.0, "per cent": 1.0, "euros": 1.0}  # fmt: skip


@given(number=st.integers(2, 10**9), unit=st.sampled_from(sorted(UNITS)))
def test_a_quantity_that_is_written_is_read_back(number: int, unit: str) -> None:
    for written in (f"{number} {unit}", f"{number:,} {unit}"):
        [found] = quantities(f"It is {written}, they say.")
        assert (found.start, found.end) == (6, 6 + len(written))
        assert found.low <= number * UNITS[unit] <= found.high
        assert found.unit == UNITS[unit]


@given(number=st.integers(2, 999), unit=st.sampled_from(sorted(UNITS)))
def test_a_quantity_agrees_with_itself_in_any_wording(number: int, unit: str) -> None:
    [exact] = quantities(f"{number} {unit}")
    for way in ("about {}", "more than {}", "up to {}", "nearly {}", "at least {}", "just over {}"):
        [vague] = quantities(way.format(f"{number} {unit}"))
        assert exact.agrees(vague)
        assert vague.agrees(exact)


@given(day=st.dates(date(1000, 1, 1), date(2099, 12, 31)))
def test_a_day_that_is_written_is_read_back(day: date) -> None:
    for written in (f"{day:%-d %B %Y}", f"{day:%B %-d, %Y}"):
        [found] = days(f"On {written} it sank.")
        assert (found.year, found.month, found.day) == (day.year, day.month, day.day)


@given(text=QUESTIONS, phrase=QUESTIONS)
def test_a_text_holds_its_own_words_as_a_phrase(text: str, phrase: str) -> None:
    assert all(len(holds(text, [each])) == 1 for each in (phrase, text))
    for each in quoted(f'"{phrase}"'):
        assert holds(f"x {each} x", [each]) == [True]
