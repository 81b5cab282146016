"""Numbers that were chosen by a measurement: none moves unless somebody says so here."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import pytest

CHOSEN: Mapping[str, Mapping[str, float]] = {
    "catalogue": {
        "SHOWN": 20, "DEPTH": 1000, "COVERED": 0.2, "ON_TOPIC": 0.36, "BESIDE": 0.6, "UNKNOWN": 0.17,
    },
    "choose": {"SAME": 0.7, "NEAR": 2.5, "NEARER": 2.1, "FAINT": 9.0, "LISTED": 2, "NEW": 1.5},
    "comparison": {"NAMED": 0.6},
    "definitions": {
        "LOOKED_AT": 60, "SHOWN": 3, "CALLED": 0.6, "ALONE": 0.3, "ALIKE": 0.85, "OPENING": 3, "STEM": 4,
        "PLAIN": 0.8,
    },
    "disagreement": {
        "DEPTH": 30, "MOST": 4, "CONFIDENCE": 0.7, "ALIKE": 0.4, "CLOSE": 0.55, "ABOUT": 0.7,
        "SHARED": 0.5, "HEADING_WITHIN": 3000,
    },
    "evidence": {"MARGIN": 4.0, "ASIDE": 2.5, "MOST_READ": 4, "HEADING_WORDS": 12},
    "explain": {"CLOSE": 0.5, "RELATED": 0.35},
    "facts": {"LOOKED_AT": 1000, "SHOWN": 5, "NAMED": 20},
    "lead": {"TOLD": 14.0, "SURE": 0.79, "CLEAR": 10.0, "FEW": 8, "BOLD": 10.0},
    "limits": {"JOINED": 0.25},
    "lists": {"NEAR": 2.5, "LED": 0.5, "LED_PLAINLY": 0.8, "OWN": 0.1, "CELL": 12.0},
    "missing": {"TELLING": 0.7, "NEARLY": 2 / 3, "KIN": 6, "APART": 2},
    "overview.asked": {"VIEWS": 3, "OF_VIEW": 2, "COMPARED": 4, "OF_COMPARED": 3},
    "overview.collected": {"COUNTED": 1000, "READ": 60, "BRIEFS": 8, "SHOWN": 12, "OF_FEW": 4, "KEPT": 16},
    "overview.dated": {"RECENT": 1, "OF_ONE": 6},
    "overview.differing": {"ALIKE": 0.6, "SHARED": 0.35, "COMPARED": 4000, "FEW": 3, "SHOWN": 5},
    "overview.named": {"CONSIDERED": 60, "LOOKED_AT": 6, "LONGEST_INITIALS": 5},
    "overview.names": {"PENALTY": 0.3},
    "overview.quotes": {"SHORTEST": 6, "LONGEST": 60, "TITLED": 0.3, "FIRST": 0.2, "LAST": 0.5},
    "pasted": {"SHORTEST": 3, "LONG": 8, "SHOWN": 4},
    "special": {"GREETED": 4},
    "suggest": {"TRIED_OF_ONE": 3, "TRIED": 12, "TRIED_SLOWLY": 3, "NEAR": 0.75},
    "summary": {"SENTENCES": 4, "SHORTEST": 6, "NEAR": 0.5, "VARIETY": 0.5},
}  # fmt: skip


@pytest.mark.parametrize("module", CHOSEN)
def test_what_was_chosen_is_what_is_used(module: str) -> None:
    found = importlib.import_module(f"rag.answer.{module}")
    assert {name: getattr(found, name) for name in CHOSEN[module]} == pytest.approx(CHOSEN[module])
