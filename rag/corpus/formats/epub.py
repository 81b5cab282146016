"""An EPUB book to an Article."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from html import escape
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from rag.corpus.formats import foreign
from rag.corpus.formats.facts import article
from rag.corpus.formats.facts.bylines import given_first
from rag.corpus.formats.html.markup import lines, plain
from rag.corpus.formats.text.characters import decode, one_line
from rag.corpus.formats.text.lines import Line
from rag.errors import ReadingError, Remark
from rag.types import Article

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
NCX = "application/x-dtbncx+xml"
"""The kind of part that a table of contents was before EPUB 3."""

_ENCODING = re.compile(rb"""<\?xml[^<>]*?\bencoding\s*=\s*["']([A-Za-z0-9_.-]+)""")
# The number that leads to a note is no part of a word, nor is the way back from it.
_NOTE_MARK = re.compile(
    r"""<a\b[^<>]*?\b(?:epub:type|role)\s*=\s*["'][^"'<>]*?\b(?:noteref|backlink|referrer)\b[^<>]*>"""
    r""".{0,200}?</a\s*>""",
    re.DOTALL | re.IGNORECASE,
)
_ISSUED = ("publication", "original-publication", "issued")
_NAV_ENTRY = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*[\"']([^\"'<>]+)[\"'][^<>]*>(.{0,1000}?)</a\s*>", re.DOTALL | re.I
)
_DAMAGE = (
    KeyError,
    BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ElementTree.ParseError,
)
"""What zipfile and ElementTree raise for a part that is missing or cannot be unpacked or read."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package document says."""

    archive: ZipFile
    package: ElementTree.Element
    folder: str
    parts: dict[str | None, ElementTree.Element] = field(default_factory=dict)

    def path(self, href: str, *, beside: str | None = None) -> str:
        """Return the path in the archive of what a part links to."""
        folder = self.folder if beside is None else posixpath.dirname(beside)
        return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))

    def read(self, path: str) -> str | None:
        """Return a part; None where it is missing or damaged: that costs the part and not the book."""
        with suppress(*_DAMAGE):
            content = self.archive.read(path)
            declared = _ENCODING.search(content[:200])
            return decode(content, declared=declared[1].decode() if declared else None)
        return None


def read(content: bytes, id: str) -> Iterator[Article | Remark]:
    """Yield the book as one article, its chapters in the order of its spine, and which are damaged."""
    with foreign.parser("EPUB book"), foreign.unzipped(content) as archive:
        package_path = _package_path(archive)
        package = ElementTree.fromstring(archive.read(package_path))
        parts = {part.get("id"): part for part in package.iterfind("{*}manifest/{*}item")}
        book = _Book(archive, package, posixpath.dirname(package_path), parts)
        chapters = _chapters(book)
        _refuse_protected(archive, chapters)
        headings = _headings(book)
        pages = {path: book.read(path) for path in chapters}
        found = [
            line for path, page in pages.items() if page for line in _lines(page, headings.get(path, ""))
        ]
        whole = article(id, found, _facts(package))
    yield whole
    if damaged := [path for path, page in pages.items() if page is None]:
        yield Remark(f"{', '.join(damaged)} {'are' if len(damaged) > 1 else 'is'} missing or damaged")


def _package_path(archive: ZipFile) -> str:
    """Return the path of the package document, which names the parts of the book."""
    root = ElementTree.fromstring(archive.read(CONTAINER)).find(".//{*}rootfile[@full-path]")
    if root is None:
        raise ReadingError(f"is not a readable EPUB book: {CONTAINER} names no package")
    return root.attrib["full-path"]


def _chapters(book: _Book) -> list[str]:
    """Return the paths of the chapters in reading order, each once, without the table of contents.

    A part has one name and stands in the spine once; a book that says otherwise would grow without bound.
    """
    found = {
        id: book.path(part.get("href", ""))
        for id, part in book.parts.items()
        if "html" in part.get("media-type", "") and "nav" not in part.get("properties", "").split()
    }
    spine = [reference.get("idref") for reference in book.package.iterfind("{*}spine/{*}itemref")]
    return list(dict.fromkeys(found[idref] for idref in spine if idref in found))


def _lines(page: str, heading: str) -> Iterator[Line]:
    """Yield the lines of a chapter, below what the table of contents calls it where it has no heading."""
    found = lines(_NOTE_MARK.sub("", page))
    has_heading = any(line.kind == "heading" for line in found)
    says_heading = any(one_line(line.text).casefold() == heading.casefold() for line in found[:3])
    if found and heading and not has_heading and not says_heading:
        yield Line(heading, "heading", 1)
    for number, line in enumerate(found):
        is_heading = not has_heading and number < 3 and one_line(line.text).casefold() == heading.casefold()
        first = replace(line, gap=True) if number == 0 else line
        yield replace(first, kind="heading", level=1) if heading and is_heading else first


def _headings(book: _Book) -> dict[str, str]:
    """Return what the table of contents calls each part: its first entry there."""
    navigation = [part for part in book.parts.values() if "nav" in part.get("properties", "").split()][:1]
    ncx = [part for part in book.parts.values() if part.get("media-type") == NCX][:1]
    found: dict[str, str] = {}
    for part in (*navigation, *ncx):
        path = book.path(part.get("href", ""))
        text = book.read(path) or ""
        for href, words in _in_ncx(text) if part in ncx else _NAV_ENTRY.findall(text):
            if name := one_line(plain(words)):
                found.setdefault(book.path(href, beside=path), name)
    return found


def _in_ncx(text: str) -> Iterator[tuple[str, str]]:
    """Yield the places and words of a table of contents as books had it before EPUB 3."""
    try:
        root = ElementTree.fromstring(text.encode())
    except ElementTree.ParseError:
        return
    for point in root.iter():
        if point.tag.endswith("navPoint"):
            content, words = point.find("{*}content"), point.find("{*}navLabel/{*}text")
            if content is not None and words is not None:
                yield content.get("src", ""), escape(words.text or "")


def _refuse_protected(archive: ZipFile, chapters: list[str]) -> None:
    if ENCRYPTION not in archive.namelist():
        return
    locked = {
        unquote(cipher.get("URI", ""))
        for cipher in ElementTree.fromstring(archive.read(ENCRYPTION)).iterfind(".//{*}CipherReference")
    }
    if locked.intersection(chapters):  # fonts may be locked in any book
        raise ReadingError("is protected against copying (DRM); only unprotected books can be read")


def _facts(package: ElementTree.Element) -> dict[str, str]:
    found = {
        "title": _title(package),
        "published": _published(package),
        "source": _stated(package, "publisher")[:1],
        "author": _authors(package),
        "language": _stated(package, "language")[:1],
    }
    return {name: ", ".join(values) for name, values in found.items() if values}


def _elements(package: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Return the elements of the metadata under a Dublin Core name that say anything."""
    found = package.iterfind(f"{{*}}metadata//{{http://purl.org/dc/elements/1.1/}}{name}")
    return [element for element in found if _words(element)]


def _stated(package: ElementTree.Element, name: str) -> list[str]:
    return [_words(element) for element in _elements(package, name)]


def _words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _refined(package: ElementTree.Element, name: str) -> dict[str, str]:
    """Return what the book says of parts of its metadata under a name, by their ids."""
    return {
        meta.get("refines", "").lstrip("#"): _words(meta)
        for meta in package.iterfind("{*}metadata//{*}meta")
        if meta.get("property") == name and meta.get("refines")
    }


def _title(package: ElementTree.Element) -> list[str]:
    """Return the main title where several are told apart, else the first."""
    kinds = _refined(package, "title-type")
    titles = _elements(package, "title")
    main = [_words(each) for each in titles if kinds.get(each.get("id", "")) == "main"]
    return (main or [_words(each) for each in titles])[:1]


def _authors(package: ElementTree.Element) -> list[str]:
    """Return who wrote it, each once; where some are told to be authors, not those who did something else."""
    roles = _refined(package, "role")
    role = "{http://www.idpf.org/2007/opf}role"
    told = [
        (given_first(_words(each)), each.get(role) or roles.get(each.get("id", ""), ""))
        for each in _elements(package, "creator")
    ]
    authors = [name for name, as_what in told if as_what == "aut"]
    others = [name for name, as_what in told if not as_what]
    return list(dict.fromkeys(authors + others or [name for name, _ in told]))


def _published(package: ElementTree.Element) -> list[str]:
    """Return the day the work came out: the one called so, else one that nothing says is of the file."""
    event = "{http://www.idpf.org/2007/opf}event"
    kinds = _refined(package, "event")
    told = [
        (each.get(event) or kinds.get(each.get("id", ""), ""), _words(each))
        for each in _elements(package, "date")
    ]
    issued = [
        _words(meta)
        for meta in package.iterfind("{*}metadata//{*}meta")
        if meta.get("property") == "dcterms:issued" and not meta.get("refines")
    ]
    found = [day for kind, day in told if kind in _ISSUED]
    return [*issued, *found, *(day for kind, day in told if not kind)][:1]
