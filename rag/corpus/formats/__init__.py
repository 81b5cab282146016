"""One reader a format; `articles` picks it by the file's suffix.

text, markdown, html, pdf, docx and epub read one article a file, tables one a row. Each turns its format
into plain text and facts; `facts.article` makes the Article, alike for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import TypeAlias

from rag.corpus.formats import docx, epub, html, markdown, pdf, tables, text
from rag.errors import ReadingError, Remark
from rag.types import Article

Reader: TypeAlias = Callable[[bytes, str], Article]
TableReader: TypeAlias = Callable[[bytes, str], Iterator[Article | ReadingError | Remark]]

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".epub": epub.read,
}
TABLE_READERS: dict[str, TableReader] = {
    ".json": tables.read_json,
    ".jsonl": tables.read_jsonl,
    ".ndjson": tables.read_jsonl,
    ".csv": tables.read_csv,
    ".tsv": tables.read_tsv,
}
FORMATS = (*READERS, *TABLE_READERS)


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
        if suffix in TABLE_READERS:
            yield from TABLE_READERS[suffix](content, id)
        else:
            yield READERS[suffix](content, id)
    except ReadingError as error:
        yield error
