"""HTML to plain lines: blocks become paragraphs, rows of tables become lines."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

_PARAGRAPHS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre"}
    | {"section", "table", "ul"}
)
_SILENT = frozenset({"head", "script", "style", "template", "title"})

# Marks for breaks, until it is known what stands around them; white space in a page's source means nothing.
_PARAGRAPH, _LINE, _CELL, _NUMBERED = "\f", "\v", "\x1e", "\x1f"
_BLANKS = re.compile(r"[ \t\r\n\f\v\x1e\x1f]+")
_AROUND_CELL = re.compile(r" *\x1e *")
_AFTER_NUMBER = re.compile(r"\x1f[ \f\v]*")
_BREAKS = re.compile(r"[ \f\v]*[\f\v][ \f\v]*")

_RAISED = re.compile(
    r"(?P<link><a\b[^<>]*>\s*)?<sup\b[^<>]*>(?P<inner>(?:(?!</?sup\b).){0,500})</sup>(?(link)\s*</a>)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_NUMBERS = re.compile(r"[\d+−–-]+(?:, ?[\d+−–-]+)*")
_SUPERSCRIPTS = str.maketrans("0123456789+−–-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_CLOSED = re.compile(r"(?:\D[.,:]|[!?”\"])$")  # but $19.<sup>99</sup> is a price
_LONG = re.compile(r"(?:\d[\d,]{2,}\d|[^\W\d]{4})$")


def plain(html: str, *, image_words: bool = False) -> str:
    """Return the text a reader of `html` sees, with the words that stand for images if wished."""
    page = _Page(image_words=image_words)
    page.feed(raised(html))
    page.close()
    text = _AROUND_CELL.sub(" | ", "".join(page.parts))
    return _BREAKS.sub(_newlines, _AFTER_NUMBER.sub(" ", text)).strip()


def raised(html: str) -> str:
    """Return `html` with numbers in <sup> as superscript characters, without those of notes.

    10<sup>6</sup> is not 106, and a note's number after 2019 is no part of the year.
    """
    return _RAISED.sub(_superscript, html)


def _superscript(found: re.Match[str]) -> str:
    words = unescape(_TAG.sub("", found["inner"])).strip()
    if not _NUMBERS.fullmatch(words):
        return found[0]
    before = found.string[max(0, found.start() - 5) : found.start()]
    if found["link"] or "<a " in found["inner"].lower() or _CLOSED.search(before):
        return ""
    # Search takes 2019³ for one word: after a year or long word it is set off, so that this is found.
    return (" " if _LONG.search(before) else "") + words.translate(_SUPERSCRIPTS)


def _newlines(breaks: re.Match[str]) -> str:
    return "\n\n" if _PARAGRAPH in breaks[0] or breaks[0].count(_LINE) > 1 else "\n"


class _Page(HTMLParser):
    """Collects the text of a page in reading order."""

    def __init__(self, *, image_words: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._image_words = image_words
        self._silent = 0
        self._preformatted = 0
        self._cells: int | None = None  # cells so far in the row of a table, None outside
        self._items: list[int | None] = []  # items so far in each list that is open, None for bullets

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        self._preformatted += tag == "pre"
        if tag in _PARAGRAPHS:
            self._end_paragraph()
        if tag in _STARTS:
            _STARTS[tag](self)
        elif tag == "img" and self._image_words:
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        self._preformatted = max(0, self._preformatted - (tag == "pre"))
        if tag in {"tr", "table"}:  # old pages leave their last row open
            self._cells = None
        elif tag in {"ol", "ul"} and self._items:
            self._items.pop()
        if tag in _PARAGRAPHS:
            self._end_paragraph()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        # No-break spaces keep the indentation of code; cleaning makes them plain at the end.
        self.parts.append(data.replace(" ", "\u00a0") if self._preformatted else _BLANKS.sub(" ", data))

    def start_line(self) -> None:
        """Break the line, unless it is a row of a table."""
        self.parts.append(_LINE if self._cells is None else " ")

    def start_row(self) -> None:
        """Put the row on a line of its own."""
        self.parts.append(_LINE)
        self._cells = 0

    def start_cell(self) -> None:
        """Set the cell off from the one before it."""
        if self._cells is not None:
            self.parts.append(_CELL if self._cells else "")
            self._cells += 1

    def start_bullets(self) -> None:
        """Open a list whose items have no numbers."""
        self._items.append(None)

    def start_numbers(self) -> None:
        """Open a list whose items are numbered from 1."""
        self._items.append(0)

    def start_item(self) -> None:
        """Put the item on a line of its own, with its number where it has one."""
        self.start_line()
        if self._items and (before := self._items[-1]) is not None:
            self._items[-1] = before + 1
            self.parts.append(f"{before + 1}.{_NUMBERED}")

    def _end_paragraph(self) -> None:
        self.parts.append(_PARAGRAPH if self._cells is None else " ")


_STARTS = {
    "br": _Page.start_line,
    "tr": _Page.start_row,
    "td": _Page.start_cell,
    "th": _Page.start_cell,
    "ul": _Page.start_bullets,
    "ol": _Page.start_numbers,
    "li": _Page.start_item,
}
