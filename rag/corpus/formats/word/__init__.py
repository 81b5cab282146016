"""A Word file to an Article, by the lines that Word shows.

parts       the zip file to the trees of its parts
styles      what a paragraph, a run and a table take from their styles
numbering   the numbers of lists and headings
symbols     characters of symbol fonts, and numbers that are raised
tables      rows of cells to lines
places      paragraphs to lines, where they stand
maths       formulas to characters
walk        the document's tree to lines
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rag.corpus.formats import foreign
from rag.corpus.formats.facts import article
from rag.corpus.formats.text.lines import Line
from rag.corpus.formats.word.parts import Element, Parts, attribute, child, name_of, switch
from rag.corpus.formats.word.walk import Walk
from rag.errors import ReadingError
from rag.types import Article

TEMPLATE_AUTHORS = frozenset(
    {"python-docx", "un-named", "microsoft office user", "user", "admin", "administrator"}
)
"""Names that programs write where no author was given."""

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files begin with that Word up to 2003 wrote, and those with a password."""

DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read(content: bytes, id: str) -> Article:
    """Return what Word shows of the file with all changes accepted, notes and headers below the text.

    The file's own title and author count where the text has none. The dates in a Word file say when the file
    was made, not when the article was published, and are left.
    """
    if content.startswith(OLD_OR_LOCKED):
        raise ReadingError("has a password, or is of Word 2003 or older; save it anew as .docx without one")
    with foreign.parser("Word file"), foreign.unzipped(content) as archive:
        parts = Parts(archive)
        document, walk = parts.document, Walk(parts)
        lines = walk.lines(document)
        title = walk.title
        lines += _notes(walk, parts)
        lines += _around(document, walk, parts, {line.text for line in lines})
        otherwise = _facts(parts.properties)
    return article(id, lines, given={"title": title} if title else {}, otherwise=otherwise)


def _notes(walk: Walk, parts: Parts) -> Iterator[Line]:
    """Yield the notes that the text refers to, footnotes first, each below its number."""
    for kind in ("footnotes", "endnotes"):
        written = {attribute(note, "id"): note for note in parts.one(kind) or ()}
        for note in [each for each in walk.notes if each.kind == kind]:
            if (element := written.get(note.id)) is None:
                continue
            for number, line in enumerate(walk.lines(element)):
                mark = f"{note.mark}. " if note.mark and number == 0 else ""
                yield replace(line, text=mark + line.text, kind="note", level=0)


def _around(document: Element, walk: Walk, parts: Parts, said: set[str]) -> Iterator[Line]:
    """Yield what stands above and below the pages and was not `said`, each line once."""
    has_even = switch(child(parts.one("settings"), "evenAndOddHeaders"))
    found: dict[str, None] = {}
    for section in [each for each in document.iter() if name_of(each) == "sectPr"]:
        has_first = switch(child(section, "titlePg"))
        for reference in section:
            type = attribute(reference, "type")
            is_shown = type == "default" or (type == "even" and has_even) or (type == "first" and has_first)
            if is_shown and name_of(reference) in ("headerReference", "footerReference"):
                found[attribute(reference, "id") or ""] = None
    for part in map(parts.of, found):
        for line in walk.lines(part) if part is not None else ():
            if line.text not in said and any(character.isalpha() for character in line.text):
                said.add(line.text)
                yield replace(line, kind="reference", level=0)


def _facts(properties: Element | None) -> dict[str, str]:
    """Return what the file says about itself."""
    if properties is None:
        return {}
    found = {
        "title": properties.findtext(f"{DUBLIN_CORE}title") or "",
        "author": properties.findtext(f"{DUBLIN_CORE}creator") or "",
    }
    if found["author"].strip().lower() in TEMPLATE_AUTHORS:
        found["author"] = ""
    return {name: value for name, value in found.items() if value.strip()}
