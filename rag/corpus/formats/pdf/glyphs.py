"""The bytes of a PDF to the words that its pages show, each at its place; the door of pypdfium2."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import hypot
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as c

from rag.corpus.formats.pdf.words import Glyph, Style, Word, words_of
from rag.errors import ReadingError

MOST_CHARACTERS = 100_000
"""Of a page; a page of a telephone book has ten thousand."""
SMALLEST = 2.0
"""Points; a font that says it is smaller does not tell its size."""
MOST_OBJECTS = 20_000
"""Of a page that are looked at for lines, boxes and pictures; maps have hundreds of thousands."""

_BOLD = ("bold", "black", "heavy", "cmbx", "-medi", "semibold", "demi", "sfbx", "bx1")
_HYPHENS = {0x02, 0xFFFE}  # what PDFium gives for a hyphen at the end of a line
# The address of the object that a letter is of, in half the time of a pointer to it, for every letter.
_TEXT_OBJECT = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(c.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
_BLANKS = {0x09, 0x0A, 0x0D}
_INVISIBLE = 3
_HEIGHTS = {**dict.fromkeys("ABDEFGHIJKLMNPRTUVWXYZbdfhkl", 0.69), **dict.fromkeys("acemnorsuvwxz", 0.44)}
"""Of the size, in TeX's own fonts: how high letters stand."""


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
    words = words_of(upright)
    aside = " ".join(word.text for word in words_of([g for g in glyphs if g.angle != angle]))
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
) -> tuple[list[Glyph], int]:
    """Return the characters that are seen, as the page draws them, and how many have no letter."""
    raw = text.raw
    rectangle, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    at_rectangle, at_x, at_y = ctypes.byref(rectangle), ctypes.byref(x), ctypes.byref(y)
    looks: dict[int, tuple[Style, int, int, bool, tuple[float, float]]] = {}
    found: list[Glyph] = []
    hidden: list[Glyph] = []
    levels: dict[int, float] = {}
    heights: dict[str, list[float]] = {}  # of fonts that have no size
    unreadable = 0
    is_spaced = False
    left, bottom, right, top = crop
    for index in range(min(text.count_chars(), MOST_CHARACTERS)):
        code = c.FPDFText_GetUnicode(raw, index)
        key = _TEXT_OBJECT(raw, index)
        if key is None or code in _BLANKS:  # PDFium itself adds spaces and ends of lines
            is_spaced = True
            continue
        if key not in looks:
            looks[key] = _look(raw, index)
            c.FPDFText_GetCharOrigin(raw, index, at_x, at_y)  # that of all its letters, if they lie level
        style, angle, mode, white, direction = looks[key]
        letter = "-" if code in _HYPHENS else chr(code) if code < 0x110000 else "\ufffd"
        if not " " <= letter <= "~":
            if _is_unreadable(letter):
                unreadable += 1
                continue
            letter = _plain(letter)
        c.FPDFText_GetLooseCharBox(raw, index, at_rectangle)
        if angle == 0:
            at = (rectangle.left, levels.setdefault(key, y.value))
            glyph = Glyph(letter, at[0], rectangle.right, at[1], style, 0)
        else:
            c.FPDFText_GetCharOrigin(raw, index, at_x, at_y)
            at = (x.value, y.value)
            glyph = _turned(letter, rectangle, at, style=style, angle=angle, direction=direction)
        if not (left - 1 <= at[0] <= right + 1 and bottom - 1 <= at[1] <= top + 1):
            continue
        if white and covers is not None and not _covered(*at, covers):
            continue
        if style.size < SMALLEST and letter in _HEIGHTS:
            heights.setdefault(style.font, []).append(_height(raw, index) / _HEIGHTS[letter])
        glyph.spaced, is_spaced = is_spaced, False
        (hidden if mode == _INVISIBLE else found).append(glyph)
    sized = _sized(found, heights)
    unreadable += len(found) - len(sized)
    return sized or hidden, unreadable  # a scan's recognised text lies unseen over the picture of it


def _turned(
    letter: str,
    box: c.FS_RECTF,
    origin: tuple[float, float],
    *,
    style: Style,
    angle: int,
    direction: tuple[float, float],
) -> Glyph:
    """Return a letter with its place along its line and across it, in whatever direction the line runs."""
    x, y = origin
    along, across = direction
    forward = x * along + y * across
    length = abs((box.right - box.left) * along) + abs((box.top - box.bottom) * across)
    return Glyph(letter, forward, forward + length, x * across - y * along, style, angle)


def _height(raw: c.FPDF_TEXTPAGE, index: int) -> float:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    c.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
    return top.value - bottom.value


def _sized(glyphs: list[Glyph], heights: dict[str, list[float]]) -> list[Glyph]:
    """Give letters their size whose fonts are pictures, as old TeX has them, by how high they stand.

    Pictures without a height are left out: they are no letters that their font knows.
    """
    sizes = {font: Style(round(median(values), 0), False, font) for font, values in heights.items()}
    usual = Style(median(style.size for style in sizes.values()), False, "") if sizes else None
    for glyph in glyphs:
        if glyph.style.size < SMALLEST and usual:
            glyph.style = sizes.get(glyph.style.font, usual)
    return [glyph for glyph in glyphs if glyph.style.size >= SMALLEST]


def _is_unreadable(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") or letter == "\ufffd"


def _plain(letter: str) -> str:
    """Return a ligature or a form of an Arabic letter as the letters that it is."""
    if letter < "\ufb00":
        return letter
    if letter <= "\ufdff" or "\ufe70" <= letter <= "\ufeff":
        return unicodedata.normalize("NFKC", letter)
    return letter


def _look(raw: c.FPDF_TEXTPAGE, index: int) -> tuple[Style, int, int, bool, tuple[float, float]]:
    """Return the style, the angle, the way of drawing, whether it is white, and the direction of writing."""
    handle = c.FPDFText_GetTextObject(raw, index)
    matrix = c.FS_MATRIX()
    c.FPDFText_GetMatrix(raw, index, matrix)
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    c.FPDFText_GetFontInfo(raw, index, name, 128, flags)
    font = name.value.decode("utf-8", "replace").rpartition("+")[2]
    scale = hypot(matrix.c, matrix.d) or 1.0
    size = round(c.FPDFText_GetFontSize(raw, index) * scale, 1)
    if not font:
        font = str(ctypes.cast(c.FPDFTextObj_GetFont(handle), ctypes.c_void_p).value)
    lower = font.lower()
    # TeX's fonts give their weight wrong, so it counts only where there is no name.
    bold = any(mark in lower for mark in _BOLD) or (
        not name.value and c.FPDFText_GetFontWeight(raw, index) >= 600
    )
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
