"""Filters: what a person may ask for, and what is said when it makes no sense."""

from __future__ import annotations

from datetime import date

import pytest

from rag.corpus.filters import collection_of, collections_of, described, filter_of, ids_within, spelled
from rag.errors import FilterError
from rag.types import Filter


@pytest.mark.parametrize(
    ("given", "since", "until"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (" 2026-03-05 ", date(2026, 3, 5), date(2026, 3, 5)),
    ],
)
def test_a_year_or_month_is_its_first_day_for_since_and_its_last_for_until(given, since, until) -> None:
    assert filter_of(since=given) == Filter(since=since)
    assert filter_of(until=given) == Filter(until=until)


@pytest.mark.parametrize(
    "given", ["yesterday", "2026-13", "2026-00", "2026-02-30", "26", "2026-03-05-01", "٢٠٢٦", "0000"]
)
def test_a_day_that_is_none_is_refused_with_how_to_write_one(given: str) -> None:
    with pytest.raises(
        FilterError, match=f"^until {given} is not a date; write 2026, 2026-03 or 2026-03-05$"
    ):
        filter_of(until=given)


def test_since_after_until_is_refused() -> None:
    with pytest.raises(FilterError, match="since 2026-04 is after until 2026-03"):
        filter_of(since="2026-04", until="2026-03")
    assert filter_of(since="2026-03-05", until="2026-03-05") is not None


def test_nothing_asked_for_is_no_filter() -> None:
    assert filter_of() is None
    assert filter_of(since="", until=None, sources=["", " "]) is None


def test_names_are_taken_once_and_without_the_space_around_them() -> None:
    asked = filter_of(sources=[" CNN", "CNN", ""], collections=["health/"])
    assert asked == Filter(sources=("CNN",), collections=("health",))


def test_collections_are_folders_with_those_above_them_and_tables() -> None:
    ids = ["a.md", "health/b.md", "health/x/c.md", "t/News.JSONL#https://e.org/1", "C# notes/d#1.md"]
    assert collections_of(ids) == {"health", "health/x", "t", "t/News.JSONL", "C# notes"}


@pytest.mark.parametrize("table", ["news.jsonl", "news.ndjson", "news.csv", "t/news.tsv"])
def test_a_table_of_each_format_is_one_collection_whatever_its_rows_are_called(table: str) -> None:
    assert collection_of(f"{table}#https://e.org/a/b") == table


def test_the_ids_in_a_collection_lie_between_its_bounds() -> None:
    first, after = ids_within("health")
    assert [first <= each < after for each in ("health/a", "health/x/b", "healthy/a", "health.md")] == [
        True, True, False, False,
    ]  # fmt: skip
    first, after = ids_within("t/news.csv")
    assert [first <= each < after for each in ("t/news.csv#1", "t/news.csv")] == [True, False]


def test_a_name_is_found_in_every_spelling_it_has() -> None:
    assert spelled("source", ["cnn"], ["CNN", "Cnn", "BBC"], any_case=True) == ["CNN", "Cnn"]
    assert spelled("source", ["STRASSE"], ["Straße"], any_case=True) == ["Straße"]
    assert spelled("article", ["a.md"], ["a.md", "A.md"], any_case=False) == ["a.md"]


BYLINES = ["Jane Doe", "Jane Doe, John Smith", "Ann Lee; J. SMITH and John Smith", "Doe, Jane", "John"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("john smith", ["Jane Doe, John Smith", "Ann Lee; J. SMITH and John Smith"]),
        ("Jane Doe", ["Jane Doe", "Jane Doe, John Smith"]),
        ("Jane Doe, John Smith", ["Jane Doe, John Smith"]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("John", ["John"]),
    ],
)
def test_an_author_is_found_in_bylines_shared_with_others(wanted: str, found: list[str]) -> None:
    assert spelled("author", [wanted], BYLINES, any_case=True) == found


def test_an_author_who_is_not_known_is_refused_with_near_people_and_no_half_of_a_name() -> None:
    with pytest.raises(FilterError, match=r"^no author Jon Smith; did you mean John Smith"):
        spelled("author", ["Jon Smith"], BYLINES, any_case=True)
    with pytest.raises(FilterError, match="no author Jane;"):
        spelled("author", ["Jane"], BYLINES, any_case=True)
    with pytest.raises(FilterError, match="no source John Smith;"):
        spelled("source", ["John Smith"], BYLINES, any_case=True)


@pytest.mark.parametrize(
    ("name", "known", "message"),
    [
        ("Guardain", ["The Guardian", "Guardian", "CNN"], "no source Guardain; did you mean Guardian"),
        ("times", ["The New York Times", "CNN"], "did you mean The New York Times?"),
        ("zzz", ["CNN", "BBC"], "no source zzz; known are BBC, CNN"),
        ("zzz", [], "no source zzz; the articles have no source"),
        ("zzz", list("abcdef"), "known are a, b, c, d, e, ..."),
    ],
)
def test_an_unknown_name_is_refused_with_near_ones(name, known, message) -> None:
    with pytest.raises(FilterError) as error:
        spelled("source", [name], known, any_case=True)
    assert message in str(error.value)


def test_a_filter_is_put_into_words() -> None:
    asked = Filter(since=date(2026, 3, 1), until=date(2026, 3, 31), sources=("CNN", "BBC"), authors=("A",))
    assert described(asked) == "from CNN or BBC, by A, published between 2026-03-01 and 2026-03-31"
    assert described(Filter(articles=("a.md",), collections=("x",))) == "called a.md, in x"
    assert described(Filter(until=date(2026, 3, 1))) == "published until 2026-03-01"
