"""One reader a format; `articles` picks it by the file's suffix.

text        bytes and lines to clean text
facts       a text and what its file says of it to an Article
plain       a text file to an Article; so do markdown, html, pdf, word and epub
tables      a table to an Article a row
hints       what footnote.toml says of how a file is to be read
foreign     the door through which the failures of other people's parsers come in
records     Articles to records and back
worker      bytes to records in a process of its own
apart       bytes to records through such processes, within limits
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import TypeAlias

from rag.corpus.formats import epub, html, markdown, pdf, plain, tables, word
from rag.errors import ReadingError, Remark
from rag.types import Article

Reader: TypeAlias = Callable[[bytes, str], Article]
ReaderOfParts: TypeAlias = Callable[[bytes, str], Iterator[Article | ReadingError | Remark]]


def _page(content: bytes, id: str) -> Article:
    """Return the article of a web page, or of what a site makes one of: front matter stands above that."""
    return markdown.read_page(content, id) or html.read(content, id)


READERS: dict[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": _page,
    ".htm": _page,
    ".xhtml": _page,
    ".pdf": pdf.read,
    ".docx": word.read,
}
BOOK_READERS: dict[str, ReaderOfParts] = {".epub": epub.read}
TABLE_READERS: dict[str, ReaderOfParts] = {
    ".json": tables.read_json,
    ".jsonl": tables.read_jsonl,
    ".ndjson": tables.read_jsonl,
    ".csv": tables.read_csv,
    ".tsv": tables.read_tsv,
}
FORMATS = (*READERS, *BOOK_READERS, *TABLE_READERS)


def format_of(path: str) -> str:
    """Return the suffix of a file in a known format, in small letters. Raises ReadingError for any other."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in FORMATS:
        raise ReadingError(f"is not in a known format ({suffix or 'no suffix'})")
    return suffix


def articles(content: bytes, id: str) -> Iterator[Article | ReadingError | Remark]:
    """Yield the articles of a file in order, and a ReadingError for the file or row that cannot be read.

    A Remark says what of it is not used though it is read.
    """
    suffix = PurePosixPath(id).suffix.lower()
    try:
        if suffix in READERS:
            yield READERS[suffix](content, id)
        else:
            yield from {**BOOK_READERS, **TABLE_READERS}[suffix](content, id)
    except ReadingError as error:
        yield error
