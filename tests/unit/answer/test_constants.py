"""Numbers that were chosen by a measurement: none moves unless somebody says so here."""

from __future__ import annotations

from types import ModuleType

from rag.answer import catalogue, choose, comparison, evidence, explain, lead, suggest

CHOSEN: dict[ModuleType, dict[str, object]] = {
    catalogue: {"SHOWN": 20, "DEPTH": 1000, "COVERED": 0.2, "ON_TOPIC": 0.36, "BESIDE": 0.6},
    choose: {"SAME": 0.7, "NEAR": 2.5, "LISTED": 2, "NEW": 1.5},
    comparison: {"NAMED": 0.6, "BOTH": " / "},
    evidence: {"MARGIN": 4.0, "ASIDE": 2.5, "FIRST_READ": 4, "MOST_READ": 7, "HEADING_WORDS": 12},
    explain: {"CLOSE": 0.5, "RELATED": 0.35},
    lead: {"TOLD": 22.0, "SURE": 0.8, "CLEAR": 10.0, "FEW": 8, "BOLD": 10.0},
    suggest: {"TRIED_OF_ONE": 3, "TRIED": 12, "TRIED_SLOWLY": 3, "NEAR": 0.75},
}  # fmt: skip


def test_what_was_chosen_is_what_is_used() -> None:
    assert {
        module: {name: getattr(module, name) for name in names} for module, names in CHOSEN.items()
    } == CHOSEN
