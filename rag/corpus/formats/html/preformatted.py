"""A <pre> with prose, as archives of mail have it, to its lines; code is told from that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from rag.corpus.formats.html.dom import Element
from rag.corpus.formats.plain.paragraphs import joined
from rag.corpus.formats.plain.structure import structured
from rag.corpus.formats.text.characters import clean
from rag.corpus.formats.text.lines import Line

_CODE = ("code", "kbd", "samp")
_CALLED = re.compile(r"code|highlight|lang|listing|lyrics|poem|source|src|verse", re.IGNORECASE)
"""In classes of code, and of verses."""
_QUOTED = re.compile(r"(?:[ \t]*>)+ ?")
"""How mails mark the lines of what they answer."""
_STATEMENT = re.compile(
    r"\s*(?:\$ |#|//|[)\]]+[,;:]*\s*$)|.*(?:[{}\\]|(?:\w\([^()]*\)[:;]|\(\)|\*/|\"\"\")\s*$)"
)
"""A line as programs have it."""
_COLUMNS = re.compile(r"\S {3,}\S")
_SENTENCE = re.compile(r"[^\W\d_]{2}[.?!:…][”\"’')\]]*(?!\S)")
_WORD = re.compile(r"[(\[\"“‘']*[^\W\d_]+(?:[’'-][^\W\d_]+)*[)\]\"”’'.,;:?!…]*")

MOST_STATEMENTS = 0.05
"""Of the lines of prose: mails about programs quote a few."""
FEWEST_WORDS = 0.8
"""Of what stands between blanks in a paragraph of prose; the rest are figures, dashes and addresses."""


def is_prose(pre: Element, text: str) -> bool:
    """Say whether the clean `text` of a <pre> is prose: half of it stands in sentences that were wrapped."""
    around = pre.getparent()
    names = f"{pre.get('class') or ''} {'' if around is None else around.get('class') or ''}"
    if _CALLED.search(names) or next(pre.iter(*_CODE), None) is not None:
        return False
    rows = [_unquoted(row)[1] for row in text.split("\n")]
    if sum(map(bool, map(_STATEMENT.match, rows))) > MOST_STATEMENTS * len(rows):
        return False
    flowing = sum(_flowing(list(block)) for is_block, block in groupby(rows, bool) if is_block)
    return flowing > 0 and 2 * flowing >= sum(len(row.strip()) for row in rows)


def prose(text: str) -> Iterator[Line]:
    """Yield the lines of a clean `text` as of a text file; what a mail answers is a quotation."""
    for depth, rows in groupby(map(_unquoted, text.split("\n")), itemgetter(0)):
        said = clean("\n".join(row for _, row in rows))
        for line in structured(said) if said else ():
            yield replace(line, kind="quotation") if depth and line.kind == "paragraph" else line


def _unquoted(row: str) -> tuple[int, str]:
    """Return how deep a line is quoted, and what it says."""
    mark = _QUOTED.match(row)
    return (mark[0].count(">"), row[mark.end() :].rstrip()) if mark else (0, row)


def _flowing(rows: list[str]) -> int:
    """Return how many characters of a paragraph stand in sentences of several lines."""
    parts = set(map(str.strip, joined(rows))).difference(map(str.strip, rows))
    return sum(len(part) for part in parts if not _COLUMNS.search(part) and _is_of_words(part))


def _is_of_words(part: str) -> bool:
    words = part.split()
    plain = sum(map(bool, map(_WORD.fullmatch, words)))
    return plain >= FEWEST_WORDS * len(words) and _SENTENCE.search(part) is not None
