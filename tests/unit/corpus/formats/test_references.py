"""What was cited stands below a heading of its own, and states nothing."""

from __future__ import annotations

import pytest

from rag.corpus.formats.text.lines import Line
from rag.corpus.formats.text.references import REFERENCES, marked


@pytest.mark.parametrize("heading", ["References", "7. References:", "Bibliography", "Works cited"])
def test_lines_below_such_a_heading_are_references_up_to_the_next_of_its_rank(heading: str) -> None:
    lines = [
        Line("Berg ran the mill."),
        Line(heading, "heading", 2),
        Line("Berg, A. Mills of Arn. Ostrel, 1920."),
        Line("Books", "heading", 3),
        Line("Brekk, J. Bread. 1931.", "item", 1),
        Line("year: 1931", "row"),
        Line("The author", "heading", 2),
        Line("Ada Lund bakes."),
    ]
    kinds = [line.kind for line in marked(lines)]
    assert kinds == [
        "paragraph", "heading", "reference", "heading", "reference", "row", "heading", "paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["References to the mill", "Reference", "Sources of the Arn", "Our references"]
)
def test_another_heading_is_none_of_them(heading: str) -> None:
    assert not REFERENCES.fullmatch(heading)
    assert [line.kind for line in marked([Line(heading, "heading", 2), Line("Text.")])][1] == "paragraph"
