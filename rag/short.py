"""Question and the sentence that answers it to the few words that answer, where these are beyond doubt.

Only days, counts, shares and sums of money: names were tried too and were right too seldom (docs/answers.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.figures import CURRENCIES, MONTHS, figures

_MONTH = rf"(?:{'|'.join(MONTHS)})"
_YEAR = r"(?:1\d{3}|20\d\d)"
_TIME = re.compile(
    rf"\b(?:(?:early|late|mid)[ -])?(?:(?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}}(?!\d))?(?:,? {_YEAR})?"
    rf"|{_YEAR}s?(?!,?\d)|\d{{1,2}}(?:st|nd|rd|th) century)\b"
)
"""A day, a month, a year, a decade or a century."""

_ASKS_WHEN = re.compile(
    r"(?:^|, )when (?:did|do|does|was|were|is|are|has|have|had|will)\b"
    r"|\b(?:what|which) (?:year|date|day|month|decade|century)\b|\bwhen\?$",
    re.IGNORECASE,
)
_ASKS_SHARE = re.compile(r"\bper ?cent(?:age)?\b|\b(?:what|which) (?:share|proportion)\b", re.IGNORECASE)
_ASKS_SUM = re.compile(
    r"\bhow much\b.*\b(?:cost|pay|paid|money|worth|price|spen[dt]|earn(?:ed)?|raised?)\b", re.IGNORECASE
)
_ASKS_COUNT = re.compile(
    r"\bhow many ([\w’' -]+?)(?: (?:did|do|does|are|were|was|is|have|has|had|can|could|will|would|in|of|on|at"
    r"|per|live[ds]?|died?)\b|\?|$)",
    re.IGNORECASE,
)

_PLURAL = re.compile(r"\w{2}s$|^(?:people|men|women|children)$", re.IGNORECASE)

COUNTED_WITHIN = 3
"""Words after a number among which the thing counted stands: "51,000 trained Ukrainian soldiers"."""


def short(question: str, sentence: str) -> str | None:
    """Return what `question` asks for in the words of `sentence`; None unless it holds just one such."""
    asked = question.casefold()
    found = {each for each in _candidates(question, sentence) if each.casefold() not in asked}
    return found.pop() if len(found) == 1 else None


def _candidates(question: str, sentence: str) -> Iterator[str]:
    if _ASKS_WHEN.search(question):
        yield from (found[0] for found in _TIME.finditer(sentence))
    elif counted := _ASKS_COUNT.search(question):
        yield from _counts(_noun(counted[1]), sentence)
    elif _ASKS_SHARE.search(question):
        yield from _measures({"share"}, sentence)
    elif _ASKS_SUM.search(question):
        yield from _measures(set(CURRENCIES.values()), sentence)


def _noun(counted: str) -> str:
    """Return what "Ukrainian soldiers took part" counts: its first plural, or else its last word."""
    words = counted.split()
    return next((word for word in words if _PLURAL.search(word)), words[-1])


def _counts(noun: str, sentence: str) -> Iterator[str]:
    """Yield the numbers of `sentence` that count what `noun` names: it follows them, or is their unit."""
    for figure in figures(sentence):
        stated = sentence[figure.start : figure.end]
        after = re.match(rf"(?:[ -][\w’'-]+){{0,{COUNTED_WITHIN}}}", sentence[figure.end :])
        words = stated.split() if figure.measure else re.split("[ -]", after[0] if after else "")
        if any(_alike(noun, word) for word in words):
            yield stated


def _measures(measures: set[str], sentence: str) -> Iterator[str]:
    for figure in figures(sentence):
        if figure.measure in measures:
            yield sentence[figure.start : figure.end]


def _alike(one: str, other: str) -> bool:
    """Say whether both are forms of one noun: "soldier" and "soldiers", "countries" and "country"."""
    one, other = (re.sub(r"(?:ies|es|s|y)$", "", word.casefold()) for word in (one, other))
    return bool(one) and one == other
