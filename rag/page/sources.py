"""Passage to the card that a browser is told of: its article, its quotes, and why it was found.

The text of a passage comes in segments because a browser counts UTF-16 units where Python counts characters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import TypedDict

from rag.answer.explain import Closeness, why
from rag.output.json import Where, where
from rag.output.links import original
from rag.page.article import FactsView, PlaceView, SegmentView, Span, bold_in, facts, iso, segments
from rag.types import Article, Hit, Passage

COPIES = 3
"""Near-duplicates of an article that are named."""

CONTEXT = 160
"""Characters of the sentences before and after a quote that its card shows."""


class Copy(TypedDict):
    """An article that nearly duplicates the one of a passage."""

    title: str
    source: str | None
    published: str | None
    """ISO 8601 date."""


class WhyView(TypedDict):
    """Why a passage was found; rag.answer.explain.Why has the meanings."""

    words: list[str]
    closeness: Closeness
    by_words: int | None
    by_meaning: int | None


class QuoteView(PlaceView):
    """A quote of a source."""

    before: str
    """The sentence before it in its passage, or its end; empty when the quote comes first."""
    after: str
    """The sentence after it, likewise."""
    original: str | None
    """Link to these words where the article was published."""


class Source(FactsView, Where):
    """A passage, with what its reader needs to judge it."""

    number: int
    """From 1: in order of first citation, then of closeness to the question."""
    duplicates: list[Copy]
    """Its near-duplicates, the first few."""
    more: int
    """How many near-duplicates are not among them."""
    why: WhyView | None
    """None for a passage that was not searched for."""
    start: int
    """Where `passage` begins, in characters of the article's text."""
    passage: list[SegmentView]
    """In reading order; together they are the passage, verbatim. Marks are places in `quotes`."""
    quotes: list[QuoteView]
    """In order of use; none for a passage that is not cited."""
    best: QuoteView | None
    """Of a passage that is not cited, the sentence that fits the question best, where that is known."""


def uncited(hits: Sequence[Hit], *, first: int) -> list[Source]:
    """Return the cards of passages that are not cited, numbered from `first`."""
    return [
        source(number, hit.passage, {}, hit.duplicates_with([hit.passage.text]), hit)
        for number, hit in enumerate(hits, start=first)
    ]


def source(
    number: int,
    passage: Passage,
    spans: Mapping[Span, Sequence[Span]],
    also: Sequence[Article],
    hit: Hit | None,
) -> Source:
    """Return the card of `passage` with its quotes; `also` are its near-duplicates.

    `spans` are the quotes' places, with those of the words in each that answer.
    """
    article = passage.article
    start = min([passage.start, *(start for start, _ in spans)])
    end = max([passage.end, *(end for _, end in spans)])
    quotes = [_quote(passage, *span, highlights) for span, highlights in spans.items()]
    best = _best(hit) if hit and not quotes else None
    return {
        **facts(article),
        "number": number,
        "duplicates": [
            {"title": copy.title, "source": copy.source, "published": iso(copy)} for copy in also[:COPIES]
        ],
        "more": len(also[COPIES:]),
        "why": _why(hit) if hit else None,
        **where(article, quotes[0]["start"] if quotes else best["start"] if best else passage.start),
        "start": start,
        "passage": segments(article.text, start, end, list(spans), list(chain(*map(bold_in, quotes)))),
        "quotes": quotes,
        "best": best,
    }


def _best(hit: Hit) -> QuoteView | None:
    if not hit.sentence_similarities:
        return None
    by_fit = zip(hit.sentence_similarities, hit.passage.sentences, strict=True)
    _, sentence = max(by_fit, key=itemgetter(0))
    return _quote(hit.passage, sentence.start, sentence.end, ())


def _quote(passage: Passage, start: int, end: int, highlights: Sequence[Span]) -> QuoteView:
    text = passage.article.text
    before = [sentence.start for sentence in passage.sentences if sentence.end <= start]
    after = [sentence.end for sentence in passage.sentences if end <= sentence.start]
    return {
        "start": start,
        "text": text[start:end],
        "highlights": highlights,
        "before": _last(text[before[-1] : start]) if before else "",
        "after": _first(text[end : after[0]]) if after else "",
        "original": original(passage.article.url, text[start:end]),
    }


def _last(text: str) -> str:
    """Return the last words of `text`."""
    return text if len(text) <= CONTEXT else "… " + text[-CONTEXT:].partition(" ")[2]


def _first(text: str) -> str:
    """Return the first words of `text`."""
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + " …"


def _why(hit: Hit) -> WhyView:
    reason = why(hit)
    return {
        "words": list(reason.words),
        "closeness": reason.closeness,
        "by_words": reason.by_words,
        "by_meaning": reason.by_meaning,
    }
