"""The cells of a table to rows that can be read alone: each value with the head it stands under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST_HEAD = 200
"""Characters; a longer cell is prose, and its words before each value below would make a book of a table."""
WIDEST = 200
"""Columns that a cell may span; browsers allow 1,000."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table as its file has it."""

    text: str
    is_head: bool = False
    columns: int = 1
    """That it spans."""
    rows: int = 1
    """That it spans; 0 is all below."""


def said(rows: Sequence[Sequence[Cell]], *, heads: int | None = None) -> list[str]:
    """Return each row below the heads in words: "Task: Piling; Duration: 30 days".

    The first `heads` rows are heads; without a number, those whose cells all are. Two columns without heads
    are names and values: "Height: 38 metres". Other cells without heads are joined by " | ".
    """
    placed = [_Row(cells) for cells in _placed(rows)]
    width = max((row.width for row in placed), default=0)
    are_heads = [row.is_head(width) if heads is None else at < heads for at, row in enumerate(placed)]
    found: list[str] = []
    names: dict[int, str] = {}
    for at, row in enumerate(placed):
        if are_heads[at] and (not found or not (row.has_figures() or all(are_heads[at:]))):
            names = _under(names if at and are_heads[at - 1] else {}, row)
        elif text := row.said(names, pairs=width == 2 and not any(are_heads)):
            found.append(text)
    return found or [" | ".join(row.texts()) for row in placed if row.texts()]


class _Row:
    """A row with the column that each cell begins in."""

    def __init__(self, cells: dict[int, Cell]) -> None:
        self.cells = cells
        self.width = max((column + cell.columns for column, cell in cells.items()), default=0)

    def texts(self) -> list[str]:
        """Return the words of its cells that have any."""
        return [cell.text for _, cell in sorted(self.cells.items()) if cell.text]

    def is_head(self, width: int) -> bool:
        """Say whether all cells are heads; one alone over all columns is the name of a part."""
        told = [cell for cell in self.cells.values() if cell.text]
        are_heads = all(cell.is_head and len(cell.text) <= LONGEST_HEAD for cell in told)
        return bool(told) and are_heads and len(self.cells) > (width > 1)

    def has_figures(self) -> bool:
        """Say whether it ends in a figure, as a row of sums does."""
        return self.texts()[-1][-1:].isdigit()

    def said(self, names: dict[int, str], *, pairs: bool) -> str:
        """Return it in words, below heads of these `names`; two cells as a pair where there are none."""
        told = [(column, cell) for column, cell in sorted(self.cells.items()) if cell.text]
        if len(told) == 1 and told[0][1].columns > 1:  # the name of a part
            return told[0][1].text
        if names:
            return "; ".join(_named(_names(names, column, cell), cell.text) for column, cell in told)
        if pairs and len(told) == 2:
            return _named(told[0][1].text, told[1][1].text)
        if any(cell.is_head for _, cell in told):
            return _by_heads([cell for _, cell in told])
        return " | ".join(cell.text for _, cell in told)


def _by_heads(cells: Sequence[Cell]) -> str:
    """Return a row whose heads stand in it: "Height: 38 metres; Steps: 197"."""
    parts: list[list[str]] = []
    head = ""
    for cell in cells:
        if cell.is_head:
            head = cell.text
            parts.append([head])
        elif parts:
            parts[-1] = [_named(head, cell.text)] if parts[-1] == [head] else [*parts[-1], cell.text]
        else:
            parts.append([cell.text])
    return "; ".join(" | ".join(part) for part in parts)


def _named(name: str, value: str) -> str:
    if not name or name == value:
        return value
    return f"{name} {value}" if name.endswith((":", "?")) else f"{name}: {value}"


def _names(names: dict[int, str], column: int, cell: Cell) -> str:
    """Return the heads over all columns of `cell`, each once."""
    over = (names.get(each, "") for each in range(column, column + cell.columns))
    return ", ".join(dict.fromkeys(filter(None, over)))


def _under(names: dict[int, str], row: _Row) -> dict[int, str]:
    """Return the heads of each column, those of `row` below those above: "2025 Visitors"."""
    found = dict(names)
    for column, cell in row.cells.items():
        for each in range(column, column + cell.columns):
            above = names.get(each, "")
            if cell.text and not f" {above}".endswith(f" {cell.text}"):
                found[each] = f"{above} {cell.text}".strip()[:LONGEST_HEAD]
    return found


def _placed(rows: Sequence[Sequence[Cell]]) -> Iterator[dict[int, Cell]]:
    """Yield the cells of each row by column, with those that reach down from rows above."""
    reaching: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        placed = {column: cell for column, (cell, _) in reaching.items()}
        taken = {each for column, cell in placed.items() for each in range(column, column + cell.columns)}
        down = {column: (cell, left - 1) for column, (cell, left) in reaching.items() if left != 1}
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            placed[column] = cell
            if cell.rows != 1 and len(cell.text) <= LONGEST_HEAD:
                down[column] = (cell, cell.rows - 1)
            column += cell.columns
        reaching = down
        if row:
            yield placed
