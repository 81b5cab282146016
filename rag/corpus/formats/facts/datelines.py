"""The first lines of an article to those of them that only say who wrote it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.corpus.formats.facts import dates
from rag.corpus.formats.text.lines import Line

HIGHEST = 8
"""Lines of a text that may stand above its first prose, headings among them."""
LONGEST = 250
"""Characters of a byline: several names, their places and two times."""
MOST_UNKNOWN = 0.5
"""Of its words: "Updated", "Staff Writer", "8 min read"."""

_WORD = re.compile(r"\w+(?:[.:@’'-]\w+)*")
_PROSE = re.compile(r"[.!?…][”\"’')\]]*$")
_SMALL = frozenset("am and at by et on par pm por um und von y".split())
_MONTHS = frozenset(part.casefold() for name in dates.MONTHS for part in (name, name[:3]))
_LONG_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def set_apart(lines: Sequence[Line], author: str, source: str) -> list[Line]:
    """Return `lines`, those above the prose that only repeat its facts as references: a summary begins below.

    The `author` and the `source` are as the file gives them; "" where it gives none.
    """
    found = list(lines)
    names = _words(author) | _words(source)
    for number, line in enumerate(lines[:HIGHEST]):
        if line.kind not in ("paragraph", "item", "heading", "reference", "caption"):
            break
        if line.kind in ("paragraph", "item"):
            if _says_facts(line.text, names, author):
                found[number] = replace(line, kind="reference", level=0)
            elif _PROSE.search(line.text) or len(line.text) > LONGEST:
                break
    return found


def _says_facts(text: str, names: set[str], author: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words or len(text) > LONGEST or (_PROSE.search(text) and words[-1] not in ("p.m", "a.m", "m")):
        return False
    known = sum(
        word in names or word in _SMALL or word in _MONTHS or any(map(str.isdigit, word)) for word in words
    )
    is_named = bool(author) and _words(author.partition(",")[0]) <= {*words}
    is_dated = dates.within(text) is not None or (
        _LONG_YEAR.search(text) is not None and bool(_MONTHS & {*words})
    )
    return (is_named or is_dated) and len(words) - known <= MOST_UNKNOWN * len(words)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
