"""Lines of pages without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from rag.corpus.formats.pdf.columns import Row

EDGE = 3
"""Lines at the top and at the bottom of a page that may be running heads and page numbers."""

_DIGITS = re.compile(r"\d+")
_CELLS = re.compile(r"[^\w/]*0(?:[^\w/]+0)+\W*")
_NUMBER = re.compile(
    r"(?:page |p\. ?|seite )?[-–—|•\[( ]*(?:\d{1,4}|[ivxl]{1,6})(?: ?(?:of|/|von|de) ?\d{1,4})?[-–—|•\]) ]*",
    re.IGNORECASE,
)


def without_running_heads(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """Return the lines of each page without those at its edges that other pages share, numbers aside.

    A third of the pages is enough, as left and right pages have heads of their own. In a long document with
    a head for each chapter, six pages are.
    """
    edges = [_edges(rows) for rows in pages]
    seen = Counter(mark for top, bottom in edges for mark in {*map(_mark, top + bottom)})
    enough = min(max(2.0, len(pages) / 3 + 0.01), 6.0)
    shared = {
        mark
        for mark, count in seen.items()
        if count >= enough and not _CELLS.fullmatch(mark.rpartition(" ")[0])
    }
    numbered = sum(any(map(_is_number, top + bottom)) for top, bottom in edges) >= max(2, len(pages) / 3)
    found = []
    for rows, (top, bottom) in zip(pages, edges, strict=True):
        gone = {id(row) for row in _peeled(top, shared, numbered) + _peeled(bottom, shared, numbered)}
        found.append([row for row in rows if id(row) not in gone])
    return found


def _edges(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return the first lines of a page from the top, and the last ones from the bottom."""
    placed = sorted(rows, key=lambda row: row.y)
    return placed[:EDGE], placed[::-1][:EDGE]


def _peeled(rows: Sequence[Row], shared: set[str], numbered: bool) -> list[Row]:
    """Return those of the lines at an edge that are no text, each kind of which stands on a page once."""
    gone: list[Row] = []
    marks: set[str] = set()
    for row, following in zip_longest(rows, rows[1:]):
        mark = _mark(row)
        is_head = mark in shared - marks
        if not is_head and not (numbered and _is_number(row) and not any(map(_is_number, gone))):
            if following and abs(following.y - row.y) < row.size:  # both at the very edge
                continue
            break
        marks.add(mark)
        gone.append(row)
    return gone


def _is_number(row: Row) -> bool:
    return _NUMBER.fullmatch(row.text) is not None


def _mark(row: Row) -> str:
    """Return what two running heads have in common; a title that is repeated above pages is larger."""
    return f"{_DIGITS.sub('0', row.text)} {round(row.size)}"
