"""A question of two is answered part by part, each labelled; the second follows the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from understanding import understood

from rag.answer.parts import both
from rag.index.lexical import Analyzer, LexicalIndex
from rag.question.understood import Understood
from rag.types import Answer, Article, Citation, Outcome, Passage, Sentence, Statement, Turn, Unanswered

BUILT, OWNED = "Ada Lund built the pier.", "The town owns it."
ARTICLE = Article("pier.md", "Pier", f"{BUILT} {OWNED}")
ONE, OTHER = "Who built the pier?", "who owns it?"


@pytest.fixture
def question(tmp_path: Path) -> Understood:
    LexicalIndex.write(tmp_path, [("Pier", ARTICLE.text)], Analyzer("en"))
    return understood("Who built the pier and who owns it?", LexicalIndex.load(tmp_path, Analyzer("en")))


def answer(*quotes: str, likely: bool = False) -> Answer:
    statements = []
    for quote in quotes:
        start = ARTICLE.text.index(quote)
        sentence = Sentence(ARTICLE, start, start + len(quote))
        citation = Citation(Passage(ARTICLE, 0, len(ARTICLE.text), (sentence,)), start, sentence.end, quote)
        statements.append(Statement(quote, (citation,), "exact"))
    return Answer(
        "", tuple(statements), 0.4 if likely else 0.9, (), likely=likely, missing=("town",) * likely
    )


NONE = Unanswered("", 0.1, ())


def asked(question: Understood, whole: Outcome, told: Mapping[str, Outcome]) -> Outcome:
    followed: list[int] = []

    def ask(text: str, turns: Sequence[Turn]) -> Outcome:
        followed.append(len(turns))
        return told[text]

    found = both(question, whole, ask)
    assert followed == [0, 1]
    return found


def test_each_part_is_answered_under_its_own_question(question: Understood) -> None:
    found = asked(question, answer(BUILT), {ONE: answer(BUILT), OTHER: answer(OWNED)})
    assert isinstance(found, Answer)
    assert [(each.label, each.text) for each in found.statements] == [(ONE, BUILT), (OTHER, OWNED)]
    assert (found.likely, found.uncovered_sides, found.confidence) == (False, (), 0.9)


def test_a_part_that_nothing_answers_is_told(question: Understood) -> None:
    found = asked(question, NONE, {ONE: answer(BUILT), OTHER: NONE})
    assert isinstance(found, Answer)
    assert (found.likely, found.uncovered_sides) == (True, (f"“{OTHER}”",))


def test_what_a_likely_part_lacks_is_told(question: Understood) -> None:
    found = asked(question, NONE, {ONE: answer(BUILT), OTHER: answer(OWNED, likely=True)})
    assert isinstance(found, Answer)
    assert (found.likely, found.missing, found.confidence) == (True, ("town",), 0.4)


def test_nothing_more_is_shown_for_a_part_that_the_same_sentence_answers(question: Understood) -> None:
    found = asked(question, NONE, {ONE: answer(BUILT), OTHER: answer(BUILT, OWNED)})
    assert isinstance(found, Answer)
    assert [each.text for each in found.statements] == [BUILT]


def test_one_sentence_may_answer_both(question: Understood) -> None:
    found = asked(question, answer(BUILT), {ONE: answer(BUILT), OTHER: answer(BUILT)})
    assert isinstance(found, Answer)
    assert [each.label for each in found.statements] == [ONE]


@pytest.mark.parametrize("other", [NONE, answer(OWNED, likely=True)], ids=["none", "likely"])
def test_a_sure_answer_to_the_whole_goes_before_an_unsure_part(question: Understood, other: Outcome) -> None:
    whole = answer(BUILT, OWNED)
    assert asked(question, whole, {ONE: answer(BUILT), OTHER: other}) is whole


def test_it_does_not_where_it_leaves_out_what_answers_a_part(question: Understood) -> None:
    found = asked(question, answer(BUILT), {ONE: answer(BUILT), OTHER: answer(OWNED, likely=True)})
    assert isinstance(found, Answer)
    assert [(each.label, each.text) for each in found.statements] == [(ONE, BUILT), (OTHER, OWNED)]
    assert found.likely


def test_a_likely_answer_to_the_whole_goes_before_two_likely_parts(question: Understood) -> None:
    whole = answer(BUILT, OWNED, likely=True)
    parts = {ONE: answer(BUILT, likely=True), OTHER: answer(OWNED, likely=True)}
    assert asked(question, whole, parts) is whole


def test_parts_from_two_articles_are_not_shown(question: Understood) -> None:
    said = answer(OWNED)
    [statement] = said.statements
    citation = statement.citations[0]
    passage = replace(citation.passage, article=replace(ARTICLE, id="town.md"))
    elsewhere = replace(statement, citations=(replace(citation, passage=passage),))
    whole = answer(BUILT)
    parts = {ONE: answer(BUILT), OTHER: replace(said, statements=(elsewhere,))}
    assert asked(question, whole, parts) is whole


def test_without_any_part_it_is_what_answers_the_whole(question: Understood) -> None:
    assert asked(question, NONE, {ONE: NONE, OTHER: NONE}) is NONE


def test_one_question_has_no_parts(question: Understood, tmp_path: Path) -> None:
    one = understood(ONE, LexicalIndex.load(tmp_path, Analyzer("en")))
    with pytest.raises(ValueError, match="is one question"):
        both(one, NONE, lambda *_: NONE)
