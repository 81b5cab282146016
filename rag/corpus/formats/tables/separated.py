"""The text of a CSV or TSV file to its columns and rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from rag.corpus.formats.facts.fields import fields_of
from rag.errors import ReadingError

Values: TypeAlias = list[str] | ReadingError
Rows: TypeAlias = Iterator[tuple[int, Values]]
"""Each row's first line, from 1, and its values or why it has none."""

DELIMITERS = ",;\t|"

LONGEST_CELL = 2**31 - 1
"""Characters; the 131,072 that csv takes by itself are fewer than long articles have."""

LONGEST_HEAD = 100_000
"""Characters in which the names of the columns are looked for."""

LONGEST_MENDED = 50
"""Lines of a row whose quotation marks are not as they should be."""

MOST_LOST = 100
"""Rows that could not be mended, after which the lines below a row are no longer looked at for its end."""

_SAID = re.compile(r"\s*\"?sep=(.)\"?[;,\t|]*\r?\n", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"(?:[ \t;,|]*(?:\r\n|\r|\n))*")


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table, and its rows, which can be gone through again and again."""

    columns: list[str]
    rows: Callable[[], Rows]


def table(text: str, *, likely: str = ",") -> Table:
    """Return the table in `text`, whose delimiter is `likely` unless its first lines tell another."""
    csv.field_size_limit(LONGEST_CELL)
    said = _SAID.match(text)
    first = said.end() if said else 0
    if blank := _BLANK.match(text, first):
        first = blank.end()
    above = len(_LINE_END.findall(text[:first]))
    text = text[first:]
    mark = said[1] if said else _delimiter(text, likely)
    columns = _head(text, mark)

    def rows() -> Rows:
        for number, values in _rows(text, mark, columns):
            yield number + above, _fitted(values, columns)

    return Table(columns, rows)


def _delimiter(text: str, likely: str) -> str:
    """Return the mark at which the head comes apart into names that are known, the `likely` one in doubt."""
    marks = sorted(DELIMITERS, key=lambda mark: mark != likely)
    return max(marks, key=lambda mark: _known(_head(text, mark)))


def _known(columns: list[str]) -> tuple[bool, int, int]:
    known = fields_of(columns)
    return "text" in known, len(known), len(columns)


def _head(text: str, mark: str) -> list[str]:
    rows = csv.reader(io.StringIO(text[:LONGEST_HEAD], newline=""), delimiter=mark, strict=True)
    try:
        return next(rows, [])
    except csv.Error:
        return []


def _fitted(values: Values, columns: list[str]) -> Values:
    """Return the `values` of a row, unless there are more of them than columns."""
    if isinstance(values, ReadingError) or len(values) <= len(columns):
        return values
    if any(values[len(columns) :]):
        return ReadingError(f"has {len(values)} fields for {len(columns)} columns")
    return values[: len(columns)]


def _rows(text: str, mark: str, columns: list[str]) -> Rows:
    """Yield the rows below the head: as RFC 4180 has them or, where one is not, as it must be meant."""
    lines = _Lines(text)
    rows = csv.reader(lines, delimiter=mark, strict=True)
    with suppress(csv.Error):  # a head that is broken names no column of text, and no row is asked for
        next(rows, None)
    while True:
        number = rows.line_num + lines.more + 1
        lines.taken.clear()
        try:
            values: Values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            values = _mended(lines, mark, len(columns)) or ReadingError(str(error))
        if isinstance(values, ReadingError) or any(values):
            yield number, values


class _Lines:
    """The lines of a text, which remember those that were taken last and can be put back."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._back: list[str] = []
        self.taken: list[str] = []
        self.more = 0
        """Lines that were taken by others than the reader of the rows."""
        self.lost = 0
        """Rows that could not be mended."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._lines)
        self.taken.append(line)
        return line

    def put_back(self, count: int) -> None:
        """Let the last `count` lines be taken again."""
        for _ in range(count):
            self._back.append(self.taken.pop())


def _mended(lines: _Lines, mark: str, count: int) -> list[str] | None:
    r"""Return the `count` values of the row that begins with the lines that were taken last.

    Its quotation marks inside quotes are \" or as they are; such a row may go on for some lines.
    """
    started = len(lines.taken)
    if started > LONGEST_MENDED:
        return None
    if mark == "\t" and started == 1 and lines.taken[0].count('"') % 2 == 0:  # quotes are as they are
        plain = lines.taken[0].rstrip("\r\n").split(mark)
        return plain if len(plain) == count else None
    for more in range(LONGEST_MENDED if lines.lost < MOST_LOST else 1):
        text = "".join(lines.taken)
        for escapes in (True, False) if '\\"' in text else (False,):
            values = _loose(text, mark, escapes=escapes)
            if values and len(values) == count:
                lines.more += more
                return values
        try:
            next(lines)
        except StopIteration:
            break
    lines.put_back(len(lines.taken) - started)
    lines.lost += 1
    return None


def _loose(text: str, mark: str, *, escapes: bool) -> list[str] | None:
    """Return the values of a row in which a quotation mark closes only before a `mark` or at a line's end."""
    stop = re.escape(mark)
    end = rf"(?:{stop}|\r?\n?\Z)"
    line_end = rf"(?:{stop}|\r|\n|\Z)"
    inside = r'[^"\\]|\\.' if escapes else '[^"]'
    quoted = rf'"((?:{inside}|""(?!{line_end})|"(?!{line_end}))*+)"'
    cell = re.compile(rf'(?:{quoted}|((?!")[^\r\n{stop}]*+))({end})', re.DOTALL)
    values: list[str] = []
    at = 0
    while found := cell.match(text, at):
        values.append(found[2] if found[1] is None else _unquoted(found[1], escapes=escapes))
        at = found.end()
        if found[3] != mark:
            return values
    return None


def _unquoted(cell: str, *, escapes: bool) -> str:
    return re.sub(r"\\([\\\"])", r"\1", cell) if escapes else cell.replace('""', '"')
