"""The verdicts of the scripts that ask labelled questions, and how they lay collections out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from labelled_questions import ANSWERED, FIRST, LATER, REFUSED, RIGHTLY, WRONG, earlier, shown_as, verdict
from real_collections import (
    COLLECTIONS,
    FURTHER,
    QUESTIONS,
    SHORTEST,
    drawn,
    measured,
    wilson,
    word_file,
)

from rag.corpus import formats
from rag.evaluation.questions import read
from rag.evaluation.questions.labelled import LabelledQuestion
from rag.types import Answer, Article, Citation, Listing, Outcome, Passage, Sentence, Statement, Unanswered

TEXT = "The pier was built in 1871. It is 200 metres long. Storms broke it twice."
PIER = Article("pier.md", "The pier", TEXT, published=date(2024, 5, 1), author="Ada Byrne")


def quote(text: str) -> Statement:
    start = TEXT.index(text)
    end = start + len(text)
    passage = Passage(PIER, 0, len(TEXT), (Sentence(PIER, 0, len(TEXT)),))
    return Statement(text, (Citation(passage, start, end, text),), "exact")


def answer(*texts: str, likely: bool = False) -> Answer:
    return Answer("?", tuple(map(quote, texts)), 0.7, (), likely=likely)


BUILT, LONG = "The pier was built in 1871.", "It is 200 metres long."
REFUSAL = Unanswered("?", 0.1, ())
WHEN = LabelledQuestion("When was it built?", "1", {"pier.md": 1}, answers=("in 1871",))
OPEN = LabelledQuestion("Who paid for it?", "2", unanswerable=True)


@pytest.mark.parametrize(
    ("question", "outcome", "expected", "shown"),
    [
        (WHEN, answer(BUILT, LONG), FIRST, "answer"),
        (WHEN, answer(LONG, BUILT), LATER, "answer"),
        (WHEN, answer(LONG, likely=True), WRONG, "likely"),
        (WHEN, REFUSAL, REFUSED, "refusal"),
        (OPEN, REFUSAL, RIGHTLY, "refusal"),
        (OPEN, answer(LONG, likely=True), RIGHTLY, "likely"),
        (OPEN, answer(LONG), ANSWERED, "answer"),
        (OPEN, Listing("?", (PIER,), 1, ""), ANSWERED, "list"),
        (WHEN, Listing("?", (), 0, ""), REFUSED, "refusal"),
        (WHEN, Listing("?", (PIER,), 1, "", lead="in 1871"), FIRST, "list"),
        (WHEN, Listing("?", (PIER,), 1, "", lead="Ada Byrne"), WRONG, "list"),
    ],
)
def test_a_verdict_compares_what_is_shown_with_the_label(
    question: LabelledQuestion, outcome: Outcome, expected: str, shown: str
) -> None:
    assert verdict(question, outcome) == expected
    assert shown_as(outcome) == shown


def test_a_list_is_right_by_its_articles_where_the_label_names_no_words() -> None:
    question = LabelledQuestion("Which are about piers?", "1", {"pier.md": 1})
    other = Article("boat.md", "The boat", "It sank.")
    assert verdict(question, Listing("?", (PIER, other), 2, "")) == FIRST
    assert verdict(question, Listing("?", (other, PIER), 2, "")) == LATER
    assert verdict(question, Listing("?", (other,), 1, "")) == WRONG


def test_a_note_says_what_was_asked_before(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"id": "a", "question": "Why?", "answer": "rust", "note": "after: Did the pier break?"}\n'
        '{"id": "b", "question": "When?", "answer": "1871", "note": "easy"}\n',
        encoding="utf-8",
    )
    assert earlier(path) == {"a": "Did the pier break?"}


def test_an_interval_holds_its_share_and_stays_between_nothing_and_all() -> None:
    assert wilson(0, 12) == pytest.approx((0, 0.2425), abs=1e-4)
    assert wilson(12, 12) == pytest.approx((0.7575, 1), abs=1e-4)
    low, high = wilson(30, 60)
    assert (low + high) / 2 == pytest.approx(0.5)
    assert measured([])["refused rightly"] == "none asked"


def test_an_entry_becomes_a_word_file_with_title_headings_and_paragraphs() -> None:
    tei = (
        '<div xmlns="http://www.tei-c.org/ns/1.0"><head>The <date>1861</date> affair</head>'
        '<p><hi rend="strong">The ship</hi></p><p>It was\n   seized, <hi>they</hi> said.</p></div>'
    )
    (article,) = formats.articles(word_file(ElementTree.fromstring(tei)), "affair.docx")
    assert isinstance(article, Article)
    assert article.title == "The 1861 affair"
    assert "The ship" in article.text
    assert "It was seized, they said." in article.text
    assert [block.kind for block in article.blocks].count("heading") >= 1


class Held:
    """A clone of files that are made up."""

    def paths(self, below: str, pattern: str) -> list[str]:
        assert (below, pattern) == ("", r"\.md$")
        return [f"posts/{number:03}/index.md" for number in range(100)]

    def read(self, path: str) -> bytes:
        return path.encode().ljust(SHORTEST - (path[6:9] < "050"), b".")


def test_articles_are_drawn_the_same_ones_each_time_and_no_short_ones() -> None:
    clone: Any = Held()
    once, again = (list(drawn(r"\.md$", 12)(clone)) for _ in range(2))
    assert once == again
    assert len({name for name, _ in once}) == 12
    assert all("050" <= name.removesuffix("_index.md") <= "099" for name, _ in once)
    assert [name for name, _ in once] != sorted(name for name, _ in once)


@pytest.mark.parametrize("collection", [*COLLECTIONS, *FURTHER], ids=lambda each: each.name)
def test_its_questions_say_their_part_kind_and_number(collection) -> None:
    questions = read(QUESTIONS / f"{collection.name}.jsonl")
    assert len(questions) >= 10
    for question in questions:
        part, kind, number = question.id.split(", ")
        assert part in ("dev", "held")
        assert number.isdigit()
        assert (kind == "unanswerable") == question.unanswerable
