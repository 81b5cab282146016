"""What of a question a text leaves out, and what of it is worth naming."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from understanding import understood

from rag.answer.missing import missing_from, unsaid
from rag.index.lexical import Analyzer, LexicalIndex

QUESTION = "How many soldiers did France train in the castle?"


@pytest.fixture
def words(tmp_path: Path) -> LexicalIndex:
    LexicalIndex.write(tmp_path, [("Tea", "tea is made from leaves")] * 3, Analyzer("en"))
    return LexicalIndex.load(tmp_path, Analyzer("en"))


def missing(words: LexicalIndex, text: str, **surprises: float) -> tuple[str, ...]:
    return missing_from(replace(understood(QUESTION, words), surprises=surprises), text, words)


def test_a_word_is_unsaid_unless_the_text_says_it_in_some_form(words: LexicalIndex) -> None:
    asked = replace(understood(QUESTION, words), surprises={"soldiers": 1.0, "castle": 2.0})
    assert unsaid(asked, frozenset(words.analyzer.terms("A soldier came.")), words) == {"castle": 2.0}
    assert unsaid(asked, frozenset(words.analyzer.terms("Castles and soldiers")), words) == {}


@pytest.mark.parametrize(
    ("soldiers", "castle", "named"),
    [
        (0.7, 0.7, ("soldiers", "castle")),
        (0.69, 0.69, ()),
        (0.69, 0.7, ("castle",)),
        (1.99, 3.0, ("castle",)),
        (2.0, 3.0, ("soldiers", "castle")),
    ],
)
def test_telling_words_are_named_that_are_nearly_as_telling_as_the_most(
    words: LexicalIndex, soldiers: float, castle: float, named: tuple[str, ...]
) -> None:
    assert missing(words, "France came.", soldiers=soldiers, castle=castle) == named


def test_a_name_is_named_whole_once_and_in_its_place(words: LexicalIndex) -> None:
    assert missing(words, "Nobody came.", soldiers=1.0, France=9.0, castle=0.1) == ("soldiers", "France")
    assert missing(words, "French soldiers came to a castle.") == ()
    asked = replace(understood("Did Boris Becker win?", words), surprises={})
    assert missing_from(asked, "He won.", words) == ("Boris Becker",)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Pregnant women may drink it.", ()),
        ("It does harm before a birth.", ("pregnancy",)),
        ("A prefect drinks it.", ("pregnancy",)),  # too little in common
        ("A pregnancyless year.", ("pregnancy",)),  # too long an ending
    ],
)
def test_a_word_of_the_same_family_says_it(words: LexicalIndex, text: str, named: tuple[str, ...]) -> None:
    asked = replace(understood("Is coffee safe in pregnancy?", words), surprises={"pregnancy": 1.0})
    assert missing_from(asked, text, words) == named
