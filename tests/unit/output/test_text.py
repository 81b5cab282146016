"""Text for a terminal: what is bold, and only where it is shown."""

from __future__ import annotations

from rag.output.text import as_text
from rag.types import Answer, Article, Block, Citation, Passage, Statement

QUOTE = "The canal was opened in May 1874."
ARTICLE = Article("canal.md", "The canal", QUOTE)


def answer(*highlights: tuple[int, int]) -> Answer:
    citation = Citation(Passage(ARTICLE, 0, len(QUOTE), ()), 0, len(QUOTE), QUOTE)
    said = Statement(QUOTE, (citation,), "exact", highlights=highlights)
    return Answer("When was the canal opened?", (said,), 0.9, (), short_answer="May 1874")


def test_the_words_that_answer_are_bold_for_a_terminal_that_shows_it() -> None:
    shown = as_text(answer((24, 32)), bold=True)
    assert shown.startswith(
        "\033[1mMay 1874\033[22m\n\nThe canal was opened in \033[1mMay 1874\033[22m. [1]\n"
    )


def test_elsewhere_no_sign_of_it_is_written() -> None:
    assert as_text(answer((24, 32))) == as_text(answer())
    assert as_text(answer((24, 32))).startswith("May 1874\n\nThe canal was opened in May 1874. [1]\n")


def test_a_source_names_the_page_and_section_of_its_quote_and_not_of_its_passage() -> None:
    text = f"Foreword\n\nIt is long.\n\nThe opening\n\n{QUOTE}"
    start = text.index(QUOTE)
    blocks = (
        Block(0, 8, "heading", 1, 1),
        Block(10, 21, page=1),
        Block(23, start - 2, "heading", 1, 2),
        Block(start, len(text), page=2),
    )
    article = Article("canal.pdf", "The canal", text, blocks=blocks)
    citation = Citation(Passage(article, 0, len(text), ()), start, len(text), QUOTE)
    shown = as_text(Answer("When?", (Statement(QUOTE, (citation,), "exact"),), 0.9, ()))
    assert shown.rstrip().endswith(f"canal.pdf:0-{len(text)}, p. 2, The opening")
