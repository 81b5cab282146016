"""Articles to records and back: how they come out of the processes that read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rag.corpus import formats, structure
from rag.corpus.formats.worker import Outcome, Record
from rag.errors import ReadingError, Remark
from rag.types import Article


def records(content: bytes, id: str) -> Iterator[Record | ReadingError | Remark]:
    """Yield `formats.articles` as records; nothing and an empty word are the same there."""
    for found in formats.articles(content, id):
        if isinstance(found, ReadingError | Remark):
            yield found
        else:
            yield (
                found.id,
                found.title,
                found.text,
                found.published.isoformat() if found.published else "",
                found.source or "",
                found.author or "",
                found.url or "",
                found.language or "",
                structure.written(found.blocks),
            )


def articles(outcome: Outcome, id: str) -> Iterator[Article | ReadingError | Remark]:
    """Yield the articles that `records` told of; nothing, and what cannot be one, comes as a ReadingError."""
    for found in outcome or [ReadingError("holds no article")]:
        try:
            yield found if isinstance(found, ReadingError | Remark) else _article(found, id)
        except (ValueError, TypeError):
            yield ReadingError("was not read as it should have been; save it anew, or in another format")


def _article(record: Record, file: str) -> Article:
    """Return the article of a `record` of `file`. Raises ValueError for anything that cannot be one."""
    id, title, text, published, source, author, url, language, told = record
    blocks = structure.read(told)
    if not text or (id != file and not id.startswith(f"{file}#")):
        raise ValueError(f"{id} is no article of {file}")
    ends = [0, *(block.end for block in blocks)]
    if any(
        not before <= block.start < block.end <= len(text)
        for before, block in zip(ends, blocks, strict=False)
    ):
        raise ValueError(f"{id} has a block that is no part of its text")
    return Article(
        id=id,
        title=title,
        text=text,
        published=date.fromisoformat(published) if published else None,
        source=source or None,
        author=author or None,
        url=url or None,
        language=language or None,
        blocks=blocks,
    )
