"""Rankings to values, and values to figures with intervals: worked out by hand."""

from __future__ import annotations

from math import log2, nan

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from rag.errors import SettingError
from rag.evaluation import measures
from rag.evaluation.measures import Figure


def test_a_ranking_is_measured_as_trec_eval_does() -> None:
    relevant = {"one": {"b": 2, "d": 1}, "none found": {"z": 1}, "late": {"k": 1}, "nothing": {"a": 1}}
    rankings = {
        "one": ["a", "b", "c", "d"],
        "none found": ["a"],
        "late": list("abcdefghijk"),
        "nothing": [],
    }
    found = measures.of_rankings(relevant, rankings)
    gain = 2 / log2(3) + 1 / log2(5)
    assert found["one"] == pytest.approx(
        {
            "recall@1": 0,
            "recall@5": 1,
            "recall@10": 1,
            "recall@50": 1,
            "mrr@10": 1 / 2,
            "ndcg@10": gain / (2 + 1 / log2(3)),
            "hit@1": 0,
            "hit@10": 1,
        }
    )
    assert set(found["none found"].values()) == set(found["nothing"].values()) == {0.0}
    # The eleventh is too late for a cut-off of ten, for the reciprocal rank too.
    assert found["late"] == dict.fromkeys(measures.TREC, 0.0) | {"recall@50": 1.0}


def test_equal_names_never_change_the_order() -> None:
    """trec_eval orders equal scores by name; a long list must not come to have any."""
    names = [str(number) for number in range(300)]
    found = measures.of_rankings({"q": {"49": 1}}, {"q": names})
    assert (found["q"]["recall@50"], found["q"]["recall@10"]) == (1.0, 0.0)


def test_a_mean_is_over_the_questions_that_a_measure_is_about() -> None:
    drawn = np.array([[1.0, 1.0, 1.0], [0.0, 2.0, 1.0], [0.0, 0.0, 3.0]])
    found = measures.means(np.array([1.0, 0.0, nan]), drawn)
    assert found[:2].tolist() == [0.5, 0.0]
    assert np.isnan(found[2])


def test_a_bootstrap_draws_as_many_questions_as_there_are_and_always_the_same() -> None:
    drawn = measures.draws(7)
    assert drawn.shape == (1000, 7)
    assert (drawn.sum(axis=1) == 7).all()
    assert (drawn == measures.draws(7)).all()


def test_the_interval_of_a_share_is_close_to_the_binomial_one() -> None:
    values = np.array([1.0] * 50 + [0.0] * 50)
    found = measures.figure(0.5, measures.means(values, measures.draws(100)))
    assert found.value == 0.5
    assert (found.low, found.high) == (pytest.approx(0.402, abs=0.015), pytest.approx(0.598, abs=0.015))


def test_the_area_counts_pairs_in_the_right_order_and_ties_half() -> None:
    confidence, answerable = np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False])
    drawn = np.array([[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 0.0, 0.0]])
    found = measures.areas(confidence, answerable, drawn)
    assert found[0] == measures.area(confidence, answerable) == (2 + 1.5) / 4
    assert np.isnan(found[1])


def test_the_areas_of_resamples_are_those_of_scikit_learn() -> None:
    """The slow, obvious twin: one resample at a time."""
    generator = np.random.default_rng(1)
    confidence, answerable = generator.integers(0, 9, 40) / 10, generator.random(40) < 0.6
    drawn = measures.draws(40)[:50]
    plain = [roc_auc_score(answerable, confidence, sample_weight=weights) for weights in drawn]
    assert measures.areas(confidence, answerable, drawn) == pytest.approx(plain)


def test_times_have_a_median_and_a_95th_percentile() -> None:
    assert measures.of_times([]) == {}
    assert measures.of_times([5.0]) == {"p50": Figure(5, 5, 5), "p95": Figure(5, 5, 5)}
    found = measures.of_times([float(each) for each in range(101)])
    assert (found["p50"].value, found["p95"].value) == (50, 95)
    assert found["p50"].low < 50 < found["p50"].high


def test_packages_that_are_missing_are_named_with_the_extra_that_has_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measures.require()
    monkeypatch.setitem(measures.PACKAGES, "no_such_module", "no-such-package")
    message = (
        r'tests need no-such-package, not installed here; install with: pip install -e "\.\[evaluation\]"'
    )
    with pytest.raises(SettingError, match=message):
        measures.require()
