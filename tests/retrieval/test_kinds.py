"""Questions of several kinds over the bundled corpus: floors below what was measured, so slips show."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from labelled import questions

from rag.answer.catalogue import articles_on
from rag.question.english import kinds
from rag.types import Answer, Listing, is_firm

ASKED = questions("kinds.jsonl")


def of(kind: str) -> list[dict[str, Any]]:
    return [each for each in ASKED if each["kind"] == kind]


def test_every_kind_is_recognised_and_ordinary_questions_are_not() -> None:
    def name(question: str) -> str:
        found = kinds.kind(question)
        return found.name if found else "plain"

    ordinary = ("yes or no", "plain")
    asked = [each for each in ASKED if each["kind"] != "catalogue"]
    wanted = {each["question"]: "plain" if each["kind"] in ordinary else each["kind"] for each in asked}
    assert {question: name(question) for question in wanted} == wanted


def test_the_examples_that_were_held_apart_are_told_and_few_ordinary_questions_taken_for_others() -> None:
    right: list[bool] = []
    ordinary: list[bool] = []
    for file in sorted((Path(__file__).parent / "kinds").glob("*.txt")):
        for question in file.read_text(encoding="utf-8").splitlines():
            if hashlib.sha256(question.encode()).digest()[0] % 3 == 0 and file.stem != "parts":
                found = kinds.kind(question)
                right.append((found.name if found else "ordinary") == file.stem)
                ordinary += [right[-1]] if file.stem == "ordinary" else []
    assert sum(right) / len(right) >= 0.91  # without their words of time; docs/answers.md counts these too
    assert sum(ordinary) / len(ordinary) >= 0.95


@pytest.mark.parametrize(("kind", "floor"), [("yes or no", 0.85), ("list", 0.45)])
def test_the_sentences_that_answer_are_shown(bundled, kind: str, floor: float) -> None:
    shares = []
    for each in of(kind):
        outcome = bundled.ask(each["question"])
        texts = [statement.text for statement in outcome.statements] if isinstance(outcome, Answer) else []
        if "says" in each:
            said = [any(text in shown for shown in texts for text in group) for group in each["says"]]
            shares.append(sum(said) / len(said))
    assert sum(shares) / len(shares) >= floor


def test_most_comparisons_show_both_sides_or_name_the_one_without_evidence(bundled) -> None:
    covered = []
    for each in of("comparison"):
        outcome = bundled.ask(each["question"])
        if isinstance(outcome, Answer):
            labels = {
                side for statement in outcome.statements for side in (statement.label or "").split(" / ")
            }
            covered.append(len(labels | set(outcome.uncovered_sides)) == 2)
    assert sum(covered) / len(of("comparison")) >= 0.8


def test_a_summary_is_of_the_article_that_is_named_and_in_its_order(bundled) -> None:
    for each in of("summary"):
        outcome = bundled.ask(each["question"])
        if each.get("unanswerable"):
            assert not is_firm(outcome), each["question"]
        else:
            assert isinstance(outcome, Answer)
            cited = [statement.citations[0] for statement in outcome.statements]
            assert {citation.article.id for citation in cited} == {each["article"]}, each["question"]
            assert len(cited) == 4
            assert [citation.start for citation in cited] == sorted(citation.start for citation in cited)


def test_questions_about_the_collection_and_no_others_are_answered_with_a_listing(bundled) -> None:
    for each in of("plain"):
        assert bundled.special(bundled.understand(each["question"])) is None
    for each in of("catalogue"):
        outcome = bundled.ask(each["question"])
        assert isinstance(outcome, Listing)
        assert outcome.total == each.get("total", outcome.total)


def test_articles_are_listed_under_their_topics_and_none_under_what_nobody_wrote_about(bundled) -> None:
    right = listed = expected = 0
    for each in questions("collections.jsonl"):
        ids = {article.id for article in articles_on(bundled.understand(each["topic"]), bundled.retriever)}
        right, listed, expected = (
            right + len(ids & {*each["articles"]}),
            listed + len(ids),
            expected + len(each["articles"]),
        )
    assert right / expected >= 0.8
    assert right / listed >= 0.8
