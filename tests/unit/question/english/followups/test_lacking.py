"""Nouns and verbs that say little alone take what the question before was about."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rag.question.english.followups import standalone
from rag.types import Turn

OF_SOMETHING = (
    "man woman boy girl king queen emperor empress president minister chancellor governor viceroy mayor"
    " captain commander admiral leader founder inventor author writer director actor actress singer"
    " artist painter composer scientist physicist chemist engineer doctor professor teacher coach player"
    " astronaut pilot pope prince princess senator secretary spokesman spokeswoman chairman chief officer"
    " sergeant colonel lieutenant judge population capital crew size height depth length width weight age"
    " cost costs price cause causes reason reasons result results effect effects impact consequences"
    " symptoms treatment owner winner loser meaning purpose origin origins history future climate weather"
    " economy currency religion area distance temperature speed limit limits advantages disadvantages"
    " benefits risks dangers difference differences members survivors victims casualties passengers toll"
    " aftermath outcome budget income profit revenue strength weakness government flag anthem diameter"
    " mass surface volume density lifespan deadline venue route destination"
)
SORTS = (
    "ship vessel boat city town village country nation state company firm team club event war battle"
    " conflict disease virus illness drug vaccine medicine book novel film movie play song album band"
    " planet probe spacecraft telescope rocket satellite mission mountain peak river lake island canal"
    " bridge building tower hurricane storm pandemic epidemic disaster accident explosion element metal"
    " treaty law act movement party programme program project organisation organization group region area"
    " place site species animal plant reactor station man woman"
)
HAPPENED = (
    "died die killed won win survived survive lost happened happen injured hurt wounded started ended"
    " began paid responsible involved escaped rescued"
)
ANYONE = "people men women children others countries person anyone everyone"
SURFACES = "mount mountain moon mars venus planet island ship"
SUBORDINATE = "although though when while before after since despite unlike because if as"

TITANIC = Turn("When did the Titanic sink?", "")


class Alike:
    """An embedder to which nothing is like anything."""

    def embed_questions(self, texts: list[str]) -> Any:
        return np.eye(max(len(texts), 2), dtype=np.float32)[: len(texts)]


ALIKE: Any = Alike()


def asked(question: str, turn: Turn = TITANIC) -> str:
    return standalone(question, [turn], ALIKE)


def test_a_noun_that_is_of_something_is_of_what_was_asked_about() -> None:
    lacking = {noun: asked(f"What was the {noun}?") for noun in OF_SOMETHING.split()}
    assert lacking == {noun: f"What was the {noun} of the Titanic?" for noun in lacking}
    assert asked("What was the umbrella?") == "What was the umbrella?"


def test_a_sort_of_thing_stands_for_a_name() -> None:
    def of(noun: str) -> str:
        turn = Turn(TITANIC.question, f"It struck an iceberg, and the {noun} sank in April 1912.")
        return asked(f"How many crew did the {noun} have?", turn)

    assert {of(noun) for noun in SORTS.split()} == {"How many crew did the Titanic have?"}
    assert asked("How many crew did the umbrella have?") == "How many crew did the umbrella have?"


def test_what_happened_to_people_happened_somewhere() -> None:
    lacking = {verb: asked(f"How many people {verb}?") for verb in HAPPENED.split()}
    assert lacking == {verb: f"How many people {verb} in the Titanic?" for verb in lacking}


@pytest.mark.parametrize("noun", ANYONE.split())
def test_who_it_happened_to_says_no_more_than_who(noun: str) -> None:
    assert asked(f"How many {noun} survived?") == f"How many {noun} survived in the Titanic?"


@pytest.mark.parametrize("noun", SURFACES.split())
def test_what_happens_on_a_surface_is_on_it(noun: str) -> None:
    name = f"{noun.capitalize()} Ararat"
    assert (
        asked("How many people died?", Turn(f"Who climbed {name}?", "")) == f"How many people died on {name}?"
    )


@pytest.mark.parametrize("word", SUBORDINATE.split())
def test_a_clause_in_front_is_explained_by_the_one_that_follows(word: str) -> None:
    question = f"{word.capitalize()} it was opened, how long was the Suez Canal?"
    assert asked(question) == question
