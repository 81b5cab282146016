"""Results to one page that needs nothing else: figures, plots, and every failure with its reason.

Whatever comes from a question or an article goes through `escape`; the page has no script.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from rag.evaluation.measures import Figure
from rag.evaluation.report import NAMES, counted, plots, sections
from rag.evaluation.results import REFUSAL, Case, Results, Seen
from rag.evaluation.run import common, places

LONGEST = 300
"""Failures that are spelled out; a page with more is slow to open."""


def page(results: Results, *, threshold: float) -> str:
    """Return `results` as a page of HTML; below `threshold` a question was refused."""
    style = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
    answerable = len(results.cases) - results.unanswerable
    return "\n".join(
        (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<title>Retrieval test</title>",
            f"<style>{style}</style></head><body>",
            "<h1>Retrieval test</h1>",
            f"<p>{counted(len(results.cases), 'question')}, {answerable} answerable and"
            f" {results.unanswerable} not, over {escape(results.holdings)} of {escape(results.corpus)}.",
            f'<span class="soft">Model {escape(results.model)}, index {escape(results.index)}.</span></p>',
            *_figures(results),
            *_plots(results, threshold),
            *_failures(results),
            "</body></html>\n",
        )
    )


def _figures(results: Results) -> Iterator[str]:
    yield "<h2>Figures</h2>"
    yield '<p class="soft">Small: 95% of the figures that drawing the questions anew would give.</p>'
    yield '<div class="wide"><table><thead><tr><th></th>'
    yield "".join(f"<th>{name}</th>" for name in NAMES.values()) + "</tr></thead>"
    for heading, judged, rows in sections(results):
        yield f'<tbody><tr><th class="group" colspan="4">{heading}'
        yield f' <span class="soft">({judged})</span></th></tr>'
        for kind, row in rows.items():
            yield f"<tr><th>{kind}</th>" + "".join(_cell(row.get(name)) for name in NAMES) + "</tr>"
        yield "</tbody>"
    refusal = {kind: results.figures.get(f"refusal.{kind}") for kind in REFUSAL}
    if any(refusal.values()):
        yield '<tbody><tr><th class="group" colspan="4">refusal</th></tr>'
        yield from (
            f"<tr><th>{kind.replace('_', ' ')}</th>{_cell(figure)}</tr>"
            for kind, figure in refusal.items()
            if figure
        )
        yield "</tbody>"
    if results.latency:
        yield '<tbody><tr><th class="group" colspan="4">time for an answer</th></tr>'
        for name, each in results.latency.items():
            yield (
                f"<tr><th>{name}</th><td>{each.value:.0f} ms"
                f" <small>{each.low:.0f}–{each.high:.0f}</small></td></tr>"
            )
        yield "</tbody>"
    yield "</table></div>"


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return "<td></td>"
    return f"<td>{figure.value:.3f} <small>{figure.low:.3f}–{figure.high:.3f}</small></td>"


def _plots(results: Results, threshold: float) -> Iterator[str]:
    yield '<h2>Plots</h2><div class="plots">'
    if "fused.recall@1" in results.figures:
        yield f"<figure><figcaption>Recall of articles</figcaption>{plots.recall(results)}</figure>"
    drawn = plots.confidence(results, threshold)
    yield f"<figure><figcaption>Probability of an answer</figcaption>{drawn}</figure></div>"


def _failures(results: Results) -> Iterator[str]:
    failures = results.failures
    yield f"<h2>{counted(len(failures), 'failure')}</h2>"
    if len(failures) > LONGEST:
        yield f'<p class="soft">The first {LONGEST}; <code>rag test --json</code> has them all.</p>'
    for case in failures[:LONGEST]:
        yield from _failure(case)


def _failure(case: Case) -> Iterator[str]:
    asked, wrong = case.question, case.failure
    if wrong is None:
        return
    yield f"<article><h3>{escape(asked.text)}</h3>"
    yield f'<p class="soft">{escape(wrong.problem)}; probability of an answer {case.confidence:.2f}</p>'
    yield '<div class="sides">'
    if not asked.unanswerable:
        yield "<div><h4>Expected</h4>"
        yield from (f"<blockquote>{escape(quote)}</blockquote>" for quote in asked.quotes)
        if asked.answers:
            yield f"<p>Answer: {escape(' or '.join(asked.answers))}</p>"
        if wrong.expected:
            yield from _seen(wrong.expected)
        elif asked.articles:
            yield f"<p>{escape(', '.join(asked.articles))}, which is not in the index</p>"
        yield "</div>"
    yield f"<div><h4>{'Quoted' if case.answered else 'Closest'}</h4>"
    if wrong.quote:
        yield f"<blockquote>{escape(wrong.quote)}</blockquote>"
    if wrong.found is None:
        yield "<p>Nothing was found.</p>"
    elif wrong.found == wrong.expected:
        yield '<p class="soft">The first passage found is the expected one.</p>'
    else:
        yield from _seen(wrong.found)
    yield "</div></div></article>"


def _seen(seen: Seen) -> Iterator[str]:
    yield f'<p>{escape(seen.title)} <span class="soft">{escape(seen.article)}</span></p>'
    yield f'<p class="soft">Ranks: {escape(places(seen))}. Words in common: {escape(common(seen))}.</p>'
    yield f"<details><summary>the passage</summary><p>{escape(seen.text)}</p></details>"
