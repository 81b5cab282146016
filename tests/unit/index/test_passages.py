"""Passages: whole sentences with exact offsets."""

from __future__ import annotations

from datetime import date

import pytest

from rag.corpus.formats.text.lines import Line, joined
from rag.index.passages import context, longest_context, model_input, split_passages
from rag.index.sentences import split_sentences
from rag.types import Article


def count_words(texts):
    return [len(text.split()) for text in texts]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. J. K. Rowling met U.S. President Joe Biden at 3.30 p.m. on Jan. 5.",
        "Mr. Smith of Acme Inc. paid $2.5 million, i.e. 3.5 percent more, to Gen. Mark Milley.",
        "Against Russia... re-launching their aggression, he said.",
        "“Is it true?” she asked.",
        "“We will look wherever we can. They are the ones fighting.”",
        "The vote of Rep. Elise Stefanik, R-N.Y., counted.",
        "It is approx. 5 km from No. 10 Downing St. to the river.",
        "“The truth is... he won’t,” said the minister.",
        "The U.K. and the U.S. agreed with the U.N. Security Council.",
    ],
)
def test_a_sentence_of_news_prose_stays_whole(text: str) -> None:
    assert sentences(text) == [text]


def test_sentences_end_where_a_reader_would_end_them() -> None:
    assert sentences(
        "It fell 3.5 percent. Mr. Smith left.  “Why?” she asked. He paid.\n\nA caption\nEnd."
    ) == [
        "It fell 3.5 percent.",
        "Mr. Smith left.",
        "“Why?” she asked.",
        "He paid.",
        "A caption",
        "End.",
    ]


def test_a_lone_mark_is_no_sentence() -> None:
    assert sentences("One two. ... Three.") == ["One two. ...", "Three."]


def test_passages_hold_whole_sentences_up_to_the_limit() -> None:
    article = Article("a", "Title", "One two three. Four five. Six seven eight nine. Ten.")
    found = list(split_passages(article, count_words, limit=6))
    assert [passage.text for passage in found] == ["One two three. Four five.", "Six seven eight nine. Ten."]
    assert [[sentence.text for sentence in passage.sentences] for passage in found] == [
        ["One two three.", "Four five."],
        ["Six seven eight nine.", "Ten."],
    ]


def test_passages_of_an_article_are_about_equally_long() -> None:
    article = Article("a", "Title", " ".join(["One two three."] * 11))
    lengths = [len(passage.sentences) for passage in split_passages(article, count_words, limit=30)]
    assert lengths == [6, 5]


def test_a_sentence_beyond_the_limit_is_cut_at_a_clause() -> None:
    article = Article("a", "Title", "one two three four, five six seven eight")
    assert [passage.text for passage in split_passages(article, count_words, limit=5)] == [
        "one two three four,",
        "five six seven eight",
    ]


def test_a_word_beyond_the_limit_is_cut_too() -> None:
    article = Article("a", "Title", "x" * 100)
    found = list(split_passages(article, lambda texts: [len(text) for text in texts], limit=30))
    assert all(len(passage.text) <= 30 for passage in found)
    assert "".join(passage.text for passage in found) == article.text


def test_an_article_without_text_has_no_passages() -> None:
    assert list(split_passages(Article("a", "Title", " \n "), count_words, limit=5)) == []


def test_the_model_is_told_title_and_date_in_front_of_the_passage() -> None:
    article = Article("a", "A title", "Text.", published=date(2025, 8, 15))
    [passage] = split_passages(article, count_words, limit=5)
    assert model_input(passage) == "A title (15 August 2025)\nText."
    assert article.text[passage.start : passage.end] == passage.text == "Text."


def test_a_runaway_title_is_cut_in_the_context() -> None:
    assert len(context(Article("a", "word " * 500, "Text."))) == 160


def structured(*lines: Line) -> Article:
    text, blocks = joined(lines)
    return Article("a.md", "Title", text, blocks=blocks)


HANDBOOK = structured(
    Line("One two three."),
    Line("Part", "heading", level=1),
    Line("Wages", "heading", level=2),
    Line("Four five. Six seven."),
    Line("Hours", "heading", level=2),
    Line("Day: Monday. Open: 9.30 a.m. to 5 p.m.", "row"),
    Line("Jane Doe (1999). A book.", "reference"),
)


def test_a_passage_does_not_run_across_the_end_of_a_section() -> None:
    found = list(split_passages(HANDBOOK, count_words, limit=100))
    assert [passage.text for passage in found] == [
        "One two three.",
        "Part\n\nWages\n\nFour five. Six seven.",
        "Hours\n\nDay: Monday. Open: 9.30 a.m. to 5 p.m.",
        "Jane Doe (1999). A book.",
    ]


def test_a_row_is_one_sentence() -> None:
    rows = list(split_passages(HANDBOOK, count_words, limit=100))[2]
    assert [each.text for each in rows.sentences] == ["Hours", "Day: Monday. Open: 9.30 a.m. to 5 p.m."]


def test_the_model_is_told_the_section_that_a_passage_does_not_show_itself() -> None:
    found = list(split_passages(HANDBOOK, count_words, limit=4))
    inputs = {model_input(passage) for passage in found}
    assert "Title\nOne two three." in inputs
    assert "Title\nPart / Wages\nSix seven." in inputs
    assert any(each.startswith("Title\nPart\nHours") for each in inputs)
    assert longest_context(HANDBOOK) == "Title\nPart / Hours"
