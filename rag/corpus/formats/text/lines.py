"""Lines, as a reader of a format gives them, to clean text and the blocks over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.corpus.formats import hints
from rag.corpus.formats.text.characters import clean
from rag.corpus.formats.text.furniture import is_furniture
from rag.types import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the article's reader sees it: a whole paragraph, a heading, an item of a list, a row."""

    text: str
    """Of code and verses several lines. An item begins with its mark or number, as its reader sees it; a row
    of a table with heads says "head: value" for each cell that is not empty, joined by "; "."""
    kind: BlockKind = "paragraph"
    level: int = 0
    page: int | None = None
    gap: bool = True
    """Whether a blank line stands above it."""


def lines_of(text: str) -> list[Line]:
    """Return the lines of `text`, whose blank lines stand between paragraphs; no kind is known of them."""
    found: list[Line] = []
    gap = True
    for line in clean(text).split("\n"):
        if line:
            found.append(Line(line, gap=gap))
        gap = not line
    return found


def cleaned(lines: Iterable[Line]) -> list[Line]:
    """Return `lines` with clean characters, without those that are empty, page furniture or to be dropped."""
    found = []
    asked = hints.now()
    gap = False  # left by a line that is taken out
    for line in lines:
        text = asked.without_dropped(clean(line.text))
        if text and (asked.keeps(text) or not is_furniture(text)):
            found.append(replace(line, text=text, gap=line.gap or gap))
            gap = False
        else:
            gap = gap or line.gap
    return found


def joined(lines: Sequence[Line]) -> tuple[str, tuple[Block, ...]]:
    """Return the text of clean `lines`, and the block of each where any of them tells more than its text."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for line in lines:
        between = ("\n\n" if line.gap else "\n") if parts else ""
        at += len(between)
        parts += [between, line.text]
        blocks.append(Block(at, at + len(line.text), line.kind, line.level, line.page))
        at += len(line.text)
    tells = any(line.kind != "paragraph" or line.page for line in lines)
    return "".join(parts), tuple(blocks) if tells else ()
