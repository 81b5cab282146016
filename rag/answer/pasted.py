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

LONG = 8
"""Words from which on what is typed may be a sentence of an article."""

SHOWN = 4
"""Sentences at most."""


def source(question: Understood, index: Index, among: Filter | None) -> Answer | None:
    """Return the sentences that hold the text that `question` asks the source of; None where none does.

    What asks nothing and is as long as a sentence is such a text itself. They are of articles that pass
    `among`. Raises FilterError when none passes.
    """
    if question.kind:
        text = question.kind.parts.get("text")
    else:
        text = question.text if _is_text(question.text) else None
    found = list(dict.fromkeys(_quotes(text, index, among))) if text else []
    statements = tuple(Statement(each.quote, (each,), "exact", each.article.title) for each in found[:SHOWN])
    return Answer(question.text, statements, 1.0, ()) if statements else None


def _is_text(typed: str) -> bool:
    return "?" not in typed and len(typed.split()) >= LONG


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
