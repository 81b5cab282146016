"""A question understood over the words of a test, by the toy model."""

from __future__ import annotations

from datetime import date

from conftest import ToyEmbedder

from rag.question import Understood, english, understand
from rag.index.lexical import WordIndex


def understood(text: str, words: WordIndex) -> Understood:
    return understand(text, words, ToyEmbedder(), english, published=None, today=date(2026, 3, 1))
