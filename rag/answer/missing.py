"""Question and text to what the question is about and the text does not say."""

from __future__ import annotations

from collections.abc import Container

from rag.index.lexical import LexicalIndex
from rag.question.understood import Understood

TELLING = 0.7
"""Surprise from which on a word is worth naming: at most half of the texts that answer leave it out, ..."""

NEARLY = 2 / 3
"""... and it is no less than so much of the greatest of those left out."""


def unsaid(question: Understood, terms: Container[str], words: LexicalIndex) -> dict[str, float]:
    """Return the words that `question` is about and no text of these `terms` says, with their surprise."""
    return {
        word: question.surprises[word]
        for word, own in words.analyzer.words(question.asked).items()
        if word in question.surprises and not all(term in terms for term in own)
    }


def missing_from(question: Understood, text: str, words: LexicalIndex) -> tuple[str, ...]:
    """Return the names and the telling words of `question` that `text` does not say, in their order."""
    names = {word: name for name in question.names for word in words.analyzer.words(name)}
    missing = question.language.missing_names(question.names, text)
    unspoken = unsaid(question, frozenset(words.analyzer.terms(text)), words)
    left_out = {word: surprise for word, surprise in unspoken.items() if word not in names}
    least = max(TELLING, NEARLY * max(left_out.values(), default=0.0))
    found = (
        names.get(word, word)
        for word in words.analyzer.words(question.asked)
        if (names[word] in missing if word in names else left_out.get(word, 0.0) >= least)
    )
    return tuple(dict.fromkeys(found))
