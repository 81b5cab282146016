"""A table, as JSON or CSV, to an Article a row; a row that cannot be read comes as its ReadingError."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from itertools import islice
from typing import TypeAlias
from urllib.parse import urlsplit

from rag.corpus.formats import foreign
from rag.corpus.formats.facts import article, named, title_of_file, values
from rag.corpus.formats.facts.fields import NAMES, fields_of
from rag.corpus.formats.html.markup import lines, plain
from rag.corpus.formats.plain.structure import structured
from rag.corpus.formats.tables import objects, separated
from rag.corpus.formats.tables.objects import Row, Rows
from rag.corpus.formats.tables.survey import Column, Survey, likely_texts
from rag.corpus.formats.text.characters import clean, decode, one_line
from rag.corpus.formats.text.lines import Line
from rag.errors import ReadingError, Remark
from rag.types import Article

Found: TypeAlias = Article | ReadingError | Remark

_BLOCK = re.compile(r"<(?:p|br|div|ul|ol|h[1-6]|table|blockquote)\b[^<>]*>", re.IGNORECASE)
_HTML = re.compile(
    r"<br ?/?>|</(?:p|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|table|blockquote|figure|su[bp])>",
    re.IGNORECASE,
)

_SIGN = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")

MOST_SHOWN, LONGEST_SHOWN = 50, 500
"""Names of columns, and their characters, that a message shows."""

SAMPLE = 100
"""Rows that are looked at for what may be a text, where no column is called one."""


def read_jsonl(content: bytes, id: str) -> Iterator[Found]:
    """Yield the article of each line."""
    text = decode(content)
    yield from _articles(lambda: objects.lines(text), id)


def read_json(content: bytes, id: str) -> Iterator[Found]:
    """Yield the articles of the list that the file holds, or the one that it is."""
    text = decode(content)
    yield from _articles(lambda: objects.document(text), id)


def read_csv(content: bytes, id: str) -> Iterator[Found]:
    """Yield the article of each row below the head, which tells what separates its columns."""
    yield from _separated(decode(content), id, ",")


def read_tsv(content: bytes, id: str) -> Iterator[Found]:
    """Yield the article of each row below the head; tabs separate, unless it tells another mark."""
    yield from _separated(decode(content), id, "\t")


def _separated(text: str, id: str, likely: str) -> Iterator[Found]:
    with foreign.parser("table"):
        table = separated.table(text, likely=likely)

    def rows() -> Rows:
        for number, found in table.rows():
            row = found if isinstance(found, ReadingError) else dict(zip(table.columns, found, strict=False))
            yield f"line {number}", str(number), row

    _check_text("column", table.columns, (row for _, _, row in islice(rows(), SAMPLE)))
    yield from _articles(rows, id)


def _articles(rows: Callable[[], Rows], id: str) -> Iterator[Found]:
    """Yield what the rows give, which are gone through twice: all dates of a column are of one order."""
    survey = Survey()
    for _, _, row in rows():
        if not isinstance(row, ReadingError):
            survey.see(objects.opened(row))
    yield from survey.remarks()
    for place, name, row in rows():
        try:
            yield _article(id, name, row, survey)
        except (ReadingError, ValueError) as error:  # "http://[x" and half a surrogate pair are no address
            yield ReadingError(f"{place}: {error}")


def _article(id: str, name: str, row: Row | ReadingError, survey: Survey) -> Article:
    """Return the article of a `row`; without an id of its own it is called `name`, after its place.

    Raises ReadingError when it has no text, and ValueError for an address that is none.
    """
    if isinstance(row, ReadingError):
        raise row
    row = objects.opened(row)
    known = fields_of(row)
    if "text" not in known:
        _check_text("field", row, [row])
    given = named(
        {
            **row,
            **{each: survey.dated_as(each, values.words(row[each])) for each in known.get("published", ())},
        }
    )
    given.pop("text", None)
    given = _spoken(given)
    given_texts = ((row[each], values.text(row[each])) for each in known["text"])
    raw, text = next((each for each in given_texts if each[1]), ("", ""))
    if language := values.language_of(raw):
        given.setdefault("language", language)
    own = one_line(given.pop("id", ""))
    if own.startswith(("http://", "https://")):
        given.setdefault("url", own)
    given.get("url", "").encode()
    if not name:  # the one article of its file
        return article(id, _seen(text), given)
    name = own or name
    return article(f"{id}#{name}", _seen(text), given, untitled=_title(id, name))


def _check_text(noun: str, names: Iterable[str], rows: Iterable[Row | ReadingError]) -> None:
    """Raise ReadingError when none of the `names` of columns or fields is that of a text.

    It says which of them looks like one in the `rows`.
    """
    names = list(names)
    if "text" in fields_of(names):
        return
    columns: dict[str, Column] = {}
    for row in rows:
        for name, value in {} if isinstance(row, ReadingError) else row.items():
            columns.setdefault(name, Column()).values += 1
            columns[name].characters += len(values.words(value))
    likely = "".join(f"; “{one_line(name)[:60]}” looks like one" for name in islice(likely_texts(columns), 1))
    raise ReadingError(
        f"has no {noun} of text: its {noun}s are {_shown(names)};"
        f" name one of them {' or '.join(NAMES['text'][:4])}{likely}"
    )


def _shown(names: Iterable[str]) -> str:
    """Return as many of the `names` as a reader takes in."""
    shown = one_line(", ".join(islice(names, MOST_SHOWN))) or "none"
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"


def _seen(text: str | list[Line]) -> list[Line]:
    """Return what a reader sees of a `text`, which is plain or whose parts may be HTML."""
    if isinstance(text, str):
        return _of_html(text) if _HTML.search(text) else structured(clean(_unescaped(text)))
    return [part for line in text for part in _parts(line)]


def _parts(line: Line) -> Iterator[Line]:
    """Yield what a reader sees of a `line`; what says of itself what it is stays that."""
    if not _HTML.search(line.text):
        yield replace(line, text=_unescaped(line.text))
        return
    for part in _of_html(line.text):
        yield part if line.kind == "paragraph" else replace(line, text=part.text)


def _of_html(text: str) -> list[Line]:
    if not _BLOCK.search(text):  # text with some HTML in its lines
        text = text.replace("\n", "<br>")
    with foreign.parser("HTML text"):
        return lines(re.sub(r"\n\s*\n", "<p>", text))  # blogs leave paragraphs to blank lines


def _spoken(given: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that are `given` in words, without markup and its ways to write signs: AT&amp;T."""
    return {
        field: said if field in ("id", "url") else _plain(said) if _HTML.search(said) else _unescaped(said)
        for field, said in given.items()
    }


def _unescaped(said: str) -> str:
    """Return `said` with its signs as HTML means them, which it is if no other "<" stands in it."""
    return said if "<" in said else _SIGN.sub(lambda sign: unescape(sign[0]), said)


def _plain(said: str) -> str:
    with foreign.parser("HTML text"):
        return plain(said)


def _title(id: str, name: str) -> str:
    """Return what to call a row without a title: by the end of its address, or by its table and name."""
    page = urlsplit(name).path.removesuffix("/index.html") if name.startswith("http") else ""
    return title_of_file(page) or f"{title_of_file(id)} {name}"
