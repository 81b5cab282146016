"""What a paragraph, a run and a table of a Word file take from their styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.corpus.formats.word.parts import Element, attribute, child, children, number, switch
from rag.types import BlockKind

KINDS: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"title"), "heading"),
    (re.compile(r"heading [1-9]"), "heading"),
    (re.compile(r"caption|image caption|table caption"), "caption"),
    (re.compile(r"(?:intense )?quote|block ?(?:text|quote)|quotations?"), "quotation"),
    (re.compile(r"html preformatted|(?:source )?code(?: block)?|macro|preformatted text"), "code"),
    (
        re.compile(r"toc \d|toc heading|contents(?: heading| \d)|table of (?:figures|authorities)"),
        "reference",
    ),
    (re.compile(r"index \d|index heading|bibliography(?: \d)?|toa heading"), "reference"),
    (re.compile(r"(?:footnote|endnote)(?: text)?"), "note"),
)
"""What paragraphs are by the name of their style, which is English in Word of every language."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the run properties of an element say; None where they say nothing."""

    struck: bool | None = None
    hidden: bool | None = None
    bold: bool | None = None
    raised: bool | None = None
    font: str | None = None

    def over(self, below: Look) -> Look:
        """Return this where it says something, else `below`."""
        return Look(
            below.struck if self.struck is None else self.struck,
            below.hidden if self.hidden is None else self.hidden,
            below.bold if self.bold is None else self.bold,
            below.raised if self.raised is None else self.raised,
            self.font or below.font,
        )


PLAIN = Look()


def look(properties: Element | None) -> Look:
    """Return what a <w:rPr> says."""
    if properties is None:
        return PLAIN
    struck = [switch(child(properties, name)) for name in ("strike", "dstrike")]
    raised = attribute(child(properties, "vertAlign"))
    return Look(
        struck=any(struck) if struck != [None, None] else None,
        hidden=switch(child(properties, "vanish")),
        bold=switch(child(properties, "b")),
        raised=raised == "superscript" if raised else None,
        font=attribute(child(properties, "rFonts"), "ascii"),
    )


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes from those it is based on."""

    kind: BlockKind = "paragraph"
    level: int = 0
    is_title: bool = False
    look: Look = PLAIN
    list_id: str | None = None
    list_level: int | None = None
    heads: bool = False
    """Of a table: whether its first row looks different."""


class Styles:
    """The styles of a file by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {
            (attribute(each, "type") or "paragraph", attribute(each, "styleId") or ""): each
            for each in children(root, "style")
        }
        self._known: dict[tuple[str, str], Style] = {}
        self._standard = {
            type: id
            for (type, id), each in self._elements.items()
            if attribute(each, "default") in ("1", "true")
        }

    def get(self, type: str, id: str | None) -> Style:
        """Return a style of a "paragraph", "character", "table" or "numbering"; for None the standard one."""
        key = type, self._standard.get(type, "") if id is None else id
        if key not in self._known:
            self._known[key] = _style(list(self._chain(*key)))
        return self._known[key]

    def list_of(self, id: str) -> str | None:
        """Return the list that a numbering style stands for."""
        return self.get("numbering", id).list_id

    def _chain(self, type: str, id: str) -> Iterator[Element]:
        """Yield a style and those it is based on, each once."""
        seen = set()
        while id not in seen and (element := self._elements.get((type, id))) is not None:
            seen.add(id)
            yield element
            id = attribute(child(element, "basedOn")) or ""


def _style(chain: list[Element]) -> Style:
    """Return what the first of a chain of styles is, with what only those below it say."""
    looks, level, title = PLAIN, 0, False
    kind: BlockKind = "paragraph"
    list_id = list_level = None
    heads = False
    for element in chain:
        properties = child(element, "pPr")
        looks = looks.over(look(child(element, "rPr")))
        if kind == "paragraph":
            kind, level, title = _kind(element, number(child(properties, "outlineLvl")))
        list_id = list_id or attribute(child(properties, "numPr", "numId"))
        if list_level is None:
            list_level = number(child(properties, "numPr", "ilvl"))
        heads = heads or any(
            attribute(part, "type") == "firstRow" and len(part) > 0
            for part in children(element, "tblStylePr")
        )
    return Style(kind, level, title, looks, list_id, list_level, heads)


def _kind(element: Element, outline: int | None) -> tuple[BlockKind, int, bool]:
    name = (attribute(child(element, "name")) or "").casefold()
    kind = next((kind for pattern, kind in KINDS if pattern.fullmatch(name)), None)
    if kind == "heading":
        return kind, int(name[-1]) if name[-1].isdigit() else 1, name == "title"
    if kind is None and outline is not None and outline < 9:
        return "heading", outline + 1, False
    return kind or "paragraph", 0, False
