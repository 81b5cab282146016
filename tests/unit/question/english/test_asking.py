"""A sentence becomes a question that it answers, or none."""

from __future__ import annotations

import pytest

from rag.question.english.asking import LONGEST_SENTENCE, Names, questions
from rag.types import Article


def asked(sentence: str, *, title: str = "News", text: str = "") -> list[str]:
    return list(questions(sentence, Names(Article("a.md", title, f"{text} {sentence}"))))


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        # who
        ("The Eiffel Tower was designed by Gustave Eiffel.", "Who designed the Eiffel Tower?"),
        ("Angelo Moriondo of Turin patented a steam coffee machine in 1884.",
         "Who patented a steam coffee machine?"),
        ("John Healey, the UK defence secretary, said so on Wednesday.", "Who is John Healey?"),
        # when and where
        ("The Channel Tunnel was opened by the Queen in May 1994.", "When was the Channel Tunnel opened?"),
        ("The first server outside Europe, at Stanford, was launched in December 1991.",
         "When was the first server outside Europe launched?"),
        ("Amazon Books agreed to buy Whole Foods in 2017 for a large sum.",
         "When did Amazon Books agree to buy Whole Foods?"),
        ("The Titanic sank in 1912.", "When did the Titanic sink?"),
        ("Marie Curie was born in Warsaw.", "Where was Marie Curie born?"),
        # how
        ("The UK has already trained 51,000 Ukrainian soldiers on British soil.",
         "How many Ukrainian soldiers has the UK trained?"),
        ("Anna Masters was charged with fraud.", "What was Anna Masters charged with?"),
        ("Joe Biden vowed to cut taxes.", "What did Joe Biden vow to do?"),
        ("Joe Biden told CNN on Monday that European sanctions would bite.",
         "What did Joe Biden say about European sanctions?"),
    ],
)  # fmt: skip
def test_a_sentence_that_fits_becomes_a_question(sentence: str, question: str) -> None:
    assert question in asked(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was opened in 1994.",  # what was?
        "The bridge was opened in May 1994.",  # which bridge?
        "President Trump visited the island on 3 October 2017.",  # which island?
        "He said Joe Biden was ill.",
        "Scientists discovered water in 1990.",  # begins a sentence, and is no name
        "In 2006, Joe Biden became one of eight leaders vowing to act.",  # nothing is cut in the middle
        "Marie Curie won the 1985 U.S. Open.",
        "Anna Masters agreed to a contract.",
        "I’ve lost 82 pounds since March.",
        "She told the Lincoln Star that it was dangerous.",
        "New Zealand was the first country.",
        "Marie Curie proposed a variation of.",
    ],
)
def test_what_cannot_be_worded_soundly_is_left_alone(sentence: str) -> None:
    assert asked(sentence) == []


def test_a_word_that_only_begins_the_sentence_is_told_from_a_name_by_the_rest_of_the_article() -> None:
    sentence = "Coffee was invented in 1500."
    assert asked(sentence) == []
    assert asked(sentence, text="We like Coffee.") == ["When was Coffee invented?"]
    assert asked(sentence, text="We like coffee.") == []
    assert asked(sentence, title="Coffee: a history", text="We like coffee.") == ["When was coffee invented?"]
    assert asked(sentence, title="How coffee conquered the whole world", text="We like coffee.") == []


def test_a_question_does_not_name_a_thing_twice() -> None:
    assert asked("Foreign Minister Ann Lee of Peru said Peru was ready.") == []


def test_long_sentences_and_those_over_lines_are_left_alone() -> None:
    assert asked("The Titanic sank in 1912" + ", and more" * (LONGEST_SENTENCE // 10) + ".") == []
    assert asked("The Titanic sank in 1912.\nA caption.") == []
