"""Lists of words that several rules need: each stands once."""

from __future__ import annotations

from rag.corpus.formats.facts.dates import MONTHS

DAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())

CALENDAR = frozenset(word.lower() for word in (*MONTHS, *DAYS))
"""In small letters."""

NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}


TITLE = r"(?:Mrs?|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Rev)"
"""Before a name; a text may name somebody without it."""


def any_of(words: str) -> str:
    """Return the pattern of any of these words."""
    return f"(?:{'|'.join(words.split())})"


MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
WEEKDAY = any_of(" ".join(DAYS))


def month_number(month: str) -> int:
    """Return the number of a month as MONTH finds it, from 1."""
    return 1 + next(at for at, name in enumerate(MONTHS) if name.startswith(month[:3]))
