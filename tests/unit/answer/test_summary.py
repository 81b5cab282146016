"""A summary: the first sentence of an article, and those that say most of the rest."""

from __future__ import annotations

import numpy as np
import pytest

from rag.answer.summary import NEAR, SENTENCES, SHORTEST, VARIETY, central
from rag.build import build
from rag.chat import Chat
from rag.settings import Settings
from rag.types import Answer


def test_the_numbers_are_those_that_were_chosen() -> None:
    assert (SENTENCES, SHORTEST, NEAR, VARIETY) == (4, 6, 0.5, 0.5)


@pytest.mark.parametrize(
    ("count", "places"), [(1, [0]), (2, [0, 2]), (3, [0, 1, 2]), (4, [0, 1, 2, 3]), (9, [0, 1, 2, 3])]
)
def test_likeness_to_the_whole_counts_less_half_of_likeness_to_what_is_chosen(count, places) -> None:
    # To the whole: 0.8, 0.72, 0.6, 0; to the first: 1, 0.9, 0, 0.6. So the third leads the second by 0.33.
    vectors = np.array([[1, 0, 0], [0.9, 0, 0.43], [0, 1, 0], [0.6, 0, -0.8]], dtype=np.float32)
    whole = np.array([0.8, 0.6, 0], dtype=np.float32)
    assert central(vectors, whole, count) == places


def test_what_is_far_from_the_whole_does_not_begin_a_summary() -> None:
    """A licence before the text: to the whole 0.36, and the others 0.96 and 0.8."""
    vectors = np.array([[0.36, 0, 0.93], [0.96, 0.28, 0], [0.8, 0.6, 0]], dtype=np.float32)
    assert central(vectors, np.array([1, 0, 0], dtype=np.float32), 2) == [1, 2]


@pytest.mark.parametrize(("paragraphs", "quoted"), [(1, 4), (3, 4), (4, 4), (6, 4)])
def test_fewer_openings_than_a_summary_has_sentences_leave_room_for_others(
    settings: Settings, toy, paragraphs: int, quoted: int
) -> None:
    told = [
        f"The ferry {verb} the {thing} of the lake in {year}. A {thing} was {verb} again in {year + 1}."
        for verb, thing, year in zip(
            "crossed left reached served linked closed".split(),
            "north south east west harbour village".split(),
            range(1901, 1907),
            strict=True,
        )
    ]
    size = -(-len(told) // paragraphs)
    text = "\n\n".join(" ".join(told[at : at + size]) for at in range(0, len(told), size))
    (settings.corpus / "ferry.md").write_text(f"---\ntitle: The Ferry\n---\n{text}", encoding="utf-8")
    build(settings, embedder=toy)
    found = Chat.open(settings, toy).ask("What is the article about The Ferry about?")
    assert isinstance(found, Answer)
    assert len(found.statements) == quoted
    assert found.statements[0].text == "The ferry crossed the north of the lake in 1901."
