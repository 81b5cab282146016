"""The text of a JSON file, or of JSON lines, to its rows: the objects that hold articles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from itertools import chain, islice
from typing import Any, TypeAlias

from rag.corpus.formats.facts.fields import SUMMARIES, field_of, fields_of, plain_name
from rag.errors import ReadingError

Row: TypeAlias = Mapping[str, object]
Rows: TypeAlias = Iterator[tuple[str, str, Row | ReadingError]]
"""Of each row, where it stands ("line 3"), what it is called where it has no id, and itself."""

DEEPEST = 5
"""Objects one inside the other in which a list of articles is looked for."""

MOST_TRIED = 20
"""Objects of a list that are asked for a text: the first may have none."""

ENVELOPES = frozenset(
    "article _source _embedded metadata meta fields data document doc attributes post news item"
    " record".split()
)
"""What tools wrap an article, or part of its facts, in."""

LISTS = frozenset(
    "item items entry entries article articles post posts story stories news result results data"
    " document documents doc docs record records rows".split()
)
"""What a feed calls the list of its articles."""


def lines(text: str) -> Rows:
    """Yield the object of each line; of a file that goes over the lines, as a JSON file, those in it."""
    start = text.lstrip()[:1]
    first = next((line for line in text.split("\n") if line.strip()), "")
    if start in ("{", "[") and (start == "[" or isinstance(_loaded(first), ReadingError)):
        found = _documents(text)
        if found is not None:
            yield from found
            return
    # Not splitlines: U+2028 may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"line {number}", str(number), _object(line)


def document(text: str) -> Rows:
    """Yield the objects of a JSON file, and those of JSON lines under its name.

    The one object of a file that is an article is called by nothing: it is the file.
    """
    whole = _loaded(text)
    if isinstance(whole, ReadingError):
        several = [line for line in text.split("\n") if line.strip()]
        if len(several) > 1 and isinstance(_loaded(several[0]), dict):
            yield from lines(text)
            return
        raise whole
    if isinstance(whole, dict) and _is_article(whole) and not _columns(whole) and not _is_feed(whole):
        yield "its text", "", whole
        return
    yield from _rows(whole)


def opened(row: Row, *, deepest: int = DEEPEST) -> Row:
    """Return `row` with what its ENVELOPES hold beside it: its own fields first, no number as author."""
    found = {name: value for name, value in row.items() if not _is_key_of_author(name, value)}
    for name in [name for name in row if name.lower() in ENVELOPES]:
        inner = row[name]
        if isinstance(inner, Mapping) and deepest:
            inner = opened(inner, deepest=deepest - 1)
            known = fields_of(inner)
            if "text" in known:
                del found[name]
            found = {**{key: inner[key] for names in known.values() for key in names}, **found}
    return found


def _is_key_of_author(name: str, value: object) -> bool:
    """Say whether a field has no more of an author than a number, under which a program keeps the name."""
    keys = value if isinstance(value, list) else [value]
    are_numbers = all(
        isinstance(key, int | float | str) and str(key).removesuffix(".0").isdigit() for key in keys
    )
    return are_numbers and (field_of(name) or ("", 0))[0] == "author"


def _documents(text: str) -> Rows | None:
    """Return the rows of JSON values that stand one after the other; None for what is not that."""
    decoder = json.JSONDecoder()
    values: list[Any] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        values.append(value)
    return _rows(values[0] if len(values) == 1 and isinstance(values[0], list) else values)


def _rows(value: object) -> Rows:
    """Yield the rows of the list of articles in `value`. Raises ReadingError when it has none."""
    for number, (name, row) in enumerate(_listed(value), start=1):
        good = isinstance(row, dict)
        yield f"item {number}", name or str(number), row if good else ReadingError("is not a JSON object")


def _listed(value: object) -> Iterator[tuple[str, Any]]:
    """Yield the rows of the list in `value` that stands highest and has an article, with their names."""
    if isinstance(value, list):
        yield from _spread(value)
        return
    waiting: list[tuple[object, int]] = [(value, 0)]
    for found, depth in waiting:
        if isinstance(found, list) and _has_articles(found):
            yield from _spread(found)
            return
        if isinstance(found, dict):
            if rows := _columns(found) or _by_name(found):
                yield from rows
                return
            if depth < DEEPEST:
                waiting += [(each, depth + 1) for each in islice(found.values(), 1000)]
    names = ", ".join(islice(value, MOST_TRIED)) if isinstance(value, dict) else "none"
    raise ReadingError(
        f'holds no list of articles, such as [{{"title": ..., "text": ...}}]; its fields are {names}'
    )


def _spread(rows: list[Any]) -> Iterator[tuple[str, Any]]:
    """Return the `rows` of a list; in the place of a feed, its articles."""
    return (("", each) for row in rows for each in _entries(row) or [row])


def _by_name(value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return what an object holds that has an article under a name; of feeds, their articles."""
    named = [each for each in islice(value.values(), MOST_TRIED) if _has_articles([each])]
    entries = _entries(value) if named or _is_article(value) else []
    if not entries and all(map(_entries, named)):
        entries = list(chain.from_iterable(map(_entries, named)))
    return [("", each) for each in entries] or (list(value.items()) if named else [])


def _entries(value: object) -> list[Any]:
    """Return the articles in a feed: an object that has LISTS of them and itself no more than a summary."""
    if not isinstance(value, dict):
        return []
    for name in (name for name in value if name.lower() in LISTS):
        listed = value[name]
        if isinstance(listed, dict) and name.lower() in ("item", "entry") and _are_titled([value]):
            listed = [listed]  # what makes JSON of XML makes no list of one
        if isinstance(listed, list) and any(
            "text" in known and known & {"title", "published"} for known in _known(listed)
        ):
            own = fields_of([other for other in value if other != name and value[other]]).get("text", ())
            return listed if SUMMARIES.issuperset(map(plain_name, own)) else []
    return []


def _is_feed(value: Row) -> bool:
    """Say whether an object is a feed, or no more than the envelope of one."""
    inner = [] if "text" in fields_of(value) else [value[name] for name in value if name.lower() in ENVELOPES]
    return any(map(_entries, (value, *inner)))


def _columns(value: Mapping[str, Any]) -> list[tuple[str, Row]]:
    """Return the rows of a table that is written column by column, as pandas does, with their names."""
    names = value.get("columns")
    if isinstance(names, list) and isinstance(value.get("data"), list):
        rows = [row for row in value["data"] if isinstance(row, list)]
        return [("", dict(zip(map(str, names), row, strict=False))) for row in rows]
    kinds = {type(column) for column in value.values()}
    if "text" not in fields_of(value) or len(value) < 2 or len(kinds) != 1 or not kinds <= {dict, list}:
        return []
    columns = {
        name: each if isinstance(each, dict) else dict(enumerate(each)) for name, each in value.items()
    }
    first, *others = columns.values()
    if not first or any(each.keys() != first.keys() for each in others):
        return []
    if kinds == {dict} and not all(str(key).isdigit() for key in first):
        return []
    return [("", {name: column[key] for name, column in columns.items()}) for key in first]


def _has_articles(values: list[Any]) -> bool:
    return any(isinstance(each, dict) and _is_article(each) for each in values[:MOST_TRIED])


def _is_article(value: Row) -> bool:
    """Say whether an object has a text of its own, or one in its ENVELOPES, that is no list of articles."""
    row = opened(value)
    texts = [row[name] for name in fields_of(row).get("text", ())]
    return any(each and not (isinstance(each, list) and _are_titled(each)) for each in texts)


def _are_titled(values: list[Any]) -> bool:
    """Say whether the `values` are articles, and not the parts of one: those have no titles."""
    return any({"title", "text"} <= known for known in _known(values))


def _known(values: list[Any]) -> Iterator[Set[str]]:
    """Return which fields of an article the first of the `values` have."""
    return (fields_of(opened(each)).keys() for each in values[:MOST_TRIED] if isinstance(each, dict))


def _object(line: str) -> Row | ReadingError:
    row = _loaded(line)
    if isinstance(row, ReadingError | dict):
        return row
    return ReadingError("is not a JSON object")


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return ReadingError(f"is not JSON: {error}")
