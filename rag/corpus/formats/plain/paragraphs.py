"""Lines to paragraphs: undoes the line breaks that a page's width made."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median_high

NARROWEST, WIDEST = 45, 100
"""Characters in a hard-wrapped line; shorter ones are lists and verses, longer ones whole paragraphs."""

SLACK = 12
"""Characters of room that a line of prose may have had for the next word, as long as it ends no sentence:
people change words in such lines, and no program fills them again."""

UNEVEN = 6
"""Characters by which the paragraphs of one file differ in width."""

_ENDED = re.compile(r"[.!?:…][\"”’')\]]*$")
_BEGUN = re.compile(r"\s*(?!\d{1,3}[.)] )[\"“”‘'(\[]*\w")
_LABELLED = re.compile(r"\s*[^\W\d_][^:.!?,;]{0,40}: +\S")
_LISTED = re.compile(r"\s*(?:[-*•–—►]|\d{1,3}[.)]) ")


def width_of(paragraphs: list[list[str]]) -> int:
    """Return to how many characters a text is wrapped, as the prose in it shows; 0 where none is."""
    widths = [max(map(len, lines)) for lines in paragraphs if _is_prose(lines)]
    return median_high(widths) if widths else 0


def joined(lines: list[str], page: int = 0) -> list[str]:
    """Return the lines of a paragraph, without the breaks that were made because a word had no room.

    It counts as hard-wrapped when it is no wider than a page and some line goes on in lower case, or when it
    fills the `page` to which the text around it is wrapped. Lists, verses, headings and lines of a label and
    its value stay as they are.
    """
    width = max(map(len, lines))
    if not NARROWEST <= width <= WIDEST or sum(map(is_labelled, lines)) > len(lines) / 2:
        return lines
    if _is_filled(lines, page):
        return [" ".join([lines[0], *map(str.strip, lines[1:])])]
    if not _lower(lines):
        return lines
    is_prose = _is_prose(lines)
    parts = [[lines[0]]]
    for above, line in pairwise(lines):
        room = _room(above, line, width)
        goes_on = line.lstrip()[:1].islower() or (room < SLACK and not _ENDED.search(above))
        if (room >= 0 and not (is_prose and goes_on)) or len(above) < NARROWEST or _LISTED.match(line):
            parts.append([line])
        else:
            parts[-1].append(line.strip())
    return [" ".join(each) for each in parts]


def _lower(lines: list[str]) -> int:
    return sum(line.lstrip()[:1].islower() for line in lines[1:])


def _is_prose(lines: list[str]) -> bool:
    """Say whether most lines of a paragraph go on in lower case, on a page."""
    lower = _lower(lines)
    return NARROWEST <= max(map(len, lines)) <= WIDEST and lower > 0 and lower >= (len(lines) - 1) / 2


def _is_filled(lines: list[str], page: int) -> bool:
    """Say whether sentences fill the `page`, though names and numbers begin their lines.

    A single line may leave some room; where more do, it is a verse or a list that is nearly as wide.
    """
    width = max(page, *map(len, lines))
    if width > page + UNEVEN or not _ENDED.search(lines[-1]) or not all(map(_BEGUN.match, lines[1:])):
        return False
    rooms = [(_room(above, line, width), above) for above, line in pairwise(lines)]
    roomy = [(room, above) for room, above in rooms if room >= 0]
    return len(roomy) <= 1 and all(room < UNEVEN and not _ENDED.search(above) for room, above in roomy)


def _room(above: str, line: str, width: int) -> int:
    """Return how many characters were left in the line `above` behind the first word of `line`."""
    return width - len(above) - 1 - len(" ".join(line.split(maxsplit=1)[:1]))


def is_labelled(line: str) -> bool:
    """Say whether `line` is a label and its value: "Dredging: 12 days"."""
    return _LABELLED.match(line) is not None
