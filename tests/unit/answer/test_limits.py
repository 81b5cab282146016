"""Quotes to whole thoughts, with vectors that a word decides and a head that reads one of their numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from rag.answer.limits import JOINED, Head, Limits
from rag.index.embedding import Vectors
from rag.question.quote import LONGEST_QUOTE
from rag.types import Answer, Article, Citation, Passage, Sentence, Side, Statement

LIMITING, MENTIONING = "only", "safe"
QUESTION = "Is it safe?"


class Words:
    """A reader to whom a sentence is two numbers: whether it limits, and whether it mentions."""

    def __init__(self) -> None:
        self.read: list[list[str]] = []

    def states(self, question: str, passages: Sequence[Passage]) -> list[Vectors]:
        assert question == QUESTION
        self.read += [[sentence.text for sentence in passage.sentences] for passage in passages]
        return [
            np.array([[LIMITING in text, MENTIONING in text] for text in texts], dtype=np.float32)
            for texts in self.read[len(self.read) - len(passages) :]
        ]


NOTHING = np.zeros(2, dtype=np.float32)
HEAD = Head(NOTHING, np.array([8, 0], dtype=np.float32), NOTHING, skipped=0.0, bias=-4.0)
LIMITS = Limits(HEAD, Words())  # type: ignore[arg-type]

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
    pair = Head(NOTHING, NOTHING, np.array([0, 8], dtype=np.float32), 0.0, -4.0)
    limits = Limits(pair, Words())  # type: ignore[arg-type]
    text = "It is cheap. Salt is safe. Pepper is safe. So it is."
    [whole] = limits.joined([quote("It is cheap. Salt is safe.", text)], QUESTION)
    assert whole.text == "It is cheap. Salt is safe. Pepper is safe."


def test_both_sentences_and_the_distance_count() -> None:
    quoted, following, pair = (np.array(each, dtype=np.float32) for each in ([1, 0], [0, 2], [3, 3]))
    head = Head(quoted, following, pair, skipped=-0.5, bias=-3.0)
    one, other = (np.array(each, dtype=np.float32) for each in ([2, 1], [1, 3]))
    odds = -3.0 + 2 * 1 + 3 * 2 + (2 + 3) * 3 - 0.5 * 2
    assert head.probability(one, other, skipped=2) == pytest.approx(1 / (1 + np.exp(-odds)))
    assert 0 < JOINED < 1


def test_the_packaged_weights_are_for_the_packaged_reader() -> None:
    head = Head.load()
    assert head.quoted.shape == head.following.shape == head.pair.shape == (384,)


def test_sentences_are_read_in_the_passage_that_was_read_where_it_holds_them_all() -> None:
    words = Words()
    limits = Limits(HEAD, words)  # type: ignore[arg-type]
    [statement] = [quote("Salt is safe.")]
    [citation] = statement.citations
    limits.joined([statement], QUESTION)
    texts = ["Salt is safe.", "It is cheap.", "But only a little.", "And only at noon."]
    assert words.read == [texts[:3]]
    starts = [TEXT.index(each) for each in texts]
    sentences = tuple(
        Sentence(citation.article, start, start + len(each))
        for start, each in zip(starts, texts, strict=True)
    )
    passage = Passage(citation.article, 0, sentences[-1].end, sentences)
    within = Citation(passage, citation.start, citation.end, citation.quote)
    limits.joined([Statement(within.quote, (within,), "exact")], QUESTION)
    assert words.read[1:] == [texts]


def test_where_nothing_stands_behind_nothing_is_read() -> None:
    words = Words()
    limits = Limits(HEAD, words)  # type: ignore[arg-type]
    assert limits.joined([quote("Then nothing.")], QUESTION)[0].text == "Then nothing."
    assert words.read == []


def test_the_statement_of_a_side_is_whole_too() -> None:
    first, second = quote("Salt is safe."), quote("Pepper is safe.")
    sides = (Side("Salt", first), Side("Pepper", second))
    answer = Answer("Is it?", (first, second), 1.0, (), sides=sides)
    whole = LIMITS.whole(answer, QUESTION)
    assert [each.text for each in whole.statements] == [
        "Salt is safe. It is cheap. But only a little.",
        "Pepper is safe.",
    ]
    assert [side.statement for side in whole.sides] == list(whole.statements)
