"""Text as it was typed, made fit to be kept."""

from __future__ import annotations

import pytest

from rag.question.typed import whole


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("When?", "When?"),
        ("naïve 😀", "naïve 😀"),
        ("a\ud83db", "a\ufffdb"),
        ("a\ude00b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
    ],
)
def test_half_a_character_is_replaced_and_two_halves_are_put_together(typed: str, kept: str) -> None:
    assert whole(typed) == kept
