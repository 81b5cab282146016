"""Lines to paragraphs: undoes the line breaks that a page's width made."""

from __future__ import annotations

import re
from itertools import pairwise

NARROWEST, WIDEST = 45, 100
"""Characters in a hard-wrapped line; shorter ones are lists and verses, longer ones whole paragraphs."""

_LABELLED = re.compile(r"\s*[^\W\d_][^:.!?,;]{0,40}: +\S")
_LISTED = re.compile(r"\s*(?:[-*•–—►]|\d{1,3}[.)]) ")


def joined(lines: list[str]) -> list[str]:
    """Return the lines of a paragraph, without the breaks that were made because a word had no room.

    It counts as hard-wrapped when it is no wider than a page and some line goes on in lower case. Lists,
    verses, headings and lines of a label and its value stay as they are.
    """
    width = max(map(len, lines))
    if not NARROWEST <= width <= WIDEST or not any(line.lstrip()[:1].islower() for line in lines[1:]):
        return lines
    if sum(map(is_labelled, lines)) > len(lines) / 2:
        return lines
    parts = [[lines[0]]]
    for above, line in pairwise(lines):
        first_word = line.split()[0] if line.split() else ""
        had_room = len(above) + 1 + len(first_word) <= width
        if had_room or len(above) < NARROWEST or _LISTED.match(line):
            parts.append([line])
        else:
            parts[-1].append(line.strip())
    return [" ".join(each) for each in parts]


def is_labelled(line: str) -> bool:
    """Say whether `line` is a label and its value: "Dredging: 12 days"."""
    return _LABELLED.match(line) is not None
