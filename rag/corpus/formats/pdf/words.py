"""The letters that a page draws to words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

MOST_ACCENTS = 200
"""Of a page that are drawn elsewhere than next to their letters, for which all letters are looked through."""
WORD_GAP = 0.16
"""Of the size of the letters; what lies farther apart are two words. TeX sets its spaces at 0.2 to 0.5."""

_ACCENTS = dict(
    zip(
        "`´ˆ˜¨¯˘˙˚ˇ¸˝˛",
        map(chr, (0x300, 0x301, 0x302, 0x303, 0x308, 0x304, 0x306, 0x307, 0x30A, 0x30C, 0x327, 0x30B, 0x328)),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look."""

    size: float
    """Points, as shown."""
    bold: bool
    font: str


@dataclass(slots=True)
class Word:
    """Letters that stand together; `y` is their base line, in points from the top of the page."""

    text: str
    x0: float
    x1: float
    y: float
    style: Style
    raised: bool = False
    spaced: bool = False
    """Whether a blank stands before it, and it is not only farther away."""

    @property
    def size(self) -> float:
        """Points."""
        return self.style.size


@dataclass(slots=True)
class Glyph:
    """A letter as a page draws it."""

    text: str
    x0: float
    x1: float
    y: float
    style: Style
    angle: int
    """In quarters of a turn; 9 for any other."""
    spaced: bool = False


def words_of(glyphs: list[Glyph]) -> list[Word]:
    """Return words in the order in which the page draws them, those written to the left turned about."""
    words: list[Word] = []
    held: list[Glyph] = []
    is_spaced = False
    for glyph in _accented(glyphs):
        if glyph.text.isspace():
            _keep(held, words)
            held = []
            is_spaced = True
            continue
        if held and ((glyph.spaced and glyph.x0 != held[-1].x0) or not _goes_on(held[-1], glyph)):
            _keep(held, words)
            held = []
        glyph.spaced = glyph.spaced or is_spaced
        is_spaced = False
        held.append(glyph)
    _keep(held, words)
    return words


def _accented(glyphs: list[Glyph]) -> list[Glyph]:
    """Put accents that are drawn as signs of their own, as TeX does it, onto their letters."""
    found: list[Glyph] = []
    alone: list[Glyph] = []
    accent: Glyph | None = None
    for glyph in glyphs:
        if accent:
            middle = (accent.x0 + accent.x1) / 2
            below = next(
                (g for g in (glyph, *found[-1:]) if g.x0 <= middle <= g.x1 and g.text.isalpha()), None
            )
            if below:
                dotted = {"ı": "i", "ȷ": "j"}.get(below.text, below.text)
                below.text = unicodedata.normalize("NFC", dotted + _ACCENTS[accent.text])
                below.spaced = below.spaced or (below is glyph and accent.spaced)
            else:
                alone.append(accent)
                glyph.spaced = False  # the page went to the accent and back
            accent = None
        if glyph.text in _ACCENTS:
            accent = glyph
        else:
            found.append(glyph)
    if accent:
        alone.append(accent)
    for accent in alone[:MOST_ACCENTS]:
        middle = (accent.x0 + accent.x1) / 2
        letter = next(
            (g for g in found if g.x0 <= middle <= g.x1 and abs(g.y - accent.y) < g.style.size / 2), None
        )
        if letter and letter.text.isalpha():
            letter.text = unicodedata.normalize("NFC", letter.text + _ACCENTS[accent.text])
        else:
            found.append(accent)
    return found


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    size = min(last.style.size, glyph.style.size)
    if abs(last.y - glyph.y) > 0.1 * size or abs(last.style.size - glyph.style.size) > 0.15 * size:
        return False
    near = WORD_GAP * size
    if glyph.x0 == last.x0:
        return True  # two letters of a ligature
    if is_leftward(last.text) or is_leftward(glyph.text):
        return -near <= last.x0 - glyph.x1 <= near or -near <= glyph.x0 - last.x1 <= near
    return -0.5 * size <= glyph.x0 - last.x1 <= near


def _keep(held: list[Glyph], words: list[Word]) -> None:
    if not held:
        return
    if any(is_leftward(glyph.text) for glyph in held):
        held = sorted(held, key=lambda glyph: -glyph.x0)
        held = _numbers_turned(held)
    text = "".join(glyph.text for glyph in held)
    first = held[0]
    words.append(
        Word(
            text,
            min(g.x0 for g in held),
            max(g.x1 for g in held),
            first.y,
            first.style,
            spaced=any(g.spaced for g in held),
        )
    )


def _numbers_turned(held: list[Glyph]) -> list[Glyph]:
    """Return glyphs from right to left with each run of others than leftward letters turned about."""
    found: list[Glyph] = []
    run: list[Glyph] = []
    for glyph in held:
        if (
            glyph.text.isdigit()
            or (glyph.text.isascii() and glyph.text.isalpha())
            or (run and glyph.text in ".,:/%")
        ):
            run.append(glyph)
            continue
        found += run[::-1]
        run = []
        found.append(glyph)
    return found + run[::-1]


def is_leftward(text: str) -> bool:
    """Say whether `text` has letters that are written from right to left."""
    return not text.isascii() and any(
        "\u0590" <= letter <= "\u08ff" and unicodedata.bidirectional(letter) in ("R", "AL") for letter in text
    )
