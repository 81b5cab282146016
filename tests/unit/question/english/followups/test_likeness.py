"""What takes the place of what: a name of a name, and of words that both have the likelier."""

from __future__ import annotations

from typing import Any

import numpy as np

from rag.question.english.followups import standalone
from rag.question.english.followups.mentions import NAMES, SHARED_WORD, likeness, mentions
from rag.types import Turn

COSINE = 0.2


class Distant:
    """An embedder to which any two texts are a little like each other."""

    def embed_questions(self, texts: list[str]) -> Any:
        own = np.eye(len(texts) + 1, dtype=np.float32)[:-1] * np.sqrt(1 - COSINE)
        own[:, -1] = np.sqrt(COSINE)
        return own


DISTANT: Any = Distant()


def like(text: str, place: str) -> float:
    [found] = likeness(text, mentions(f"with {place}"), DISTANT)
    return round(found - COSINE, 3)


def test_a_name_is_liker_to_a_name_and_a_shared_word_to_its_like() -> None:
    assert like("Clara Benholt", "Jonas Brekk") == NAMES
    assert like("Clara Benholt", "the ship") == -NAMES
    assert like("the boat", "the ship") == 0
    assert like("the new ship", "the ship") == SHARED_WORD


def test_another_name_is_asked_the_same_of() -> None:
    turn = Turn("Where was Jonas Brekk born?", "Jonas Brekk was born in Arn.")
    assert standalone("And Clara Benholt?", [turn], DISTANT)[0] == "Where was Clara Benholt born?"
