"""A text that was pasted in to the sentences that it is taken from."""

from __future__ import annotations

from collections.abc import Iterator

from rag.index.opened import Index
from rag.index.sentences import split_sentences
from rag.question.phrases import fold, holds
from rag.question.understood import Understood
from rag.types import Answer, Citation, Filter, Passage, Statement

SHORTEST = 3
"""Words of a piece of text that are looked for; fewer stand anywhere."""

SHOWN = 4
"""Sentences at most."""


def source(question: Understood, index: Index, among: Filter | None) -> Answer | None:
    """Return the sentences that hold the text that `question` asks the source of; None where none does.

    Of articles that pass `among`. Raises FilterError when none passes.
    """
    text = question.kind.parts.get("text") if question.kind else None
    found = list(dict.fromkeys(_quotes(text, index, among))) if text else []
    statements = tuple(Statement(each.quote, (each,), "exact", each.article.title) for each in found[:SHOWN])
    return Answer(question.text, statements, 1.0, ()) if statements else None


def _quotes(text: str, index: Index, among: Filter | None) -> Iterator[Citation]:
    text = text.strip(" \"“”„«»‘’'.")
    for start, end in split_sentences(text):
        piece = text[start:end]
        if len(piece.split()) >= SHORTEST:
            rows = index.words.holding(piece)
            allowed = index.allowed(among)[rows] if among else slice(None)
            for passage in index.passages(rows[allowed][:SHOWN]):
                yield from _holding(passage, piece)


def _holding(passage: Passage, piece: str) -> Iterator[Citation]:
    """Yield the sentences of `passage` that have a part in `piece`, which may be split otherwise there."""
    if holds(passage.text, [piece]) == [True]:
        for sentence in passage.sentences:
            if holds(sentence.text, [piece]) == [True] or fold(sentence.text) in fold(piece):
                yield Citation(passage, sentence.start, sentence.end, sentence.text)
