"""Nodes, in which editors keep a text as JSON, to what each is and to the text of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from rag.types import BlockKind

Node: TypeAlias = Mapping[object, object]

DEEPEST = 20
"""Nodes of a paragraph one inside the other: text that is bold in a link in a paragraph is in three."""

_NUMBERS = ("one", "two", "three", "four", "five", "six")
_HEADING = re.compile(rf"h(?:eading|eader)?[ _-]?([1-6]|{'|'.join(_NUMBERS)})?|title", re.IGNORECASE)
_ITEM = re.compile(r"li|(?:(?:un)?ordered[ _-])?list[ _-]?item|task[ _-]?item|bullet", re.IGNORECASE)
_PARAGRAPH = re.compile(r"p|para(?:graph)?", re.IGNORECASE)
_BREAK = re.compile(r"(?:hard|line)?[ _-]?br(?:eak)?", re.IGNORECASE)


def kind(node: Node) -> tuple[BlockKind, int]:
    """Return what a node says it is: {"type": "h2", ...} is a heading of the second level."""
    for said in (_said(node), _string(node.get("style"))):
        if match := _HEADING.fullmatch(said):
            return "heading", _number(match[1]) or next(_levels(node), 2)
    return ("item", 0) if _ITEM.fullmatch(_said(node)) or node.get("listItem") else ("paragraph", 0)


def paragraph(node: Node) -> str | None:
    """Return the text of a node that has text in nodes, each bold or not; None for any other."""
    children, said = node.get("children"), _said(node)
    parts = children or node.get("content")
    if not isinstance(parts, list) or not any(map(_is_text, parts)) or _string(node.get("text")):
        return None
    # Under other names than those of a paragraph, "content" may be a section's paragraphs.
    is_one = _PARAGRAPH.fullmatch(said) or kind(node)[0] != "paragraph" or (children and said)
    return _text(node) if is_one else None


def _is_text(node: object) -> bool:
    if not isinstance(node, Mapping) or _said(node) not in ("", "text", "span"):
        return False
    return isinstance(node.get("text", node.get("value")), str)


def _text(node: object, deepest: int = DEEPEST) -> str:
    if not isinstance(node, Mapping):
        return ""
    if _BREAK.fullmatch(_said(node)):
        return "\n"
    parts = node.get("children") or node.get("content")
    if isinstance(parts, list) and deepest:
        return "".join(_text(each, deepest - 1) for each in parts)
    return _string(node.get("text", node.get("value")))


def _said(node: Node) -> str:
    """Return which type a node says to be of."""
    types = (_string(node.get(key)) for key in ("type", "nodeType", "_type", "tag", "kind"))
    return next(filter(None, types), "")


def _levels(node: Node) -> Iterator[int]:
    """Yield the levels that a heading says itself or in its attributes."""
    for held in (node, node.get("attrs"), node.get("data")):
        if isinstance(held, Mapping):
            yield from (n for n in (held.get("level"), held.get("depth")) if isinstance(n, int) and 0 < n < 7)
    if match := _HEADING.fullmatch(_string(node.get("tag"))):
        yield _number(match[1]) or 2


def _number(said: str | None) -> int:
    return _NUMBERS.index(said.lower()) + 1 if said and said.lower() in _NUMBERS else int(said or 0)


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
