"""The numbers of lists and headings, as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from rag.corpus.formats.word.parts import Element, attribute, child, children, number, switch

LEVELS = 9
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    )
)
_PLACE = re.compile(r"%([1-9])")


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (count // value)
        count %= value
    return written


def _letter(count: int) -> str:
    """Return A to Z, then AA, BB and so on, as Word goes on."""
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count <= 780 else str(count)


def _ordinal(count: int) -> str:
    teens = 10 < count % 100 < 14
    return f"{count}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda count: _letter(count).lower(),
    "ordinal": _ordinal,
    "decimalZero": lambda count: f"{count:02}",
    "decimalEnclosedCircle": lambda count: chr(0x245F + count) if 0 < count <= 20 else str(count),
    "numberInDash": lambda count: f"- {count} -",
    "none": lambda _: "",
}
"""How a count is written; where none of these, in plain digits."""


def written(count: int, kind: str | None) -> str:
    """Return a count in a format of Word's, such as "lowerRoman"."""
    return FORMATS.get(kind or "", str)(count)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    """With %1 for the count of the first level, %2 of the second."""
    plain: bool = False
    """Whether all its numbers are in digits."""
    restart: int | None = None
    """The level, from 1, that starts it anew; 0 for none; None for every one above."""
    style: str | None = None
    """The style whose paragraphs stand on this level."""


@dataclass(slots=True)
class _List:
    levels: dict[int, Level]
    link: str | None = None
    """The style that says how it is numbered."""
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(slots=True)
class _Use:
    """A <w:num>: the use of a list, with what it changes."""

    numbered: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    """Where its counts begin anew when it is first used."""


class Numbering:
    """Counts the paragraphs of lists in the order of the text."""

    def __init__(self, root: Element | None, numbering_of_style: Callable[[str], str | None]) -> None:
        self._lists = {
            attribute(each, "abstractNumId") or "": _List(
                _levels(each), attribute(child(each, "numStyleLink"))
            )
            for each in children(root, "abstractNum")
        }
        self._uses = {attribute(each, "numId") or "": _use(each) for each in children(root, "num")}
        self._of_style = numbering_of_style

    def level_of(self, id: str, style: str) -> int:
        """Return the level on which paragraphs of a style stand in a list, the first where none says so."""
        levels = found.levels if (found := self._list(id)) else {}
        return next((number for number, level in levels.items() if level.style == style), 0)

    def label(self, id: str, depth: int) -> str | None:
        """Count a paragraph and return its number, empty for a bullet; None when there is no such list."""
        found = self._list(id)
        if found is None or not 0 <= depth < LEVELS:
            return None
        use = self._uses[id]
        for level, start in use.starts.items():
            found.counts[level] = start - 1
        use.starts = {}
        levels = {**found.levels, **use.levels}
        _count(found.counts, levels, depth)
        own = levels.get(depth, Level())
        if own.kind == "bullet":
            return ""  # as in a list of a web page: a bullet tells nothing
        return _PLACE.sub(lambda place: _place(int(place[1]) - 1, found.counts, levels, own), own.text)

    def _list(self, id: str) -> _List | None:
        use = self._uses.get(id)
        found = self._lists.get(use.numbered) if use else None
        if found and found.link and not found.levels:
            other = self._uses.get(self._of_style(found.link) or "")
            return self._lists.get(other.numbered) if other else None
        return found


def _count(counts: list[int | None], levels: dict[int, Level], depth: int) -> None:
    for level in range(depth):
        if counts[level] is None:
            counts[level] = levels.get(level, Level()).start
    before = counts[depth]
    counts[depth] = levels.get(depth, Level()).start if before is None else before + 1
    for level in range(depth + 1, LEVELS):
        restart = levels.get(level, Level()).restart
        if restart is None or depth < restart:
            counts[level] = None


def _place(level: int, counts: list[int | None], levels: dict[int, Level], own: Level) -> str:
    of = levels.get(level, Level())
    count = counts[level]
    return written(of.start if count is None else count, "decimal" if own.plain else of.kind)


def _levels(element: Element) -> dict[int, Level]:
    return {number(each, "ilvl") or 0: _level(each) for each in children(element, "lvl")}


def _level(element: Element) -> Level:
    start = number(child(element, "start"))
    return Level(
        start=1 if start is None else start,
        kind=attribute(child(element, "numFmt")) or "decimal",
        text=attribute(child(element, "lvlText")) or "",
        plain=bool(switch(child(element, "isLgl"))),
        restart=number(child(element, "lvlRestart")),
        style=attribute(child(element, "pStyle")),
    )


def _use(element: Element) -> _Use:
    use = _Use(attribute(child(element, "abstractNumId")) or "")
    for override in children(element, "lvlOverride"):
        level = number(override, "ilvl") or 0
        if level >= LEVELS:
            continue
        if (changed := child(override, "lvl")) is not None:
            use.levels[level] = _level(changed)
        if (start := number(child(override, "startOverride"))) is not None:
            use.starts[level] = start
    return use
