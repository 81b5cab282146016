"""Rankings to a value a question, and values to figures with their intervals.

The only door to trec_eval (pytrec-eval-terrier) and to scikit-learn's area under the curve.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from rag.errors import SettingError

RESAMPLES = 1000
"""Of the questions, for an interval; its ends move by about a hundredth of its width with more."""

SEED = 2026
"""Any number: a fixed one makes two runs alike."""

CUTOFF = 10
"""Places that MRR and nDCG look at."""

TREC = {
    "recall@1": "recall_1",
    "recall@5": "recall_5",
    "recall@10": "recall_10",
    "recall@50": "recall_50",
    "mrr@10": "recip_rank",
    "ndcg@10": "ndcg_cut_10",
    "hit@1": "success_1",
    "hit@10": "success_10",
}
"""What the measures of a ranking are called in trec_eval."""

PACKAGES = {
    "pytrec_eval": "pytrec-eval-terrier",
    "sklearn": "scikit-learn",
    "scipy": "scipy",
    "matplotlib": "matplotlib",
}
"""What measuring, comparing and plotting import, and what is installed for it: the extra "evaluation"."""

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over all questions, with its 95% interval (percentile bootstrap, Efron, 1979)."""

    value: float
    low: float
    high: float


def require() -> None:
    """Raise SettingError when a package that measuring needs is not installed."""
    missing = [package for module, package in PACKAGES.items() if importlib.util.find_spec(module) is None]
    if missing:
        raise SettingError(
            f"tests need {' and '.join(missing)}, not installed here; install with:"
            ' pip install -e ".[evaluation]"'
        )


def of_rankings(
    relevant: Mapping[str, Mapping[str, int]], rankings: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Return the measures of each question's ranking by the grades of its `relevant` names, best first."""
    import pytrec_eval  # noqa: PLC0415 - of the extra "evaluation"

    evaluator = pytrec_eval.RelevanceEvaluator(
        {question: dict(grades) for question, grades in relevant.items()},
        {"recall.1,5,10,50", "ndcg_cut.10", "success.1,10"},
    )
    found = evaluator.evaluate({question: _run(rankings[question]) for question in relevant})
    # trec_eval's reciprocal rank has no cut-off, so it is shown the first places only.
    first = pytrec_eval.RelevanceEvaluator(
        {question: dict(grades) for question, grades in relevant.items()}, {"recip_rank"}
    ).evaluate({question: _run(rankings[question][:CUTOFF]) for question in relevant})
    return {
        question: {name: (values | first[question])[trec] for name, trec in TREC.items()}
        for question, values in found.items()
    }


def _run(names: Sequence[str]) -> dict[str, float]:
    """Return scores that keep the order of `names`: trec_eval sorts by score and breaks ties by name."""
    return {name: float(len(names) - place) for place, name in enumerate(names)}


def draws(questions: int) -> Floats:
    """Return how often each question is drawn in each resample, shape (RESAMPLES, questions)."""
    generator = np.random.default_rng(SEED)
    return generator.multinomial(questions, [1 / questions] * questions, size=RESAMPLES).astype(np.float64)


def means(values: Floats, drawn: Floats) -> Floats:
    """Return the mean of `values` in each resample; a NaN is a question that the measure is not about."""
    counted = np.isfinite(values)
    with np.errstate(invalid="ignore"):  # no question that counts was drawn: NaN
        found: Floats = (drawn @ np.where(counted, values, 0.0)) / (drawn @ counted.astype(np.float64))
    return found


def area(confidence: Floats, answerable: npt.NDArray[np.bool_]) -> float:
    """Return the area under the curve of `confidence`; both kinds of questions have to be there."""
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415 - of the extra "evaluation"

    return float(roc_auc_score(answerable, confidence))


def areas(confidence: Floats, answerable: npt.NDArray[np.bool_], drawn: Floats) -> Floats:
    """Return the `area` in each resample, NaN where one kind is missing: all at once, not a call for each.

    It is the share of pairs that stand in the right order, ties counting half (Mann and Whitney, 1947).
    """
    order = np.argsort(confidence)
    levels = np.flatnonzero(np.diff(confidence[order], prepend=-np.inf))
    right, wrong = (
        np.add.reduceat((drawn * kind)[:, order], levels, axis=1) for kind in (answerable, ~answerable)
    )
    below = np.cumsum(wrong, axis=1) - wrong
    with np.errstate(invalid="ignore"):
        found: Floats = (right * (below + wrong / 2)).sum(axis=1) / (right.sum(axis=1) * wrong.sum(axis=1))
    return found


def figure(value: float, resampled: Floats) -> Figure:
    """Return `value` with the middle 95% of its `resampled` values."""
    low, high = np.nanpercentile(resampled, [2.5, 97.5])
    return Figure(_rounded(value), _rounded(low), _rounded(high))


def of_times(milliseconds: Sequence[float]) -> dict[str, Figure]:
    """Return the median and the 95th percentile of how long questions took; none without any."""
    if not milliseconds:
        return {}
    times = np.array(milliseconds)
    drawn = np.random.default_rng(SEED).choice(times, size=(RESAMPLES, len(times)))
    return {
        f"p{percent}": figure(float(np.percentile(times, percent)), np.percentile(drawn, percent, axis=1))
        for percent in (50, 95)
    }


def columns(values: Iterable[Mapping[str, float]]) -> dict[str, Floats]:
    """Return rows, one for each question, as columns, one for each measure; NaN where a question has none."""
    rows = list(values)
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: np.array([row.get(name, np.nan) for row in rows]) for name in names}


def _rounded(number: float) -> float:
    return round(float(number), 4)
