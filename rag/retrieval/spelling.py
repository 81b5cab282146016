"""A question with words that no passage has to the same with the nearest words that some have."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

from rag.index.lexical import distance
from rag.index.opened import Index
from rag.question import plain
from rag.question.language import Language

ALIKE = 0.85
"""Similarity (Ratcliff and Obershelp) from which on a word with the same first letter is the one meant."""

SHORTEST = 4
"""Letters of a word that may be misspelt: a shorter one has too many neighbours."""

SLIPS = 1
"""Letters put in, left out, changed or swapped in a word that is less alike and still the one meant."""

LONG = 7
"""Letters of a name from which on one more or less makes hardly another name."""

LOOKED_AT = 20
"""Passages with words nearby in which the word that is meant is looked for."""

_DOUBLED = re.compile(r"(.)\1")
_WORD = re.compile(r"(?<![^\W\d_])(?<![\u0300-\u036f])[^\W\d_]+(?![^\W\d_]|[\u0300-\u036f])")
"""Letters, and no part of a word with accents of their own."""


def respelt(question: str, index: Index, language: Language = plain) -> str | None:
    """Return `question` with each word that no passage has as those spell it; None where none is misspelt.

    Words of the `language` are right: "director" is no slip for "direct", though no passage has it, nor are
    "pears", of one, for "peaks". A word with a capital is a name, and another name is somebody else, unless
    letters are only swapped or doubled, or one of many is left out or put in.
    """
    stems = index.words.analyzer.terms

    def right(word: re.Match[str]) -> str:
        is_right = (
            word[0] in language.QUESTION_WORDS
            or language.is_word(word[0])
            or all(map(language.is_word, stems(word[0])))
        )
        return word[0] if is_right else _nearest(word[0], index, language) or word[0]

    spelt = _WORD.sub(right, question)
    return spelt if spelt != question else None


def _nearest(word: str, index: Index, language: Language) -> str | None:
    """Return the word of passages that `word` is misspelt for, the most frequent of those most like it.

    It may be a word that questions have, too.
    """
    if len(word) < SHORTEST or index.words.has(word):
        return None
    small, is_name = word.lower(), not word.islower()
    rows = index.words.near(word, k=LOOKED_AT)
    counts = Counter(each for _, text in index.texts(rows) for each in _WORD.findall(text))
    counts.update(language.QUESTION_WORDS)
    likeness = {
        each: SequenceMatcher(None, small, each.lower()).ratio()
        for each in counts
        if each[0].lower() == small[0] and len(each) >= SHORTEST
        if not is_name or each.islower() or _is_same_name(small, each.lower())
    }
    best = max(likeness, key=lambda each: (likeness[each], counts[each]), default="")
    if not best or not (likeness[best] >= ALIKE or distance(small, best.lower()) <= SLIPS):
        return None
    return best if is_name else best.lower()


def _is_same_name(one: str, other: str) -> bool:
    """Say whether two spellings are rather of one name than of two."""
    is_long = len(one) != len(other) and min(len(one), len(other)) >= LONG
    return (is_long and distance(one, other) <= SLIPS) or _undoubled(one) == _undoubled(other)


def _undoubled(word: str) -> str:
    """Return the letters of `word` without doubles, in one order: what two spellings of a name share."""
    return "".join(sorted(_DOUBLED.sub(r"\1", word)))
