"""Numbers that were chosen by a measurement: none moves unless somebody says so here."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import pytest

CHOSEN: Mapping[str, Mapping[str, float]] = {
    "english.defining": {"OPENING": 0.5},
    "english.followups": {"READINGS": 3},
    "english.followups.fragments": {"LIKE": 0.25, "LIKE_ALONE": 0.45, "WORDS": 4, "LONGEST": 8},
    "english.followups.mentions": {"LONG": 4, "MOST_OF_A_PERSON": 4},
    "english.followups.nouns": {"SHORT": 6},
    "english.followups.past": {"RECALLED": 3, "READ": 1500, "FULL": 2},
    "english.names": {"HEADLINE": 3, "TYPO": 0.8, "DIGITS": 3, "STEM": 4, "INITIALS": 3},
    "english.people": {"NEAR": 90},
    "english.quantities": {"PART_OFF": 0.05, "AT_LEAST": 1.5},
    "english.silence": {"HUNDREDTHS": 100},
    "english.times": {"LIVE": 31, "FEW": 3},
    "quote": {"MOST_MORE": 2, "LONGEST_QUOTE": 700},
    "stated": {"YEAR": 31557600.0},
    "times": {"YIELDED": 0.05},
}  # fmt: skip


@pytest.mark.parametrize("module", CHOSEN)
def test_what_was_chosen_is_what_is_used(module: str) -> None:
    found = importlib.import_module(f"rag.question.{module}")
    assert {name: getattr(found, name) for name in CHOSEN[module]} == CHOSEN[module]
