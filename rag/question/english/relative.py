"""Citation to the words in it that only its article's own date places: "Wednesday", "last month"."""

from __future__ import annotations

import re

from rag.question.english.words import MONTH, NUMBERS, WEEKDAY
from rag.question.times import years_in
from rag.types import Citation

_RELATIVE = re.compile(
    r"\b(?:(?:earlier|later) )?(?:this|last|next|the past) (?:morning|afternoon|evening|night|week|weekend"
    r"|month|quarter|season|spring|summer|autumn|fall|winter|year)\b"
    r"|\b(?:yesterday|today|tonight|tomorrow)\b"
    rf"|\b(?:\d+|an?|{'|'.join(NUMBERS)}|a few|several) (?:day|week|month|year)s? ago\b"
    rf"|\b(?:(?:last|next|this) )?{WEEKDAY}\b(?!,? (?:the )?\d|,? {MONTH})",
    re.IGNORECASE,
)
"""Times counted from the day they were written on; a weekday with its date is none."""


def relative_words(citation: Citation) -> tuple[str, ...]:
    """Return the words of the quote that count from the day of its article; none when that is not known.

    Nor any where the passage tells of years long before its article: "that Sunday" is then one of theirs.
    """
    published = citation.article.published
    if published is None:
        return ()
    if max(years_in(citation.passage.text), default=published.year) < published.year - 1:
        return ()
    found: dict[str, str] = {}
    for match in _RELATIVE.finditer(citation.quote):
        found.setdefault(match[0].lower(), match[0])
    return tuple(found.values())
