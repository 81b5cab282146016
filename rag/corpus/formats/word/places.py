"""A paragraph of a Word file to lines, in the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from rag.corpus.formats.text.lines import Line
from rag.corpus.formats.word.styles import Style
from rag.types import BlockKind

_BLANKS = re.compile(r"[ \t\u00a0]+")
_BREAK = re.compile(r" ?\n[\n ]*")


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being read."""

    style: Style
    kind: BlockKind
    label: str = ""
    """The number that Word puts before it."""
    list_level: int | None = None
    """Of an item; None for what is in no list."""
    parts: list[str] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)
    """What stands in text boxes that hang on it."""
    glue: str | None = None
    """What lies between it and the next where its end is none: deleted, hidden, or that of a drop cap."""

    @property
    def text(self) -> str:
        """What it says, its breaks but no other white space as they are."""
        text = _BLANKS.sub(" ", "".join(self.parts)).strip()
        return _BREAK.sub(lambda found: _break(text[found.end() :][:1]), text)

    def go_on_from(self, above: Paragraph) -> None:
        """Take up what stands above, whose end is none."""
        label = [f"{above.label} "] if above.label and "".join(above.parts).strip() else []
        self.parts[:0] = [*label, *above.parts, above.glue or ""]
        self.boxes = above.boxes

    def lines(self) -> Iterator[Line]:
        """Yield what a reader sees of it, and of the boxes that hang on it."""
        yield from self._own()
        yield from self.boxes

    def _own(self) -> Iterator[Line]:
        if self.kind == "code":  # an empty one is a blank line inside a listing
            yield Line("".join(self.parts).expandtabs(4), "code")
            return
        text = self.text
        if not text:
            return
        text = f"{self.label} {text}".lstrip()
        if self.kind == "heading":
            yield Line(" ".join(text.split()), "heading", self.style.level)
        elif self.kind == "paragraph" and self.list_level is not None:
            yield Line(text, "item", self.list_level)
        else:
            for number, line in enumerate(text.split("\n")):
                yield Line(line, self.kind, gap=number == 0)


@dataclass(slots=True)
class Place:
    """The document, a cell, a text box or a note: where paragraphs stand one below the other."""

    found: list[Line] = field(default_factory=list)
    unended: Paragraph | None = None
    """The last paragraph, where the next goes on in it."""
    is_bold: bool = True
    """Whether all that was said in it is bold."""

    def end_paragraph(self) -> None:
        """Let the next paragraph go on in no other."""
        if paragraph := self.unended:
            self.unended = None
            self.found += paragraph.lines()

    def lines(self) -> list[Line]:
        """Return its lines; those of a listing as one, items of a list without blank lines between them."""
        self.end_paragraph()
        found = list(_with_whole_listings(self.found))
        for number, (above, line) in enumerate(pairwise(found), start=1):
            if above.kind == line.kind == "item":
                found[number] = replace(line, gap=False)
        return found


def _break(following: str) -> str:
    """Return what a break in a paragraph is: what goes on in lower case was broken only to look well."""
    return " " if following.islower() else "\n"


def _with_whole_listings(lines: Iterable[Line]) -> Iterator[Line]:
    for kind, group in groupby(lines, key=lambda line: line.kind):
        if kind == "code":
            yield Line("\n".join(line.text for line in group).strip("\n"), "code")
        else:
            yield from group
