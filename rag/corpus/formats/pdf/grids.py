"""Lines whose parts stand below each other to the rows of a table, each cell with its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.corpus.formats.pdf.columns import Row
from rag.corpus.formats.pdf.glyphs import Box
from rag.corpus.formats.pdf.segments import Segment, text_of

CELL_GAP = 1.0
"""Of the size of the letters, between two cells."""
WRAP_GAP = 1.6
"""Of the size of the letters, from one line of a cell to the next at most."""
APART = 1.2
"""Of the distance of the lines of a cell, from which two lines are of two rows."""
FEWEST_ROWS = 3
"""With the head's; two lines with a gap in them are seldom a table."""

_MARK = re.compile(r"[•▪●◦■□‣–—*·-]|\(?[0-9a-zA-Z]{1,3}[.)]|\[\d+\]")
_DIGIT = re.compile(r"\d")


def tables(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return where tables begin and end in the lines of a column."""
    found = []
    at = 0
    while at < len(rows):
        row = rows[at]
        end = _end_of((row.page, row.table), rows, at) if row.table else _end(rows, at)
        lines = rows[at:end]
        if row.table or (len(lines) >= FEWEST_ROWS and not _is_list(lines) and not _is_formula(lines)):
            found.append((at, end))
            at = end
        else:
            at += 1
    return found


def _end_of(ruled: tuple[int, int], rows: Sequence[Row], start: int) -> int:
    """Return where the lines of a table between rules end, which begin at `start`."""
    return next((n for n in range(start, len(rows)) if (rows[n].page, rows[n].table) != ruled), len(rows))


def _end(rows: Sequence[Row], start: int) -> int:
    """Return where the table that may begin at `start` ends; `start` itself where none does."""
    if len(_cells(rows[start])) < 2:
        return start
    spans = [(cell.x0, cell.x1) for cell in _cells(rows[start])]
    end = start + 1
    last = end
    while end < len(rows):
        row = rows[end]
        cells = _cells(row)
        if row.y - rows[end - 1].y > 4 * row.size:
            break
        merged = _merged([*spans, *((cell.x0, cell.x1) for cell in cells)])
        goes_on = len(cells) > 1 or _is_wrapped(row, cells[0], rows[end - 1], spans)
        if len(merged) < max(2, len(spans) - (len(spans) > 4)) or (not goes_on and end - last >= 2):
            break
        spans = merged
        end += 1
        if goes_on:
            last = end
    return last


def _is_wrapped(row: Row, cell: Segment, above: Row, spans: Sequence[tuple[float, float]]) -> bool:
    """Say whether the one cell of a line goes on with one above, in any column but the first."""
    near = row.y - above.y < WRAP_GAP * row.size
    return near and any(abs(cell.x0 - x0) < 3 and cell.x1 - x0 < x1 - x0 + row.size for x0, x1 in spans[1:])


def _cells(row: Row) -> list[Segment]:
    """Return the parts of a line, those that stand nearer than cells do put together."""
    found: list[Segment] = []
    for segment in row.segments:
        if found and not segment.ruled and segment.x0 - found[-1].x1 < CELL_GAP * segment.size:
            found[-1] = Segment([*found[-1].words, *segment.words], found[-1].ruled)
        else:
            found.append(segment)
    return found


def _merged(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted(spans):
        if found and x0 < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _is_list(rows: Sequence[Row]) -> bool:
    firsts = [text_of(_cells(row)[0].words) for row in rows if len(_cells(row)) > 1]
    return sum(_MARK.fullmatch(first) is not None for first in firsts) > 0.6 * len(firsts)


def _is_formula(rows: Sequence[Row]) -> bool:
    """Say whether most lines are parts of formulas: equations, or signs that stand alone."""
    signs = sum(
        "=" in row.text or all(len(word) < 3 and not word.isdigit() for word in row.text.split())
        for row in rows
    )
    return signs > 0.5 * len(rows)


def texts(rows: Sequence[Row], rules: Sequence[Box]) -> list[str]:
    """Return what each row of a table says, with the heads where there are any."""
    columns = _merged([(cell.x0, cell.x1) for row in rows for cell in _cells(row)])
    table = [_row(row, columns) for row in rows]
    heads = _head_rows(rows, table, rules)
    names = [
        " ".join(filter(None, (line[number] for line in table[:heads]))) for number in range(len(columns))
    ]
    lines = _whole_rows(rows[heads:], table[heads:])
    if heads and not lines:
        return [" | ".join(filter(None, names))]
    return [_said(names if heads else None, line) for line in lines]


def _whole_rows(rows: Sequence[Row], table: Sequence[list[str]]) -> list[list[str]]:
    """Return the rows of a `table`, each with the lines that its cells are broken into."""
    starts = _numbered(table) or _set_apart(rows, table) or _filled(table)
    found: list[list[str]] = []
    for is_start, line in zip(starts, table, strict=True):
        if is_start or not found:
            found.append(list(line))
        else:
            found[-1] = [_joined(*pair) for pair in zip(found[-1], line, strict=True)]
    return found


def _numbered(table: Sequence[list[str]]) -> list[bool]:
    """Say of each line whether it begins a row, by a column of numbers that count; [] without one."""
    for column in zip(*table, strict=True):
        numbers = [int(cell) for cell in column if cell.isdecimal()]
        counts = numbers and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        if counts and len(numbers) > 1 and column[0] and all(not c or c.isdecimal() for c in column):
            return list(map(bool, column))
    return []


def _set_apart(rows: Sequence[Row], table: Sequence[list[str]]) -> list[bool]:
    """Say likewise by the distance between rows; [] where all lines have the same, or are groups of rows."""
    gaps = [below.y - above.y for above, below in pairwise(rows)]
    usual = sorted(gaps)[len(gaps) // 4] if gaps else 0.0
    starts = [True, *(gap > APART * usual for gap in gaps)]
    if usual <= 0 or all(starts) or not any(starts[1:]):
        return []
    inner = [line for is_start, line in zip(starts, table, strict=True) if not is_start]
    whole = sum(all(line) for line in inner)
    if 2 * whole > len(inner) or any(_is_figure(cell) for line in inner for cell in line):
        return []
    return starts


def _filled(table: Sequence[list[str]]) -> list[bool]:
    """Say likewise by the cells: a line without the first, with fewer of them and no figures, goes on."""
    starts: list[bool] = []
    filled = 0
    for line in table:
        cells = sum(map(bool, line))
        goes_on = bool(starts) and not line[0] and cells < filled and not any(map(_is_figure, line))
        starts.append(not goes_on)
        filled = filled if goes_on else cells
    return starts


def _joined(above: str, below: str) -> str:
    """Return two lines of a cell as one."""
    if above[-1:] == "-" and above[-2:-1].isalpha() and below[:1].islower():
        return above[:-1] + below
    return " ".join(filter(None, (above, below)))


def _row(row: Row, columns: Sequence[tuple[float, float]]) -> list[str]:
    line = [""] * len(columns)
    for cell in _cells(row):
        number = next(n for n, (x0, x1) in enumerate(columns) if x0 <= cell.x0 <= x1)
        line[number] = " ".join(filter(None, (line[number], text_of(cell.words))))
    return line


def _head_rows(rows: Sequence[Row], table: Sequence[list[str]], rules: Sequence[Box]) -> int:
    """Return how many of the first rows are the heads of the others."""
    if rows[0].style.bold and not all(row.style.bold for row in rows):
        return next(number for number, row in enumerate(rows) if not row.style.bold)
    for number in (1, 2):
        if number >= len(rows):
            break
        above, below = rows[number - 1], rows[number]
        ruled = any(
            above.y - 0.2 * above.size < rule.y0 < below.y - 0.3 * below.size
            and rule.x1 - rule.x0 > 0.5 * (above.x1 - above.x0)
            for rule in rules
        )
        later = sum(
            any(one.y < rule.y0 < other.y and rule.x1 - rule.x0 > 0.5 * (one.x1 - one.x0) for rule in rules)
            for one, other in zip(rows[number:], rows[number + 1 :], strict=False)
        )
        if ruled and (later == 0 or not any(map(_has_figure, table[0][1:]))):
            return number
    figures = [sum(map(_has_figure, line[1:])) for line in table]
    if (
        figures[0] == 0
        and sum(map(bool, table[0][1:]))
        and sum(map(bool, figures[1:])) > 0.6 * (len(table) - 1)
    ):
        return 1
    return 0


def _is_figure(cell: str) -> bool:
    """Say whether a cell is a figure with what belongs to it: "12.5 ms", "0.9 (0.1)", but not "2017)"."""
    letters, digits = sum(map(str.isalpha, cell)), sum(map(str.isdigit, cell))
    return digits > 0 and digits >= letters and cell.count("(") == cell.count(")")


def _has_figure(cell: str) -> bool:
    return _DIGIT.search(cell) is not None


def _said(names: Sequence[str] | None, line: Sequence[str]) -> str:
    if names is None:
        filled = [cell for cell in line if cell]
        return (
            f"{filled[0].rstrip(':')}: {filled[1]}"
            if len(line) == 2 and len(filled) == 2
            else " | ".join(filled)
        )
    said = (
        f"{name.rstrip(':')}: {cell}" if name else cell
        for name, cell in zip(names, line, strict=True)
        if cell
    )
    return "; ".join(said)
