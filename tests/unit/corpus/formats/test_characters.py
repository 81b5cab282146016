"""Bytes to clean characters."""

import pytest

from rag.corpus.formats.text.characters import clean, decode, one_line
from rag.errors import ReadingError

CURLY = "“Hello,” she said – it’s fine."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_comes_out_alike_from_every_usual_encoding(encoding):
    assert decode(CURLY.encode(encoding)) == CURLY


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("latin-1", "Die Bundesrepublik hat fünf Männer für die Prüfung gewählt."),
        ("cp1252", "L’été dernier, à Genève, le président a dit que « tout va bien »."),
        (
            "cp1250",
            "Prezydent powiedział, że Święto Niepodległości jest ważne dla wszystkich Polaków, którzy żyją.",
        ),
        ("cp1251", "Президент заявил, что новые переговоры начнутся на следующей неделе в Москве."),
        ("shift_jis", "大統領は来週東京で新たな協議が始まると述べた。各国の代表が出席する予定だ。"),
    ],
)
def test_old_encodings_are_recognised(encoding, text):
    assert decode(text.encode(encoding)) == text


def test_one_broken_byte_does_not_spoil_a_utf8_file():
    assert decode("Été à Genève: œuvre".encode() + b"\xff.") == "Été à Genève: œuvre\ufffd."


def test_a_declared_encoding_is_believed_before_a_guess():
    assert decode("čas".encode("iso-8859-2"), declared="iso-8859-2") == "čas"
    assert decode(CURLY.encode("cp1252"), declared="ISO-8859-1") == CURLY
    assert decode(CURLY.encode("cp1252"), declared="no-such-encoding") == CURLY


def test_binary_content_is_refused():
    with pytest.raises(ReadingError, match="holds binary data, not text"):
        decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0")


def test_a_stray_nul_is_dropped():
    assert decode(b"A text of some length that holds one stray NUL" * 5 + b"\0.") == (
        "A text of some length that holds one stray NUL" * 5 + "."
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("zero\u200bwidth so\u00adft \ufeffmark \u202eturned", "zerowidth soft mark turned"),
        ("bell\x07 and \x1b escape \ud800", "bell and  escape"),
        ("cafe\u0301", "café"),
        ("\n\n first  \n\n\n\n\nsecond \n\n", " first\n\nsecond"),
        ("page one\fpage two", "page one\n\npage two"),
        ("👨\u200d👩\u200d👧 می\u200cخواهم", "👨\u200d👩\u200d👧 می\u200cخواهم"),
    ],
    ids=["line ends", "spaces", "unseen", "control", "NFC", "blank lines", "page break", "joiners stay"],
)
def test_clean_text_has_plain_line_ends_spaces_and_letters(raw, expected):
    assert clean(raw) == expected
    assert clean(expected) == expected


def test_one_line_has_single_spaces():
    assert one_line(" A title\n over  two\tlines ") == "A title over two lines"
