"""A question's quoted phrases and its versions, and the texts that hold them word for word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_QUOTED = re.compile(r"(?<!\w)[\"“”„«]([^\"“”„«»]*)[\"“”»](?!\w)")
"""Between double quotes; the inch mark in 6'2" follows a digit and opens nothing."""

_VERSION = re.compile(
    r"(?<![\w.,-])(?!\d\d?\.\d\d?\.\d{4}\b|\d{1,3}(?:\.\d{3})+\b)[vV]?(?P<long>\d+(?:\.\d+){2,})(?![\w-]|[.,]\d)"
    r"|(?<=\W)(?:(?P<word>[^\W\d_][\w-]*) [vV]?|[vV])(?P<short>\d+\.\d+)(?![\w%-]|[.,]\d)"
)

_ALIKE = str.maketrans(
    dict.fromkeys("‘’‚‛`´", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"\u00ad": None}
)
"""Characters that differ in the way they are set, not in what is said; the soft hyphen is not said at all."""


def quoted(question: str) -> tuple[str, ...]:
    """Return the phrases between double quotes in `question`, without the marks at their end.

    A phrase has at least one word.
    """
    found = (phrase.strip().rstrip(".,;:!?").rstrip() for phrase in _QUOTED.findall(question))
    return tuple(dict.fromkeys(phrase for phrase in found if re.search(r"\w", phrase)))


def versions(question: str) -> tuple[str, ...]:
    """Return the versions in `question`: "3.1.6", or 2.0 in "Jekyll 2.0" and "v2.0".

    A number with one point is one only behind a name. Days ("24.12.2025") are none, nor are thousands
    ("1.500.000").
    """
    found = (each for each in _VERSION.finditer(question) if not (each["word"] or "A")[0].islower())
    return tuple(dict.fromkeys(each["long"] or each["short"] for each in found))


def names_another(text: str, asked: Sequence[str]) -> bool:
    """Say whether `text` names versions, and not all of those that are `asked` for: 1.70.0 is 1.70."""
    folded = fold(text)
    return _VERSION.search(text) is not None and not all(
        re.search(rf"{_pattern(each).pattern}(?!\.[1-9])", folded) for each in asked
    )


def fold(text: str) -> str:
    """Return `text` without what phrases may differ in: case, accents, white space, quote marks, dashes."""
    return " ".join(plain(text).casefold().split())


def plain(text: str) -> str:
    """Return `text` without accents, with one kind of quote marks and of dashes."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text.translate(_ALIKE))
    return re.sub("[\u0300-\u036f]", "", text).translate(_ALIKE)


def holds(text: str, phrases: Sequence[str]) -> list[bool]:
    """Tell for each of the `phrases` whether `text` holds it, from the start of a word to the end of one."""
    folded = fold(text)
    return [bool(_pattern(phrase).search(folded)) for phrase in phrases]


def _pattern(phrase: str) -> re.Pattern[str]:
    folded = fold(phrase)
    start = r"(?<![\w.])v?" if folded[:1].isdigit() else r"(?<!\w)" if re.match(r"\w", folded) else ""
    end = r"(?!\w)" if re.search(r"\w$", folded) else ""
    return re.compile(start + re.escape(folded) + end)
