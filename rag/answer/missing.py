"""Question and text to what the question is about and the text does not say."""

from __future__ import annotations

from collections.abc import Collection, Container

from rag.index.lexical import LexicalIndex
from rag.question.understood import Understood

TELLING = 0.7
"""Surprise from which on a word is worth naming: at most half of the texts that answer leave it out, ..."""

NEARLY = 2 / 3
"""... and it is no less than so much of the greatest of those left out."""

KIN = 6
"""Letters that two stems of one family begin with, ..."""

APART = 2
"""... and letters in which they then differ at most: of "pregnancy" and "pregnant"."""


def unsaid(question: Understood, terms: Container[str], words: LexicalIndex) -> dict[str, float]:
    """Return the words that `question` is about and no text of these `terms` says, with their surprise."""
    return {
        word: question.surprises[word]
        for word, own in words.analyzer.words(question.asked).items()
        if word in question.surprises and not all(term in terms for term in own)
    }


def missing_from(question: Understood, text: str, words: LexicalIndex) -> tuple[str, ...]:
    """Return the names and the telling words of `question` that `text` does not say, in their order.

    Words of which it has one of the same family are said.
    """
    names = {word: name for name in question.names for word in words.analyzer.words(name)}
    missing = question.language.missing_names(question.names, text)
    terms = frozenset(words.analyzer.terms(text))
    left_out = {
        word: surprise
        for word, surprise in unsaid(question, terms, words).items()
        if word not in names and not all(_is_kin(own, terms) for own in words.analyzer.terms(word))
    }
    least = max(TELLING, NEARLY * max(left_out.values(), default=0.0))
    found = (
        names.get(word, word)
        for word in words.analyzer.words(question.asked)
        if (names[word] in missing if word in names else left_out.get(word, 0.0) >= least)
    )
    return tuple(dict.fromkeys(found))


def _is_kin(term: str, terms: Collection[str]) -> bool:
    for other in terms:
        least = max(KIN, len(term) - APART, len(other) - APART)
        if least <= len(term) and other.startswith(term[:least]):
            return True
    return False
