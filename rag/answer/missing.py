"""Question and text to what the question is about and the text does not say."""

from __future__ import annotations

from collections.abc import Iterator

from rag.index.lexical import LexicalIndex
from rag.question.understood import Understood

TELLING = 0.5
"""Share of the weight of a question's rarest word from which on a word is worth naming: "get" is not."""


def unsaid(question: Understood, text: str, words: LexicalIndex) -> tuple[str, ...]:
    """Return the names and the words that `question` is about and `text` does not say, in its order."""
    return tuple(dict.fromkeys(_unsaid(question, text, words)))


def _unsaid(question: Understood, text: str, words: LexicalIndex) -> Iterator[str]:
    names = {word: name for name in question.names for word in words.analyzer.words(name)}
    missing = question.language.missing_names(question.names, text)
    said = frozenset(words.analyzer.terms(text))
    least = TELLING * max(question.weights.values(), default=0.0)
    for word, terms in words.analyzer.words(question.asked).items():
        weight = max(question.weights.get(term, 0.0) for term in terms)
        if word in names:
            if names[word] in missing:
                yield names[word]
        elif weight >= least and weight > 0 and not said.issuperset(terms):
            yield word
