"""Bytes to clean characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

from rag.corpus.formats.text.encodings import text_of
from rag.errors import ReadingError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
_PAGE_BREAKS = re.compile("[\v\f]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# U+200C and U+200D stay: they are part of Persian and Hindi spelling and of composed emoji.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
# What is neither of a word nor ASCII: among these are the marks that stand above and below letters.
_LONG_RUN = re.compile(r"[^\w\s\x00-\u02ff]{31,}")
_JOINER = "\u034f"
_BLANK_LINES = re.compile(r"\n{3,}")


def decode(content: bytes, *, declared: str | None = None) -> str:
    """Return the text of `content` in whatever encoding it has, `declared` being what the file says.

    Raises ReadingError for what is not text.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    if b"\0" in content:
        return _decode_utf16(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _declared(content, declared) or _damaged_utf8(content) or text_of(content)


def clean(text: str) -> str:
    r"""Return `text` in NFC with \n line ends, plain spaces, no unseen characters, one blank line at most."""
    return spaced(seen(text))


def seen(text: str) -> str:
    r"""Return `text` in NFC with \n line ends, plain spaces and no unseen characters, its layout as it is."""
    if text.isascii() and text.isprintable():  # as most lines are
        return text
    text = _NEWLINES.sub("\n", text)
    text = _PAGE_BREAKS.sub("\n\n", text)
    text = _UNSEEN.sub("", _SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", _LONG_RUN.sub(_parted, text))


def _parted(run: re.Match[str]) -> str:
    """Return a run of signs with a joiner after each 30 marks (Stream-Safe Text Format, Unicode Annex 15).

    Normalising puts the marks of a letter in order, in time that grows with the square of their number.
    """
    parted, marks = [], 0
    for sign in run[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > 30:
            parted.append(_JOINER)
            marks = 1
        parted.append(sign)
    return "".join(parted)


def spaced(text: str) -> str:
    """Return `text` without blanks at the ends of lines, with one blank line at most between paragraphs."""
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def one_line(text: str) -> str:
    """Return `text` cleaned, on a single line with single spaces."""
    return " ".join(clean(text).split())


def _decode_utf16(content: bytes) -> str:
    """Decode UTF-16 without a mark, told by the NULs of its Latin letters; refuse binary files."""
    sample = content[:4096]
    most = len(sample) / 2
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[start::2].count(0) > 0.4 * most and sample[1 - start :: 2].count(0) == 0:
            return content.decode(encoding, errors="replace")
    if sample.count(0) > 0.01 * len(sample):
        raise ReadingError("holds binary data, not text")
    return decode(content.replace(b"\0", b""))


def _declared(content: bytes, encoding: str | None) -> str | None:
    if not encoding:
        return None
    # Pages that say Latin-1 are read as Windows-1252, as browsers do (encoding.spec.whatwg.org).
    encoding = "cp1252" if encoding.lower() in {"iso-8859-1", "latin-1", "us-ascii", "ascii"} else encoding
    try:
        return content.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _damaged_utf8(content: bytes) -> str | None:
    """Decode UTF-8 that has a few broken bytes; None when it looks like another encoding."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(not character.isascii() for character in text) - broken
    return text if whole > 4 * broken else None
