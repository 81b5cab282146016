"""A run of the test cases, started from the page, and its report as a browser is told of it.

One runs at a time, in a thread of its own, and whoever looks sees the same: a reader may leave and come back.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict

from rag.chat import Chat
from rag.errors import QuestionsError
from rag.evaluation import compare, results
from rag.evaluation.compare import Comparison, Each
from rag.evaluation.measures import Figure
from rag.evaluation.questions import read
from rag.evaluation.report import plots
from rag.evaluation.report.html import page
from rag.evaluation.results import Case, Problem, Results
from rag.evaluation.run import evaluate, refuse_misfits
from rag.files import replace_file
from rag.page.strings import Strings
from rag.page.trouble import reason

MEASURES = (
    "fused.sentence@1",
    "fused.sentence@3",
    "fused.recall@1",
    "fused.recall@10",
    "fused.mrr@10",
    "refusal.recall",
    "refusal.answerable_refused",
)
"""Those that are shown on the page; the report that is downloaded has all."""

SPELLED = 100
"""Failures that are told one by one; the report that is downloaded has more."""


class TrialView(TypedDict):
    """Where the run stands."""

    running: bool
    done: int
    total: int
    """Questions; 0 until they are counted."""
    trouble: str | None
    """Why the last run came to nothing."""
    report: int
    """How many reports there have been: with another number there is another report."""


class MovedView(TypedDict):
    """How a measure differs from the run before."""

    by: float
    low: float
    high: float
    verdict: str
    """"better", "worse", or "chance" for what chance alone may well make."""


class MeasureView(TypedDict):
    """A measure with its 95% interval."""

    name: str
    value: float
    low: float
    high: float
    moved: MovedView | None


class Miss(TypedDict):
    """A question that went wrong."""

    question: str
    problem: Problem
    is_new: bool
    """Whether it was right in the run before."""
    unanswerable: bool
    article: str | None
    """Id of an expected article."""
    title: str | None
    expected: list[str]
    """Quotes or, without any, the passage that holds the answer; then `answers` are what it holds."""
    answers: list[str]
    found: str | None
    """What was quoted first or, of a refusal, would have been."""
    found_title: str | None


class ReportView(TypedDict):
    """What a run found."""

    at: str
    """ISO 8601 time."""
    total: int
    right: int
    measures: list[MeasureView]
    misses: list[Miss]
    more: int
    """Failures beyond those told."""
    before: int
    """Questions that the run before asked too; 0 without one."""
    worse: int
    """Questions that went wrong now and were right before."""
    mended: list[str]
    """Questions that are right now and were wrong before."""
    plots: dict[str, str]
    """By name, as SVG that takes its colours from the page."""


class StoppedError(Exception):
    """A reader stopped the run."""


class Trial:
    """Runs the cases in the file at `path` over the newest chat."""

    def __init__(self, newest: Callable[[], Chat], path: Path, strings: Strings) -> None:
        self._newest = newest
        self._path = path
        self._strings = strings
        self._starting = threading.Lock()
        self._stopped = False
        self._state: TrialView = {"running": False, "done": 0, "total": 0, "trouble": None, "report": 0}
        self._report: ReportView | None = None
        self._page = ""

    def state(self) -> TrialView:
        """Return where the run stands."""
        return self._state

    def start(self) -> TrialView:
        """Run the cases unless they are run already."""
        with self._starting:
            if not self._state["running"]:
                self._stopped = False
                self._tell(running=True, done=0, total=0, trouble=None)
                threading.Thread(target=self._run, name="trial", daemon=True).start()
        return self._state

    def stop(self) -> TrialView:
        """Let the run end with the question it is at; the report before stays."""
        self._stopped = True
        return self._state

    def functions(self) -> list[Callable[[Any], Any]]:
        """Return what a browser may call, each with whatever it sends."""

        def start_trial(_: object) -> TrialView:
            return self.start()

        def stop_trial(_: object) -> TrialView:
            return self.stop()

        def trial_state(_: object) -> TrialView:
            return self.state()

        def trial_report(_: object) -> ReportView | None:
            return self._report

        def trial_page(_: object) -> str:
            return self._page

        return [start_trial, stop_trial, trial_state, trial_report, trial_page]

    def _tell(self, **changes: Any) -> None:
        self._state = {**self._state, **changes}  # type: ignore[typeddict-item]

    def _progress(self, done: int, total: int) -> None:
        if self._stopped:
            raise StoppedError
        self._tell(done=done, total=total)

    def _run(self) -> None:
        trouble = None
        try:
            self._ask()
        except StoppedError:
            pass
        except Exception as error:
            trouble = reason(error, "the tests were not run", self._strings.went_wrong)
        self._tell(running=False, trouble=trouble)

    def _ask(self) -> None:
        chat, questions = self._newest(), read(self._path)
        refuse_misfits(chat.index, questions)
        found = evaluate(chat, questions, progress=self._progress)
        kept = self._path.with_suffix(".run.json")
        old, new = _last(kept), results.as_json(found)
        threshold = chat.settings.threshold
        self._page = page(found, threshold=threshold)
        self._report = report(found, old, new["each"], threshold=threshold)
        replace_file(kept, json.dumps(new, ensure_ascii=False).encode())
        self._tell(report=self._state["report"] + 1)


def report(found: Results, old: Each | None, new: Each, *, threshold: float) -> ReportView:
    """Return what a run found, compared with the `old` one where that has questions in common."""
    comparison = _compared(old, new)
    wrong = _wrong(old or ())
    drawn = {"confidence": plots.confidence(found, threshold)}
    if "fused.recall@1" in found.figures:
        drawn = {"recall": plots.recall(found), **drawn}
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "total": len(found.cases),
        "right": len(found.cases) - len(found.failures),
        "measures": [
            _measure(name, figure, comparison) for name in MEASURES if (figure := found.figures.get(name))
        ],
        "misses": [_miss(case, wrong) for case in found.failures[:SPELLED]],
        "more": len(found.failures[SPELLED:]),
        "before": comparison.questions if comparison else 0,
        "worse": sum(wrong.get(_key(case)) is False for case in found.failures),
        "mended": [case.question.text for case in found.cases if not case.failure and wrong.get(_key(case))],
        "plots": drawn,
    }


def _last(path: Path) -> Each | None:
    """Return what the run before found; None when there was none, or it cannot be read."""
    try:
        return compare.read(path)
    except QuestionsError:
        return None


def _compared(old: Each | None, new: Each) -> Comparison | None:
    try:
        return compare.compare(old, new) if old else None
    except QuestionsError:  # no question in common
        return None


def _wrong(old: Each) -> dict[tuple[str, bool], bool]:
    """Return by question, with whether the articles answer it, whether it went wrong in the run before."""
    return {(each["question"], each["unanswerable"]): bool(each.get("problem")) for each in old}


def _key(case: Case) -> tuple[str, bool]:
    return case.question.text, case.question.unanswerable


def _measure(name: str, figure: Figure, comparison: Comparison | None) -> MeasureView:
    return {"name": name, **asdict(figure), "moved": _moved(name, comparison)}  # type: ignore[typeddict-item]


def _moved(name: str, comparison: Comparison | None) -> MovedView | None:
    change = next((each for each in (comparison.changes if comparison else ()) if each.metric == name), None)
    if change is None or change.old == change.new:
        return None
    by = change.difference
    verdict = ("better" if change.is_better else "worse") if change.is_significant else "chance"
    return {"by": by.value, "low": by.low, "high": by.high, "verdict": verdict}


def _miss(case: Case, wrong: dict[tuple[str, bool], bool]) -> Miss:
    asked, failure = case.question, case.failure
    if failure is None:
        raise ValueError(f"nothing is wrong with {asked.text!r}")
    expected = failure.expected if not asked.unanswerable else None
    return {
        "question": asked.text,
        "problem": failure.kind,
        "is_new": wrong.get(_key(case)) is False,
        "unanswerable": asked.unanswerable,
        "article": expected.article if expected else None,
        "title": expected.title if expected else None,
        "expected": list(asked.quotes) or ([expected.text] if expected else []),
        "answers": list(asked.answers),
        "found": failure.quote,
        "found_title": failure.quoted_title,
    }
