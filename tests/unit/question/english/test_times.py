"""Words of time in a question: what they ask of the articles' dates."""

from __future__ import annotations

from datetime import date

import pytest

from rag.question.english.times import dates_in, is_of_now, stretches, words_of_time
from rag.question.times import limits, without
from rag.types import Filter, TimeWords

PUBLISHED = (date(2018, 1, 5), date(2022, 11, 11))
TODAY = date(2026, 11, 21)


def found(question: str, published=PUBLISHED, today: date = TODAY) -> list[tuple[str, str, str]]:
    """Return words, first and last day of every limit that is read."""
    return [
        (words.words, str(words.since or ""), str(words.until or ""))
        for words in words_of_time(question, published, today=today)
        if words.since or words.until
    ]


@pytest.mark.parametrize(
    ("question", "words", "since", "until"),
    [
        ("What is new since 2021?", "since 2021", "2021-01-01", ""),
        ("What happened in December?", "in December", "2021-12-01", "2021-12-31"),
        ("What happened in November?", "in November", "2022-11-01", "2022-11-30"),
        ("Who resigned before March 2022?", "before March 2022", "", "2022-02-28"),
        ("Who resigned until March 2022?", "until March 2022", "", "2022-03-31"),
        ("Who resigned after July?", "after July", "2022-08-01", ""),
        ("floods between 2020 and 2022", "between 2020 and 2022", "2020-01-01", "2022-12-31"),
        ("floods between March and May 2021", "between March and May 2021", "2021-03-01", "2021-05-31"),
        ("the Fed from June 2021 to March 2022", "from June 2021 to March 2022", "2021-06-01", "2022-03-31"),
        (
            "the Fed from June 2021 till March 2022",
            "from June 2021 till March 2022",
            "2021-06-01",
            "2022-03-31",
        ),
        ("the Fed from 2021 through 2022", "from 2021 through 2022", "2021-01-01", "2022-12-31"),
        ("What was the GDP in 2020 and 2021?", "in 2020 and 2021", "2020-01-01", "2021-12-31"),
        ("the GDP in 2019, 2020 and 2021", "in 2019, 2020 and 2021", "2019-01-01", "2021-12-31"),
        ("articles from 2021 and 2020", "from 2021 and 2020", "2020-01-01", "2021-12-31"),
        ("floods in April or May 2021", "in April or May 2021", "2021-04-01", "2021-05-31"),
        ("the Fed from March 2022 until now", "from March 2022 until now", "2022-03-01", "2022-11-11"),
        ("sport in the last month", "in the last month", "2022-10-01", "2022-10-31"),
        ("sport this year", "this year", "2022-01-01", "2022-12-31"),
        ("sport last year", "last year", "2021-01-01", "2021-12-31"),
        ("What did Biden say last month?", "last month", "2022-10-01", "2022-10-31"),
        ("last week's news", "last week", "2022-10-31", "2022-11-06"),
        ("in the past three weeks", "in the past three weeks", "2022-10-21", "2022-11-11"),
        ("What did he say on 3 May 2022?", "on 3 May 2022", "2022-05-03", "2022-05-03"),
        ("What did he say on May 3rd, 2022?", "on May 3rd, 2022", "2022-05-03", "2022-05-03"),
        ("since 2022-03", "since 2022-03", "2022-03-01", ""),
        ("articles from 2021", "from 2021", "2021-01-01", "2021-12-31"),
        ("from 2021 onwards", "from 2021", "2021-01-01", ""),
        ("What may happen in May?", "in May", "2022-05-01", "2022-05-31"),
        ("What happened two weeks ago?", "two weeks ago", "2022-10-24", "2022-10-30"),
        ("What happened a year ago?", "a year ago", "2021-01-01", "2021-12-31"),
        ("What happened 3 days ago?", "3 days ago", "2022-11-08", "2022-11-08"),
        ("What did Healey say in Dec 2021?", "in Dec 2021", "2021-12-01", "2021-12-31"),
        ("Who resigned since Sept. 2021?", "since Sept. 2021", "2021-09-01", ""),
        ("Who resigned on 3 Feb 2022?", "on 3 Feb 2022", "2022-02-03", "2022-02-03"),
        ("Who won in the summer of 2021?", "in the summer of 2021", "2021-06-01", "2021-08-31"),
        ("What was banned in winter 2020?", "in winter 2020", "2020-12-01", "2021-02-28"),
        ("floods in the last couple of weeks", "in the last couple of weeks", "2022-10-28", "2022-11-11"),
    ],
)
def test_a_time_is_read_as_its_days(question: str, words: str, since: str, until: str) -> None:
    assert found(question) == [(words, since, until)]


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 1966 World Cup?",
        "What happened in 1912?",
        "When did Britain join the EEC in 1973?",
        "What was promised before 2016?",
        "What has changed since 2015?",
        "What is planned after 2022?",
        "What did people eat in the 2020s?",
        "Who won the 2021 final?",
        "Who died in the 2021 Capitol attack?",
        "What happened in the last month of the war?",
        "What may the minister say?",
        "What is new since 5 January 2018?",
        "Who resigned until 11 November 2022?",
        "What was said on 31 June 2022?",
        "Which city marches in protest?",
    ],
)
def test_a_time_outside_of_the_articles_dates_or_around_them_is_no_limit(question: str) -> None:
    assert found(question) == []


def test_articles_without_dates_or_of_one_day_have_no_times() -> None:
    assert words_of_time("the latest since 2021", None, today=TODAY) == ()
    assert words_of_time("the latest since 2021", (TODAY, TODAY), today=TODAY) == ()


def test_last_month_is_counted_from_today_while_articles_keep_coming_and_else_from_the_newest() -> None:
    assert found("last month", today=date(2022, 12, 2)) == [("last month", "2022-11-01", "2022-11-30")]
    assert found("last month", today=date(2023, 2, 2)) == [("last month", "2022-10-01", "2022-10-31")]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is the latest on Ukraine?", ["latest"]),
        ("most recent news on inflation", ["most recent"]),
        ("What is new now?", ["new", "now"]),
        ("Who leads New York?", []),
        ("What is the Moon?", []),
    ],
)
def test_words_of_the_present_put_newer_articles_first(question: str, words: list[str]) -> None:
    assert [each.words for each in words_of_time(question, PUBLISHED, today=TODAY) if each.newest] == words


@pytest.mark.parametrize(
    ("question", "firm"),
    [
        ("What is new about gas since March?", True),
        ("Since March, what is new about gas?", True),
        ("articles about gas from 2021", True),
        ("last week's news", True),
        ("What happened in December?", True),
        ("What happened to gas prices in December?", False),
        ("How high was inflation in 2021?", False),
    ],
)
def test_a_limit_is_firm_where_the_question_speaks_of_articles(question: str, firm: bool) -> None:
    assert [
        each.firm for each in words_of_time(question, PUBLISHED, today=TODAY) if each.since or each.until
    ] == [firm]


def test_limits_narrow_a_filter_but_for_days_that_are_set_by_hand() -> None:
    times = words_of_time("in 2021 and after June 2021", PUBLISHED, today=TODAY)
    assert limits(times, Filter(sources=("A",))) == Filter(
        since=date(2021, 7, 1), until=date(2021, 12, 31), sources=("A",)
    )
    assert limits(times, Filter(since=date(2022, 1, 1))) is None
    assert limits((TimeWords(words="now", newest=True),), None) is None
    assert limits(words_of_time("in 2021 and after June 2022", PUBLISHED, today=TODAY), None) is None


def test_a_question_without_its_limits_reads_on() -> None:
    question = "Since March, what is new about gas, the latest, in 2021?"
    assert (
        without(question, words_of_time(question, PUBLISHED, today=TODAY))
        == "what is new about gas, the latest?"
    )
    question = "What did Mr Mayr say in May?"
    assert without(question, [TimeWords(words="May", since=date(2022, 5, 1))]) == "What did Mr Mayr say in?"


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What happened in the last 999999999999 days?", date.min, TODAY),
        (f"What happened in the past {'9' * 900} years?", date.min, TODAY),
        ("What happened before the last 4000000 weeks?", None, date.min),
    ],
)
def test_a_time_longer_than_the_calendar_begins_with_its_first_day(question: str, since, until) -> None:
    [words] = stretches(question, None, today=TODAY)
    assert (words.since, words.until) == (since, until)


def test_a_year_is_a_time_only_behind_a_word_that_makes_it_one() -> None:
    text = "In 1960 it was built, and since 3 May 1961 it holds 1970 tons."
    assert [(text[slice(*span)], str(days[0])) for span, days in dates_in(text, None)] == [
        ("1960", "1960-01-01"),
        ("3 May 1961", "1961-05-03"),
    ]
    _, days = next(dates_in("It was between 1960 and 1970 tons.", None))
    assert days[0].year == 1960


@pytest.mark.parametrize(
    ("question", "is_so"),
    [
        ("How many members does the club have?", True),
        ("How much do the tickets cost?", True),
        ("Who is the mayor of Arn?", True),
        ("What is the price of bread?", True),
        ("Which teams are in the league?", True),
        ("what has the club won?", True),
        ("How many members did the club have?", False),
        ("Who was the mayor of Arn?", False),
        ("Which teams were in the league that has ended?", False),
        ("Who is known to have been mayor?", False),
        ("Who had the price that is known?", False),
        ("What is known of the flood of 1953?", False),
        ("Why is bread cheap?", False),
        ("How is bread made?", False),
        ("Is bread cheap?", False),
        ("Who won?", False),
    ],
)
def test_what_may_change_and_is_asked_in_the_present_is_of_now(question: str, is_so: bool) -> None:
    assert is_of_now(question) is is_so
