"""HTML to lines as a browser shows them: items with their numbers, rows with their heads."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from rag.corpus.formats.html import grid, numbered
from rag.corpus.formats.html.dom import Element, events, tree
from rag.corpus.formats.html.looks import LISTS, PARAGRAPHS, bold_headings, is_bold, kind_of
from rag.corpus.formats.html.preformatted import is_prose, prose
from rag.corpus.formats.text.characters import clean
from rag.corpus.formats.text.lines import Line, joined
from rag.types import BlockKind

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_OUTRANKING = ("note", "reference", "code", "caption")
"""Kinds that stay what they are in an item of a list."""

_APART = frozenset({"row", "caption", "code"})
"""Kinds of lines in a cell of a table that are no part of its value: of a table in it, above all."""
_LAID_OUT = frozenset({"row", "heading", "quotation"})
"""Kinds of lines that only cells hold that lay out a page."""

LONGEST_TERM, LONGEST_VALUE = 80, 200
"""Characters of a term and its definition that are read as one row: "Length: 412 metres"."""
LONGEST_CELL = 400
"""Characters; tables without heads that hold longer ones are there to lay out a page."""
DEEPEST_TABLE = 8
"""Tables one inside the other whose rows are read; what lies deeper is read as if it stood in a line."""


def lines(html: str, *, image_words: bool = False) -> list[Line]:
    """Return what a reader of `html` sees, with the words that stand for images if wished."""
    root = tree(html)
    return [] if root is None else lines_in(root, image_words=image_words)


def plain(html: str, *, image_words: bool = False) -> str:
    """Return the text a reader of `html` sees, with the words that stand for images if wished."""
    return joined(lines(html, image_words=image_words))[0]


def lines_in(root: Element, *, image_words: bool = False) -> list[Line]:
    """Return what a reader sees of a tree."""
    return _Page(bold_headings(root), image_words=image_words).read(root)


@dataclass(slots=True)
class _Table:
    """A table that is open."""

    is_layout: bool
    rows: list[list[tuple[grid.Cell, list[Line]]]] = field(default_factory=list)
    """Each cell, and the lines that stand in it."""
    in_head: bool = False
    has_heads: bool = False


@dataclass(slots=True)
class _Terms:
    """The terms of a list of definitions that stand above the next definition."""

    lines: list[Line] = field(default_factory=list)
    are_told: bool = False


class _Page:
    """Collects the lines of a page in reading order."""

    def __init__(self, bold_headings: Container[Element], *, image_words: bool) -> None:
        self._bold_headings = bold_headings
        self._image_words = image_words
        self._found: list[Line] = []
        self._words: list[str] = []
        self._gap = False
        self._outer: list[tuple[list[Line], bool]] = []  # what was found around a cell or definition
        self._kinds: list[tuple[Element, BlockKind]] = []
        self._heading = 0
        self._section = 0
        """Level of the last heading."""
        self._lists: list[numbered.List] = []
        self._mark: str | None = None
        """Of the item that begins; None where none does."""
        self._tables: list[_Table] = []
        self._terms: list[_Terms] = []
        self._quotes = 0

    def read(self, root: Element) -> list[Line]:
        """Return the lines of the tree below `root`."""
        for event, element, is_seen in events(root):
            tag = element.tag
            if event == "start" and is_seen:
                self._start(element, tag)
                if element.text:
                    self._words.append(element.text)
            elif event == "end":
                if is_seen:
                    self._end(element, tag)
                if element.tail and element is not root:
                    self._words.append(element.tail)
        self._break()
        return self._found

    def _start(self, element: Element, tag: str) -> None:
        if tag in PARAGRAPHS:
            self._break(gap=True)
        if kind := kind_of(element, tag):
            self._break()
            self._kinds.append((element, kind))
        if tag in _HEADINGS:
            self._heading = self._section = _HEADINGS[tag]
        elif element in self._bold_headings:
            self._heading = min(6, self._section + 1)
        elif tag in _STARTS:
            _STARTS[tag](self, element)
        elif tag in LISTS:
            self._start_list(element)
        elif tag == "img" and self._image_words:
            self._words.append(element.get("alt") or "")

    def _end(self, element: Element, tag: str) -> None:
        if tag in _ENDS:
            _ENDS[tag](self, element)
        elif tag in LISTS:
            self._break(gap=len(self._lists) == 1)
            self._lists.pop()
        if tag in PARAGRAPHS:
            self._break(gap=True)
        if self._kinds and self._kinds[-1][0] is element:
            self._break()
            self._kinds.pop()
        if tag in _HEADINGS or element in self._bold_headings:
            self._heading = 0

    def _break(self, *, gap: bool = False) -> None:
        """End the line, should there be one; `gap` says whether a blank one follows."""
        kind = self._kind()
        words, self._words = "".join(self._words), []
        if kind == "code" and not self._heading and is_prose(self._kinds[-1][0], text := clean(words)):
            self._add_prose(text)
            words = ""  # which are told
        texts = [words.strip("\n")] if kind == "code" else _stanzas(words)
        for text in filter(str.strip, texts):
            self._found.append(self._line(text, kind))
            self._gap, self._mark = len(texts) > 1, None  # a blank line between two of them
        self._gap = self._gap or gap

    def _add_prose(self, text: str) -> None:
        """Add the lines of a preformatted `text`, of the kind of what it stands in."""
        around = self._kinds[-2][1] if len(self._kinds) > 1 else "paragraph"
        for line in prose(text):
            self._gap = line.gap
            is_told = line.kind != "paragraph" and around not in _OUTRANKING
            self._found.append(line if is_told else self._line(line.text, around))
            self._gap, self._mark = False, None

    def _kind(self) -> BlockKind:
        return self._kinds[-1][1] if self._kinds else "paragraph"

    def _line(self, text: str, kind: BlockKind) -> Line:
        level = 0
        if self._heading:
            kind, level = "heading", self._heading
        elif self._mark is not None and kind not in _OUTRANKING:
            kind, level = "item", max(0, len(self._lists) - 1)
        return Line((self._mark or "") + text, kind, level, gap=self._gap)

    def _start_break(self, _: Element) -> None:
        self._words.append("\n" if self._kind() == "code" else "\v")

    def _start_quote(self, _: Element) -> None:
        self._words.append("‘" if self._quotes % 2 else "“")
        self._quotes += 1

    def _end_quote(self, _: Element) -> None:
        self._quotes -= 1
        self._words.append("’" if self._quotes % 2 else "”")

    def _start_summary(self, _: Element) -> None:
        self._heading = min(6, self._section + 1)

    def _end_summary(self, _: Element) -> None:
        self._break(gap=True)
        self._heading = 0

    def _start_list(self, element: Element) -> None:
        self._break(gap=not self._lists)
        self._lists.append(numbered.List(element))

    def _start_item(self, element: Element) -> None:
        self._break()
        self._mark = (self._mark or "") + (self._lists[-1].mark(element) if self._lists else "")

    def _end_item(self, _: Element) -> None:
        self._break()
        self._mark = None

    def _take(self) -> None:
        """Begin to collect what stands apart."""
        self._break()
        self._outer.append((self._found, self._gap))
        self._found, self._gap = [], False

    def _taken(self) -> list[Line]:
        """Return what stands apart, now that it ends."""
        self._break()
        found = self._found
        self._found, self._gap = self._outer.pop()
        return found

    def _give(self, lines: list[Line], *, gap: bool) -> None:
        """Add lines that were collected apart, with a blank line above the first if wished."""
        if lines:
            self._found += [replace(lines[0], gap=self._gap or gap), *lines[1:]]
            self._gap = False

    def _start_terms(self, _: Element) -> None:
        self._terms.append(_Terms())

    def _end_terms(self, _: Element) -> None:
        self._break()
        self._tell_terms(self._terms.pop())

    def _start_term(self, _: Element) -> None:
        self._break(gap=not self._terms)
        if self._terms:
            if self._terms[-1].are_told:
                self._terms[-1] = _Terms()
            self._take()

    def _end_term(self, _: Element) -> None:
        self._break(gap=not self._terms)
        if self._terms:
            self._terms[-1].lines += self._taken()

    def _start_definition(self, _: Element) -> None:
        self._break(gap=not self._terms)
        if self._terms:
            self._take()

    def _end_definition(self, _: Element) -> None:
        self._break(gap=not self._terms)
        if not self._terms:
            return
        terms, found = self._terms[-1], self._taken()
        if row := _row_of_terms(terms.lines, found):
            self._give([Line(row, "row")], gap=False)
            terms.are_told = True
            return
        self._tell_terms(terms)
        self._give(found, gap=False)
        self._gap = True

    def _tell_terms(self, terms: _Terms) -> None:
        if not terms.are_told:
            self._give(terms.lines, gap=True)
            terms.are_told = True

    def _start_table(self, element: Element) -> None:
        is_deep = len(self._tables) >= DEEPEST_TABLE
        self._tables.append(_Table(is_deep or element.get("role") in {"presentation", "none"}))

    def _start_row(self, _: Element) -> None:
        self._break()
        if self._tables:
            self._tables[-1].rows.append([])

    def _start_head(self, _: Element) -> None:
        if self._tables:
            self._tables[-1].in_head = True

    def _end_head(self, _: Element) -> None:
        if self._tables:
            self._tables[-1].in_head = False

    def _start_cell(self, _: Element) -> None:
        self._break()
        if self._tables:
            self._take()

    def _end_cell(self, element: Element) -> None:
        self._break()
        if not self._tables:
            return
        table, found = self._tables[-1], self._taken()
        if not table.rows:
            table.rows.append([])
        is_named = element.tag == "th" or table.in_head
        is_first = len(table.rows) == 1 or not table.rows[-1]
        own = [line for line in found if line.kind not in _APART]
        cell = grid.Cell(
            _in_a_row(own),
            is_named or (is_first and is_bold(element)),
            min(grid.WIDEST, max(1, numbered.whole(element.get("colspan"), 1))),
            max(0, numbered.whole(element.get("rowspan"), 1)),
        )
        table.rows[-1].append((cell, found))
        table.has_heads = table.has_heads or is_named
        table.is_layout = table.is_layout or (not table.has_heads and _lays_out(cell.text, found))

    def _end_table(self, _: Element) -> None:
        self._break()
        table = self._tables.pop()
        cells = [lines for row in table.rows for _, lines in row]
        if not table.is_layout and max(map(len, table.rows), default=0) > 1:
            rows = grid.said([[cell for cell, _ in row] for row in table.rows])
            self._give([Line(row, "row", gap=False) for row in rows], gap=False)
            cells = [[line for line in lines if line.kind in _APART] for lines in cells]
        for lines in cells:
            self._give(lines, gap=True)


def _stanzas(words: str) -> list[str]:
    """Return the lines between marks of breaks, those that no blank line parts as one."""
    rows = [" ".join(row.split()) for row in words.split("\v")]
    return [stanza for stanza in "\n".join(rows).strip("\n").split("\n\n") if stanza.strip("\n")]


def _in_a_row(lines: list[Line]) -> str:
    """Return the lines of a cell as one: items of a list with commas between."""
    text = ""
    for line in lines:
        between = ", " if line.kind == "item" and not line.text[0].isdigit() else " "
        text += (between if text else "") + " ".join(line.text.split())
    return text


def _lays_out(text: str, found: list[Line]) -> bool:
    """Say whether a cell holds what no cell of a table of facts does."""
    return len(text) > LONGEST_CELL or any(line.kind in _LAID_OUT for line in found)


def _row_of_terms(terms: list[Line], found: list[Line]) -> str | None:
    """Return "Length: 412 metres" for a definition of a few words; None for one to stand below."""
    name = ", ".join(line.text for line in terms)
    if not name or len(name) > LONGEST_TERM or name.endswith((".", "?", "!")) or len(found) != 1:
        return None
    [definition] = found
    if definition.kind != "paragraph" or len(definition.text) > LONGEST_VALUE:
        return None
    return f"{name.removesuffix(':')}: {' '.join(definition.text.split())}"


_Handler: TypeAlias = Callable[[_Page, Element], None]
_STARTS: dict[str, _Handler] = {
    "br": _Page._start_break,
    "q": _Page._start_quote,
    "summary": _Page._start_summary,
    "li": _Page._start_item,
    "dl": _Page._start_terms,
    "dt": _Page._start_term,
    "dd": _Page._start_definition,
    "table": _Page._start_table,
    "thead": _Page._start_head,
    "tr": _Page._start_row,
    "td": _Page._start_cell,
    "th": _Page._start_cell,
}
_ENDS: dict[str, _Handler] = {
    "q": _Page._end_quote,
    "summary": _Page._end_summary,
    "li": _Page._end_item,
    "dl": _Page._end_terms,
    "dt": _Page._end_term,
    "dd": _Page._end_definition,
    "table": _Page._end_table,
    "thead": _Page._end_head,
    "td": _Page._end_cell,
    "th": _Page._end_cell,
}
