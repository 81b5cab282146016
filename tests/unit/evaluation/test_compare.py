"""Two runs compared, and floors that a run must reach."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rag.errors import QuestionsError
from rag.evaluation.compare import Moved, compare, read
from rag.evaluation.floors import Floor, below
from rag.evaluation.measures import Figure
from rag.evaluation.report import changes
from rag.evaluation.results import Results


def each(
    question: str, rank: int | None, *, sentence: int | None = 1, answered: bool = True
) -> dict[str, Any]:
    return {
        "question": question,
        "unanswerable": False,
        "answered": answered,
        "confidence": 0.5,
        "rank": {"fused": rank},
        "sentence_rank": {"fused": sentence},
        "values": {
            "fused.mrr@10": 1 / rank if rank else 0.0,
            "refusal.answerable_refused": float(not answered),
        },
    }


def refused(question: str, *, answered: bool) -> dict[str, Any]:
    values = {"refusal.recall": float(not answered)}
    return each(question, None, sentence=None, answered=answered) | {"unanswerable": True, "values": values}


def test_a_run_compared_with_itself_has_not_changed() -> None:
    run = [each("a", 1), each("b", None), refused("c", answered=True)]
    found = compare(run, run)
    assert (found.questions, found.better, found.worse) == (3, (), ())
    assert {change.p for change in found.changes} == {1.0, None}
    assert all(change.difference == Figure(0, 0, 0) for change in found.changes)
    assert not any(change.is_significant for change in found.changes)


def test_a_difference_is_paired_and_tested_by_flipping_signs() -> None:
    old = [each(str(number), 2) for number in range(12)] + [each("same", 1)]
    new = [each(str(number), 1) for number in range(12)] + [each("same", 1)]
    mrr, refusals = compare(old, new).changes
    assert (mrr.metric, mrr.old, mrr.new) == ("fused.mrr@10", pytest.approx(7 / 13, abs=1e-4), 1.0)
    assert mrr.difference.value == pytest.approx(6 / 13, abs=1e-4)
    assert 0 < mrr.difference.low < mrr.difference.value < mrr.difference.high <= 0.5
    # Of the 2^12 ways to flip twelve equal differences only two are as extreme.
    assert mrr.p == pytest.approx(2 / 2**12, abs=1e-4)
    assert mrr.is_significant
    assert mrr.is_better
    assert (refusals.metric, refusals.p) == ("refusal.answerable_refused", 1.0)


def test_a_question_that_a_collection_asks_twice_counts_once() -> None:
    run = [each("a", 1), each("a", 1), each("b", 2)]
    found = compare(run, run)
    assert (found.questions, found.only_old, found.only_new) == (2, 0, 0)


def test_few_differences_are_chance() -> None:
    old, new = ([each("a", rank), each("b", rank), each("c", 1)] for rank in (2, 1))
    mrr = compare(old, new).changes[0]
    assert mrr.p == 0.5
    assert not mrr.is_significant


def test_fewer_refusals_of_answerable_questions_are_better() -> None:
    old, new = ([each(str(n), 1, answered=answered) for n in range(12)] for answered in (False, True))
    change = compare(old, new).changes[-1]
    assert change.difference.value == -1
    assert change.is_better
    assert change.is_significant


def test_questions_that_moved_are_listed_with_what_moved() -> None:
    old = [each("up", 3), each("lost", 2), each("mixed", 1), refused("kept", answered=True), each("old", 1)]
    new = [
        each("up", 1),
        each("lost", None, sentence=None, answered=False),
        each("mixed", 1, sentence=3, answered=True),
        refused("kept", answered=False),
        each("new", 1),
    ]
    found = compare(old, new)
    assert (found.questions, found.only_old, found.only_new) == (4, 1, 1)
    assert found.better == (
        Moved("up", "first right article 1, was 3"),
        Moved("kept", "now refused, was answered"),
    )
    assert found.worse == (
        Moved(
            "lost",
            "first right article none, was 2; first right sentence none, was 1; now refused, was answered",
        ),
        Moved("mixed", "first right sentence 3, was 1"),
    )
    text = changes(found)
    assert text.startswith(
        "compared over 4 questions that both runs asked (left out: 1 of the old run, 1 of this"
    )
    assert "2 questions worse\n  lost\n    first right article none, was 2" in text


def test_a_file_that_is_no_earlier_run_and_one_about_other_questions_are_refused(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text('{"each": [{}]}', "utf-8")
    with pytest.raises(QuestionsError, match=r"old\.json does not hold an earlier run; make one"):
        read(tmp_path / "old.json")
    with pytest.raises(QuestionsError, match=r"none\.json cannot be read: No such file"):
        read(tmp_path / "none.json")
    (tmp_path / "old.json").write_text(json.dumps({"each": [each("a", 1)]}), "utf-8")
    with pytest.raises(QuestionsError, match="no question in common"):
        compare(read(tmp_path / "old.json"), [each("b", 1)])


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("recall@5=0.95", Floor("fused.recall@5", 0.95)),
        ("dense.mrr@10=.5", Floor("dense.mrr@10", 0.5)),
        ("passages.mrr@10 = 1", Floor("passages.fused.mrr@10", 1)),
        ("passages.bm25.hit@1=0", Floor("passages.bm25.hit@1", 0)),
        ("refusal.auc=0.9", Floor("refusal.auc", 0.9)),
    ],
)
def test_a_floor_names_a_measure_of_the_fused_list_or_of_another(text: str, floor: Floor) -> None:
    assert Floor.parse(text) == floor


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("recall@5", "recall@5 is not a floor; write METRIC=VALUE"),
        ("recal@5=0.9", "recal@5 is not a measure; did you mean recall@5"),
        ("passages.sentence@1=0.9", "passages.sentence@1 is not a measure; did you mean "),
        ("zzz=0.9", "zzz is not a measure; known are recall@1, "),
        ("recall@5=95", "the floor recall@5=95 is outside 0 to 1"),
        ("recall@5=nan", "is outside 0 to 1"),
        ("recall@5=high", "'high' is not a number"),
        ("refusal.answerable_refused=0.1", "is better the lower it is"),
    ],
)
def test_a_floor_that_means_nothing_is_refused(text: str, message: str) -> None:
    with pytest.raises(QuestionsError, match=message):
        Floor.parse(text)


def test_floors_that_are_missed_or_could_not_be_measured_are_told() -> None:
    figures = {"fused.recall@5": Figure(0.94, 0.9, 1), "fused.recall@1": Figure(0.5, 0.4, 0.6)}
    results = Results((), figures, {}, "corpus", "index", "model", "3 articles")
    floors = [Floor("fused.recall@5", 0.95), Floor("fused.recall@1", 0.5), Floor("refusal.auc", 0.5)]
    assert list(below(results, floors)) == [
        "fused.recall@5 is 0.9400, below the floor of 0.95",
        "refusal.auc could not be measured with these questions; its floor is 0.5",
    ]
