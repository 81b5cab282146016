"""An EPUB book to an Article."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile

from rag.corpus.formats import foreign
from rag.corpus.formats.characters import decode
from rag.corpus.formats.facts import article
from rag.corpus.formats.markup import plain
from rag.errors import ReadingError
from rag.types import Article

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"


def read(content: bytes, id: str) -> Article:
    """Return the book as one article, its chapters in the order of its spine."""
    with foreign.parser("EPUB book"), foreign.unzipped(content) as archive:
        package_path = _package_path(archive)
        package = ElementTree.fromstring(archive.read(package_path))
        chapters = _chapters(package, posixpath.dirname(package_path))
        _refuse_protected(archive, chapters)
        text = "\n\n".join(plain(decode(archive.read(chapter))) for chapter in chapters)
        return article(id, text, _facts(package))


def _package_path(archive: ZipFile) -> str:
    """Return the path of the package document, which names the parts of the book."""
    root = ElementTree.fromstring(archive.read(CONTAINER)).find(".//{*}rootfile[@full-path]")
    if root is None:
        raise ReadingError(f"is not a readable EPUB book: {CONTAINER} names no package")
    return root.attrib["full-path"]


def _chapters(package: ElementTree.Element, folder: str) -> list[str]:
    """Return the paths of the chapters in reading order, each once, without the table of contents.

    A part has one name and stands in the spine once; a book that says otherwise would grow without bound.
    """
    parts = {
        part.get("id"): posixpath.normpath(posixpath.join(folder, unquote(part.get("href", ""))))
        for part in package.iterfind("{*}manifest/{*}item")
        if "html" in part.get("media-type", "") and "nav" not in part.get("properties", "").split()
    }
    spine = [reference.get("idref") for reference in package.iterfind("{*}spine/{*}itemref")]
    return list(dict.fromkeys(parts[idref] for idref in spine if idref in parts))


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
        "title": _stated(package, "title")[:1],
        "published": _stated(package, "date")[:1],
        "source": _stated(package, "publisher")[:1],
        "author": _stated(package, "creator"),
        "language": _stated(package, "language")[:1],
    }
    return {name: ", ".join(values) for name, values in found.items() if values}


def _stated(package: ElementTree.Element, name: str) -> list[str]:
    """Return what the metadata says under a Dublin Core name; dates of the file's making are left out."""
    elements = package.iterfind(f"{{*}}metadata//{{http://purl.org/dc/elements/1.1/}}{name}")
    event = "{http://www.idpf.org/2007/opf}event"
    stated = [element for element in elements if element.get(event, "publication") == "publication"]
    return [" ".join(element.text.split()) for element in stated if element.text and element.text.strip()]
