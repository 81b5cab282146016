"""Lines become one text, and the blocks over it are exact."""

from __future__ import annotations

from rag.corpus.formats.text.lines import Line, cleaned, joined, lines_of
from rag.types import Block


def test_lines_of_a_text_keep_its_blank_lines() -> None:
    assert lines_of("One.\nTwo.\n\n\nThree. ") == [Line("One."), Line("Two.", gap=False), Line("Three.")]


def test_a_line_that_is_furniture_goes_and_leaves_its_gap() -> None:
    lines = [Line("The first."), Line("Advertisement"), Line("An advertisement ran.", gap=False), Line(" \n")]
    assert cleaned(lines) == [Line("The first."), Line("An advertisement ran.")]


def test_every_block_is_exactly_its_line() -> None:
    lines = [
        Line("Keys", "heading", level=2, page=3),
        Line("You need:"),
        Line("1. a key", "item", gap=False),
        Line("def f():\n    pass", "code"),
    ]
    text, blocks = joined(lines)
    assert text == "Keys\n\nYou need:\n1. a key\n\ndef f():\n    pass"
    assert blocks[0] == Block(0, 4, "heading", 2, 3)
    assert [text[block.start : block.end] for block in blocks] == [line.text for line in lines]


def test_a_text_without_structure_has_no_blocks() -> None:
    assert joined([Line("One."), Line("Two.")]) == ("One.\n\nTwo.", ())
