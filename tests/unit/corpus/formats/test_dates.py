"""Words to a date."""

from datetime import date

import pytest

from rag.corpus.formats.dates import day, in_address, lone

AUGUST_14 = date(2025, 8, 14)


@pytest.mark.parametrize(
    "words",
    [
        "2025-08-14",
        "2025/08/14",
        "20250814",
        "2025-08-14T23:30:00-05:00",
        "2025-08-14T23:30:00.000Z",
        "2025-08-14 10:30",
        "2025-08-14 10:30:00.123+00",
        "2025-08-14T10:30:00+01",
        "Thu, 14 Aug 2025 23:30:00 -0500",
        "Thu, 14 Aug 2025 23:30:00 GMT",
        "14 August 2025",
        "14th of August 2025",
        "14. August 2025",
        "Thursday 14 August 2025",
        "August 14, 2025",
        "Aug. 14, 2025 at 10:30 a.m. EDT",
        "14-Aug-2025",
        "14/08/2025",
        "08/14/2025",
    ],
)
def test_a_date_is_the_day_as_it_is_written(words):
    assert day(words) == AUGUST_14


@pytest.mark.parametrize(
    "words",
    [
        "",
        "03/04/2025",
        "2025",
        "August 2025",
        "31 February 2025",
        "0001-01-01",
        "on 14 August 2025",
        "1755129600",
    ],
)
def test_what_is_no_one_day_is_no_date(words):
    assert day(words) is None


def test_two_equal_numbers_leave_no_doubt():
    assert day("04/04/2025") == date(2025, 4, 4)


@pytest.mark.parametrize(
    "line", ["Published: 2025-08-14", "Published on 14 August 2025", "Date: August 14, 2025"]
)
def test_a_label_does_not_hide_a_date(line):
    assert lone(line) == AUGUST_14


def test_the_date_of_an_update_is_not_the_date_of_publication():
    assert lone("Updated: 14 August 2025") is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/2025/08/14/storm", AUGUST_14),
        ("https://news.example/world/2025/aug/14/storm", AUGUST_14),
        ("https://news.example/2025/08/storm", None),
        ("https://news.example/2025/13/14/storm", None),
    ],
)
def test_an_address_with_year_month_and_day_gives_a_date(url, expected):
    assert in_address(url) == expected
