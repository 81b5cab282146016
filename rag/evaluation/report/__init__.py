"""Results to a table for the terminal, and (in html) to a page with plots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rag.evaluation.compare import Comparison
from rag.evaluation.measures import TREC, Figure
from rag.evaluation.results import LISTS, REFUSAL, SENTENCES, Results

NAMES = {"fused": "fused", "dense": "dense", "bm25": "BM25"}
"""What the lists are called where people read them."""

SECTIONS = (
    ("articles", "", tuple(TREC)),
    ("passages", "passages.", tuple(TREC)),
    ("sentences quoted", "", ("sentence@1", f"sentence@{SENTENCES}")),
)
"""A heading, what the names of its measures begin with, and the measures."""

MOVED = 20
"""Questions that are listed as better, and as worse; the others are counted."""


def table(results: Results) -> str:
    """Return the figures as text: a row a measure, a column a list, intervals in brackets."""
    answerable = len(results.cases) - results.unanswerable
    lines = [
        f"{counted(len(results.cases), 'question')} ({answerable} answerable, {results.unanswerable} not)"
        f" over {results.holdings} of {results.corpus}; {results.model}",
        "In brackets: 95% of the figures that drawing the questions anew would give.",
    ]
    for heading, judged, rows in sections(results):
        head = f"{heading}, {judged}"
        lines += ["", f"{head:<36}" + "".join(name.ljust(24) for name in NAMES.values())]
        for kind, row in rows.items():
            lines.append(f"  {kind:<34}" + "".join(_cell(row.get(name)).ljust(24) for name in NAMES))
    refusal = {kind: figure for kind in REFUSAL if (figure := results.figures.get(f"refusal.{kind}"))}
    if refusal:
        lines += ["", "refusal"]
        lines += [f"  {kind.replace('_', ' '):<34}{_cell(figure)}" for kind, figure in refusal.items()]
    if results.latency:
        lines += ["", "time for an answer"]
        lines += [
            f"  {name:<34}{figure.value:.0f} ms [{figure.low:.0f}, {figure.high:.0f}]"
            for name, figure in results.latency.items()
        ]
    return "\n".join(line.rstrip() for line in lines)


def sections(results: Results) -> Iterator[tuple[str, str, Mapping[str, Mapping[str, Figure]]]]:
    """Yield each heading with the number of questions judged, and its figures by measure and list."""
    for heading, prefix, kinds in SECTIONS:
        rows = {
            kind: {
                name: figure for name in LISTS if (figure := results.figures.get(f"{prefix}{name}.{kind}"))
            }
            for kind in kinds
        }
        judged = sum(f"{prefix}fused.{kinds[0]}" in case.values for case in results.cases)
        if judged:
            yield heading, counted(judged, "question"), rows


def changes(comparison: Comparison) -> str:
    """Return what changed as text: the measures that did, then the questions that went better and worse."""
    lines = [f"compared over {counted(comparison.questions, 'question')} that both runs asked"]
    if comparison.only_old or comparison.only_new:
        lines[0] += f" (left out: {comparison.only_old} of the old run, {comparison.only_new} of this one)"
    changed = [change for change in comparison.changes if change.old != change.new]
    same = len(comparison.changes) - len(changed)
    lines += [f"{counted(same, 'measure')} of {len(comparison.changes)} unchanged"]
    if changed:
        lines += ["", f"{'':32}{'old':<9}{'new':<9}{'difference':<28}p"]
    for change in changed:
        difference = change.difference
        interval = f"{difference.value:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"
        chance = "" if change.p is None else f"{change.p:.3f}"
        mark = ("  better" if change.is_better else "  WORSE") if change.is_significant else ""
        lines.append(f"  {change.metric:<30}{change.old:<9.3f}{change.new:<9.3f}{interval:<28}{chance}{mark}")
    for label, moved in (("better", comparison.better), ("worse", comparison.worse)):
        lines += ["", f"{counted(len(moved), 'question')} {label}"]
        lines += [f"  {each.question}\n    {each.what}" for each in moved[:MOVED]]
        lines += [f"  and {len(moved) - MOVED} more"] if len(moved) > MOVED else []
    return "\n".join(line.rstrip() for line in lines)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 question", "2,000 questions"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _cell(figure: Figure | None) -> str:
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]" if figure else ""
