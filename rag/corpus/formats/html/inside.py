"""A text out of a table or of JSON, which may be HTML, to the lines that a reader sees of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from rag.corpus.formats import foreign
from rag.corpus.formats.html.markup import lines, plain
from rag.corpus.formats.plain.structure import structured
from rag.corpus.formats.text.characters import clean
from rag.corpus.formats.text.lines import Line

_BLOCK = re.compile(r"<(?:p|br|div|ul|ol|h[1-6]|table|blockquote)\b[^<>]*>", re.IGNORECASE)
_HTML = re.compile(
    r"<br ?/?>|</(?:p|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|table|blockquote|figure|su[bp])>",
    re.IGNORECASE,
)

_SIGN = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def seen(text: str | list[Line]) -> list[Line]:
    """Return what a reader sees of a `text`, which is plain or whose parts may be HTML."""
    if isinstance(text, str):
        return _of_html(text) if _HTML.search(text) else structured(clean(_unescaped(text)))
    return [part for line in text for part in _parts(line)]


def spoken(said: str) -> str:
    """Return a fact as it is `said`, without markup and HTML's ways to write signs: AT&amp;T."""
    if not _HTML.search(said):
        return _unescaped(said)
    with foreign.parser("HTML text"):
        return plain(said)


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


def _unescaped(said: str) -> str:
    """Return `said` with its signs as HTML means them, which it is if no other "<" stands in it."""
    return said if "<" in said else _SIGN.sub(lambda sign: unescape(sign[0]), said)
