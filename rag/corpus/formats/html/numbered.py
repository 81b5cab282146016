"""Lists of HTML to the numbers that a browser shows before their items."""

from __future__ import annotations

import re

from rag.corpus.formats.html.dom import Element

_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|(?:lower|upper)-(?:alpha|latin|roman))", re.IGNORECASE
)
_STYLES = {
    **{"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A"},
    **{"lower-roman": "i", "upper-roman": "I", "decimal": "1", "none": ""},
}
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


class List:
    """A list that is being read, which knows the number of its next item."""

    def __init__(self, element: Element) -> None:
        self._style = _style(element, "1" if element.tag == "ol" else "")
        self._step = -1 if "reversed" in element.attrib else 1
        items = sum(each.tag == "li" for each in element) if self._step < 0 else 1
        self._next = whole(element.get("start"), items)

    def mark(self, item: Element) -> str:
        """Return what stands before the next `item`, such as "3. "; nothing before one with a bullet."""
        number = whole(item.get("value"), self._next)
        self._next = number + self._step
        style = _style(item, self._style)
        return f"{written(number, style)}. " if style else ""


def whole(text: str | None, otherwise: int) -> int:
    """Return the whole number that is `text`."""
    found = re.fullmatch(r"\s*([+-]?\d{1,9})\s*", text or "")
    return int(found[1]) if found else otherwise


def written(number: int, style: str) -> str:
    """Return `number` in the style "1", "a", "A", "i" or "I", in figures where that has none for it."""
    if style == "1" or not 0 < number < 4000:
        return str(number)
    letters = ""
    if style in "aA":
        while number:
            number, letter = divmod(number - 1, 26)
            letters = chr(ord("a") + letter) + letters
    else:
        for value, roman in _ROMAN:
            letters += roman * (number // value)
            number %= value
    return letters.upper() if style.isupper() else letters


def _style(element: Element, otherwise: str) -> str:
    """Return how items are numbered; empty for not."""
    if (style := element.get("style")) and (found := _STYLE.search(style)):
        return _STYLES[found[1].lower()]
    told = element.get("type")
    return told if told in {"1", "a", "A", "i", "I"} else otherwise
