"""Two runs over the same questions to what changed, and whether by more than chance."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from rag.errors import QuestionsError
from rag.evaluation.measures import SEED, Figure, columns, figure
from rag.evaluation.results import LOW_IS_GOOD, METRICS, spreads

PERMUTATIONS = 9999
"""Ways to flip signs that are tried; all of them where there are fewer."""

LEVEL = 0.05
"""A difference that chance makes more seldom than this is marked."""

UNPAIRED = frozenset({"refusal.precision", "refusal.auc"})
"""Measures that no single question has a share in: told by their interval alone."""

Each: TypeAlias = Sequence[Mapping[str, Any]]
"""What `rag test --json` prints under "each"."""


@dataclass(frozen=True, slots=True)
class Change:
    """A measure before and after."""

    metric: str
    old: float
    new: float
    difference: Figure
    """New less old, with the interval of the paired bootstrap."""
    p: float | None
    """Of a paired permutation test (Fisher's, by flipping signs); None where there is none."""

    @property
    def is_significant(self) -> bool:
        """Say whether chance alone would seldom make such a difference."""
        if self.p is None:
            return self.difference.low > 0 or self.difference.high < 0
        return self.p < LEVEL

    @property
    def is_better(self) -> bool:
        """Say whether the new value is the better one."""
        return (self.new > self.old) != (self.metric in LOW_IS_GOOD)


@dataclass(frozen=True, slots=True)
class Moved:
    """A question that went better or worse, and in what."""

    question: str
    what: str
    """Reads on from the question: "first right article 3, was 1"."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two runs, over the questions that both asked."""

    questions: int
    only_old: int
    """Questions that only the old run asked, or with another label; left out."""
    only_new: int
    changes: tuple[Change, ...]
    better: tuple[Moved, ...]
    worse: tuple[Moved, ...]


def read(path: Path) -> Each:
    """Return the questions of a run that was kept. Raises QuestionsError for what is not one."""
    try:
        each = json.loads(path.read_text(encoding="utf-8"))["each"]
        for one in each:
            one["values"], one["question"], one["unanswerable"], one["answered"]
            one["confidence"], one["rank"], one["sentence_rank"]
    except OSError as error:
        raise QuestionsError(f"{path} cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError):
        raise QuestionsError(
            f"{path} does not hold an earlier run; make one with: rag test ... --json > {path.name}"
        ) from None
    found: Each = each
    return found


def compare(old: Each, new: Each) -> Comparison:
    """Return what changed from `old` to `new`, question by question; they are matched by their text."""
    before, after = ({(one["question"], one["unanswerable"]): one for one in each} for each in (old, new))
    pairs = [(before[key], one) for key, one in after.items() if key in before]
    if not pairs:
        raise QuestionsError("both runs have no question in common; nothing can be compared")
    return Comparison(
        len(pairs),
        len(before) - len(pairs),
        len(after) - len(pairs),
        _changes([one for one, _ in pairs], [one for _, one in pairs]),
        tuple(Moved(one["question"], what) for was, one in pairs if (what := _moved(was, one, 1))),
        tuple(Moved(one["question"], what) for was, one in pairs if (what := _moved(was, one, -1))),
    )


def _changes(old: Each, new: Each) -> tuple[Change, ...]:
    before, after = (
        spreads(
            [one["values"] for one in each],
            [one["confidence"] for one in each],
            [one["unanswerable"] for one in each],
        )
        for each in (old, new)
    )
    was, now = (columns(one["values"] for one in each) for each in (old, new))
    return tuple(
        Change(
            name,
            round(before[name].value, 4),
            round(after[name].value, 4),
            # Both drew the same questions in each resample, so that their difference is paired.
            figure(after[name].value - before[name].value, after[name].resampled - before[name].resampled),
            None if name in UNPAIRED else _p(now[name] - was[name]),
        )
        for name in METRICS
        if name in before and name in after
    )


def _p(differences: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    """Return how often chance makes a mean of `differences` as far from 0.

    Questions without a difference are left out: flipping their sign changes nothing.
    """
    moved = differences[np.isfinite(differences) & (differences != 0)]
    if len(moved) < 2:
        return 1.0
    from scipy.stats import permutation_test  # noqa: PLC0415 - of the extra "evaluation"

    test = permutation_test(
        (moved,),
        lambda sample, axis: np.mean(sample, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=PERMUTATIONS,
        batch=500,
        rng=np.random.default_rng(SEED),
    )
    return round(float(test.pvalue), 4)


def _moved(old: Mapping[str, Any], new: Mapping[str, Any], sign: int) -> str:
    """Return in what `new` is better (`sign` 1) or worse (-1) than `old`; nothing if in nothing."""
    found = []
    for label, key in (("first right article", "rank"), ("first right sentence", "sentence_rank")):
        was, now = old[key].get("fused"), new[key].get("fused")
        if ((was or inf) - (now or inf) if was != now else 0) * sign > 0:
            found.append(f"{label} {now or 'none'}, was {was or 'none'}")
    if old["answered"] != new["answered"] and (new["answered"] != new["unanswerable"]) == (sign > 0):
        found.append("now answered, was refused" if new["answered"] else "now refused, was answered")
    return "; ".join(found)
