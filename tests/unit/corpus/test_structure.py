"""Where a place of an article's text stands: block, section, page, lead-in."""

from __future__ import annotations

from rag.corpus.formats.text.lines import Line, joined
from rag.corpus.structure import (
    below_heading,
    block_at,
    lead_of,
    page_at,
    read,
    section_at,
    sections,
    written,
)
from rag.types import Article, Block

LINES = [
    Line("Foreword.", page=1),
    Line("Keys", "heading", level=1, page=1),
    Line("General", "heading", level=2, page=2),
    Line("You need two:", page=2),
    Line("1. a red one", "item", gap=False, page=2),
    Line("a. of brass", "item", level=1, gap=False, page=2),
    Line("2. a green one", "item", gap=False, page=3),
    Line("Locks", "heading", level=2, page=3),
    Line("There are none.", page=3),
]
TEXT, BLOCKS = joined(LINES)
ARTICLE = Article("a.md", "A", TEXT, blocks=BLOCKS)


def at(words: str) -> int:
    return TEXT.index(words)


def lead(words: str) -> str | None:
    block = lead_of(ARTICLE, at(words))
    return TEXT[block.start : block.end] if block else None


def test_a_place_is_in_its_block() -> None:
    assert block_at(ARTICLE, at("red")) == BLOCKS[4]
    assert block_at(ARTICLE, at("You need") - 1) is None
    assert block_at(Article("b.txt", "B", "Text."), 0) is None


def test_a_section_is_the_headings_above() -> None:
    assert section_at(ARTICLE, at("Foreword")) == ()
    assert section_at(ARTICLE, at("red")) == ("Keys", "General")
    assert section_at(ARTICLE, at("There")) == ("Keys", "Locks")


def test_a_heading_is_in_the_section_of_those_above_it() -> None:
    assert section_at(ARTICLE, at("Keys")) == ()
    assert section_at(ARTICLE, at("Locks")) == ("Keys",)


def test_a_text_that_begins_with_its_heading_is_in_its_section() -> None:
    below = below_heading(ARTICLE, at("Keys"), at("a green"))
    assert (below, section_at(ARTICLE, below)) == (at("You need"), ("Keys", "General"))
    assert below_heading(ARTICLE, at("red"), at("brass")) == at("red")
    assert below_heading(ARTICLE, at("Locks"), at("Locks") + 5) == at("Locks")
    assert below_heading(Article("b.txt", "B", "Text."), 0, 5) == 0


def test_a_page_is_the_one_that_its_block_begins_on() -> None:
    assert (page_at(ARTICLE, at("red")), page_at(ARTICLE, at("green")), page_at(ARTICLE, 0)) == (2, 3, 1)
    assert page_at(Article("b.txt", "B", "Text."), 0) is None


def test_what_leads_to_an_item_is_before_its_list_or_the_item_it_belongs_to() -> None:
    assert lead("red") == "You need two:"
    assert lead("green") == "You need two:"
    assert lead("brass") == "1. a red one"
    assert lead("There") is None


def test_the_sections_of_all_blocks_are_those_of_each() -> None:
    levels = [2, 0, 1, 0, 3, 3, 0, 2, 0, 0, 1, 2]
    text, blocks = joined(
        [Line(f"x{at}", "heading" if level else "item", level) for at, level in enumerate(levels)]
    )
    article = Article("a.md", "A", text, blocks=blocks)
    assert list(sections(article)) == [section_at(article, block.start) for block in blocks]
    assert list(sections(article))[6] == ("x2", "x5")


def test_blocks_are_written_and_read_back() -> None:
    assert read(written(BLOCKS)) == BLOCKS
    assert (written(()), read("")) == ("", ())


def test_a_question_leads_to_the_paragraph_behind_it_and_to_no_other() -> None:
    interview = [
        Line("An interview", "heading", level=1),
        Line("What was the hardest part?"),
        Line("The foundations. The ground is wet."),
        Line("We had to drain it first."),
        Line("“And the cheapest?”"),
        Line("The roof."),
        Line("Is it safe?", "heading", level=2),
        Line("It is."),
        Line("Which are the ways in?"),
        Line("- the gate", "item"),
    ]
    text, blocks = joined(interview)
    article = Article("i.md", "I", text, blocks=blocks)

    def leading(words: str) -> str | None:
        block = lead_of(article, text.index(words))
        return text[block.start : block.end] if block else None

    assert leading("The foundations") == "What was the hardest part?"
    assert leading("The ground") is None
    assert leading("We had") is None
    assert leading("The roof") == "“And the cheapest?”"
    assert leading("It is.") == "Is it safe?"
    assert leading("What was") is None
    assert leading("- the gate") == "Which are the ways in?"


def test_a_question_leads_to_a_reply_where_no_structure_is_known() -> None:
    article = Article("p.txt", "P", "Is it safe?\n\nIt is.\nIs it cheap? No.")
    assert lead_of(article, article.text.index("It is")) == Block(0, 11, "paragraph")
    assert lead_of(article, article.text.index("Is it cheap")) is None
    assert lead_of(article, article.text.index("No.")) is None
    assert lead_of(article, 0) is None


def test_who_is_said_to_say_it_leads_to_a_quotation() -> None:
    said = [
        Line("Ann Lee, the director, said:"),
        Line("We are glad.", "quotation"),
        Line("And proud.", "quotation", gap=False),
        Line("Nobody else spoke."),
        Line("It was late.", "quotation"),
        Line("Said:", "heading"),
        Line("Never.", "quotation"),
    ]
    text, blocks = joined(said)
    article = Article("s.md", "S", text, blocks=blocks)
    assert lead_of(article, text.index("We")) == lead_of(article, text.index("And")) == blocks[0]
    assert lead_of(article, text.index("It")) is None
    assert lead_of(article, text.index("Never")) is None
