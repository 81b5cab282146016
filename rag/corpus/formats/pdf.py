"""A PDF file to an Article."""

from __future__ import annotations

import io
import re
from collections import Counter
from itertools import pairwise
from statistics import quantiles
from typing import TYPE_CHECKING

from rag.corpus.formats import foreign
from rag.corpus.formats.facts import article
from rag.errors import ReadingError
from rag.types import Article

if TYPE_CHECKING:
    from pypdf import PdfReader

_HYPHENATED = re.compile(r"\b(\w++)[-\u2010\u00ad]\n([a-z]\w*)([^\w\s]*)[ \n]?")
_DIGITS = re.compile(r"\d+")
_CELLS = re.compile(r"[^\w/]*0(?:[^\w/]+0)+\W*")
_BULLETS = ("• ", "▪ ", "● ", "◦ ")
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|untitled.*|.*\.(?:docx?|indd|pdf|tex|qxd))", re.IGNORECASE
)

EDGE = 3
"""Lines at the top and at the bottom of a page that may be running heads and page numbers."""


def read(content: bytes, id: str) -> Article:
    """Return the article; the file's own title and author count where the text does not give them.

    The dates in a PDF say when the file was made, not when the article was published, and are left.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - slow to import

    with foreign.parser("PDF"):
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not _opens_without_password(reader):
            raise ReadingError("is encrypted; save a copy without a password")
        pages = [page.extract_text() for page in reader.pages]
        facts = _facts(reader)
    if not any(page.strip() for page in pages):
        raise ReadingError("holds images without text; run text recognition (OCR) on it first")
    return article(id, _paragraphs(pages), given={}, otherwise=facts)


def _opens_without_password(reader: PdfReader) -> bool:
    try:
        return bool(reader.decrypt(""))
    except Exception:  # the cipher may need a library that is not installed
        return False


def _facts(reader: PdfReader) -> dict[str, str]:
    properties = reader.metadata
    title = (properties and properties.title) or ""
    author = (properties and properties.author) or ""
    facts = {"title": "" if _NO_TITLE.fullmatch(title.strip()) else title, "author": author}
    return {name: str(value) for name, value in facts.items() if value.strip()}


def _paragraphs(pages: list[str]) -> str:
    """Join lines to paragraphs across pages, without page numbers and running heads."""
    lines = [line for page in _without_running_heads(pages) for line in page]
    lines = _rejoin_words("\n".join(lines)).split("\n")
    written = [len(line) for line in lines if line]
    usual = quantiles(written, n=10)[-1] if len(written) > 1 else 0
    text = lines[0]
    for above, line in pairwise(lines):
        text += _between(above, line, usual) + line
    return text


def _between(above: str, line: str, usual: float) -> str:
    """Return what stands between two lines: a line well short of the usual length ends its paragraph."""
    if not above or not line:
        return "\n"
    if line.startswith(_BULLETS):
        return "\n"
    ends = len(above) < 0.75 * usual and not line[0].islower()
    return "\n\n" if ends else " "


def _rejoin_words(text: str) -> str:
    """Pull the rest of a broken word up to its line, keeping the hyphen where the text elsewhere has it."""
    words = set(re.findall(r"\w+(?:-\w+)*", text))

    def joined(match: re.Match[str]) -> str:
        start, rest, closing = match.groups()
        hyphen = "-" if f"{start}-{rest}" in words else ""
        return f"{start}{hyphen}{rest}{closing}\n"

    return _HYPHENATED.sub(joined, text)


def _without_running_heads(pages: list[str]) -> list[list[str]]:
    """Return the lines of each page without those at its edges that other pages share, numbers aside.

    A third of the pages is enough, as left and right pages have heads of their own.
    """
    split = [[" ".join(line.split()) for line in page.strip().split("\n")] for page in pages]
    seen = Counter(mark for lines in split for mark in {*map(_mark, lines[:EDGE] + lines[-EDGE:])})
    shared = {mark for mark, count in seen.items() if count >= 2 and count > len(pages) / 3}
    shared = {mark for mark in shared if not _CELLS.fullmatch(mark)}
    return [_peeled(_peeled(lines, shared)[::-1], shared)[::-1] for lines in split]


def _peeled(lines: list[str], shared: set[str]) -> list[str]:
    """Return `lines` without the running heads they begin with, each of which stands on a page once."""
    heads: set[str] = set()
    for line in lines[:EDGE]:
        if (mark := _mark(line)) not in shared - heads:
            break
        heads.add(mark)
    return lines[len(heads) :]


def _mark(line: str) -> str:
    return _DIGITS.sub("0", line)
