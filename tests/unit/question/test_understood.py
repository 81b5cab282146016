"""All that is read in a question, worked out once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from conftest import ToyEmbedder

from rag.index.lexical import Analyzer, LexicalIndex
from rag.question import english, plain
from rag.question.understood import Understood, share, understand, weights_of
from rag.types import TimeWords

PUBLISHED = (date(2018, 1, 5), date(2022, 11, 11))
TODAY = date(2022, 11, 21)


@pytest.fixture
def words(tmp_path: Path) -> LexicalIndex:
    texts = [("Tea", "tea is made from green leaves"), *[("Bread", "bread is baked from flour")] * 3]
    LexicalIndex.write(tmp_path, texts, Analyzer("en"))
    return LexicalIndex.load(tmp_path, Analyzer("en"))


def read(text: str, words: LexicalIndex, **more) -> Understood:
    return understand(
        text, words, ToyEmbedder(), more.pop("language", english), published=PUBLISHED, today=TODAY, **more
    )


def test_a_question_is_read_whole(words: LexicalIndex) -> None:
    text = 'Could you tell me how fast Boris Becker never made "green tea" since 2021?'
    found = read(text, words)
    assert found.language is english
    assert found.text == text
    assert found.asked == 'how fast Boris Becker never made "green tea" since 2021?'
    assert found.terms == words.analyzer.terms(text)
    assert found.words == frozenset("how fast boris becker never made green tea since 2021".split())
    about = "fast Boris Becker never made green tea since 2021"
    assert found.weights == {term: words.weight(term) for term in words.analyzer.terms(about)}
    assert found.phrases == ("green tea",)
    assert found.names == ("Boris Becker",)
    assert found.kind is None
    assert found.units == english.units("how fast")
    assert (found.is_for_yes_or_no, found.denies) == (False, True)
    assert found.times == (TimeWords(words="since 2021", since=date(2021, 1, 1)),)
    assert not found.is_for_newest
    assert np.array_equal(found.vector, ToyEmbedder().embed_questions([text])[0])


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("What was drunk on 3 May 2021?", date(2021, 5, 3)),
        ("What was drunk on May 3?", None),
        ("What was drunk in May 2021?", None),
        ("What was drunk on 3 May 2021 and on 4 May 2021?", None),
    ],
)
def test_a_question_may_name_one_day(words: LexicalIndex, question: str, day: date | None) -> None:
    assert read(question, words).day == day


def test_how_to_do_something_is_told_without_a_number(words: LexicalIndex) -> None:
    assert read("How many leaves are there?", words).units
    assert not read("How do I see how many leaves there are?", words).units


@pytest.mark.parametrize(
    ("question", "is_so"),
    [
        ("How many teas are there?", True),
        ("How many teas are there since 2021?", False),
        ("How many teas were there?", False),
        ("How many teas were there lately and now?", True),
        ("What is the difference between tea and coffee?", False),
    ],
)
def test_newer_articles_come_first_where_the_present_is_meant_and_no_other_time_is_named(
    words: LexicalIndex, question: str, is_so: bool
) -> None:
    found = read(question, words)
    assert (found.is_for_newest or found.is_of_now) is is_so
    assert not (found.is_for_newest and found.is_of_now)


def test_no_text_has_to_say_that_it_is_the_latest(words: LexicalIndex) -> None:
    assert read("the latest on tea as of today", words).surprises.keys() == {"tea"}


def test_what_is_asked_politely_is_judged_without_the_courtesy(words: LexicalIndex) -> None:
    assert not read("Could you tell me who made tea?", words).is_for_yes_or_no
    assert read("Do you know is tea green?", words).is_for_yes_or_no
    assert read("Is tea not green?", words).denies


def test_a_vector_that_is_known_is_not_made_again(words: LexicalIndex) -> None:
    known = np.ones(64, dtype=np.float32)
    assert read("tea", words, vector=known).vector is known


def test_words_of_time_that_are_ignored_have_no_part(words: LexicalIndex) -> None:
    assert [each.words for each in read("the latest on tea since 2021", words).times] == [
        "latest",
        "since 2021",
    ]
    again = read("the latest on tea since 2021", words, ignored=["since 2021"])
    assert [each.words for each in again.times] == ["latest"]
    assert again.is_for_newest


@pytest.mark.parametrize(
    ("question", "parts", "times"),
    [
        ("articles about tea since 2021", {"topic": "tea"}, ["since 2021"]),
        ("articles about the crisis of May 1968", {"topic": "the crisis of May 1968"}, []),
        ("Which articles are from 2020?", {}, ["from 2020"]),
        ("Which articles are from 1999?", {"source": "1999"}, []),
    ],
)
def test_a_question_for_articles_is_told_without_its_words_of_time(words, question, parts, times) -> None:
    found = read(question, words)
    assert found.kind is not None
    assert (found.kind.name, dict(found.kind.parts)) == ("catalogue", parts)
    assert [each.words for each in found.times] == times


def test_a_share_is_of_the_weight_and_none_of_nothing() -> None:
    assert share({"tea": 3.0, "green": 1.0}, {"tea", "bread"}) == 0.75
    assert share({"tea": 3.0, "green": 1.0}, {"tea", "green"}) == 1.0
    assert share({"tea": 3.0}, set()) == 0.0
    assert share({}, {"tea"}) == 0.0


def test_rarer_words_weigh_more_and_shaping_words_nothing(words: LexicalIndex) -> None:
    found = weights_of("How is the tea and bread?", words, english)
    assert set(found) == {"tea", "bread"}
    assert found["tea"] > found["bread"] > 0
    assert set(weights_of("How is it?", words, english)) == {"how", "is", "it"}
    assert "how" in weights_of("How is tea?", words, plain)


@pytest.mark.parametrize(
    ("question", "text", "is_told"),
    [
        ("Who ran the mill of Anna Berg?", "The mill was run by Jonas Brekk.", True),
        ("Who ran the mill of Anna Berg?", "Anna Berg’s mill was run well.", False),
        ("Who ran Berg’s mill?", "It was run by Berg.", False),
        ("Who ran the mill?", "Millers ran it.", False),
        ("Who ran the mill?", "Jonas Brekk ran it.", True),
        ("Who is Anna Berg?", "She runs the mill.", True),  # what she is, not a name
        ("How many ran the mill?", "Two ran it.", True),
        ("How many ran the mill?", "They ran it.", False),
        ("Why did they run it?", "They ran it.", True),
    ],
)
def test_a_text_tells_what_is_asked_for_with_a_new_name_or_a_number(words, question, text, is_told) -> None:
    assert read(question, words).is_told(text) == is_told
