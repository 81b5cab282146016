"""A text file to an Article."""

from __future__ import annotations

from rag.corpus.formats.facts import article
from rag.corpus.formats.plain.heads import without_head
from rag.corpus.formats.plain.structure import structured
from rag.corpus.formats.text.characters import clean, decode
from rag.types import Article


def read(content: bytes, id: str) -> Article:
    """Return the article; title, date, author and address come from its header or lone lines at its top."""
    facts, text = without_head(clean(decode(content)))
    return article(id, structured(text), given=facts)
