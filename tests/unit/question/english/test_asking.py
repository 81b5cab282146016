"""Questions are worded about those that a text names, and only about names of two words or more."""

from __future__ import annotations

from rag.question.english.asking import questions_in

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
