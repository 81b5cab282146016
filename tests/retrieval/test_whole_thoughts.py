"""Labelled places, held apart: a quote holds what limits it, and little that it does not need.

benchmarks/whole_thoughts.py measures 5 of 82 cut and 10 that say too much; the bounds are the upper ends of
the 95% intervals (Wilson, 1927).
"""

from __future__ import annotations

import pytest

from rag.answer.limits import Limits
from rag.index.packaged import PackagedEmbedder
from rag.types import Statement
from training.limits import places

CUT, EXCEEDED = 0.14, 0.21


@pytest.fixture(scope="module")
def quoted():
    embedder = PackagedEmbedder()
    limits = Limits.load(embedder, "en")
    held = [place for place in places() if place.is_held]
    vectors = embedder.embed_questions([place.question for place in held])
    statements = [Statement(place.quote.quote, (place.quote,), "exact") for place in held]
    whole = [
        limits.joined([each], vector)[0].citations[0]
        for each, vector in zip(statements, vectors, strict=True)
    ]
    return list(zip(held, whole, strict=True))


def test_hardly_a_quote_cuts_off_what_it_needs(quoted) -> None:
    assert len(quoted) >= 80
    assert sum(place.is_cut(quote) for place, quote in quoted) <= CUT * len(quoted)
    assert sum(place.is_cut(place.quote) for place, _ in quoted) > CUT * len(quoted), (
        "without it, nothing is cut"
    )


def test_few_quotes_say_more_than_they_need(quoted) -> None:
    assert sum(place.is_exceeded(quote) for place, quote in quoted) <= EXCEEDED * len(quoted)


def test_an_answer_says_what_became_of_what_it_says(bundled) -> None:
    answer = bundled.ask("who got the $300 million contract to fix puerto rico's grid?")
    assert answer.statements[0].text.endswith("The contract was cancelled after an outcry in October 2017.")
