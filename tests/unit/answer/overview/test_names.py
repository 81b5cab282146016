"""What names are the names of, by examples."""

from __future__ import annotations

import pytest

from rag.answer.overview.names import EXAMPLES, KINDS, Names, examples_in


def test_each_kind_has_examples_and_no_name_has_two_kinds() -> None:
    examples = examples_in(EXAMPLES.read_text(encoding="utf-8"))
    assert {kind for _, kind in examples} == set(KINDS)
    assert len({name for name, _ in examples}) == len(examples)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="animal"):
        examples_in("animal: Fido")


def test_a_name_is_of_the_kind_of_the_examples_that_it_is_like(toy) -> None:
    names = Names(toy)
    assert names.kinds(["Bank of Norway", "Lake Mjøsa", "Queen Victoria"]) == [
        "organisation",
        "place",
        "person",
    ]
    assert names.kinds([]) == []
