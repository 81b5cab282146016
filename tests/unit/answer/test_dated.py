"""What a quote says that only the day of its article places."""

from __future__ import annotations

from datetime import date

from rag.answer.dated import with_relative_words
from rag.question import english, plain
from rag.types import Answer, Article, Citation, Passage, Sentence, Side, Statement, Unanswered


def statement(text: str) -> Statement:
    article = Article(f"{text}.md", "News", text, published=date(2024, 2, 29))
    passage = Passage(article, 0, len(text), (Sentence(article, 0, len(text)),))
    return Statement(text, (Citation(passage, 0, len(text), text),), "exact", highlights=((0, 3),))


ONE, OTHER = statement("Ten came on Wednesday."), statement("Twelve came in May 2021.")
ANSWER = Answer("How many?", (ONE, OTHER), 0.9, (), sides=(Side("Ten", ONE), Side("Twelve", OTHER)))


def test_each_quote_of_an_answer_and_of_its_sides_is_read() -> None:
    found = with_relative_words(ANSWER, english)
    assert isinstance(found, Answer)
    assert [each.citations[0].relative for each in found.statements] == [("Wednesday",), ()]
    assert tuple(side.statement for side in found.sides) == found.statements
    assert [side.value for side in found.sides] == ["Ten", "Twelve"]
    assert found.statements[0].highlights == ((0, 3),)


def test_another_language_reads_nothing_and_what_does_not_quote_stays() -> None:
    assert with_relative_words(ANSWER, plain) == ANSWER
    refused = Unanswered("How many?", 0.1, ())
    assert with_relative_words(refused, english) is refused
