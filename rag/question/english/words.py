"""Lists of words that several rules need: each stands once."""

from __future__ import annotations

from rag.corpus.formats.dates import MONTHS

DAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())

CALENDAR = frozenset(word.lower() for word in (*MONTHS, *DAYS))
"""In small letters."""

NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}


def any_of(words: str) -> str:
    """Return the pattern of any of these words."""
    return f"(?:{'|'.join(words.split())})"


MONTH = any_of(" ".join(MONTHS))
WEEKDAY = any_of(" ".join(DAYS))
