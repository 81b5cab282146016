"""Lines that only say who wrote an article and when are set apart from its text."""

from __future__ import annotations

import pytest

from rag.corpus.formats.facts import datelines
from rag.corpus.formats.text.lines import Line

PROSE = "The glass works burned for three days, and the flames were seen from the landing."


def kinds(*texts: str, author: str = "Ilse Varga, Jan Holm", source: str = "The Ostrel Post") -> list[str]:
    return [line.kind for line in datelines.set_apart([Line(text) for text in texts], author, source)]


@pytest.mark.parametrize(
    "line",
    [
        "By Ilse Varga",
        "Ilse Varga | ivarga@ostrel.example By Ilse Varga | ivarga@ostrel.example",
        "by Ilse Varga, Staff Writer | October 29, 2014 07:38am ET",
        "Par Ilse Varga et Jan Holm — 24 novembre 2017 à 18:42",
        "Written by Ilse Varga\nEdited by Jan Holm",
        "The Ostrel Post | 04.05.2015 à 13h36 • Mis à jour le 05.05.2015 à 20h13 | Par Ilse Varga",
        "Oct 18, 2019 · 8 min read",
        "Published Thursday 27 July 2017 Updated Fri 28 Jul 2017",
        "By Ilse Varga March 18 at 3:57 p.m.",
    ],
)
def test_a_byline_and_a_dateline_are_references(line: str):
    assert kinds(line, PROSE) == ["reference", "paragraph"]


@pytest.mark.parametrize(
    "line",
    [
        "Ilse Varga went to Ostrel on 12 May 2015.",
        "By Ilse Varga, who has written of glass, of salt and of the sea for more than ten years now",
        "A history of glass",
        "Open 10 to 5, closed on 12 May 2015 and on all the other holidays that the town keeps each year",
        "3,000 bottles",
    ],
)
def test_a_line_that_says_more_is_text(line: str):
    assert kinds(line, PROSE) == ["paragraph", "paragraph"]


def test_a_dateline_below_the_prose_is_text():
    assert kinds(PROSE, "By Ilse Varga") == ["paragraph", "paragraph"]


def test_without_an_author_a_name_is_text():
    assert kinds("Ilse Varga", author="") == ["paragraph"]
