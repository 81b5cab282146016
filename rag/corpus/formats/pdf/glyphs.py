"""The bytes of a PDF to the words that its pages show, each at its place; the door of pypdfium2."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import hypot

import pypdfium2 as pdfium
import pypdfium2.raw as c

from rag.errors import ReadingError

MOST_CHARACTERS = 100_000
"""Of a page; a page of a telephone book has ten thousand."""
MOST_OBJECTS = 20_000
"""Of a page that are looked at for lines, boxes and pictures; maps have hundreds of thousands."""
MOST_ACCENTS = 200
"""Of a page that are drawn elsewhere than next to their letters, for which all letters are looked through."""
WORD_GAP = 0.16
"""Of the size of the letters; what lies farther apart are two words. TeX sets its spaces at 0.2 to 0.5."""

_BOLD = ("bold", "black", "heavy", "cmbx", "-medi", "semibold", "demi", "sfbx", "bx1")
_HYPHENS = {0x02, 0xFFFE}  # what PDFium gives for a hyphen at the end of a line
_INVISIBLE = 3
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


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle or, without height or without width, a line; y grows downwards."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Page:
    """What a page shows."""

    number: int
    width: float
    height: float
    words: list[Word]
    aside: str = ""
    """Text that stands at another angle than most of the page's, such as a stamp in the margin."""
    boxes: list[Box] = field(default_factory=list)
    """Rectangles and lines that are drawn."""
    unreadable: int = 0
    """Characters whose font does not say what letters they are."""


@dataclass(slots=True)
class _Glyph:
    text: str
    x0: float
    x1: float
    y: float
    style: Style
    angle: int
    """In quarters of a turn; 9 for any other."""
    spaced: bool = False


@contextmanager
def opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    """Open a file for as long as it is read. Raises ReadingError for one with a password."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == c.FPDF_ERR_PASSWORD:
            raise ReadingError("is encrypted; save a copy without a password") from error
        raise
    try:
        yield document
    finally:
        document.close()


def properties(document: pdfium.PdfDocument) -> dict[str, str]:
    """Return what the file says of itself: Title, Author and others."""
    return dict(document.get_metadata_dict(skip_empty=True).items())


def pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """Yield the pages, one in memory at a time."""
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        try:
            yield _page(page, text, number + 1)
        finally:
            text.close()
            page.close()


def _page(page: pdfium.PdfPage, text: pdfium.PdfTextPage, number: int) -> Page:
    left, bottom, right, top = page.get_cropbox()
    boxes, covers = _drawn(page)
    glyphs, unreadable = _glyphs(text, (left, bottom, right, top), covers)
    angle = Counter(glyph.angle for glyph in glyphs).most_common(1)[0][0] if glyphs else 0
    upright = [glyph for glyph in glyphs if glyph.angle == angle]
    words = _words(upright)
    aside = " ".join(word.text for word in _words([g for g in glyphs if g.angle != angle]))
    turned = angle in (1, 3)
    found = Page(
        number, top - bottom if turned else right - left, right - left if turned else top - bottom, words
    )
    found.aside = aside
    found.unreadable = unreadable
    for word in words:
        if angle == 0:
            word.x0, word.x1, word.y = word.x0 - left, word.x1 - left, top - word.y
    if angle == 0:
        found.boxes = [Box(b.x0 - left, top - b.y1, b.x1 - left, top - b.y0) for b in boxes]
    return found


def _glyphs(
    text: pdfium.PdfTextPage, crop: tuple[float, float, float, float], covers: list[Box] | None
) -> tuple[list[_Glyph], int]:
    """Return the characters that are seen, as the page draws them, and how many have no letter."""
    raw = text.raw
    rectangle, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    at_rectangle, at_x, at_y = ctypes.byref(rectangle), ctypes.byref(x), ctypes.byref(y)
    looks: dict[int, tuple[Style, int, int, bool, tuple[float, float]]] = {}
    found: list[_Glyph] = []
    hidden: list[_Glyph] = []
    unreadable = 0
    is_spaced = False
    left, bottom, right, top = crop
    for index in range(min(text.count_chars(), MOST_CHARACTERS)):
        code = c.FPDFText_GetUnicode(raw, index)
        handle = c.FPDFText_GetTextObject(raw, index)
        key = ctypes.cast(handle, ctypes.c_void_p).value
        if key is None:  # a space or an end of line that PDFium adds
            is_spaced = True
            continue
        if key not in looks:
            looks[key] = _look(raw, index, handle)
        style, angle, mode, white, (along, across) = looks[key]
        letter = "-" if code in _HYPHENS else chr(code) if code < 0x110000 else "\ufffd"
        if unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") or letter == "\ufffd":
            unreadable += 1
            continue
        c.FPDFText_GetCharOrigin(raw, index, at_x, at_y)
        if not (left - 1 <= x.value <= right + 1 and bottom - 1 <= y.value <= top + 1) or style.size < 1:
            continue
        c.FPDFText_GetLooseCharBox(raw, index, at_rectangle)
        letter = _plain(letter)
        if angle == 0:
            glyph = _Glyph(letter, rectangle.left, rectangle.right, y.value, style, 0)
        else:
            forward = x.value * along + y.value * across
            down = x.value * across - y.value * along
            length = abs((rectangle.right - rectangle.left) * along) + abs(
                (rectangle.top - rectangle.bottom) * across
            )
            glyph = _Glyph(letter, forward, forward + length, down, style, angle)
        if white and covers is not None and not _covered(x.value, y.value, covers):
            continue
        glyph.spaced, is_spaced = is_spaced, False
        (hidden if mode == _INVISIBLE else found).append(glyph)
    return found or hidden, unreadable  # a scan's recognised text lies unseen over the picture of it


def _plain(letter: str) -> str:
    """Return a ligature or a form of an Arabic letter as the letters that it is."""
    if "\ufb00" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufeff":
        return unicodedata.normalize("NFKC", letter)
    return letter


def _look(
    raw: c.FPDF_TEXTPAGE, index: int, handle: object
) -> tuple[Style, int, int, bool, tuple[float, float]]:
    """Return the style, the angle, the way of drawing, whether it is white, and the direction of writing."""
    matrix = c.FS_MATRIX()
    c.FPDFText_GetMatrix(raw, index, matrix)
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    c.FPDFText_GetFontInfo(raw, index, name, 128, flags)
    font = name.value.decode("utf-8", "replace").rpartition("+")[2]
    scale = hypot(matrix.c, matrix.d) or 1.0
    size = round(c.FPDFText_GetFontSize(raw, index) * scale, 1)
    lower = font.lower()
    # TeX's fonts give their weight wrong, so it counts only where there is no name.
    bold = any(mark in lower for mark in _BOLD) or (not lower and c.FPDFText_GetFontWeight(raw, index) >= 600)
    length = hypot(matrix.a, matrix.b) or 1.0
    along, across = matrix.a / length, matrix.b / length
    if abs(across) < 0.1:
        angle = 0 if along > 0 else 2
    elif abs(along) < 0.1:
        angle = 1 if across > 0 else 3
    else:
        angle = 9
    mode = c.FPDFTextObj_GetTextRenderMode(handle) if handle else 0
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    white = False
    if handle and mode in (0, 4) and c.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        white = alpha.value == 0 or min(red.value, green.value, blue.value) >= 250
    return Style(size, bold, font), angle, mode, white, (along, across)


def _drawn(page: pdfium.PdfPage) -> tuple[list[Box], list[Box] | None]:
    """Return the lines and rectangles of a page, and what may lie below white letters.

    The latter is None where that cannot be told.
    """
    boxes: list[Box] = []
    covers: list[Box] | None = []
    a, b, d, e = (ctypes.c_float() for _ in range(4))
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    count = c.FPDFPage_CountObjects(page.raw)
    for index in range(min(count, MOST_OBJECTS)):
        handle = c.FPDFPage_GetObject(page.raw, index)
        kind = c.FPDFPageObj_GetType(handle)
        if kind == c.FPDF_PAGEOBJ_TEXT or not c.FPDFPageObj_GetBounds(handle, a, b, d, e):
            continue
        box = Box(a.value, b.value, d.value, e.value)
        if kind != c.FPDF_PAGEOBJ_PATH:
            covers = [*covers, box] if covers is not None and kind == c.FPDF_PAGEOBJ_IMAGE else None
            continue
        c.FPDFPath_GetDrawMode(handle, fill, stroke)
        coloured = c.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha) and (
            min(red.value, green.value, blue.value) < 250
        )
        if fill.value and coloured and covers is not None:
            covers.append(box)
        if (stroke.value or coloured) and c.FPDFPath_CountSegments(handle) <= 12:
            boxes.append(box)
    return boxes, covers if count <= MOST_OBJECTS else None


def _covered(x: float, y: float, covers: list[Box]) -> bool:
    return any(box.x0 - 1 <= x <= box.x1 + 1 and box.y0 - 1 <= y <= box.y1 + 1 for box in covers)


def _words(glyphs: list[_Glyph]) -> list[Word]:
    """Return words in the order in which the page draws them, those written to the left turned about."""
    words: list[Word] = []
    held: list[_Glyph] = []
    is_spaced = False
    for glyph in _accented(glyphs):
        if glyph.text.isspace():
            _keep(held, words)
            held = []
            is_spaced = True
            continue
        if held and (glyph.spaced or not _goes_on(held[-1], glyph)):
            _keep(held, words)
            held = []
        glyph.spaced = glyph.spaced or is_spaced
        is_spaced = False
        held.append(glyph)
    _keep(held, words)
    return words


def _accented(glyphs: list[_Glyph]) -> list[_Glyph]:
    """Put accents that are drawn as signs of their own, as TeX does it, onto their letters."""
    found: list[_Glyph] = []
    alone: list[_Glyph] = []
    accent: _Glyph | None = None
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


def _goes_on(last: _Glyph, glyph: _Glyph) -> bool:
    size = min(last.style.size, glyph.style.size)
    if abs(last.y - glyph.y) > 0.1 * size or abs(last.style.size - glyph.style.size) > 0.15 * size:
        return False
    near = WORD_GAP * size
    if is_leftward(last.text) or is_leftward(glyph.text):
        return -near <= last.x0 - glyph.x1 <= near or -near <= glyph.x0 - last.x1 <= near
    return -0.5 * size <= glyph.x0 - last.x1 <= near


def _keep(held: list[_Glyph], words: list[Word]) -> None:
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


def _numbers_turned(held: list[_Glyph]) -> list[_Glyph]:
    """Return glyphs from right to left with each run of others than leftward letters turned about."""
    found: list[_Glyph] = []
    run: list[_Glyph] = []
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
    return any(
        "\u0590" <= letter <= "\u08ff" and unicodedata.bidirectional(letter) in ("R", "AL") for letter in text
    )
