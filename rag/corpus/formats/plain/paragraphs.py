"""Lines to paragraphs: undoes the line breaks that a page's width made."""

from __future__ import annotations

import re
from itertools import pairwise

NARROWEST, WIDEST = 45, 100
"""Characters in a hard-wrapped line; shorter ones are lists and verses, longer ones whole paragraphs."""

SLACK = 12
"""Characters of room that a line of prose may have had for the next word, as long as it ends no sentence:
people change words in such lines, and no program fills them again."""

_ENDED = re.compile(r"[.!?:…][\"”’')\]]*$")
_LABELLED = re.compile(r"\s*[^\W\d_][^:.!?,;]{0,40}: +\S")
_LISTED = re.compile(r"\s*(?:[-*•–—►]|\d{1,3}[.)]) ")


def joined(lines: list[str]) -> list[str]:
    """Return the lines of a paragraph, without the breaks that were made because a word had no room.

    It counts as hard-wrapped when it is no wider than a page and some line goes on in lower case. Lists,
    verses, headings and lines of a label and its value stay as they are.
    """
    width = max(map(len, lines))
    lower = sum(line.lstrip()[:1].islower() for line in lines[1:])
    if not NARROWEST <= width <= WIDEST or not lower:
        return lines
    if sum(map(is_labelled, lines)) > len(lines) / 2:
        return lines
    is_prose = lower >= (len(lines) - 1) / 2
    parts = [[lines[0]]]
    for above, line in pairwise(lines):
        first_word = line.split()[0] if line.split() else ""
        room = width - len(above) - 1 - len(first_word)
        goes_on = first_word[:1].islower() or (room < SLACK and not _ENDED.search(above))
        if (room >= 0 and not (is_prose and goes_on)) or len(above) < NARROWEST or _LISTED.match(line):
            parts.append([line])
        else:
            parts[-1].append(line.strip())
    return [" ".join(each) for each in parts]


def is_labelled(line: str) -> bool:
    """Say whether `line` is a label and its value: "Dredging: 12 days"."""
    return _LABELLED.match(line) is not None
