"""Values, as JSON and tables give them, to words and to the lines of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from rag.corpus.formats.facts import languages, nodes
from rag.corpus.formats.text.lines import Line
from rag.types import BlockKind

DEEPEST = 5
"""Lists and names one inside the other that are looked into: [{"name": ["Jane Doe"]}] are three."""

DEEPEST_PART = 30
"""Likewise in a text: in editors' documents an item of a list in an item is fifteen deep."""

LONGEST_LIST = 1_000_000
"""Characters of a cell that is taken for a list."""

NOTHING = frozenset({"nan", "null", "none", "n/a", "undefined", r"\n", "nat"})
"""What programs write for a value that is not there."""

_NAMED = ("name", "text", "content", "body", "value", "rendered", "html", "main", "original", "#text", "$t")
"""Under which of its keys a mapping says the value itself."""
_STORED = ("$oid", "$date", "$numberLong")
"""Likewise, as MongoDB writes it."""
_WITHIN = (*_NAMED[1:], "context", "paragraph", "sentence", "sentences", "paragraphs", "sections", "p")
_BENEATH = ("children", "blocks", "root", "document", "json", "data", "items")
"""Under which editors keep the parts of a text that says nothing itself; the first that says anything."""
_OVER = ("heading", "title", "headline", "section")

_STRING = r"""(?:'(?:[^'\\]++|\\.)*+'|"(?:[^"\\]++|\\.)*+")"""
_LIST = re.compile(rf"\[\s*{_STRING}(?:\s*,\s*{_STRING})*+\s*,?\s*\]", re.DOTALL)
_STRINGS = re.compile(_STRING, re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)


def words(value: object, *, deepest: int = DEEPEST) -> str:
    """Return a value in words: a list joined, {"name": ...} by its name, what has no words as none."""
    if isinstance(value, str | int | float | date) and not isinstance(value, bool):
        said = str(value).strip()
        return "" if _is_nothing(said) else said
    if isinstance(value, Sequence) and deepest:
        return ", ".join(filter(None, (words(each, deepest=deepest - 1) for each in value)))
    if isinstance(value, Mapping) and deepest:
        keys = [key for key in (*_NAMED, *_STORED, language_of(value)) if key]
        return next(filter(None, (words(value.get(key), deepest=deepest - 1) for key in keys)), "")
    return ""


def text(value: object) -> str | list[Line]:
    """Return the text that a `value` gives: as it is or, of a list or a mapping, the lines of its parts."""
    listed = strings(value) if isinstance(value, str) else None
    if isinstance(value, str) and listed is None:
        return "" if _is_nothing(value) else value
    if isinstance(value, Sequence | Mapping):
        return list(_lines(listed if listed is not None else value, DEEPEST_PART))
    return words(value)


def strings(said: str) -> list[str] | None:
    """Return what a cell says that is a list of strings, as Python or JSON write it; None for any other."""
    said = said.strip()
    if len(said) > LONGEST_LIST or not said.startswith("[") or not _LIST.fullmatch(said):
        return None
    return [_ESCAPE.sub(_unescaped, each[1:-1]) for each in _STRINGS.findall(said)]


def language_of(value: object) -> str | None:
    """Return which key of {"en": ...} is read: English where there are several languages, else the first."""
    if not isinstance(value, Mapping) or not all(
        isinstance(key, str) and languages.code(key) for key in value
    ):
        return None
    given = [key for key, said in value.items() if said]
    return next((key for key in given if languages.code(key) == "en"), given[0] if given else None)


def _lines(value: object, deepest: int, kind: BlockKind = "paragraph", level: int = 0) -> Iterator[Line]:
    """Yield the lines of a text in parts, a paragraph each; lists in a list hold sentences of one."""
    if isinstance(value, str):
        yield from (Line(each, kind, level) for each in re.split(r"\n\s*\n", words(value)) if each)
    elif isinstance(value, Mapping) and deepest:
        yield from _of_mapping(value, deepest - 1)
    elif isinstance(value, Sequence) and deepest:
        if all(isinstance(each, list) and all(isinstance(part, str) for part in each) for each in value):
            yield from (Line(" ".join(filter(None, map(words, each)))) for each in value)
        else:
            yield from chain.from_iterable(_lines(each, deepest - 1) for each in value)


def _of_mapping(value: Mapping[object, object], deepest: int) -> Iterator[Line]:
    if language := language_of(value):
        yield from _lines(value[language], deepest)
        return
    kind, level = nodes.kind(value)
    if (said := nodes.paragraph(value)) is not None:
        yield from _lines(said, deepest, kind, level)
        return
    heading = next(filter(None, (words(value.get(key)) for key in _OVER)), "")
    if heading:
        yield Line(heading, "heading", level or 2)
    given = ((each, list(_lines(each, deepest, kind, level))) for each in map(value.get, _WITHIN))
    parts = [(each, lines) for each, lines in given if lines]
    told = parts[:1] if all(isinstance(each, str) for each, _ in parts) else parts
    beneath = (list(_beneath(key, value.get(key), deepest)) for key in _BENEATH)
    lines = list(chain.from_iterable(lines for _, lines in told)) or next(filter(None, beneath), [])
    yield from _marked(lines, kind, level)


def _beneath(key: str, value: object, deepest: int) -> Iterator[Line]:
    if isinstance(value, list) and key == "items":
        yield from _items(value, deepest)
    elif isinstance(value, list | Mapping):
        yield from _lines(value, deepest)


def _items(listed: list[object], deepest: int) -> Iterator[Line]:
    """Yield the items of a list, those of the list within an item behind its text."""
    for each in listed:
        yield from _marked(list(_lines(each, deepest)), "item")
        if isinstance(each, Mapping) and words(each.get("content")) and deepest:
            yield from _beneath("items", each.get("items"), deepest - 1)


def _marked(lines: list[Line], kind: BlockKind, level: int = 0) -> list[Line]:
    """Return the `lines` of a part of this `kind`: of an item its first paragraph, a heading is only one."""
    if lines and lines[0].kind == "paragraph" and (kind == "item" or len(lines) == 1):
        return [replace(lines[0], kind=kind, level=level), *lines[1:]]
    return lines


def _is_nothing(said: str) -> bool:
    return len(said) < 20 and said.strip().casefold() in NOTHING


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else {"n": "\n", "t": "\t", "r": "\r"}.get(escape[3], escape[3])
