"""Which questions, close in meaning, are taken for the same: pairs of our own, by the real model."""

from __future__ import annotations

import json
from pathlib import Path

from rag.evaluation.chosen import LIKE, is_like

PAIRS = [
    json.loads(line)
    for line in Path(__file__).with_name("same_questions.jsonl").read_text("utf-8").splitlines()
]


def test_no_question_that_asks_something_else_is_taken_for_the_same(bundled):
    def taken(pair):
        mine, its = bundled.embedder.embed_questions([pair["question"], pair["other"]])
        return float(mine @ its) >= LIKE and is_like(bundled, pair["question"], pair["other"])

    found = {same: sum(taken(pair) for pair in PAIRS if pair["same"] is same) for same in (True, False)}
    assert len(PAIRS) == 50
    assert found[True] >= 3
    assert found[False] == 0
