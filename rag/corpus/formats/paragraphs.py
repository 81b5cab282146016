"""Lines to paragraphs: undoes the line breaks that a page's width made."""

from __future__ import annotations

import re
from itertools import pairwise

NARROWEST, WIDEST = 45, 100
"""Characters in a hard-wrapped line; shorter ones are lists and verses, longer ones whole paragraphs."""

_LISTED = re.compile(r"\s*(?:[-*•–—►]|\d{1,3}[.)]) ")


def unwrapped(text: str) -> str:
    """Return `text` with hard-wrapped lines joined; lists, verses and headings stay as they are."""
    return "\n\n".join("\n".join(_joined(block.split("\n"))) for block in text.split("\n\n"))


def _joined(lines: list[str]) -> list[str]:
    """Join the lines of a block that broke only because the next word had no room.

    A block counts as hard-wrapped when it is no wider than a page and some line goes on in lower case.
    """
    width = max(map(len, lines))
    if not NARROWEST <= width <= WIDEST or not any(line.lstrip()[:1].islower() for line in lines[1:]):
        return lines
    joined = [[lines[0]]]
    for above, line in pairwise(lines):
        first_word = line.split()[0] if line.split() else ""
        had_room = len(above) + 1 + len(first_word) <= width
        if had_room or len(above) < NARROWEST or _LISTED.match(line):
            joined.append([line])
        else:
            joined[-1].append(line.strip())
    return [" ".join(parts) for parts in joined]
