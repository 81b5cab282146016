"""A question with words that no passage has to the same with the nearest words that some have."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

from rag.index.opened import Index
from rag.question import plain
from rag.question.language import Language

ALIKE = 0.85
"""Similarity (Ratcliff and Obershelp) from which on a word with the same first letter is the one meant."""

SHORTEST = 4
"""Letters of a word that may be misspelt: a shorter one has too many neighbours."""

LOOKED_AT = 20
"""Passages with words nearby in which the word that is meant is looked for."""

_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?![^\W\d_])")


def respelt(question: str, index: Index, language: Language = plain) -> str | None:
    """Return `question` with each word that no passage has as those spell it; None where none is misspelt.

    Words of the `language` are right: "director" is no slip for "direct", though no passage has it. A word
    with a capital is a name, and another name is somebody else.
    """

    def right(word: re.Match[str]) -> str:
        is_right = word[0] in language.QUESTION_WORDS or language.is_word(word[0])
        return word[0] if is_right else _nearest(word[0], index) or word[0]

    spelt = _WORD.sub(right, question)
    return spelt if spelt != question else None


def _nearest(word: str, index: Index) -> str | None:
    """Return the word of passages that `word` is misspelt for, the most frequent of those most like it."""
    if len(word) < SHORTEST or not word.islower() or index.words.has(word):
        return None
    rows = index.words.near(word, k=LOOKED_AT)
    counts = Counter(each.lower() for _, text in index.texts(rows) for each in _WORD.findall(text))
    among = (each for each in counts if each[0] == word[0] and len(each) >= SHORTEST)
    likeness = {each: SequenceMatcher(None, word, each).ratio() for each in among}
    best = max(likeness, key=lambda each: (likeness[each], counts[each]), default=None)
    return best if best and likeness[best] >= ALIKE else None
