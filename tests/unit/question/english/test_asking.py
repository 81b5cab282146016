"""Questions are worded about those that a text names, and only about names of two words or more."""

from __future__ import annotations

import pytest

from rag.question.english.asking import asks_what, questions_in

TEXT = (
    "The Suez Canal was blocked. The German chemist Ada Lane saw the Suez Canal, as did Bo Cy."
    " Bo Cy met Ada Lane at the Suez Canal, a waterway, with Peter."
)


def test_who_has_an_office_is_asked_for_and_of_the_others_the_most_named_first() -> None:
    assert list(questions_in(TEXT)) == [
        "Who is Ada Lane?",
        "What do the articles say about the Suez Canal?",
        "What do the articles say about Bo Cy?",
    ]


def test_a_text_that_names_nobody_gives_no_question() -> None:
    assert list(questions_in("It rained in May. Later Peter left.\n\nAda\nLane")) == []
    assert list(questions_in("")) == []


@pytest.mark.parametrize(
    ("title", "text", "question"),
    [
        ("Burin", "They say: “A burin is a steel tool.”", "What is a burin?"),
        ("Gout", "Gout is a disease. Many have gout.", "What is gout?"),
        ("COPD", "COPD is a disease.", "What is COPD?"),
        ("Burin", "The burin was lost.", None),
        ("Burin", "Nobody knows what a burin is a part of.", None),
        ("A (b", "A (b is a text.", "What is A (b?"),
    ],
)
def test_what_a_title_names_is_asked_for_where_the_text_says_it(title: str, text: str, question: str) -> None:
    assert asks_what(title, text) == question
