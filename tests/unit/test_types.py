"""Values that refuse to be wrong."""

from __future__ import annotations

import pytest

from rag.types import Answer, Article, Citation, Passage, Sentence, Side, Statement

ARTICLE = Article("a.txt", "Title", "It rained. It snowed.")
PASSAGE = Passage(ARTICLE, 0, 21, (Sentence(ARTICLE, 0, 10), Sentence(ARTICLE, 11, 21)))
CITATION = Citation(PASSAGE, 11, 21, "It snowed.")


def test_a_passage_and_its_sentences_quote_their_article() -> None:
    assert PASSAGE.text == ARTICLE.text
    assert [sentence.text for sentence in PASSAGE.sentences] == ["It rained.", "It snowed."]


@pytest.mark.parametrize(
    ("start", "end", "quote"), [(10, 20, "It snowed."), (0, 10, "It snowed."), (3, 3, "")]
)
def test_a_citation_whose_quote_stands_elsewhere_cannot_be_made(start: int, end: int, quote: str) -> None:
    with pytest.raises(ValueError, match=r"a\.txt"):
        Citation(PASSAGE, start, end, quote)


def test_a_statement_needs_a_citation_and_says_what_it_quotes() -> None:
    assert Statement("It snowed.", (CITATION,), "exact").citations[0].article is ARTICLE
    with pytest.raises(ValueError, match="no citation"):
        Statement("It snowed.", (), "exact")
    with pytest.raises(ValueError, match="is not the quote"):
        Statement("It hailed.", (CITATION,), "exact")


@pytest.mark.parametrize(
    "highlights", [((3, 11),), ((5, 5),), ((3, 7), (7, 9)), ((3, 9), (0, 2)), ((-1, 2),)]
)
def test_bold_words_are_stretches_of_their_statement_in_order_and_apart(highlights) -> None:
    said = Statement("It snowed.", (CITATION,), "exact", highlights=((0, 2), (3, 10)))
    assert [said.text[start:end] for start, end in said.highlights] == ["It", "snowed."]
    with pytest.raises(ValueError, match="in order and apart"):
        Statement("It snowed.", (CITATION,), "exact", highlights=highlights)


def test_an_answer_says_something() -> None:
    with pytest.raises(ValueError, match="at least one statement"):
        Answer("What?", (), 1.0, ())


def test_a_side_is_not_alone_and_its_value_stands_in_what_the_answer_quotes() -> None:
    rained = Statement("It rained.", (Citation(PASSAGE, 0, 10, "It rained."),), "exact")
    snowed = Statement("It snowed.", (CITATION,), "exact")
    sides = (Side("rained", rained), Side("snowed", snowed))
    assert Answer("What?", (rained, snowed), 1.0, (), sides=sides).sides == sides
    with pytest.raises(ValueError, match="'hailed' is not in"):
        Side("hailed", rained)
    with pytest.raises(ValueError, match="two or more"):
        Answer("What?", (rained,), 1.0, (), sides=sides[:1])
    with pytest.raises(ValueError, match="those of the answer"):
        Answer("What?", (snowed, rained), 1.0, (), sides=sides)
