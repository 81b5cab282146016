"""A question understood over the words of a test, by the toy model."""

from __future__ import annotations

from datetime import date

from conftest import ToyEmbedder

from rag.index.lexical import LexicalIndex
from rag.question import english
from rag.question.understood import Understood, understand


def understood(text: str, words: LexicalIndex) -> Understood:
    return understand(text, words, ToyEmbedder(), english, published=None, today=date(2026, 3, 1))
