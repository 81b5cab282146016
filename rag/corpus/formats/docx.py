"""A Word file to an Article."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rag.corpus.formats import foreign
from rag.corpus.formats.facts import article
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
    """Return a table as one line a row; a cell that is merged with the one above says the same.

    python-docx's own `row.cells` has a wide cell once for each column, of which a file may claim thousands of
    millions, and looks for the cells above a merged one by calling itself for each.
    """
    from docx.table import _Cell  # noqa: PLC0415 - slow to import

    lines = []
    above: dict[int, str] = {}  # what the last cell that begins in a column says
    for row in table._tbl.tr_lst:
        column = row.grid_before
        cells = []
        for cell in row.tc_lst:
            if cell.vMerge != "continue":
                above[column] = " ".join(_Cell(cell, table).text.split())
            cells.append(above.get(column, ""))
            column += cell.grid_span
        lines.append(" | ".join(cells))
    return "\n".join(lines)
