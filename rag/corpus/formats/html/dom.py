"""HTML to a tree, and what of it a browser shows; the only door to lxml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Literal, TypeAlias

from rag.errors import ReadingError

Element: TypeAlias = Any
"""An element of lxml, which tells no types."""

Event: TypeAlias = Literal["start", "end"]

UNSEEN = frozenset(
    {"annotation", "annotation-xml", "applet", "area", "audio", "canvas", "datalist", "del", "embed", "head"}
    | {"iframe", "input", "link", "math-annotation", "meta", "noembed", "noframes", "noscript", "object"}
    | {"option", "param", "rp", "rt", "s", "script", "select", "source", "strike", "style", "svg", "template"}
    | {"textarea", "title", "track", "video"}
)
"""Elements that show no words of the text: what is not drawn, what is drawn and not written, what its author
struck out, and fields to fill in. noscript is for browsers that run no scripts."""

_OF_HEAD = frozenset("base link meta noscript script style template title".split())
"""Elements that a page's head holds."""

_NAMED_BY = frozenset({"dt", "summary", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|text-decoration(?:-line)?\s*:[^;]*line-through|(?:left|top|text-indent)\s*:\s*-\d{3})",
    re.IGNORECASE,
)
# Words for those who hear a page; a browser draws them outside of it.
_HEARD_ONLY = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:s|-text|-only)?|u-?visually-hidden|offscreen"
    r"|a11y-hidden|assistive-text|hide-text)(?:\s|$)",
    re.IGNORECASE,
)
_INLINE = frozenset({"a", "abbr", "b", "big", "code", "em", "font", "i", "small", "span", "strong", "u"})

_PAGE = re.compile(r"(?:^|\s)(?:page(?:num(?:ber)?|no)|(?:doc-)?page-?break)(?:\s|$)", re.IGNORECASE)
_NUMBER_OF_PAGE = re.compile(r"\W*(?:[^\W\d_]{1,6}(?:\W+|(?=\d)))?(?:\d{1,4}|[ivxlc]+)\W*", re.IGNORECASE)
_NUMBER_OF_NOTE = re.compile(r"\s*\d{1,3}\s*")
_NOTE = re.compile(r"note|ft?n", re.IGNORECASE)
_CLOSING = re.compile(r"""[^\W_]$|[.,;:!?…”’"')»%]$""")
"""How what goes before ends to which the number of a note seems to belong: £40,0001; not in [1]."""
_TYPES = ("role", "epub:type")

_DRESS = re.compile(r"</?(?:b|big|center|em|font|i|small|span|strong|tt|u)\b[^<>]*>", re.IGNORECASE)

_RAISED = re.compile(
    r"(?P<link><a\b[^<>]*>\s*)?<sup\b[^<>]*>(?P<inner>(?:(?!</?sup\b).){0,500})</sup>(?(link)\s*</a>)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_NUMBERS = re.compile(r"[\d+−–-]+(?:, ?[\d+−–-]+)*")
_SUPERSCRIPTS = str.maketrans("0123456789+−–-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_CLOSED = re.compile(r"(?:\D[.,:]|[!?”\"])$")  # but $19.<sup>99</sup> is a price
_LONG = re.compile(r"(?:\d[\d,]{2,}\d|[^\W\d]{4})$")


def tree(html: str) -> Element | None:
    """Return the root of the page or fragment, its raised numbers as characters; None when it is empty.

    Raises ReadingError when its elements stand more than 2,048 deep in each other, even without those that
    only dress words: browsers cut there too, and a page gets so deep by what it never closes.
    """
    html = raised(html).replace("\0", "")
    for words in (html, _DRESS.sub("", html)):
        root, is_whole = _parsed(words)
        if is_whole:
            return _with_body(root)
    raise ReadingError("has elements inside each other more than 2,048 deep; save its text in another format")


def _with_body(root: Element | None) -> Element | None:
    """Return the tree with all that a page shows in its body.

    libxml2 knows the elements of HTML 4: where a page leaves <body> out, it keeps <main> or <article> in the
    head, and all that follows.
    """
    head = None if root is None else root.find("head")
    if root is None or head is None:
        return root
    shown = next((at for at, each in enumerate(head) if each.tag not in _OF_HEAD), len(head))
    if moved := head[shown:]:
        body = root.find("body")
        if body is None:
            body = root.makeelement("body")
            root.append(body)
        body[:0] = moved
    return root


def _parsed(html: str) -> tuple[Element | None, bool]:
    from lxml import etree  # noqa: PLC0415 - slow to import

    # Without `huge_tree` a page ends at the 256th element inside another.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(html.encode("utf-8", "ignore"), parser) if html.strip() else None
    limits = any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)
    return root, not limits


def events(root: Element) -> Iterator[tuple[Event, Element, bool]]:
    """Yield each element as it starts and ends, and whether it is seen; nothing inside one that is not."""
    from lxml import etree  # noqa: PLC0415 - slow to import

    walk = etree.iterwalk(root, events=("start", "end"))
    unseen = None
    for event, element in walk:
        if event == "start" and not is_seen(element):
            walk.skip_subtree()
            unseen = element
        yield event, element, element is not unseen


def words_of(element: Element) -> str:
    """Return the words inside `element` that a browser shows; all where it shows none."""
    words: list[str] = []
    for event, inside, shown in events(element):
        if event == "start" and shown:
            words.append(inside.text or "")
        elif event == "end" and inside is not element:
            words.append(inside.tail or "")
    seen = "".join(words)
    return seen if seen.strip() else "".join(element.itertext())


def is_seen(element: Element) -> bool:
    """Say whether a browser shows what is inside `element`, and that is not struck out."""
    tag, told = element.tag, element.attrib
    if tag in UNSEEN or "hidden" in told or (tag == "dialog" and "open" not in told):
        return False
    if tag == "button":  # many pages open an answer by a button in its question
        return any(above.tag in _NAMED_BY for above in element.iterancestors())
    if not told:
        return True
    if (style := told.get("style")) and _UNSEEN_STYLE.search(style):
        return False
    if ((names := told.get("class")) and _HEARD_ONLY.search(names)) or _is_no_word(element):
        return False
    return told.get("aria-hidden") != "true" or _is_shown_though_not_heard(element)


def _is_shown_though_not_heard(element: Element) -> bool:
    """Say whether an aria-hidden element is seen: words in a line are, and a page behind a cookie banner.

    What stands apart is a menu or panel that is closed.
    """
    if element.tag in _INLINE:
        return _has_words(element)
    return element.tag in {"html", "body", "main", "article"} or element.find(".//h1") is not None


def _is_no_word(element: Element) -> bool:
    """Say whether an element stands among the words of a text and is none of them."""
    return _is_sign(element) or _is_number_of_note(element) or _is_number_of_page(element)


def _is_sign(element: Element) -> bool:
    """Say whether an element is a sign by a heading that gives its address, or leads back from a note."""
    return element.tag == "a" and "#" in element.get("href", "") and not _has_words(element)


def _is_number_of_note(element: Element) -> bool:
    """Say whether an element is a link to a note by its number, which stands at a word like a part of it."""
    _, mark, place = (element.get("href", "") if element.tag == "a" else "").rpartition("#")
    if not mark or not _NUMBER_OF_NOTE.fullmatch("".join(element.itertext())):
        return False
    names = (place, *(element.get(name, "") for name in ("class", "id", "rel", *_TYPES)))
    return _NOTE.search(" ".join(names)) is not None and _CLOSING.search(_before(element)) is not None


def _before(element: Element) -> str:
    """Return the words right before `element` in its line, none where it begins that."""
    while True:
        beside, above = element.getprevious(), element.getparent()
        if beside is None:
            around, words = above, "" if above is None else above.text
        else:
            around, words = beside, beside.tail or "".join(beside.itertext() if beside.tag in _INLINE else ())
        if words or around is None or around.tag not in _INLINE:
            return words or ""
        element = around


def _is_number_of_page(element: Element) -> bool:
    """Say whether an element tells where a page of the printed book begins, be it within a word."""
    if element.tag not in _INLINE and element.tag not in {"div", "p"}:  # a cell holds its place in a row
        return False
    names = " ".join(element.get(name, "") for name in ("class", *_TYPES))
    return bool(_PAGE.search(names) and _NUMBER_OF_PAGE.fullmatch("".join(element.itertext())))


def _has_words(element: Element) -> bool:
    return any(map(str.isalnum, "".join(element.itertext())))


def raised(html: str) -> str:
    """Return `html` with numbers in <sup> as superscript characters, without those of notes.

    10<sup>6</sup> is not 106, and a note's number after 2019 is no part of the year.
    """
    return _RAISED.sub(_superscript, html)


def _superscript(found: re.Match[str]) -> str:
    words = unescape(_TAG.sub("", found["inner"])).strip()
    if not _NUMBERS.fullmatch(words):
        return found[0]
    before = found.string[max(0, found.start() - 5) : found.start()]
    if found["link"] or "<a " in found["inner"].lower() or _CLOSED.search(before):
        return ""
    # Search takes 2019³ for one word: after a year or long word it is set off, so that this is found.
    return (" " if _LONG.search(before) else "") + words.translate(_SUPERSCRIPTS)
