"""A PDF file to an Article.

glyphs     the words that pages show, each at its place; the door of pypdfium2
columns    words to lines, column by column
edges      lines without running heads and page numbers
grids      lines to the rows of a table
blocks     lines to paragraphs, headings, items, captions and notes
front      the first page to title, authors and date
flow       blocks to the lines of an article, sentences whole over columns and pages
"""

from __future__ import annotations

from rag.corpus.formats import foreign
from rag.corpus.formats.facts import article
from rag.errors import ReadingError
from rag.types import Article

FEWEST_READABLE = 0.7
"""Of the characters; a file below has fonts that do not say which letters they show."""


def read(content: bytes, id: str) -> Article:
    """Return the article; the file's own title and author count where its pages do not give them.

    The dates in a PDF say when the file was made, not when the article was published, and are left. Raises
    ReadingError for a file that is broken, encrypted, scanned, or whose fonts do not say what they show.
    """
    from rag.corpus.formats.pdf import columns, flow, glyphs  # noqa: PLC0415 - slow to import

    with foreign.parser("PDF"):
        pages, rules, aside, seen, unreadable = [], {}, "", 0, 0
        height = 0.0
        with glyphs.opened(content) as document:
            given = glyphs.properties(document)
            for page in glyphs.pages(document):
                pages.append(columns.rows(page))
                rules[page.number] = [
                    box for box in page.boxes if box.y1 - box.y0 < 2.5 and box.x1 - box.x0 > 20
                ][:500]
                seen += sum(len(word.text) for word in page.words)
                unreadable += page.unreadable
                if page.number == 1:
                    aside, height = page.aside, page.height
        if not seen and not unreadable:
            raise ReadingError("holds images without text; run text recognition (OCR) on it first")
        if seen < FEWEST_READABLE * (seen + unreadable):
            raise ReadingError(
                "has fonts that do not say which letters they show; run text recognition (OCR) on it first"
            )
        lines, facts, otherwise = flow.lines(pages, rules, given=given, aside=aside, height=height)
    return article(id, lines, given=facts, otherwise=otherwise)
