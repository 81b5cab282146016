"""Words of time: what they ask of the articles' dates, and what is lost by asking it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.question import times
from rag.types import (
    Answer,
    Article,
    Citation,
    Filter,
    Passage,
    Sentence,
    Statement,
    TimeWords,
    Unanswered,
)

FIRST, LAST = date(2020, 3, 1), date(2022, 5, 6)
DAY = date.resolution
SINCE = TimeWords(words="since May 2021", since=date(2021, 5, 1), firm=True)
UNTIL = TimeWords(words="until 2021", until=date(2021, 12, 31), firm=True)
NEWEST = TimeWords(words="latest", newest=True)


@pytest.mark.parametrize(
    ("since", "until", "reaches"),
    [
        (None, None, True),
        (LAST, None, True),
        (LAST + DAY, None, False),
        (None, FIRST, True),
        (None, FIRST - DAY, False),
        (date(2021, 1, 1), date(2021, 1, 1), True),
        (date(1999, 1, 1), date(2030, 1, 1), True),
    ],
)
def test_a_stretch_reaches_the_articles_where_it_has_one_of_their_days(since, until, reaches: bool) -> None:
    assert times.reaches(TimeWords(words="then", since=since, until=until), (FIRST, LAST)) == reaches


def test_several_limits_leave_the_days_that_all_of_them_leave() -> None:
    earlier = replace(SINCE, since=date(2020, 1, 1))
    later = replace(UNTIL, until=date(2030, 1, 1))
    found = times.limits([earlier, SINCE, later, UNTIL, NEWEST], None)
    assert found == Filter(since=SINCE.since, until=UNTIL.until)
    assert times.limits([SINCE], Filter(authors=("A",))) == Filter(authors=("A",), since=SINCE.since)
    assert times.limits([UNTIL], None) == Filter(until=UNTIL.until)


def test_what_leaves_no_day_is_no_limit_and_a_single_day_is_one() -> None:
    same = replace(UNTIL, until=SINCE.since)
    assert times.limits([SINCE, same], None) == Filter(since=SINCE.since, until=SINCE.since)
    assert SINCE.since is not None
    assert times.limits([SINCE, replace(UNTIL, until=SINCE.since - DAY)], None) is None


@pytest.mark.parametrize(
    "by_hand", [Filter(since=FIRST), Filter(until=LAST), Filter(since=FIRST, until=LAST)]
)
def test_a_day_that_is_set_by_hand_stands(by_hand: Filter) -> None:
    assert times.limits([SINCE], by_hand) is None


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What is new since May 2021?", "What is new?"),
        ("Since when, since May 2021, is it so?", "Since when, is it so?"),
        ("since May 2021, what is new", "what is new"),
        ("What is new since May 2021 , please", "What is new, please"),
        ("since May 20210", "since May 20210"),
        ("xsince May 2021", "xsince May 2021"),
        ("since May 2021 and since May 2021", "and since May 2021"),
    ],
)
def test_a_question_is_left_without_its_words_of_time(question: str, left: str) -> None:
    assert times.without(question, [SINCE]) == left
    assert times.without(question, [NEWEST]) == " ".join(question.split()).replace(" ,", ",")


def test_an_until_is_taken_out_too_and_the_newest_is_not() -> None:
    assert times.without("the latest until 2021", [UNTIL, NEWEST]) == "the latest"


def answer(quote: str, confidence: float, *, passage: str = "") -> Answer:
    text = f"{quote} {passage}".strip()
    article = Article("a.txt", "Title", text)
    whole = Passage(article, 0, len(text), (Sentence(article, 0, len(text)),))
    citation = Citation(whole, 0, len(quote), quote)
    return Answer("?", (Statement(quote, (citation,), "exact"),), confidence, ())


@pytest.mark.parametrize(
    ("confidence", "loses_nothing"), [(0.80, True), (0.751, True), (0.749, False), (0.9, True)]
)
def test_an_answer_from_that_time_may_be_a_little_less_likely(confidence: float, loses_nothing: bool) -> None:
    of_all = answer("Gas is dear.", 0.8)
    less = Unanswered("?", 0.1, ())
    narrowed = answer("Gas is cheap.", confidence)
    assert times.loses_nothing(narrowed, [of_all, less], [SINCE]) == loses_nothing
    assert times.loses_nothing(narrowed, [less, of_all], [SINCE]) == loses_nothing


@pytest.mark.parametrize(
    ("quote", "loses_nothing"),
    [
        ("Gas was dear in May 2021.", False),
        ("In 2021, in May, gas was dear.", False),
        ("Gas was dear in 2021.", True),
        ("Gas was dear in May 2020.", True),
    ],
)
def test_where_another_answer_names_the_time_itself_the_question_was_for_an_event(
    quote: str, loses_nothing: bool
) -> None:
    assert times.loses_nothing(answer("Gas is cheap.", 0.9), [answer(quote, 0.2)], [SINCE]) == loses_nothing


@pytest.mark.parametrize(
    ("passage", "loses_nothing"),
    [
        ("It was so in 2020.", False),
        ("It was so in 2020 and in 2021.", True),
        ("It was so in 2021.", True),
        ("It was so.", True),
    ],
)
def test_a_passage_that_tells_of_earlier_years_only_answers_for_another_time(
    passage: str, loses_nothing: bool
) -> None:
    narrowed = answer("Gas is cheap.", 0.9, passage=passage)
    assert times.loses_nothing(narrowed, [answer("Gas is dear.", 0.2)], [SINCE, NEWEST]) == loses_nothing
    assert times.loses_nothing(narrowed, [answer("Gas is dear.", 0.2)], [UNTIL]) == loses_nothing


def test_what_is_left_of_words_of_time_without_their_limits() -> None:
    both = replace(SINCE, newest=True)
    assert times.unlimited([SINCE, both, NEWEST]) == (replace(both, since=None), NEWEST)
    assert times.unlimited([replace(UNTIL, newest=True)]) == (replace(UNTIL, until=None, newest=True),)


def test_only_plain_limits_are_said_to_be_given_up() -> None:
    vague = replace(SINCE, firm=False)
    both = replace(UNTIL, newest=True)
    assert times.given_up([SINCE, vague, both, replace(NEWEST, firm=True)]) == (
        replace(SINCE, applied=False),
        replace(UNTIL, applied=False),
    )


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("in 1912, 1913 and 2024.", [1912, 1913, 2024]),
        ("1500 and 1499 and 2100 and 2099", [1500, 2099]),
        ("£1912, $1912, €1912, 1,912, 1912.5, 3.1912 and 1912%", []),
        ("19120 and 1912,5 and x1912", []),
    ],
)
def test_years_are_told_from_other_numbers(text: str, years: list[int]) -> None:
    assert times.years_in(text) == years


def test_all_words_of_time_are_left_aside_where_none_are_to_be_read() -> None:
    assert "since 2021" in times.ALL_WORDS
