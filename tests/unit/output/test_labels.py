"""The labels of statements: equal ones are shown once, an overview's in the language of a document."""

from __future__ import annotations

from rag.answer.overview.asked import OF_ALL
from rag.output.documents import Words
from rag.output.labels import shown, translated

HEADS = {"In brief": "Kurz gefasst", "People": "Personen"}


def test_equal_labels_that_follow_each_other_are_a_head() -> None:
    assert shown(["a", "a", "b"]) == (["a", None, "b"], True)
    assert shown(["a", "b", None]) == (["a", "b", None], False)


def test_the_heads_of_an_overview_are_translated_and_a_title_that_reads_like_one_is_not() -> None:
    assert translated(["In brief", "People"], HEADS) == ["Kurz gefasst", "Personen"]
    assert translated(["People", "The Moon"], HEADS) == ["People", "The Moon"]
    assert translated(["People", None], HEADS) == ["People", None]
    assert translated([], HEADS) == []


def test_every_head_of_an_overview_has_its_words() -> None:
    assert list(Words().heads) == list(OF_ALL)
