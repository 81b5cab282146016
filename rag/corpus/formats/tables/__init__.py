"""A table, as JSON or CSV, to an Article a row; a row that cannot be read comes as its ReadingError."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeAlias
from urllib.parse import urlsplit

from rag.corpus.formats import foreign
from rag.corpus.formats.facts import article, named, title_of_file, values
from rag.corpus.formats.facts.fields import NAMES, fields_of
from rag.corpus.formats.html.inside import seen, spoken
from rag.corpus.formats.tables import objects, separated
from rag.corpus.formats.tables.objects import Row, Rows
from rag.corpus.formats.tables.survey import Column, Survey, likely_texts
from rag.corpus.formats.text.characters import decode, one_line
from rag.errors import ReadingError, Remark
from rag.types import Article

Found: TypeAlias = Article | ReadingError | Remark

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
    given = {field: said if field in ("id", "url") else spoken(said) for field, said in given.items()}
    given_texts = ((row[each], values.text(row[each])) for each in known["text"])
    raw, text = next((each for each in given_texts if each[1]), ("", ""))
    if language := values.language_of(raw):
        given.setdefault("language", language)
    own = one_line(given.pop("id", ""))
    if own.startswith(("http://", "https://")):
        given.setdefault("url", own)
    given.get("url", "").encode()
    if not name:  # the one article of its file
        return article(id, seen(text), given)
    name = own or name
    return article(f"{id}#{name}", seen(text), given, untitled=_title(id, name))


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


def _title(id: str, name: str) -> str:
    """Return what to call a row without a title: by the end of its address, or by its table and name."""
    page = urlsplit(name).path.removesuffix("/index.html") if name.startswith("http") else ""
    return title_of_file(page) or f"{title_of_file(id)} {name}"
