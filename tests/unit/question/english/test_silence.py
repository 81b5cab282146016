"""What a text leaves out of a question: words that answers hold in nearly all cases tell most."""

from __future__ import annotations

import numpy as np
import pytest

from rag.question.english import silence
from rag.question.english.silence import surprise


@pytest.mark.parametrize("telling", ["mayor", "autism", "women", "combustion"])
@pytest.mark.parametrize("idle", ["kind", "get", "called", "type"])
def test_a_word_that_answers_seldom_leave_out_surprises_more(telling: str, idle: str) -> None:
    assert surprise(telling) > 2 * surprise(idle) > 0


def test_a_surprise_is_minus_the_log_of_what_the_pieces_and_the_look_of_a_word_say(monkeypatch) -> None:
    """Two pieces of odds 2 and 4, whose mean is 3; a capital adds 1, and every word has 0.5."""
    pieces, look = np.array([2.0, 4.0]), np.array([1, 0, 0, 0.5])
    monkeypatch.setattr(silence, "_known", lambda: silence._Known(lambda word: [0, 1], pieces, look))
    assert surprise("Mayorx") == pytest.approx(np.log(1 + np.exp(-4.5)))
    assert surprise("mayorx") == pytest.approx(np.log(1 + np.exp(-3.5)))


def test_the_look_of_a_word_is_its_capital_its_digit_and_its_pieces() -> None:
    assert silence.shape("Kyiv", 2) == (1.0, 0.0, 1.0)
    assert silence.shape("2016", 1) == (0.0, 1.0, 0.0)
