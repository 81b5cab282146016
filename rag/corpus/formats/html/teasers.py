"""Elements of a page to whether they are teasers: what there leads to other articles."""

from __future__ import annotations

import re

from rag.corpus.formats.html.dom import Element
from rag.corpus.formats.text.characters import one_line

ELEMENTS = frozenset({"article", "div", "li", "section", "td"})
"""Elements that hold one teaser each."""

_MORE = re.compile(
    r"\W*(?:(?:read|see|view|open) )?(?:the |this )?(?:full|whole|complete|entire|rest of the)"
    r" (?:article|story|coverage|report|post|piece|interview|text)\W*"
    r"|\W*(?:read|see) more\W*|\W*(?:continue reading|keep reading|weiterlesen|lire la suite|leer más)\W*",
    re.IGNORECASE,
)
"""The words of a link to the rest of what a teaser begins."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def leads_on(element: Element) -> bool:
    """Say whether the last words of an element are a link such as "Full article"."""
    links = list(element.iter("a"))
    words = one_line("".join(links[-1].itertext())) if links else ""  # it may stand in a link itself
    return _MORE.fullmatch(words) is not None and one_line("".join(element.itertext())).endswith(words)


def has_linked_heading(element: Element) -> bool:
    """Say whether an element has one heading, and that is a link to another page."""
    headings = list(element.iter(*_HEADINGS))
    if len(headings) != 1:
        return False
    words = one_line("".join(headings[0].itertext()))
    around = (each for each in headings[0].iterancestors("a") if element in each.iterancestors())
    return any(
        not (link.get("href") or "#").startswith("#")
        and words
        and words in one_line("".join(link.itertext()))
        for link in (*headings[0].iter("a"), *around)
    )
