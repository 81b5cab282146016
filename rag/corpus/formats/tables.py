"""A table, as JSON lines or CSV, to an Article a row; a row that cannot be read comes as its ReadingError."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeAlias
from urllib.parse import urlsplit

from rag.corpus.formats import foreign
from rag.corpus.formats.characters import decode, one_line
from rag.corpus.formats.facts import NAMES, article, named, title_of_file
from rag.corpus.formats.markup import plain
from rag.errors import ReadingError
from rag.types import Article

Row: TypeAlias = Mapping[str, object]

_BLOCK = re.compile(r"<(?:p|br|div|ul|ol|h[1-6]|table|blockquote)\b[^<>]*>", re.IGNORECASE)
_HTML = re.compile(
    r"<br ?/?>|</(?:p|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|table|blockquote|figure|su[bp])>",
    re.IGNORECASE,
)

MOST_SHOWN, LONGEST_SHOWN = 50, 500
"""Names of columns, and their characters, that a message shows."""


def read_jsonl(content: bytes, id: str) -> Iterator[Article | ReadingError]:
    """Yield the article of each line."""
    # Not splitlines: U+2028 may stand inside a JSON string.
    for number, line in enumerate(decode(content).split("\n"), start=1):
        if line.strip():
            yield _article(id, number, _json(line))


def read_csv(content: bytes, id: str) -> Iterator[Article | ReadingError]:
    """Yield the article of each row below the head; commas or semicolons separate, as the head does."""
    text = decode(content)
    head = text.split("\n", 1)[0]
    yield from _separated(text, id, ";" if head.count(";") > head.count(",") else ",")


def read_tsv(content: bytes, id: str) -> Iterator[Article | ReadingError]:
    """Yield the article of each row below the head; tabs separate."""
    yield from _separated(decode(content), id, "\t")


def _separated(text: str, id: str, delimiter: str) -> Iterator[Article | ReadingError]:
    csv.field_size_limit(sys.maxsize)  # its 131,072 characters are fewer than long articles have
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    with foreign.parser("table"):
        columns = next(rows, [])
    _check_text("column", columns)
    while True:
        number = rows.line_num + 1
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield ReadingError(f"line {number}: {error}")
            continue
        if any(values):
            yield _article(id, number, _row(columns, values))


def _row(columns: list[str], values: list[str]) -> Row | ReadingError:
    if len(values) > len(columns):
        return ReadingError(f"has {len(values)} fields for {len(columns)} columns")
    return dict(zip(columns, values, strict=False))


def _json(line: str) -> Row | ReadingError:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return ReadingError(f"is not JSON: {error}")
    return row if isinstance(row, dict) else ReadingError("is not a JSON object")


def _article(id: str, number: int, row: Row | ReadingError) -> Article | ReadingError:
    """Return the article of the row that begins on line `number`; without an id of its own that is its id."""
    try:
        if isinstance(row, ReadingError):
            raise row
        given = named(row)
        if "text" not in given:
            _check_text("field", row)
        text = _without_markup(given.pop("text", ""))
        name = one_line(given.pop("id", "")) or str(number)
        if name.startswith(("http://", "https://")):
            given.setdefault("url", name)
        given.get("url", "").encode()
        return article(f"{id}#{name}", text, given, untitled=_title(id, name))
    except (ReadingError, ValueError) as error:  # "http://[x" and half a surrogate pair are no address
        return ReadingError(f"line {number}: {error}")


def _check_text(noun: str, names: Iterable[str]) -> None:
    """Raise ReadingError when none of the `names` of columns or fields is that of a text."""
    if "text" not in named(dict.fromkeys(names, "some")):
        raise ReadingError(
            f"has no {noun} of text: its {noun}s are {_shown(names)};"
            f" name one of them {' or '.join(NAMES['text'])}"
        )


def _shown(names: Iterable[str]) -> str:
    """Return as many of the `names` as a reader takes in."""
    shown = one_line(", ".join(islice(names, MOST_SHOWN))) or "none"
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"


def _without_markup(text: str) -> str:
    """Return what a reader sees where `text` is HTML."""
    if not _HTML.search(text):
        return text
    if not _BLOCK.search(text):  # text with some HTML in its lines
        text = text.replace("\n", "<br>")
    with foreign.parser("HTML text"):
        return plain(re.sub(r"\n\s*\n", "<p>", text))  # blogs leave paragraphs to blank lines


def _title(id: str, name: str) -> str:
    """Return what to call a row without a title: by the end of its address, or by its table and name."""
    page = urlsplit(name).path.removesuffix("/index.html") if name.startswith("http") else ""
    return title_of_file(page) or f"{title_of_file(id)} {name}"
