"""Why a passage was found, in words."""

from __future__ import annotations

import pytest

from rag.answer.explain import Why, described, why
from rag.types import Article, Hit, Passage, Sentence


def hit(words: tuple[str, ...], similarity: float, dense: int | None, bm25: int | None) -> Hit:
    article = Article("a.txt", "Title", "Soldiers were trained.")
    passage = Passage(article, 0, 22, (Sentence(article, 0, 22),))
    return Hit(passage, 1.0, similarity, 5.0, dense, bm25, (similarity,), words)


def test_a_passage_is_found_by_words_or_by_meaning() -> None:
    assert why(hit(("soldiers",), 0.6, 3, 1)) == Why(("soldiers",), "close", 1, 3)


def test_a_place_by_words_is_named_only_where_a_word_is() -> None:
    assert why(hit((), 0.4, 2, 40)) == Why((), "related", None, 2)


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        (
            Why(("soldiers", "Britain"), "close", 1, 3),
            "Matches “soldiers”, “Britain”; close in meaning; 1st by words, 3rd by meaning.",
        ),
        (Why((), "related", None, 2), "No word of the question; loosely related in meaning; 2nd by meaning."),
        (Why(("tea",), "distant", 11, None), "Matches “tea”; distant in meaning; 11th by words."),
        (
            Why(("tea",), "distant", 22, 113),
            "Matches “tea”; distant in meaning; 22nd by words, 113th by meaning.",
        ),
        (Why((), "distant", None, None), "No word of the question; distant in meaning."),
    ],
)
def test_the_reason_reads_as_a_line(reason: Why, line: str) -> None:
    assert described(reason) == line


@pytest.mark.parametrize(
    ("similarity", "closeness"), [(0.5, "close"), (0.49, "related"), (0.35, "related"), (0.34, "distant")]
)
def test_closeness_has_its_bounds(similarity: float, closeness: str) -> None:
    assert why(hit(("tea",), similarity, 1, 1)).closeness == closeness


@pytest.mark.parametrize(
    ("place", "ordinal"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
     (22, "22nd"), (23, "23rd"), (111, "111th"), (112, "112th"), (113, "113th"), (121, "121st")],
)  # fmt: skip
def test_a_place_has_its_ending(place: int, ordinal: str) -> None:
    assert described(Why((), "distant", None, place)) == (
        f"No word of the question; distant in meaning; {ordinal} by meaning."
    )
