"""Bytes in an old encoding, which nothing names, to text."""

from __future__ import annotations

import codecs
import re

WESTERN = "cp1252"

ENCODINGS = (
    *("cp1250", "iso8859-2", "cp852", "cp1252", "cp850", "mac-roman"),  # Central and Western Europe
    *("cp1254", "iso8859-9", "cp1257", "iso8859-13"),  # Turkey and the Baltic
    *("cp1251", "koi8-u", "iso8859-5", "cp866"),  # Cyrillic; koi8-u holds what koi8-r does
    *("cp1253", "iso8859-7", "cp1255", "cp1256", "cp874", "cp1258"),
    *("cp932", "euc_jis_2004", "gb18030", "big5hkscs", "cp949"),
)
"""What is asked about: the encodings that editors and spreadsheets wrote, and no others, each of which would
make the choice among these less sure."""

WESTERN_SHARE = 0.7
"""Of the best confidence, what is enough for Western text: a few names in an English article look like any
language. With 0.75 "Fanø" became "Fanų"; with 0.7 no other text of the tests is read worse."""

MOST_ASKED = 200_000
"""Bytes; of longer files the lines that are not ASCII tell."""

MOST_ODD = 0.003
"""Share of characters that may be odd: an article about the shop "toys©us" is no less Western for it."""

_LATIN = "A-Za-zÀ-ɏ"
_OTHER = "\u0370-\u1dff\u3040-\u9fff\uac00-\ud7ff\uff66-\uffdc"
_ODD = re.compile(
    "[\x80-\x84\x86-\x9f]"  # no character at all
    f"|[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}]"  # "Perchй": a word of two alphabets
    r"|(?<=[^\W\d_])[¡-©«-´¶-¹»-¿×÷](?=[a-zà-ž])"  # "Świ¿to": a sign inside a word
    r"|(?<!\w)[©®¹³¼¾¦](?=[a-z])"  # "©ibenik": a sign for its first letter
    r"|[a-z][À-ÖØ-Þ](?=[a-zà-ž])"  # "gÓrny": a capital inside a word
)
# Letters tell one encoding from another; quotation marks and dashes are the same in all of Microsoft's.
_TELLING = re.compile("[^\x00-\x7f‚„…†‡‰‹‘’“”•–—›™\xa0£§©«®°±²³´µ¶·»½¼¾€¹¿¡º×÷¢ª¸¨ˆ˜]")


def text_of(content: bytes) -> str:
    """Return the text of `content`, no UTF-8, in the encoding that makes it look most like language."""
    western = content.decode(WESTERN, errors="replace")
    if not _TELLING.search(western) and not _ODD.search(western):
        return western
    encoding = _best(_asked(content))
    return _with_euros(content) if encoding == WESTERN else content.decode(encoding, errors="replace")


def _asked(content: bytes) -> bytes:
    """Return what of `content` is looked at: all of it or, where it is long, lines that are not ASCII."""
    if len(content) <= MOST_ASKED:
        return content
    return b"\n".join(line for line in content.split(b"\n") if not line.isascii())[:MOST_ASKED]


def _best(content: bytes) -> str:
    """Return the encoding of the highest confidence among those whose text is not odd."""
    from chardet import detect_all  # noqa: PLC0415 - slow to import, seldom needed

    best: tuple[bool, float, str] = (True, 0.0, WESTERN)
    for guess in detect_all(content, include_encodings=ENCODINGS, ignore_threshold=True, compat_names=False):
        encoding, confidence = str(guess["encoding"]), float(guess["confidence"] or 0)
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(content)
        except (LookupError, UnicodeDecodeError):
            continue
        odd = len(_ODD.findall(text)) > MOST_ODD * len(text)
        if encoding == WESTERN:
            confidence /= WESTERN_SHARE
        best = min(best, (odd, -confidence, encoding))
    return best[2]


def _with_euros(content: bytes) -> str:
    """Return Western text; it is ISO 8859-15 where it has its euros and nothing of Microsoft’s."""
    if b"\xa4" in content and not re.search(rb"[\x80-\x9f]", content):
        return content.decode("iso8859-15")
    return content.decode(WESTERN, errors="replace")
