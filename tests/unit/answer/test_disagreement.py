"""Sides: what is stated differently for the same question, and what only looks like it."""

from __future__ import annotations

from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from understanding import understood

from rag.answer.disagreement import Wanted, with_sides
from rag.answer.evidence import weigh
from rag.index.lexical import Analyzer, LexicalIndex
from rag.types import Answer, Article, Hit, Outcome, Passage, Sentence, Unanswered

ASKED = "How many people died in the Avonmouth fire?"
SENATE = "The Avonmouth fire killed 41 people, the Senate inquiry found."
MAYOR = "According to the mayor, 52 people died in the Avonmouth fire."


@pytest.fixture
def words(tmp_path: Path) -> LexicalIndex:
    folder = tmp_path / "words"
    folder.mkdir()
    texts = [("Fire", SENATE), ("City", MAYOR), *[("Tea", "tea is made from leaves")] * 10]
    LexicalIndex.write(folder, texts, Analyzer("en"))
    return LexicalIndex.load(folder, Analyzer("en"))


def hit(text: str, *, title: str, similarity: float = 0.8, published: date | None = None) -> Hit:
    """A passage of one sentence, with its cosine to the question."""
    article = Article(f"{title}.txt", title, text, published)
    passage = Passage(article, 0, len(text), (Sentence(article, 0, len(text)),))
    return Hit(passage, 1.0, similarity, 5.0, 1, 1, (similarity,))


def ask(question: str, words: LexicalIndex, *texts: str | Hit) -> Outcome:
    hits = [
        each if isinstance(each, Hit) else hit(each, title=f"Article {at}") for at, each in enumerate(texts)
    ]
    asked = understood(question, words)
    evidence = chain(*weigh(asked, hits, words))
    return with_sides(Unanswered(question, 0.2, tuple(hits)), Wanted(asked, words), evidence)


def values(outcome: Outcome) -> list[str]:
    return [side.value for side in outcome.sides] if isinstance(outcome, Answer) else []


def test_each_side_is_its_value_and_the_sentence_it_is_from_word_for_word(words: LexicalIndex) -> None:
    found = ask(ASKED, words, SENATE, MAYOR)
    assert isinstance(found, Answer)
    assert {side.value: side.statement.text for side in found.sides} == {"41": SENATE, "52": MAYOR}
    assert found.statements == tuple(side.statement for side in found.sides)
    for statement in found.statements:
        [citation] = statement.citations
        assert citation.article.text[citation.start : citation.end] == statement.text


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("More than 40 people died in the Avonmouth fire, officials said.", "agrees"),
        ("The Avonmouth fire destroyed 52 houses, officials said.", "counts something else"),
        ("In Bristol about 9 people died in the Avonmouth fire, officials said.", "is about one place"),
        ("Another 9 people died in the Avonmouth fire later, officials said.", "is about a part"),
        ("The Lisbon fire killed 52 people, the report found.", "is about another fire"),
        ("The Avonmouth fire was put out by 5 in the morning on 14 May 1912.", "states no figure"),
    ],
)
def test_what_can_be_reconciled_is_no_disagreement(words: LexicalIndex, other: str, why: str) -> None:
    assert values(ask(ASKED, words, SENATE, other)) == [], why


def test_figures_of_different_years_are_a_change_and_no_disagreement(words: LexicalIndex) -> None:
    then, now = "Fires in Avonmouth killed 41 people in 2019.", "Fires in Avonmouth killed 52 people in 2020."
    assert values(ask("How many people do fires kill in Avonmouth?", words, then, now)) == []
    again = "Fires in Avonmouth killed 52 people in 2019."
    assert sorted(values(ask("How many people do fires kill in Avonmouth?", words, then, again))) == [
        "41",
        "52",
    ]


def test_news_of_different_days_is_a_change_and_no_disagreement(words: LexicalIndex) -> None:
    def day(count: int, published: date) -> Hit:
        text = f"The Avonmouth fire has killed {count} people so far."
        return hit(text, title=str(published), published=published)

    assert values(ask(ASKED, words, day(41, date(2026, 5, 1)), day(52, date(2026, 5, 3)))) == []
    same = hit("So far the Avonmouth fire has killed 52 people.", title="Late", published=date(2026, 5, 1))
    assert sorted(values(ask(ASKED, words, day(41, date(2026, 5, 1)), same))) == ["41", "52"]


def test_a_sentence_that_does_not_name_the_subject_needs_it_before_and_a_source(words: LexicalIndex) -> None:
    def after(sentence: str) -> Hit:
        lead = "The Avonmouth fire broke out at night."
        text = f"{lead} {sentence}"
        article = Article("lead.txt", "Night", text)
        spans = (Sentence(article, 0, len(lead)), Sentence(article, len(lead) + 1, len(text)))
        return Hit(Passage(article, 0, len(text), spans), 1.0, 0.8, 5.0, 1, 1, (0.8, 0.8))

    assert sorted(values(ask(ASKED, words, SENATE, after("A study put the number of dead at 52.")))) == [
        "41",
        "52",
    ]
    assert values(ask(ASKED, words, SENATE, after("A bus crash killed 52 people."))) == []


def test_a_question_for_what_one_source_says_has_one_answer(words: LexicalIndex) -> None:
    asked = "How many people died in the Avonmouth fire according to the mayor?"
    assert values(ask(asked, words, SENATE, MAYOR)) == []


def test_articles_that_name_another_day_or_another_person_are_sides(words: LexicalIndex) -> None:
    dated = ask(
        "When was the Avonmouth bridge opened?",
        words,
        "The Avonmouth bridge was opened on 3 May 1974.",
        "The Avonmouth bridge was opened in June 1974.",
        "The Avonmouth bridge was opened in 1974.",
    )
    assert sorted(values(dated)) == ["3 May 1974", "June 1974"]
    named = ask(
        "Who designed the Avonmouth bridge?",
        words,
        "Ada Whitlock designed the Avonmouth bridge.",
        "The Avonmouth bridge was designed by John Carter.",
        "Whitlock designed the Avonmouth bridge alone at first.",
    )
    assert sorted(values(named)) == ["Ada Whitlock", "John Carter"]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Who attended the Avonmouth summit?", "Trump attended the Avonmouth summit.",
         "Putin attended the Avonmouth summit."),
        ("Who designed the Avonmouth bridge?", "Ada Whitlock designed the Avonmouth bridge.",
         "He designed the Avonmouth bridge in 1970."),
        ("Who designed the Avonmouth bridge?", "Ada Whitlock designed the Avonmouth bridge.",
         "Engineers designed the Avonmouth bridge."),
        ("How tall is the Avonmouth bridge?", "The Avonmouth bridge is 324 metres (1,063 ft) tall.",
         "The Avonmouth bridge is 324 metres tall."),
        ("How much did the Avonmouth bridge cost?", "The Avonmouth bridge cost $2.5bn.",
         "The Avonmouth bridge cost $2.5 billion."),
    ],
)  # fmt: skip
def test_several_who_did_it_pronouns_and_other_units_are_no_sides(question, one, other, words) -> None:
    assert values(ask(question, words, one, other)) == []


def test_who_did_it_first_is_one(words: LexicalIndex) -> None:
    one, other = (
        "Ada Whitlock first crossed the Avonmouth bridge.",
        "John Carter first crossed the Avonmouth bridge.",
    )
    assert sorted(values(ask("Who first crossed the Avonmouth bridge?", words, one, other))) == [
        "Ada Whitlock",
        "John Carter",
    ]


def test_ages_grow_with_the_articles_and_those_of_old_things_do_not(words: LexicalIndex) -> None:
    def told(age: str, year: int) -> Hit:
        text = f"The Avonmouth fire chief is {age} old."
        return hit(text, title=f"{age} {year}", published=date(year, 5, 1))

    asked = "How old is the Avonmouth fire chief?"
    assert values(ask(asked, words, told("41 years", 2021), told("43 years", 2023))) == []
    assert sorted(values(ask(asked, words, told("41 years", 2021), told("43 years", 2021)))) == [
        "41 years",
        "43 years",
    ]
    old = ask(asked, words, told("13.8 billion years", 2021), told("12.6 billion years", 2023))
    assert sorted(values(old)) == ["12.6 billion years", "13.8 billion years"]
