"""A text file to an Article."""

from __future__ import annotations

from rag.corpus.formats.facts import article
from rag.corpus.formats.plain.structure import structured
from rag.corpus.formats.text.characters import clean, decode
from rag.types import Article


def read(content: bytes, id: str) -> Article:
    """Return the article; title, date, author and address come from lone lines at its top."""
    return article(id, structured(clean(decode(content))), given={})
