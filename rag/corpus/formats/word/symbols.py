"""Characters of symbol fonts to those of Unicode, and raised numbers to superscripts."""

from __future__ import annotations

import re

# The encoding of the font Symbol (Adobe, "Symbol Set and Encoding"), from 0x20 and from 0xA0.
_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
# Of the pictures in Wingdings, those that stand for something in a text.
_WINGDINGS = {
    0xFC: "✓",
    0xFB: "✗",
    0xFE: "☑",
    0xFD: "☒",
    0xA8: "☐",
    0x6F: "☐",
    0xE0: "→",
    0xDF: "←",
    0xF0: "⇨",
}
_FONTS = {
    "symbol": dict(enumerate(_SYMBOL, 0x20)) | dict(enumerate(_SYMBOL_HIGH, 0xA0)),
    "wingdings": _WINGDINGS,
}
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_NUMBERS = re.compile(r"[\d+−–-]*\d[\d+−–-]*")
_SUPERSCRIPTS = str.maketrans("0123456789+−–-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_LONG = re.compile(r"(?:\d[\d,]{2,}\d|[^\W\d]{4})$")


def symbol(code: str, font: str | None) -> str:
    """Return the character of this hexadecimal code in this font; none for a picture without a meaning."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return unsymboled(character, font)


def unsymboled(text: str, font: str | None) -> str:
    """Return `text` with the private characters of symbol fonts as what they look like."""
    table = _FONTS.get((font or "symbol").casefold(), {})
    return _PRIVATE.sub(lambda found: table.get(ord(found[0]) - 0xF000, ""), text)


def superscript(text: str, before: str) -> str:
    """Return a raised number as superscripts, set off from a year or long word; other text as it is.

    Search takes 2019³ for one word, and 10<sup>6</sup> is not 106.
    """
    if not _NUMBERS.fullmatch(text.strip()):
        return text
    return (" " if _LONG.search(before) else "") + text.translate(_SUPERSCRIPTS)
