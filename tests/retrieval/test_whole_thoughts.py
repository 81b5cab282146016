"""Labelled places, held apart: a quote holds what limits it, and little that it does not need.

benchmarks/whole_thoughts.py measures 24 of 292 cut and 47 that say too much; the bounds are at most the upper
ends of the 95% intervals (Wilson, 1927).
"""

from __future__ import annotations

import pytest

from rag.answer.limits import Limits
from rag.answer.reader import Reader
from training.limits import HELD, places

CUT, EXCEEDED = 0.11, 0.2


@pytest.fixture(scope="module")
def quoted():
    limits = Limits.load(Reader())
    return [(place, place.whole(limits)) for place in places() if place.part == HELD]


def test_hardly_a_quote_cuts_off_what_it_needs(quoted) -> None:
    assert len(quoted) >= 290
    assert sum(place.is_cut(quote) for place, quote in quoted) <= CUT * len(quoted)
    assert sum(place.is_cut(place.quote) for place, _ in quoted) > CUT * len(quoted), (
        "without it, nothing is cut"
    )


def test_few_quotes_say_more_than_they_need(quoted) -> None:
    assert sum(place.is_exceeded(quote) for place, quote in quoted) <= EXCEEDED * len(quoted)


def test_an_answer_says_what_became_of_what_it_says(bundled) -> None:
    answer = bundled.ask("who got the $300 million contract to fix puerto rico's grid?")
    assert answer.statements[0].text.endswith("The contract was cancelled after an outcry in October 2017.")
