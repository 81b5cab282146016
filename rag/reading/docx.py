"""A Word file to an Article."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rag.reading import foreign
from rag.reading.facts import article
from rag.types import Article

if TYPE_CHECKING:
    from docx.table import Table

TEMPLATE_AUTHORS = frozenset({"python-docx", "microsoft office user", "user", "admin", "administrator"})
"""Names that programs write where no author was given."""


def read(content: bytes, id: str) -> Article:
    """Return paragraphs and tables in their order; the file's own title and author where the text has none.

    The dates in a Word file say when the file was made, not when the article was published, and are left.
    """
    from docx import Document  # noqa: PLC0415 - slow to import
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    with foreign.parser("Word file"):
        foreign.unzipped(content).close()
        document = Document(io.BytesIO(content))
        blocks = [
            block.text if isinstance(block, Paragraph) else _rows(block)
            for block in document.iter_inner_content()
        ]
        facts = {"title": document.core_properties.title, "author": document.core_properties.author}
    if facts["author"].strip().lower() in TEMPLATE_AUTHORS:
        facts["author"] = ""
    otherwise = {name: value for name, value in facts.items() if value.strip()}
    return article(id, "\n\n".join(blocks), given={}, otherwise=otherwise)


def _rows(table: Table) -> str:
    """Return a table as one line a row; a merged cell, which Word repeats, is written once."""
    rows = ({cell._tc: " ".join(cell.text.split()) for cell in row.cells} for row in table.rows)
    return "\n".join(" | ".join(cells.values()) for cells in rows)
