"""A table of a Word file to lines: rows with their heads, or what stands in it where it is but a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from rag.corpus.formats.html import grid
from rag.corpus.formats.text.lines import Line

LONGEST_REPEATED = 200
"""Characters of a merged cell that are said again in each of its rows."""
LONGEST_HEAD = 60
"""Characters of a cell of the first row that is taken for a head because of where it stands."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with what stands in it."""

    lines: list[Line]
    text: str
    """The same in one line."""
    column: int
    """Where it begins, from 0."""
    columns: int
    is_marked: bool
    """Whether all of it is bold, or its ground has a colour."""
    goes_on: bool
    """Whether it is merged with the one above."""


def cell(lines: list[Line], column: int, columns: int, *, is_marked: bool, goes_on: bool) -> Cell:
    """Return a cell with its lines in one, set off where no mark ends one."""
    parts: list[str] = []
    for line in lines:
        if parts:
            parts.append(" " if parts[-1][-1:] in ".!?:;," else "; " if line.kind == "row" else ", ")
        parts.append(" ".join(line.text.split()))
    return Cell(lines, "".join(parts), column, columns, is_marked, goes_on)


@dataclass(slots=True)
class Row:
    """A row; those before the first cell are left free."""

    cells: list[Cell] = field(default_factory=list)
    is_head: bool = False
    """Whether the file says that it stands anew on every page."""
    end: int = 0
    """The column behind its last cell."""


@dataclass(slots=True)
class Table:
    """A table; its style may draw the first row apart."""

    rows: list[Row] = field(default_factory=list)
    has_styled_head: bool = False


def lines(table: Table) -> list[Line]:
    """Return the lines of a table, none for a cell that is empty."""
    rows = [row for row in table.rows if row.cells]
    if _is_frame(rows):
        return [line for row in rows for cell in row.cells for line in cell.lines]
    titles = list(takewhile(_is_title, rows))
    rows = rows[len(titles) :]
    told = grid.said(_cells(rows), heads=_heads(rows, has_styled_head=table.has_styled_head))
    found = [Line(cell.text, "caption") for row in titles for cell in row.cells if cell.text]
    return found + [Line(text, "row", gap=number == 0) for number, text in enumerate(told)]


def _is_frame(rows: Sequence[Row]) -> bool:
    """Say whether a table is there to lay out what stands in it, not to put things side by side."""
    return all(len(row.cells) == 1 for row in rows) or any(
        line.kind == "heading" for row in rows for cell in row.cells for line in cell.lines
    )


def _is_title(row: Row) -> bool:
    return len(row.cells) == 1 and not row.is_head and row.cells[0].columns > 1


def _cells(rows: Sequence[Row]) -> list[list[grid.Cell]]:
    found = []
    above: dict[int, str] = {}
    for row in rows:
        cells: list[grid.Cell] = []
        column = 0
        for cell in row.cells:
            if cell.column > column:
                cells.append(grid.Cell("", columns=min(cell.column - column, grid.WIDEST)))
            if not cell.goes_on:
                text = cell.text
                above[cell.column] = text if len(text) <= LONGEST_REPEATED else ""
            else:
                text = above.get(cell.column, "")
            cells.append(grid.Cell(text, columns=min(cell.columns, grid.WIDEST)))
            column = cell.column + cell.columns
        found.append(cells)
    return found


def _heads(rows: Sequence[Row], *, has_styled_head: bool) -> int:
    """Return how many rows are heads: those the file calls so, else the first where it looks like one.

    Of two columns it must look different from the second: "Height" and "38 metres" are no heads.
    """
    stated = sum(1 for _ in takewhile(lambda row: row.is_head, rows))
    if stated or len(rows) < 2:
        return stated if stated < len(rows) else 0
    first, second = (row.cells for row in rows[:2])
    told = [cell for cell in first if cell.text]
    if not told or any(len(cell.text) > LONGEST_HEAD for cell in told):
        return 0
    is_marked = all(cell.is_marked for cell in told)
    if has_styled_head or (is_marked and not all(cell.is_marked for cell in second if cell.text)):
        return 1
    if max(row.end for row in rows) < 3:
        return 0
    # Of more columns: words, each another, over every column but the first.
    words = [cell.text for cell in told]
    full = len(told) >= len(first) - 1 and len(set(words)) == len(words)
    is_plain = not any(character.isdigit() for word in words for character in word)
    return int(full and (is_plain or not first[0].text))
