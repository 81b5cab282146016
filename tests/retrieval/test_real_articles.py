"""The two real articles, asked as a new user would."""

from __future__ import annotations

from labelled import questions

from rag.types import Answer, is_firm

ASKED = questions("real_articles.jsonl")


def test_their_headlines_are_their_titles_and_furniture_is_gone(real) -> None:
    articles = list(real.index.articles())
    assert [article.title for article in articles] == [
        "UK Defence Secretary John Healey pledges troops on the ground in Ukraine",
        "Labour’s John Healey moots sending British military trainers to Ukraine",
    ]
    for article in articles:
        assert article.language == "en"
        assert "Loading" not in article.text
        assert "See it directly" not in article.text
        assert not article.text.startswith("English")
    assert "[AP Photo/Geert Vanden Wijngaert]" in articles[0].text


def test_most_questions_get_the_right_sentence_first(real) -> None:
    answerable = [each for each in ASKED if not each.get("unanswerable")]
    right = [
        each["question"]
        for each in answerable
        if isinstance(found := real.ask(each["question"]), Answer)
        and each["answer"] in found.statements[0].text
        and found.statements[0].citations[0].article.id == each["article"]
    ]
    assert len(answerable) >= 20
    assert len(right) / len(answerable) >= 0.8


def test_questions_they_do_not_answer_are_refused(real) -> None:
    unanswerable = [each["question"] for each in ASKED if each.get("unanswerable")]
    refused = [question for question in unanswerable if not is_firm(real.ask(question))]
    assert len(refused) / len(unanswerable) >= 0.9
