"""Both sides of a comparison get evidence, and a side without any is named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from understanding import understood

from rag.answer.comparison import contrast
from rag.corpus.formats.text.lines import Line, joined
from rag.index.lexical import Analyzer, LexicalIndex
from rag.types import Answer, Article, Citation, Hit, Passage, Sentence, Statement, Unanswered

NILE, AMAZON = "The Nile is 6,650 km long.", "The Amazon carries more water."
QUESTION = "Which is longer, the Nile or the Amazon?"


@pytest.fixture
def words(tmp_path: Path) -> LexicalIndex:
    LexicalIndex.write(
        tmp_path, [("Rivers", f"{NILE} {AMAZON}"), ("Tea", "tea is made from leaves")], Analyzer("en")
    )
    return LexicalIndex.load(tmp_path, Analyzer("en"))


def answer(question: str, *texts: str) -> Answer:
    statements, hits = [], []
    for text in texts:
        article = Article(f"{text}.md", "Water", text)
        passage = Passage(article, 0, len(text), (Sentence(article, 0, len(text)),))
        statements.append(Statement(text, (Citation(passage, 0, len(text), text),), "exact"))
        hits.append(Hit(passage, 1.0, 0.5, 1.0, 1, 1))
    return Answer(question, tuple(statements), 0.9, tuple(hits))


def compared(
    known: Mapping[str, tuple[str, ...]],
    words: LexicalIndex,
    question: str = QUESTION,
    *,
    defined: dict[str, str] | None = None,
):
    """Compare by what is `known` to each question that is asked, and by how things are `defined`."""

    def ask(question: str) -> Answer | Unanswered:
        return answer(question, *known[question]) if known.get(question) else Unanswered(question, 0.1, ())

    def define(side: str) -> Answer | None:
        return answer(side, defined[side]) if defined and side in defined else None

    return contrast(understood(question, words), ask(question), ask, define, words, threshold=0.45)


def test_a_side_that_the_whole_question_does_not_reach_is_asked_for_alone(words: LexicalIndex) -> None:
    found = compared({QUESTION: (NILE,), "is longer the Amazon": (AMAZON,)}, words)
    assert isinstance(found, Answer)
    assert [(each.label, each.text) for each in found.statements] == [
        ("the Nile", NILE),
        ("the Amazon", AMAZON),
    ]
    assert found.uncovered_sides == ()
    assert {hit.passage.article.text for hit in found.closest} == {NILE, AMAZON}


def test_a_heading_that_names_a_side_says_what_its_sentences_speak_of(words: LexicalIndex) -> None:
    lines = [
        Line("The Nile", "heading", 2),
        Line("It is longer than the Amazon."),
        Line("Rivers", "heading", 2),
        Line("It is the Amazon that floods."),
    ]
    text, blocks = joined(lines)
    article = Article("rivers.md", "Water", text, blocks=blocks)
    passage = Passage(article, 0, len(text), ())
    said = tuple(
        Statement(
            text[each.start : each.end],
            (Citation(passage, each.start, each.end, text[each.start : each.end]),),
            "exact",
        )
        for each in blocks
        if each.kind == "paragraph"
    )
    whole = Answer(QUESTION, said, 0.9, ())
    found = contrast(
        understood(QUESTION, words), whole, lambda _: whole, lambda _: None, words, threshold=0.45
    )
    assert [each.label for each in found.statements] == ["the Nile", "the Amazon"]


def test_a_side_that_no_article_speaks_of_is_named(words: LexicalIndex) -> None:
    found = compared({QUESTION: (NILE,), "is longer the Amazon": ("Tea is made from leaves.",)}, words)
    assert isinstance(found, Answer)
    assert [each.text for each in found.statements] == [NILE]
    assert found.uncovered_sides == ("the Amazon",)
    assert found.likely


def test_a_sentence_about_both_covers_both(words: LexicalIndex) -> None:
    both = "The Nile is longer than the Amazon."
    found = compared({QUESTION: (both,)}, words)
    assert isinstance(found, Answer)
    assert [(each.label, each.text) for each in found.statements] == [("the Nile / the Amazon", both)]
    assert found.uncovered_sides == ()


def test_a_comparison_of_what_is_in_no_article_is_refused(words: LexicalIndex) -> None:
    assert compared({}, words) == Unanswered(QUESTION, 0.1, ())


DIFFERENCE = "What is the difference between the Nile and the Amazon?"


def test_of_each_thing_it_says_what_that_is_where_nothing_certain_is_compared(words: LexicalIndex) -> None:
    defined = {"the Nile": "The Nile is a river of Africa.", "the Amazon": "The Amazon is a river of Peru."}
    known = {DIFFERENCE: ("The Nile flooded.", "The Nile is wider than the Amazon.")}
    found = compared(known, words, DIFFERENCE, defined=defined)
    assert [(each.label, each.text) for each in found.statements] == [
        ("the Nile / the Amazon", "The Nile is wider than the Amazon."),
        ("the Nile", defined["the Nile"]),
        ("the Amazon", defined["the Amazon"]),
    ]
    assert not found.likely


def test_where_length_is_compared_nobody_is_told_what_a_river_is(words: LexicalIndex) -> None:
    known = {QUESTION: (NILE,), "is longer the Amazon": (AMAZON,)}
    found = compared(known, words, defined={"the Nile": "The Nile is a river of Africa."})
    assert [each.text for each in found.statements] == [NILE, AMAZON]


def test_two_statements_about_both_are_enough(words: LexicalIndex) -> None:
    both = ("The Nile is longer than the Amazon.", "The Nile is older than the Amazon.")
    found = compared({QUESTION: both, "is longer the Amazon": (AMAZON,)}, words)
    assert [each.text for each in found.statements] == [*both]
