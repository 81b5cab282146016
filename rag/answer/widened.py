"""Quotes that go on: what stands behind one, and one that ends later."""

from __future__ import annotations

from dataclasses import replace

from rag.index.sentences import Span, split_sentences
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


def ending(statement: Statement, end: int) -> Statement:
    """Return `statement` with its first quote up to the offset `end` of the article."""
    [citation, *others] = statement.citations
    if end == citation.end:
        return statement
    quote = citation.article.text[citation.start : end]
    return replace(statement, text=quote, citations=(replace(citation, end=end, quote=quote), *others))
