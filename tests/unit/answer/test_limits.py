"""Quotes to whole thoughts, with vectors that a word decides and a head that reads one of their numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from rag.answer.limits import GLANCED, JOINED, Head, Limits
from rag.index.embedding import PACKAGED_MODEL, Vectors
from rag.question.quote import LONGEST_QUOTE
from rag.types import Answer, Article, Citation, Passage, Sentence, Side, Statement

LIMITING, MENTIONING = "only", "safe"


class Words:
    """Texts to vectors of two numbers: whether they limit, and whether they mention."""

    name = "words"
    dimension = 2

    def __init__(self) -> None:
        self.read: list[list[str]] = []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self.read.append(list(texts))
        return np.array([[LIMITING in text, MENTIONING in text] for text in texts], dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        raise NotImplementedError


HEAD = Head(
    following=np.array([8, 0], dtype=np.float32),
    pair=np.zeros(2, dtype=np.float32),
    question=np.zeros(2, dtype=np.float32),
    skipped=0.0,
    bias=-4.0,
)
LIMITS = Limits(HEAD, Words())  # type: ignore[arg-type]
QUESTION = np.array([0, 1], dtype=np.float32)

TEXT = (
    "Salt is safe. It is cheap. But only a little. And only at noon. Then nothing.\n\n"
    "Pepper is safe. It bites."
)


def quote(words: str, text: str = TEXT) -> Statement:
    article = Article("salt.md", "Salt", text)
    start = text.index(words)
    passage = Passage(article, 0, len(text), (Sentence(article, 0, len(text)),))
    citation = Citation(passage, start, start + len(words), words)
    return Statement(words, (citation,), "exact", highlights=((0, 4),))


def joined(*statements: Statement) -> list[str]:
    return [statement.text for statement in LIMITS.joined(statements, QUESTION)]


def test_a_sentence_that_limits_a_quote_is_quoted_with_it_and_with_what_stands_between() -> None:
    [whole] = LIMITS.joined([quote("Salt is safe.")], QUESTION)
    assert whole.text == "Salt is safe. It is cheap. But only a little."
    assert whole.citations[0].quote == whole.text
    assert whole.highlights == ((0, 4),)


def test_what_does_not_limit_is_not_quoted() -> None:
    assert joined(quote("Pepper is safe.")) == ["Pepper is safe."]


def test_what_stands_in_another_paragraph_or_too_far_away_is_not_looked_at() -> None:
    assert joined(quote("Then nothing.", TEXT.replace("bites", "only bites"))) == ["Then nothing."]
    far = TEXT.replace("But only a little. And only at noon.", "It is white. It is only salt.")
    assert joined(quote("Salt is safe.", far)) == ["Salt is safe."]


def test_a_quote_does_not_grow_into_the_next_one_nor_beyond_its_length() -> None:
    two = [quote("Salt is safe."), quote("But only a little.")]
    assert joined(*two) == ["Salt is safe.", "But only a little. And only at noon."]
    long = "Salt is safe. Only a little, " + "a " * LONGEST_QUOTE + "only."
    assert joined(quote("Salt is safe.", long)) == ["Salt is safe."]


def test_each_of_several_sentences_is_weighed_with_the_last_one_quoted() -> None:
    pair = Head(HEAD.following * 0, np.array([0, 8], dtype=np.float32), HEAD.question, 0.0, -4.0)
    limits = Limits(pair, Words())  # type: ignore[arg-type]
    text = "It is cheap. Salt is safe. Pepper is safe. So it is."
    [whole] = limits.joined([quote("It is cheap. Salt is safe.", text)], QUESTION)
    assert whole.text == "It is cheap. Salt is safe. Pepper is safe."


def test_the_question_and_the_distance_count_too() -> None:
    ones = np.ones(2, dtype=np.float32)
    head = Head(ones * 0, ones * 0, np.array([1, 2], dtype=np.float32), skipped=-0.5, bias=-3.0)
    odds = -3.0 + 2 + 2 * 2 - 0.5
    assert head.probability(ones, ones, ones, skipped=1) == pytest.approx(1 / (1 + np.exp(-odds)))
    assert 0 < JOINED < 1


def test_the_packaged_weights_are_for_the_packaged_model_and_english() -> None:
    head = Head.load()
    assert head.following.shape == head.pair.shape == (384,)
    assert head.question.shape == (2,)
    packaged, other = Words(), Words()
    packaged.name = PACKAGED_MODEL
    assert Limits.load(packaged, "en") is not None  # type: ignore[arg-type]
    assert Limits.load(packaged, "de") is None  # type: ignore[arg-type]
    assert Limits.load(other, "en") is None  # type: ignore[arg-type]


def fresh() -> tuple[Limits, Words]:
    """Return what has read no sentence yet, and the model that it reads with."""
    words = Words()
    return Limits(HEAD, words), words  # type: ignore[arg-type]


def test_the_sentences_of_all_quotes_are_read_together_and_each_once() -> None:
    limits, words = fresh()
    quotes = [quote("Salt is safe."), quote("Pepper is safe.")]
    found = limits.joined(quotes, QUESTION)
    assert words.read == [
        ["Salt is safe.", "It is cheap.", "But only a little.", "Pepper is safe.", "It bites."]
    ]
    assert limits.joined(quotes, QUESTION) == found
    assert len(words.read) == 1
    assert limits.joined([quote("Then nothing.")], QUESTION)[0].text == "Then nothing."
    assert len(words.read) == 1


def known(following: Sequence[float]) -> dict[tuple[str, int], Vectors]:
    """Return what an index would have: the first sentence says nothing, the two behind it say `following`."""
    vectors = [(0.0, 0.0), *((each, 0.0) for each in following)]
    starts = (TEXT.index(words) for words in ("Salt is", "It is cheap", "But only"))
    return {
        ("salt.md", start): np.array(each, dtype=np.float32)
        for start, each in zip(starts, vectors, strict=False)
    }


def test_what_is_known_not_to_limit_is_not_read() -> None:
    bound = (math.log(GLANCED / (1 - GLANCED)) + 4.0) / 8.0  # as HEAD weighs it
    limits, words = fresh()
    below = known([bound - 0.01, bound - 0.01])
    assert limits.joined([quote("Salt is safe.")], QUESTION, below)[0].text == "Salt is safe."
    assert words.read == []
    [whole] = limits.joined([quote("Salt is safe.")], QUESTION, known([bound - 0.01, bound + 0.01]))
    assert whole.text == "Salt is safe. It is cheap. But only a little."
    assert words.read == [["Salt is safe.", "But only a little."]]


def test_a_sentence_that_the_index_has_no_vector_of_is_read() -> None:
    limits, words = fresh()
    limits.joined([quote("Salt is safe.")], QUESTION, known([-9.0]))
    assert words.read == [["Salt is safe.", "But only a little."]]
    limits, words = fresh()
    limits.joined([quote("But only a little.")], QUESTION, known([-9.0]))
    assert words.read == [["But only a little.", "And only at noon.", "Then nothing."]]


def test_the_statement_of_a_side_is_whole_too() -> None:
    limits, _ = fresh()
    first, second = quote("Salt is safe."), quote("Pepper is safe.")
    sides = (Side("Salt", first), Side("Pepper", second))
    answer = Answer("Is it?", (first, second), 1.0, (), sides=sides)
    whole = limits.whole(answer, QUESTION, {})
    assert [each.text for each in whole.statements] == [
        "Salt is safe. It is cheap. But only a little.",
        "Pepper is safe.",
    ]
    assert [side.statement for side in whole.sides] == list(whole.statements)
