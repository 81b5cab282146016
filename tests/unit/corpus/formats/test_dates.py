"""Words to a date."""

from datetime import date

import pytest

from rag.corpus.formats.facts.dates import Order, day, given, in_address, in_name, lone

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


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("council/EC-minutes-2025-08-14.docx", AUGUST_14),
        ("minutes_2025_08_14_final.pdf", AUGUST_14),
        ("2025-08-14/minutes.pdf", None),
        ("minutes-2025-08-14-to-2025-08-16.pdf", None),
        ("minutes-2025-13-14.pdf", None),
        ("call-12025-08-141.pdf", None),
        ("export-2025-08-14.csv#3", None),
    ],
)
def test_the_name_of_a_file_gives_a_date(id, expected):
    assert in_name(id) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1755129600", AUGUST_14),
        ("1755129600.0", AUGUST_14),
        ("1755129600000", AUGUST_14),
        ("1755129600000000", AUGUST_14),
        ("1755129600000000000", AUGUST_14),
        ("{'$date': 1755129600000}", AUGUST_14),
        ('{"$date": "2025-08-14T10:00:00Z"}', AUGUST_14),
        ('{"$date": {"$numberLong": "1755129600000"}}', AUGUST_14),
        ("/Date(1755129600000+0200)/", AUGUST_14),
        ("20250814103000", AUGUST_14),
        ("202508141030", AUGUST_14),
        ("Published: 14 August 2025", AUGUST_14),
        ("123456789", date(1973, 11, 29)),
    ],
)
def test_a_field_of_dates_may_count_the_time_as_programs_do(words, expected):
    assert given(words) == expected


@pytest.mark.parametrize("words", ["", "45000", "12345678901", "nan", "{'$date': null}", "0", "1" * 400])
def test_a_number_that_is_no_time_is_no_date(words):
    assert given(words) is None


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["03/04/2025", "25/12/2024"], date(2025, 4, 3)),
        (["03/04/2025", "12/25/2024 10:30"], date(2025, 3, 4)),
        (["03.04.2025", "2025-12-31", "31.12.2025"], date(2025, 4, 3)),
        (["03/04/2025"], None),
        (["03/04/2025", "04/04/2025", "2025-12-31"], None),
        (["03/04/2025", "25/12/2024", "12/25/2024"], None),
        (["03/04/2025", "99/12/2024", "12/99/2024"], None),
    ],
    ids=["day", "month", "dots", "alone", "nothing decides", "both", "no dates"],
)
def test_the_dates_of_a_column_are_all_of_one_order(column, expected):
    order = Order()
    for words in column:
        order.see(words)
    assert order.day(column[0]) == expected
    assert order.unsure == column[0]


def test_a_date_that_the_order_of_its_column_forbids_is_none():
    order = Order()
    order.see("25/12/2024")
    assert order.day("12/31/2024") is None
    assert order.day("2024-12-31") == date(2024, 12, 31)
