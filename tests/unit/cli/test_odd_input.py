"""What nobody should type: each is answered, or costs one line that says what is wrong; never a traceback."""

from __future__ import annotations

import json

import pytest

from rag.errors import LONGEST, RagError

HALF = "\ud83d"
"""Of a surrogate pair."""
BAD = "\udcff"
"""What Python makes of a byte that is no text in UTF-8."""

QUESTIONS = (
    BAD,
    f"Is {BAD} tea oxidised?",
    HALF,
    "\0",
    "Is tea\0 oxidised?",
    "\x1b[2J\x07",
    "\u202e\u2066\ufeff",
    "\U0010ffff",
    "a\u0301" * 400,
    "x" * 10_000_000,
    "?" * 1000,
    '"' * 999,
    '"\0"',
    "(" * 1000,
    "What happened in the last 999999999999 days?",
    "What happened in the past 99999999999999999999999999999 years?",
    "What happened before the last 999999999 months?",
    "What happened since the last 4000000 weeks?",
    f"What happened in the last {'9' * 900} days?",
    "What happened in year 0?",
    "What happened between 0000 and 99999?",
    "What happened on 31 June 2026?",
    "What happened since 2099-99-99?",
    "What happened on February 0, 2026?",
    "Is 1e999999 more than -1e999999?",
    f"How many are {'9' * 900}?",
)

OPTIONS = (
    ("--since", "0000"),
    ("--since", "0001"),
    ("--since", "99999"),
    ("--since", "9999-12-31"),
    ("--since", "9" * 100_000),
    ("--since", "2026-13"),
    ("--since", "2026-00-00"),
    ("--since", "-1"),
    ("--since", "٢٠٢٤"),
    ("--until", "0001-01-01"),
    ("--until", "\0"),
    ("--until", BAD),
    ("--source", BAD),
    ("--source", "\0\n\x1b[2J"),
    ("--author", HALF),
    ("--article", "../../etc/passwd"),
    ("--article", "x" * 1_000_000),
    ("--collection", BAD),
    ("--collection", "/"),
    ("--corpus", "x" * 100_000),
    ("--index", "x" * 100_000),
    ("--index", "/dev/null"),
)


def is_one_line(text: str) -> bool:
    return text.endswith("\n") and text.count("\n") == 1 and all(each.isprintable() for each in text[:-1])


def test_a_question_is_answered_or_refused_in_one_line(rag) -> None:
    rag("build")
    for question in QUESTIONS:
        status, out, err = rag("ask", "--json", question)
        assert (status, out) == (1, "") if err else status == 0, ascii(question)
        assert is_one_line(err) if err else json.loads(out)["question"], ascii(question)


def test_an_option_is_heeded_or_refused_in_one_line(rag) -> None:
    rag("build")
    for name, value in OPTIONS:
        status, out, err = rag("ask", "--json", f"{name}={value}", "Is green tea oxidised?")
        assert (status, out) == (1, "") if err else status == 0, ascii(value)
        assert is_one_line(err) if err else json.loads(out)["question"], ascii(value)
        assert len(err) < LONGEST * 6


@pytest.mark.parametrize("port", ["99999", "-1", "9" * 30])
def test_a_port_that_is_none_is_named_with_the_bounds(rag, port: str) -> None:
    assert rag("serve", f"--port={port}") == (1, "", f"rag: RAG_PORT={port} is outside 0 to 65535\n")


@pytest.mark.parametrize("options", [("--json",), ()])
def test_a_line_of_bad_utf_8_costs_that_line_alone(rag, options: tuple[str, ...]) -> None:
    rag("build")
    lines = b"Is green tea oxidised?\nIs \xff\xfe tea?\n\xed\xa0\x80\nIs bread baked from flour?\n"
    status, out, err = rag("ask", "-", *options, lines=lines)
    assert (status, err) == (1, "")
    refused = "the question is not text in UTF-8; write it, or save its file, in that encoding"
    if not options:
        assert out.count(refused) == 2
        assert out.index("not oxidised") < out.index(refused) < out.index("Bread is baked from flour")
        return
    first, second, third, fourth = map(json.loads, out.splitlines())
    assert first["statements"][0]["text"] == "Green tea is not oxidised."
    assert second == {"question": "Is \ufffd\ufffd tea?", "error": refused}
    assert third == {"question": "\ufffd\ufffd\ufffd", "error": refused}
    assert fourth["statements"][0]["text"] == "Bread is baked from flour and water."


def test_an_error_is_one_line_that_can_be_shown_and_is_not_too_long() -> None:
    assert str(RagError("no\x1b[2J\nsuch \ud800\0")) == r"no\x1b[2J\nsuch \ud800\x00"
    long = str(RagError(f"{'x' * 10_000} is no day; write 2026"))
    assert LONGEST <= len(long) <= LONGEST + 5
    assert long.endswith("is no day; write 2026")
