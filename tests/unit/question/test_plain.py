"""What is told of a question in a language without rules: nothing, so that nothing is vetoed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from conftest import ToyEmbedder

from rag.question import plain
from rag.types import Article, Citation, Passage, Sentence, Turn

DAYS = (date(2020, 1, 1), date(2026, 1, 1))


def test_a_question_is_read_as_it_stands() -> None:
    question = "Please list articles on the US that were never written since 2024, how fast?"
    assert plain.without_courtesy(question) == question
    assert plain.kind(question) is None
    assert plain.kind(question, is_limited=True) is None
    assert plain.named(question) == ()
    assert plain.units(question) == ()
    assert plain.is_for_yes_or_no("Is it?") is False
    assert plain.denies(question) is False
    assert plain.stretches(question, DAYS, today=DAYS[1]) == ()
    assert plain.words_of_time(question, DAYS, today=DAYS[1]) == ()
    assert plain.standalone("And when?", [Turn(question, "")], ToyEmbedder()) == ("And when?",)
    assert frozenset() == plain.QUESTION_WORDS
    assert list(plain.questions_in("Doktor Anna Holm ging.")) == []


def test_a_sentence_is_taken_as_it_stands() -> None:
    sentence = Sentence(Article("a.txt", "Title", "Er kam. Sie ging."), 8, 17)
    assert plain.widened(sentence) == plain.widened(sentence, after=3) == (8, 17)
    assert plain.stands_alone("He said so.") is True
    assert plain.author_speaks("Healey said so.") == 0
    assert plain.missing_names(["France"], "Spain") == ()
    dated = replace(sentence.article, text="Er kam last week.", published=DAYS[0])
    passage = Passage(dated, 0, 17, (Sentence(dated, 0, 17),))
    assert plain.relative_words(Citation(passage, 0, 17, dated.text)) == ()
