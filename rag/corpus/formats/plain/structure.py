"""Plain text to lines: the headings, lists and rows that its reader sees without any marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from rag.corpus.formats.plain.paragraphs import is_labelled, joined, width_of
from rag.corpus.formats.text.lines import Line

LONGEST_HEADING = 80
"""Characters; captions of photographs, which have no full stop either, are longer."""

MOST_WORDS = 12
"""Of a heading."""

SHORTEST_PROSE = 40
"""Characters of the paragraph that stands below a heading."""

FARTHEST = 3
"""Lines from one item of a list to the next: text may stand between them."""

_UNDERLINE = re.compile(r" {0,3}(?:(=)={2,}|-{3,}|~{3,}|_{3,}) *")
_CLOSED = re.compile(r"[.,;:!…—–-][”\"’')\]]*$")
_ENDED = re.compile(r"[.!?:…。！？」][”\"’')\]]*$")
_NO_HEADING = re.compile(r"[\[\]©@“”\"«»„]|https?://|\(.*\)$")
_LABEL = re.compile(r"[^:\d]{1,30}: ")
_MARK = re.compile(r"( *)(?:([-*+•–—►▪◦‣·●])|\(?(\d{1,3}|[a-z]|[A-Z]|[ivx]{1,5}|[IVX]{1,5})([.)]))\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,5})[.)]? +(?=[^\W\d_])")
_SURE = "•►▪◦‣●"
_ROMAN = {"i": 1, "v": 5, "x": 10}

Number: TypeAlias = tuple[str, int]
"""A kind of counting, and how far it has come: ("1.", 3), ("a)", 2)."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a line begins with that may be the mark of an item."""

    indent: int
    bullet: str
    numbers: frozenset[Number]
    """All that it may be: "v." is the letter or the fifth."""

    def goes_on(self, other: _Mark) -> bool:
        """Say whether `other` may be the mark of the item before or after it."""
        if self.indent != other.indent or self.bullet != other.bullet:
            return False
        return bool(self.bullet) or any(
            (kind, number + 1) in other.numbers or (kind, number - 1) in other.numbers
            for kind, number in self.numbers
        )


def structured(text: str) -> list[Line]:
    """Return the lines of a clean `text`, hard-wrapped ones joined, each as what it plainly is."""
    lines: list[Line] = []
    blocks = [block.split("\n") for block in text.split("\n\n")]
    page = width_of(blocks)
    for block in blocks:
        lines += _block(block, page)
    return _leveled(_listed(_headed(lines)))


def _block(raw: list[str], page: int) -> Iterator[Line]:
    """Yield the lines of a paragraph: without the rules under headings, with the lines of an item joined."""
    first = 0
    for number in range(1, len(raw)):
        if number > first and (rule := _UNDERLINE.fullmatch(raw[number])) and _may_be_over(raw[number - 1]):
            yield from _paragraph(raw[first : number - 1], page)
            yield Line(raw[number - 1].strip(), "heading", 1 if rule[1] else 2)
            first = number + 1
    yield from _paragraph(raw[first:], page)


def _may_be_over(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and not _MARK.match(line) and any(map(str.isalpha, line))


def _paragraph(raw: list[str], page: int) -> Iterator[Line]:
    if not raw:
        return
    rows = len(raw) > 1 and all(map(_is_row, raw))
    for number, line in enumerate(raw if rows else joined(_continued(raw), page)):
        yield Line(line, "row" if rows else "paragraph", gap=not number)


def _is_row(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and is_labelled(line) and not _ENDED.search(line)


def _continued(raw: list[str]) -> list[str]:
    """Return the lines, each that is indented below the mark of an item joined to that."""
    found: list[str] = []
    indent = 0
    for line in raw:
        mark = _MARK.match(line)
        blanks = len(line) - len(line.lstrip())
        if not mark and found and indent and blanks >= indent:
            found[-1] = f"{found[-1]} {line.strip()}"
            continue
        indent = len(mark[1]) + 2 if mark else 0
        found.append(line)
    return found


def _headed(lines: Sequence[Line]) -> list[Line]:
    """Return `lines` with those that are plainly headings as such."""
    found = list(lines)
    for number, (line, below) in enumerate(pairwise(lines)):
        if line.kind == "paragraph" and line.gap and _is_heading(line.text, below):
            found[number] = replace(line, kind="heading", level=2)
    return found


def _is_heading(text: str, below: Line) -> bool:
    """Say whether a line that stands above `below` is its heading."""
    capitals = text.isupper() and sum(map(str.isalpha, text)) > 3
    if not (below.gap or (capitals and not below.text.isupper())):
        return False
    bare = _NUMBERED.sub("", text)
    mark, next_mark = _mark(text), _mark(below.text)
    if mark and (not _NUMBERED.match(text) or (next_mark and mark.goes_on(next_mark))):
        return False
    return (
        len(text) <= LONGEST_HEADING
        and len(text.split()) <= MOST_WORDS
        and not bare[:1].islower()
        and any(map(str.isalpha, text))
        and not (_CLOSED.search(text) or _NO_HEADING.search(text) or _LABEL.match(text))
        and _is_prose(below.text, longer_than=len(text))
    )


def _is_prose(text: str, *, longer_than: int) -> bool:
    if _MARK.match(text):  # a list
        return not _NUMBERED.match(text) or len(text) > longer_than
    wide = any(character > "\u2e80" for character in text[:20])  # a sign of these says as much as a word
    return len(text) >= max(SHORTEST_PROSE // (2 if wide else 1), longer_than) and bool(_ENDED.search(text))


def _listed(lines: list[Line]) -> list[Line]:
    """Return `lines` with those as items whose mark goes on in a line near them, or can be nothing else."""
    marks = [_mark(line.text) if line.kind == "paragraph" else None for line in lines]
    found = list(lines)
    for number, mark in enumerate(marks):
        if mark is None:
            continue
        near = marks[max(0, number - FARTHEST) : number] + marks[number + 1 : number + 1 + FARTHEST]
        if (mark.bullet and mark.bullet in _SURE) or any(each and mark.goes_on(each) for each in near):
            found[number] = replace(lines[number], kind="item")
    return found


def _mark(text: str) -> _Mark | None:
    match = _MARK.match(text)
    if not match:
        return None
    indent, bullet, number, sign = match.groups()
    return _Mark(len(indent), bullet or "", frozenset(_numbers(number, sign) if number else ()))


def _numbers(said: str, sign: str) -> Iterator[Number]:
    case = "A" if said.isupper() else "a"
    if said.isdigit():
        yield f"1{sign}", int(said)
        return
    if len(said) == 1:
        yield f"{case}{sign}", ord(said.lower()) - ord("a") + 1
    if set(said.lower()) <= _ROMAN.keys():
        values = [_ROMAN[each] for each in said.lower()]
        less = sum(2 * one for one, next_ in pairwise(values) if one < next_)
        yield f"{'I' if case == 'A' else 'i'}{sign}", sum(values) - less


def _leveled(lines: list[Line]) -> list[Line]:
    """Return `lines`, those of a list without their indent but with how deep they stand."""
    found = []
    indents: list[int] = []
    for line in lines:
        if line.kind != "item":
            indents = [] if line.gap else indents
            found.append(line)
            continue
        indent = len(line.text) - len(line.text.lstrip())
        while indents and indents[-1] >= indent:
            indents.pop()
        found.append(replace(line, text=line.text.lstrip(), level=len(indents)))
        indents.append(indent)
    return found
