"""What a run of labelled questions measured: cases, figures, and their JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from rag.evaluation import measures
from rag.evaluation.measures import TREC, Figure, Floats
from rag.evaluation.questions.labelled import LabelledQuestion

LISTS = ("fused", "dense", "bm25")
"""The rankings that are compared in one run."""

SENTENCES = 3
"""Quoted sentences that are judged."""

RANKED = (*TREC, "sentence@1", f"sentence@{SENTENCES}")

REFUSAL = ("precision", "recall", "auc", "answerable_refused", "likely")

METRICS = (
    *(f"{ranking}.{kind}" for ranking in LISTS for kind in RANKED),
    *(f"passages.{ranking}.{kind}" for ranking in LISTS for kind in TREC),
    *(f"refusal.{kind}" for kind in REFUSAL),
)
"""Every measure but the times, by its full name; a run that cannot judge one leaves it out."""

LOW_IS_GOOD = frozenset({"refusal.answerable_refused", "refusal.likely"})

FIRST = 10
"""Articles among which an expected one has to be when there is no label to judge sentences by."""

Problem: TypeAlias = Literal["answered", "refused", "sentence", "article"]
"""What can go wrong with a question."""

PROBLEMS: Mapping[Problem, str] = {
    "answered": "is answered, should be refused",
    "refused": "is refused, should be answered",
    "sentence": "is answered, but with no right sentence",
    "article": f"finds no expected article among the first {FIRST}",
}
"""Each in words that read on from the question."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage as a question's rankings saw it: why it was found, or why not."""

    article: str
    title: str
    text: str
    words: tuple[str, ...]
    """Words of the question that stand in the passage or its title, as the question has them."""
    ranks: Mapping[str, int | None]
    """Place in each of LISTS, from 1; None when beyond the depth searched."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with a question, and what there was to find."""

    kind: Problem
    quote: str | None
    """The sentence that was quoted first, or would have been without a threshold."""
    quoted_title: str | None
    """Title of the article that it is from."""
    expected: Seen | None
    """The right passage that came first, or the right article's; None when there is none."""
    found: Seen | None
    """The passage that came first; None when nothing was found."""

    @property
    def problem(self) -> str:
        """Return what went wrong in words that read on from the question."""
        return PROBLEMS[self.kind]


@dataclass(frozen=True, slots=True)
class Case:
    """One question with everything that was measured of it."""

    question: LabelledQuestion
    answered: bool
    """Whether it counts as answered. A likely answer does where there is an answer: its reader sees it, and
    how far to trust it. It does not where there is none: nobody was told that there is."""
    likely: bool
    """Whether a likely answer is shown."""
    confidence: float
    """Estimated probability that the articles answer, 0 to 1."""
    ranks: Mapping[str, int | None]
    """Place of the first right article in each of LISTS; empty when no article is expected."""
    passage_ranks: Mapping[str, int | None]
    """The same of the first right passage; empty when no passage can be judged."""
    sentence_ranks: Mapping[str, int | None]
    """The same among the sentences quoted from each list, as if nothing were refused."""
    values: Mapping[str, float]
    """Its share in each of METRICS but the area under the curve."""
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class Results:
    """What a run over all questions measured."""

    cases: tuple[Case, ...]
    figures: Mapping[str, Figure]
    """By full name, those of METRICS that could be judged."""
    latency: Mapping[str, Figure]
    """Milliseconds from question to answer, "p50" and "p95"."""
    corpus: str
    index: str
    """Name of the snapshot."""
    model: str
    holdings: str
    """What was searched, in words."""

    @property
    def failures(self) -> tuple[Case, ...]:
        """Return the cases that went wrong, in the order of the questions."""
        return tuple(case for case in self.cases if case.failure)

    @property
    def unanswerable(self) -> int:
        """Return the number of questions that the articles don't answer."""
        return sum(case.question.unanswerable for case in self.cases)


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """A measure over all questions and over each resample of them."""

    value: float
    resampled: Floats


def spreads(
    values: Sequence[Mapping[str, float]], confidence: Sequence[float], unanswerable: Sequence[bool]
) -> dict[str, Spread]:
    """Return each of METRICS that the questions' `values` allow; questions come in the same order in all."""
    drawn = measures.draws(len(values))
    once = np.ones((1, len(values)))
    found = {
        name: Spread(float(measures.means(column, once)[0]), measures.means(column, drawn))
        for name, column in measures.columns(values).items()
    }
    answerable = ~np.array(unanswerable, dtype=np.bool_)
    if answerable.any() and not answerable.all():
        sure = np.array(confidence)
        found["refusal.auc"] = Spread(
            measures.area(sure, answerable), measures.areas(sure, answerable, drawn)
        )
    else:
        found.pop("refusal.precision", None)  # of one kind of questions it says nothing
    return {name: found[name] for name in METRICS if name in found}


def figures(cases: Sequence[Case]) -> dict[str, Figure]:
    """Return each of METRICS that `cases` allow, with its interval."""
    found = spreads(
        [case.values for case in cases],
        [case.confidence for case in cases],
        [case.question.unanswerable for case in cases],
    )
    return {name: measures.figure(spread.value, spread.resampled) for name, spread in found.items()}


def as_json(results: Results) -> dict[str, Any]:
    """Return `results` as plain dictionaries and lists; full names are nested where their points are."""
    nested: dict[str, Any] = {
        "questions": len(results.cases),
        "answerable": len(results.cases) - results.unanswerable,
        "unanswerable": results.unanswerable,
        "corpus": results.corpus,
        "index": results.index,
        "model": results.model,
    }
    for name, figure in results.figures.items():
        *above, last = name.split(".")
        part = nested
        for each in above:
            part = part.setdefault(each, {})
        part[last] = asdict(figure)
    nested["latency"] = {name: asdict(figure) for name, figure in results.latency.items()}
    nested["each"] = [_case(case) for case in results.cases]
    return nested


def _case(case: Case) -> dict[str, Any]:
    return {
        "id": case.question.id,
        "question": case.question.text,
        "unanswerable": case.question.unanswerable,
        "answered": case.answered,
        "likely": case.likely,
        "confidence": round(case.confidence, 6),
        "rank": dict(case.ranks),
        "passage_rank": dict(case.passage_ranks),
        "sentence_rank": dict(case.sentence_ranks),
        "problem": case.failure.problem if case.failure else None,
        "values": {name: round(value, 6) for name, value in case.values.items()},
    }
