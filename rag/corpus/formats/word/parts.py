"""The zip file of a Word document to the trees of its parts."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property, lru_cache
from typing import TypeAlias
from xml.etree import ElementTree
from zipfile import ZipFile

from rag.errors import ReadingError

Element: TypeAlias = ElementTree.Element

NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",  # of files saved as "strict"
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
    "http://purl.oclc.org/ooxml/drawingml/main": "a:",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm:",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm:",
}
"""What stands before a name of each vocabulary; names of others are written out."""

MAIN = "word/document.xml"


class Parts:
    """The parts of a Word file, found by their relation to its main part and not by their names."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = {name.casefold(): name for name in archive.namelist()}  # names of parts have no case
        self._main = next((path for kind, _, path in self._relations("") if kind == "officeDocument"), MAIN)

    @property
    def document(self) -> Element:
        """The main part. Raises ReadingError when there is none, ParseError when it is damaged."""
        if (root := self._tree(self._main)) is None:
            raise ReadingError("is not a readable Word file: it has no document inside")
        return root

    @cached_property
    def _related(self) -> list[tuple[str, str, str]]:
        return list(self._relations(self._main))

    def one(self, kind: str) -> Element | None:
        """Return the part of this kind ("styles", "footnotes"); None when missing or damaged."""
        return self._readable(path for found, _, path in self._related if found == kind)

    def of(self, id: str) -> Element | None:
        """Return the part that the main part calls `id`; None when missing or damaged."""
        return self._readable(path for _, found, path in self._related if found == id)

    @property
    def properties(self) -> Element | None:
        """What the file says about itself; None when missing or damaged."""
        return self._readable(path for kind, _, path in self._relations("") if kind == "core-properties")

    def _readable(self, paths: Iterator[str]) -> Element | None:
        with suppress(ElementTree.ParseError):
            return next(filter(lambda tree: tree is not None, map(self._tree, paths)), None)
        return None

    def _relations(self, source: str) -> Iterator[tuple[str, str, str]]:
        """Yield the kind, id and path of each part that `source` relates to, the file itself being ""."""
        folder, name = posixpath.split(source)
        root = self._tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in root if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                kind = relation.get("Type", "").rpartition("/")[2]
                yield kind, relation.get("Id", ""), target.lstrip("/")

    def _tree(self, path: str) -> Element | None:
        name = self._names.get(path.casefold())
        return None if name is None else ElementTree.fromstring(self._archive.read(name))


def name_of(element: Element) -> str:
    """Return the element's name without its namespace, but for those that have a prefix in NAMESPACES."""
    return _name(element.tag)


@lru_cache(1_000)  # a document has some tens of names, and asks for them at every step
def _name(tag: str) -> str:
    namespace, brace, name = tag[1:].partition("}") if tag[:1] == "{" else ("", "", tag)
    prefix = NAMESPACES.get(namespace)
    return tag if brace and prefix is None else f"{prefix or ''}{name}"


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child of the first name, its first child of the second, and so on."""
    for name in names:
        element = (
            next((each for each in element if name_of(each) == name), None) if element is not None else None
        )
    return element


def children(element: Element | None, name: str) -> list[Element]:
    """Return the children of this name."""
    return [each for each in element if name_of(each) == name] if element is not None else []


def attribute(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute, in whatever namespace it is written."""
    if element is None:
        return None
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)


def number(element: Element | None, name: str = "val") -> int | None:
    """Return an attribute that is a number; None for any other."""
    value = attribute(element, name) or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else None


def switch(element: Element | None) -> bool | None:
    """Return whether an element such as <w:strike/> turns something on; None when there is no element."""
    return None if element is None else (attribute(element) or "1") not in ("0", "false", "off", "none")
