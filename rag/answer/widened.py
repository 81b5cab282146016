"""Quotes that go on: what stands behind one, and one that ends later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain, zip_longest

from rag.index.sentences import Span, sentences_before, split_sentences
from rag.question.quote import LONGEST_QUOTE, MOST_MORE
from rag.types import Citation, Statement


def sentences_behind(citation: Citation, *, before: int | None = None) -> list[Span]:
    """Return where the sentences stand behind the quote of `citation`, in its paragraph.

    Up to the offset `before` of the article, if it is given.
    """
    text, start = citation.article.text, citation.end
    line = text.find("\n", start)
    end = len(text) if line < 0 else line
    rest = text[start : end if before is None else min(before, end)]
    return [(start + first, start + last) for first, last in split_sentences(rest)]


def naming(statement: Statement, holds: Callable[[str], bool]) -> Statement:
    """Return `statement` with the fewest neighbours of its first quote with which that `holds` what it lacks.

    They stand in the same paragraph. Where even MOST_MORE to one side do not bring it, it stays as it is.
    """
    citation = statement.citations[0]
    text, start, end = citation.article.text, citation.start, citation.end
    before = [first for first, _ in sentences_before(text, start)]
    behind = [last for _, last in sentences_behind(citation)]
    for first, last in chain.from_iterable(
        zip_longest(
            [(each, end) for each in before[: -MOST_MORE - 1 : -1]],
            [(start, each) for each in behind[:MOST_MORE]],
            fillvalue=(start, end),
        )
    ):
        if last - first <= LONGEST_QUOTE and holds(text[first:last]):
            return _reaching(statement, first, last)
    return statement


def ending(statement: Statement, end: int) -> Statement:
    """Return `statement` with its first quote up to the offset `end` of the article."""
    return _reaching(statement, statement.citations[0].start, end)


def _reaching(statement: Statement, start: int, end: int) -> Statement:
    """Return `statement`, in which nothing is bold yet, with its first quote from `start` to `end`."""
    [citation, *others] = statement.citations
    if (start, end) == (citation.start, citation.end):
        return statement
    quote = citation.article.text[start:end]
    longer = replace(citation, start=start, end=end, quote=quote)
    return replace(statement, text=quote, citations=(longer, *others))
