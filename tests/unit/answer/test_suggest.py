"""Questions to start and to go on with come from the articles and are kept only when these answer them."""

from __future__ import annotations

from rag.answer.suggest import TRIED, examples, following
from rag.types import Answer, Article, Citation, Hit, Passage, Sentence, Statement, Unanswered

TUNNEL = Article(
    "tunnel.md",
    "The Channel Tunnel",
    "The Channel Tunnel was opened in May 1994. It is long. Ada Lane designed the Channel Tunnel."
    " Ada Lane said that the Channel Tunnel would carry cars.",
)
HEADLINE = Article(
    "news.md",
    "Minister goes to Kyiv and comes back again late",
    "Then Rustem Umerov spoke. So Rustem Umerov left.",
)
WHEN = "When was the Channel Tunnel opened?"
WHO = "Who designed the Channel Tunnel?"
SAID = "What did Ada Lane say about the Channel Tunnel?"
SENTENCES = {
    WHEN: "The Channel Tunnel was opened in May 1994.",
    WHO: "Ada Lane designed the Channel Tunnel.",
    SAID: "Ada Lane said that the Channel Tunnel would carry cars.",
}


def passage_of(article: Article) -> Passage:
    sentences = tuple(
        Sentence(article, article.text.index(text), article.text.index(text) + len(text))
        for text in SENTENCES.values()
        if text in article.text
    ) or (Sentence(article, 0, len(article.text)),)
    return Passage(article, 0, len(article.text), sentences)


def saying(article: Article, text: str, question: str = "?") -> Answer:
    start = article.text.index(text)
    citation = Citation(passage_of(article), start, start + len(text), text)
    hit = Hit(passage_of(article), 1.0, 0.8, 1.0, 1, 1)
    return Answer(question, (Statement(text, (citation,), "exact"),), 1.0, (hit,))


def answered_from(article: Article):
    return lambda question: saying(article, article.text)


def answered_well(question: str) -> Answer:
    return saying(TUNNEL, SENTENCES[question], question)


def refused(question: str) -> Unanswered:
    return Unanswered(question, 0.0, ())


def test_a_sentence_becomes_an_example() -> None:
    assert examples([TUNNEL], answered_from(TUNNEL), count=3) == (WHEN,)


def test_a_headline_is_asked_about_by_the_names_in_its_text() -> None:
    about = "What do the articles say about Rustem Umerov?"
    assert examples([HEADLINE], answered_from(HEADLINE), count=1) == (about,)


def test_articles_with_a_sentence_that_is_turned_come_first() -> None:
    both = {**SENTENCES, "What do the articles say about Rustem Umerov?": HEADLINE.text}

    def ask(question: str) -> Answer:
        return saying(TUNNEL if question in SENTENCES else HEADLINE, both[question])

    assert examples([HEADLINE, TUNNEL], ask, count=1) == (WHEN,)
    assert len(examples([HEADLINE, TUNNEL], ask, count=2)) == 2


def test_a_question_that_is_not_answered_from_its_article_is_no_example() -> None:
    assert examples([TUNNEL], refused, count=3) == ()
    assert examples([TUNNEL], answered_from(HEADLINE), count=3) == ()


def test_no_more_examples_than_asked_for() -> None:
    assert len(examples([TUNNEL, TUNNEL], answered_from(TUNNEL), count=1)) == 1


def test_after_an_answer_come_questions_that_their_very_sentences_answer() -> None:
    answer = saying(TUNNEL, SENTENCES[WHEN], WHEN)
    assert following(answer, answered_well, past=[], count=3, tries=TRIED) == (WHO, SAID)
    assert following(answer, refused, past=[], count=3, tries=TRIED) == ()
    beside = saying(TUNNEL, "It is long.")
    assert following(answer, lambda _: beside, past=[], count=3, tries=TRIED) == ()
    leading = saying(TUNNEL, TUNNEL.text)
    assert following(answer, lambda _: leading, past=[], count=3, tries=TRIED) == (SAID,)


def test_what_was_asked_and_what_is_quoted_is_not_suggested() -> None:
    answer = saying(TUNNEL, SENTENCES[WHEN], "When did it open?")
    past = ["who designed the channel tunnel"]
    assert following(answer, answered_well, past=past, count=3, tries=TRIED) == (SAID,)
    assert following(saying(TUNNEL, TUNNEL.text), answered_well, past=[], count=3, tries=TRIED) == ()


def test_no_more_are_suggested_than_asked_for_and_no_more_are_tried() -> None:
    tried: list[str] = []
    answer = saying(TUNNEL, "It is long.")
    assert following(answer, answered_well, past=[], count=1, tries=TRIED) == (WHEN,)

    def refuse(question: str) -> Unanswered:
        tried.append(question)
        return refused(question)

    assert following(answer, refuse, past=[], count=3, tries=2) == ()
    assert tried == [WHEN, WHO]
