"""Titles and authors without what a page adds to them."""

import pytest

from rag.corpus.formats.facts import article
from rag.corpus.formats.facts.bylines import authors, without_site


@pytest.mark.parametrize(
    ("title", "source", "bare"),
    [
        ("Storm hits coast | Daily News", "Daily News", "Storm hits coast"),
        ("Storm hits coast - The Daily News", "Daily News", "Storm hits coast"),
        ("Storm hits coast – daily news", "The Daily News", "Storm hits coast"),
        ("Storm - a history - Daily News", "Daily News", "Storm - a history"),
        ("Storm hits coast - Daily News", "", "Storm hits coast - Daily News"),
        ("Storm hits coast - Daily News", "BBC", "Storm hits coast - Daily News"),
        ("Storm hits the Daily News", "Daily News", "Storm hits the Daily News"),
        ("Storm-Daily News", "Daily News", "Storm-Daily News"),
        ("Daily News", "Daily News", "Daily News"),
        ("C++ | a.b (c", "a.b (c", "C++"),
    ],
)
def test_a_title_loses_the_name_of_its_site(title: str, source: str, bare: str) -> None:
    assert without_site(title, source) == bare


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Jane Doe", "Jane Doe"),
        ("Jane Doe and John Smith", "Jane Doe and John Smith"),
        ("By Jane Doe", "Jane Doe"),
        ("by: Jane Doe, John Smith", "Jane Doe, John Smith"),
        ("Written by Jane Doe", "Jane Doe"),
        ("Jane Doe (jane.doe@daily.example)", "Jane Doe"),
        ("Jane Doe jane@daily.example", "Jane Doe"),
        ("Jane Doe, @jane", "Jane Doe"),
        ("Jane Doe\nFollow", "Jane Doe"),
        ("Jane Doe Follow", "Jane Doe"),
        ("Username", ""),
        ("Jane Doe, Username", "Jane Doe"),
        ("jane@daily.example", ""),
        ("https://social.example/daily", ""),
        ("Jane Doe, Staff Writer", "Jane Doe"),
        ("Jane Doe\nSenior Political Editor\nJohn Smith", "Jane Doe, John Smith"),
        ("Jane Doe | Science correspondent", "Jane Doe"),
        ("Jane Doe, The Daily", "Jane Doe"),
        ("Staff Writer", "Staff Writer"),
        ("The Daily", "The Daily"),
        ("By The Daily, Staff Writer", "The Daily, Staff Writer"),
        ("Sammy Davis, Jr.", "Sammy Davis, Jr."),
        ("Byron Smith", "Byron Smith"),
        ("Anne-Marie O’Neill", "Anne-Marie O’Neill"),
        ("Dr. h.c. Ilse Varga", "Dr. h.c. Ilse Varga"),
        ("['Jane Doe', \"Sean O'Neill\"]", "Jane Doe, Sean O'Neill"),
        ("jane-doe", "Jane Doe"),
        ("jane-doe, john_q_smith", "Jane Doe, John Q Smith"),
        ("vincent-van-gogh", "Vincent van Gogh"),
        ("élodie-de-la-tour", "Élodie de la Tour"),
        ("jdoe", "jdoe"),
        ("jdoe-7", "jdoe-7"),
        ("Jane-Doe", "Jane-Doe"),
        ("a-name-with-too-many-parts", "a-name-with-too-many-parts"),
        ("staff-writer, jane-doe", "Jane Doe"),
        ("", ""),
    ],
)
def test_a_byline_is_the_names_in_it(said: str, names: str) -> None:
    assert authors(said, "The Daily") == names


def test_a_byline_without_end_is_left_as_it_is() -> None:
    assert authors("a" * 100_000) == "a" * 100_000


def test_an_article_has_its_own_title_and_the_line_that_repeats_it_goes() -> None:
    given = {"title": "Storm | The Daily", "source": "The Daily", "author": "By Jane Doe, Reporter"}
    for first in ("Storm", "Storm | The Daily"):
        found = article("a.html", f"{first}\n\nIt rained.", given)
        assert (found.title, found.author, found.text) == ("Storm", "Jane Doe", "It rained.")
