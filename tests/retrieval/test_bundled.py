"""Labelled questions over the bundled corpus: floors below what was measured, so that a slip shows."""

from __future__ import annotations

import pytest
from labelled import questions

from rag.types import Answer, is_firm

ASKED = questions("questions.jsonl")
ANSWERABLE = [each for each in ASKED if not each.get("unanswerable")]


@pytest.fixture(scope="module")
def outcomes(bundled, ask):
    return {each["question"]: ask(bundled, each["question"]) for each in ASKED}


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_the_labels_quote_the_articles(bundled) -> None:
    texts = {article.id: article.text for article in bundled.index.articles()}
    assert [each for each in ANSWERABLE if each["quote"] not in texts[each["article"]]] == []


def test_the_right_article_is_among_the_first_five_passages(bundled) -> None:
    def found(each) -> bool:
        wanted = {each["article"], *each.get("also", [])}
        hits = bundled.retriever.find(bundled.understand(each["question"]), k=5)
        return any(hit.passage.article.id in wanted for hit in hits)

    assert share([found(each) for each in ANSWERABLE]) >= 0.95


def test_the_first_sentence_of_most_answers_is_the_right_one(outcomes) -> None:
    answered = [each for each in ANSWERABLE if isinstance(outcomes[each["question"]], Answer)]
    assert len(answered) / len(ANSWERABLE) >= 0.78
    firsts = [outcomes[each["question"]].statements[0].text for each in answered]
    right = [
        first in each["quote"] or each["quote"] in first for each, first in zip(answered, firsts, strict=True)
    ]
    assert share(right) >= 0.62


def test_off_topic_questions_are_refused(outcomes) -> None:
    unanswerable = [each for each in ASKED if each.get("unanswerable")]
    assert share([not is_firm(outcomes[each["question"]]) for each in unanswerable]) >= 0.64


def test_the_same_question_finds_the_same_hits_in_another_build(bundled, chat_over, ask) -> None:
    again = chat_over(bundled.settings.corpus)
    for each in ASKED[:20]:
        assert again.ask(each["question"]) == ask(bundled, each["question"])
