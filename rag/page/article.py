"""Article to the JSON that a browser is told: its facts and, once open, its paragraphs with their marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypedDict

from rag.output.links import original
from rag.types import Article, Block, BlockKind, Card

Span = tuple[int, int]

_PARAGRAPH = re.compile(r"\S.*?(?=\n[^\S\n]*\n|\s*\Z)", re.DOTALL)


class FactsView(TypedDict):
    """What a reader needs to tell an article from others, and to open it."""

    article: str
    """Its id."""
    title: str
    published: str | None
    """ISO 8601 date."""
    source: str | None
    author: str | None
    url: str | None
    """Given only when it is http or https, so that it is safe to follow."""


class SegmentView(TypedDict):
    """A stretch of text in which nothing that is marked begins or ends."""

    text: str
    marks: list[int]
    """Which of the marked stretches hold it; they may overlap."""
    bold: bool
    """Whether it is of the words that answer."""


class PlaceView(TypedDict):
    """Where a quote was found. The browser hands it back as it is: it counts in other units than Python."""

    start: int
    """In characters of the article's text."""
    text: str
    highlights: Sequence[Span]
    """Where in `text` the words stand that answer, in its characters."""


class ParagraphView(TypedDict):
    """A block of the article; without structure, what stands between two empty lines."""

    kind: BlockKind
    level: int
    page: int | None
    """Where another page of its file begins."""
    start: int
    """In characters of the article's text."""
    segments: list[SegmentView]


class ArticleView(TypedDict):
    """A whole article, for reading a quote in its context."""

    language: str | None
    paragraphs: list[ParagraphView]
    """What stands between two of them is white space."""
    changed: bool
    """Whether a quote no longer stands at its place, because the article was changed since it was quoted."""


def facts(article: Article | Card) -> FactsView:
    """Return the facts of `article`."""
    return {
        "article": article.id,
        "title": article.title,
        "published": iso(article),
        "source": article.source,
        "author": article.author,
        "url": original(article.url),
    }


def iso(article: Article | Card) -> str | None:
    """Return the day of `article` as ISO 8601."""
    return article.published.isoformat() if article.published else None


def article_view(article: Article, places: Sequence[PlaceView]) -> ArticleView:
    """Return `article` in paragraphs, with `places` marked where they still hold what they held."""
    text = article.text
    stands = [text.startswith(place["text"], place["start"]) for place in places]
    spans = [
        (place["start"], place["start"] + len(place["text"])) if found else (0, 0)
        for place, found in zip(places, stands, strict=True)
    ]
    bold = [span for place, found in zip(places, stands, strict=True) if found for span in bold_in(place)]
    return {
        "language": article.language,
        "paragraphs": list(_paragraphs(article, spans, bold)),
        "changed": not all(stands),
    }


def bold_in(place: PlaceView) -> list[Span]:
    """Return where in the article the words of `place` stand that answer."""
    return [(place["start"] + start, place["start"] + end) for start, end in place["highlights"]]


def _paragraphs(article: Article, marks: Sequence[Span], bold: Sequence[Span]) -> Iterator[ParagraphView]:
    blocks = article.blocks or [Block(*each.span()) for each in _PARAGRAPH.finditer(article.text)]
    page = None
    for block in blocks:
        yield {
            "kind": block.kind,
            "level": block.level,
            "page": block.page if block.page != page else None,
            "start": block.start,
            "segments": segments(article.text, block.start, block.end, marks, bold),
        }
        page = block.page


def segments(
    text: str, start: int, end: int, marks: Sequence[Span], bold: Sequence[Span] = ()
) -> list[SegmentView]:
    """Return `text` from `start` to `end`, cut where any of `marks` or `bold` begins or ends."""
    cuts = {cut for mark in (*marks, *bold) for cut in mark if start < cut < end}

    def held(by: Sequence[Span], first: int, last: int) -> list[int]:
        return [at for at, span in enumerate(by) if span[0] <= first and last <= span[1]]

    return [
        {"text": text[first:last], "marks": held(marks, first, last), "bold": bool(held(bold, first, last))}
        for first, last in pairwise(sorted({start, end} | cuts))
    ]
