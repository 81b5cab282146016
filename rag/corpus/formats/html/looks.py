"""An element to what it holds: by its name, by its role, and by its looks."""

from __future__ import annotations

from itertools import islice

from rag.corpus.formats.html.dom import Element
from rag.types import BlockKind

PARAGRAPHS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "details", "dialog", "div", "dl"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hgroup", "hr", "legend", "main", "nav", "p", "pre", "search", "section", "summary", "table"}
)
LISTS = frozenset({"dir", "menu", "ol", "ul"})
_ROLES: dict[str, BlockKind] = {
    **dict.fromkeys(("doc-endnote", "doc-endnotes", "doc-footnote", "footnote", "footnotes"), "note"),
    **dict.fromkeys(("endnote", "endnotes", "rearnote", "rearnotes"), "note"),
    **dict.fromkeys(("bibliography", "doc-bibliography", "biblioentry", "doc-biblioentry"), "reference"),
    **dict.fromkeys(("imprint", "colophon", "doc-colophon", "copyright-page"), "reference"),
    **dict.fromkeys(("references", "reflist", "doc-toc", "toc", "navigation", "doc-index"), "reference"),
}
"""What an element holds by its role, class or epub:type."""
_ELEMENTS: dict[str, BlockKind] = {
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("nav", "address"), "reference"),
    "pre": "code",
    "blockquote": "quotation",
}
_BELOW = LISTS.union({"p", "dl", "table", "pre", "blockquote"})
"""What stands below a heading."""
_ENCLOSING = LISTS.union({"td", "th", "dd", "blockquote", "figure", "details"})

NOTE_LEVELS = 5
"""Elements around a link of a note, one in the other, that may hold all notes."""

LONGEST_HEADING = 80
"""Characters of a paragraph that is a heading by its looks."""


def kind_of(element: Element, tag: str) -> BlockKind | None:
    """Return what stands in `element`, where that is told."""
    if tag in _ELEMENTS:
        return _ELEMENTS[tag]
    if element.attrib and (tag in PARAGRAPHS or tag in LISTS or tag == "li"):
        for name in ("role", "epub:type", "class"):
            for word in (element.get(name) or "").lower().split():
                if word in _ROLES:
                    return _ROLES[word]
    return None


def notes_in(root: Element) -> frozenset[Element]:
    """Return the elements that hold nothing but notes, which are told by their links back to the text."""
    found: set[Element] = set()
    for link in root.iter("a"):
        if (link.get("href") or "").startswith("#"):
            around = list(islice(link.iterancestors(), NOTE_LEVELS))
            while around and kind_of(around[-1], around[-1].tag) != "note":
                around.pop()
            found.update(around)
    groups = {element.getparent() for element in found} - {None}
    found.update(each for each in groups if all(one in found or one.tag == "hr" for one in each))
    return frozenset(found)


def bold_headings(root: Element) -> frozenset[Element]:
    """Return the paragraphs that are headings by their looks: short, bold, and above another one.

    A page has several of them; a single one may be anything.
    """
    found = [each for each in root.iter("p") if is_bold(each) and _is_above_text(each)]
    return frozenset(found if len(found) > 1 else ())


def _is_above_text(paragraph: Element) -> bool:
    """Say whether a bold `paragraph` is no sentence and stands above text, in nothing but the page."""
    words, below = "".join(paragraph.itertext()).strip(), paragraph.getnext()
    is_short = 0 < len(words) <= LONGEST_HEADING and not words.endswith((".", ",", ":", ";", "!"))
    if not is_short or below is None or below.tag not in _BELOW or is_bold(below):
        return False
    return not any(each.tag in _ENCLOSING for each in paragraph.iterancestors())


def is_bold(element: Element) -> bool:
    """Say whether all words of `element` are bold, as those of heads are that are not marked as heads."""
    inner = element
    for _ in range(3):  # <td><p><span><b>
        if len(inner) != 1 or (inner.text or "").strip() or (inner[0].tail or "").strip():
            return False
        inner = inner[0]
        if inner.tag in {"b", "strong"}:
            return True
    return False
