"""Results to plots in SVG: the only door to matplotlib, which opens when a page is written.

By a library rather than by hand: its axes, bands and legends are right, and are more than they look.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rag.evaluation.results import LISTS, Results

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMES = {"fused": "fused", "dense": "dense", "bm25": "BM25"}

COLOURS = {"fused": "#0f5c63", "dense": "#a97e00", "bm25": "#8a3b12"}
"""Told apart without colour vision too, by their lightness; lines have marks of their own."""

MARKS = {"fused": "o-", "dense": "s--", "bm25": "^:"}

KS = (1, 5, 10, 50)

BINS = 20
"""Of the probability, from 0 to 1."""

INK = "#010203"
"""Stands for the page's own text colour, whatever that is, light or dark."""


def recall(results: Results) -> str:
    """Return recall of articles by k, a line a list with its interval as a band."""

    def draw(axes: Axes) -> None:
        for name in LISTS:
            found = [results.figures[f"{name}.recall@{k}"] for k in KS]
            axes.plot(KS, [each.value for each in found], MARKS[name], color=COLOURS[name], label=NAMES[name])
            low, high = [each.low for each in found], [each.high for each in found]
            axes.fill_between(KS, low, high, color=COLOURS[name], alpha=0.15, linewidth=0)
        axes.set_xscale("log")
        axes.set_xticks(KS, [str(k) for k in KS])
        axes.minorticks_off()
        axes.set_ylim(0, 1.02)
        axes.set_xlabel("articles looked at (k)")
        axes.set_ylabel("recall@k")
        axes.legend(loc="lower right")

    return _svg(draw, "recall")


def confidence(results: Results, threshold: float) -> str:
    """Return how probable an answer was thought, for questions with and without one."""

    def draw(axes: Axes) -> None:
        kinds = [
            ("with an answer", COLOURS["fused"], [c for c in results.cases if not c.question.unanswerable]),
            ("without", COLOURS["dense"], [c for c in results.cases if c.question.unanswerable]),
        ]
        for label, colour, cases in kinds:
            if cases:
                axes.hist(
                    [case.confidence for case in cases],
                    bins=[each / BINS for each in range(BINS + 1)],
                    color=colour,
                    alpha=0.6,
                    label=f"{len(cases)} {label}",
                )
        axes.axvline(threshold, color=INK, linestyle="--", linewidth=1, label=f"refused below {threshold}")
        axes.set_xlim(0, 1)
        axes.set_xlabel("estimated probability that the articles answer")
        axes.set_ylabel("questions")
        axes.locator_params(axis="y", integer=True)
        axes.legend()

    return _svg(draw, "confidence")


def _svg(draw: Callable[[Axes], None], name: str) -> str:
    """Return what `draw` draws as an svg element that is the same every time and takes the page's colours."""
    import matplotlib as mpl  # noqa: PLC0415 - half a second, and only a page needs it
    from matplotlib.figure import Figure  # noqa: PLC0415 - not pyplot, which has state

    style: Any = {
        "svg.hashsalt": name,
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 10,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "legend.framealpha": 0,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=(5.4, 3.4), layout="constrained")
        draw(figure.add_subplot())
        written = io.StringIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(written, format="svg", transparent=True, metadata=nothing)
    svg = written.getvalue()
    svg = svg[svg.index("<svg") :].replace(INK, "currentColor")
    for each in LISTS:
        svg = svg.replace(COLOURS[each], f"var(--{each}, {COLOURS[each]})")
    # Names of elements are unique in a drawing, not between two of them on one page.
    for before, after in (
        ('id="', f'id="{name}-'),
        ('href="#', f'href="#{name}-'),
        ("url(#", f"url(#{name}-"),
    ):
        svg = svg.replace(before, after)
    return svg
