"""Example questions come from the articles and are kept only when they are answered from them."""

from __future__ import annotations

from rag.suggest import examples
from rag.types import Answer, Article, Citation, Passage, Sentence, Statement, Unanswered

TUNNEL = Article("tunnel.md", "The Channel Tunnel", "The Channel Tunnel was opened in May 1994. It is long.")
HEADLINE = Article(
    "news.md",
    "Minister goes to Kyiv and comes back again late",
    "Then Rustem Umerov spoke. So Rustem Umerov left.",
)


def answered_from(article: Article):
    passage = Passage(article, 0, len(article.text), (Sentence(article, 0, len(article.text)),))
    citation = Citation(passage, 0, len(article.text), article.text)
    return lambda question: Answer(question, (Statement(article.text, (citation,), "exact"),), 1.0, ())


def test_an_event_becomes_a_question_for_its_date() -> None:
    assert examples([TUNNEL], answered_from(TUNNEL), count=3) == ("When was the Channel Tunnel opened?",)


def test_a_headline_is_asked_about_by_the_names_in_its_text() -> None:
    assert examples([HEADLINE], answered_from(HEADLINE), count=1) == (
        "What do the articles say about Rustem Umerov?",
    )


def test_a_question_that_is_not_answered_from_its_article_is_not_offered() -> None:
    assert examples([TUNNEL], lambda question: Unanswered(question, 0.0, ()), count=3) == ()
    assert examples([TUNNEL], answered_from(HEADLINE), count=3) == ()


def test_no_more_questions_than_asked_for() -> None:
    assert len(examples([TUNNEL, TUNNEL], answered_from(TUNNEL), count=1)) == 1
