"""Turns and a follow-up to a question that stands alone, and no dragging back of one that does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.question.english.followups import READINGS, standalone
from rag.question.english.followups.mentions import mentions
from rag.types import Turn

SUPPLANTS = {
    "france": 1, "germany": 1, "britain": 1, "berlin": 1, "paris": 1, "london": 1, "k2": 2, "everest": 2,
    "moon": 3, "mars": 3, "unemployment": 4, "inflation": 4, "macron": 5, "healey": 5,
    "population": 6, "area": 6, "soldiers": 7,
}  # fmt: skip


class Kinds:
    """An embedder that knows which words are of a kind."""

    def embed_questions(self, texts):
        vectors = np.zeros((len(texts), 8), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, next((SUPPLANTS[word] for word in text.lower().split() if word in SUPPLANTS), 0)] = 1
        vectors[vectors[:, 0] == 1, 0] = 0
        return vectors


KINDS: Any = Kinds()
"""Stands in for an embedder."""

APOLLO = Turn("When did Apollo 11 land on the Moon?", "The lunar module Eagle landed on July 20, 1969.")
TRAINED = Turn(
    "How many soldiers has Britain trained?",
    "Defence Secretary John Healey said that Britain had trained 50,000.",
)
SENDING = Turn("What did Healey say about sending troops to Ukraine?", "")
TITANIC = Turn("When did the Titanic sink?", "It struck an iceberg, and the ship sank in April 1912.")
EVEREST = Turn("How tall is Mount Everest?", "")
PENICILLIN = Turn("Who discovered penicillin?", "In September 1928 Alexander Fleming found a mould.")
INFLATION = Turn("What causes inflation?", "")
MAN = Turn("who was the first man on the moon", "Neil Armstrong stepped onto the surface first.")
PARIS = Turn("What is the population of Paris?", "")
EIFFEL = Turn("When was the Eiffel Tower opened?", "")
CEO = Turn("Who is the CEO of Apple?", "Tim Cook is the CEO of Apple.")
PRESIDENT = Turn("Who is the President of France?", "")

BREKK = Turn("Who is Jonas Brekk?", "Jonas Brekk, the pupil of Anna Holm, was born in Bergen.")
HOSPITAL = Turn(
    "Which hospital treats the Ebola patient in Glasgow?", "She came to the Royal Free Hospital by plane."
)

FOLLOW_UPS = [
    # A question word alone
    (APOLLO, "And where?", "Where did Apollo 11 land on the Moon?"),
    (APOLLO, "Why?", "Why did Apollo 11 land on the Moon?"),
    (APOLLO, "why did that happen", "Why did Apollo 11 land on the Moon?"),
    (APOLLO, "How did they do that?", "How did Apollo 11 land on the Moon?"),
    (Turn("Did Britain send troops?", ""), "When?", "Did Britain send troops, and when?"),
    (TRAINED, "Ok, and since when?", "How many soldiers has Britain trained, and since when?"),
    (PENICILLIN, "Why?", "Who discovered penicillin, and why?"),
    (SENDING, "And to whom?", "What did Healey say about sending troops to Ukraine, and to whom?"),
    # Another name, year or noun
    (TRAINED, "What about France?", "How many soldiers has France trained?"),
    (TRAINED, "how about germany then?", "How many soldiers has germany trained?"),
    (TRAINED, "And Germany?", "How many soldiers has Germany trained?"),
    (TRAINED, "Germany?", "How many soldiers has Germany trained?"),
    (TRAINED, "What about Norwegian soldiers?", "How many Norwegian soldiers has Britain trained?"),
    (TRAINED, "And in Poland?", "How many soldiers has Britain trained in Poland?"),
    (TRAINED, "What about in 2023?", "How many soldiers has Britain trained in 2023?"),
    (Turn("How many died in 1918?", ""), "And in 1919?", "How many died in 1919?"),
    (SENDING, "What about Macron?", "What did Macron say about sending troops to Ukraine?"),
    (EVEREST, "And K2?", "How tall is K2?"),
    (INFLATION, "and unemployment?", "What causes unemployment?"),
    (PARIS, "And of London?", "What is the population of London?"),
    (PARIS, "And the area?", "What is the area of Paris?"),
    (APOLLO, "What about the cost?", "What about the cost of Apollo 11?"),
    (MAN, "and the second?", "Who was the second man on the moon?"),
    # Without a verb
    (TRAINED, "How many officers?", "How many officers has Britain trained?"),
    (TITANIC, "How many survivors?", "How many survivors of the Titanic?"),
    (EVEREST, "How old?", "How old is Mount Everest?"),
    (TITANIC, "How deep?", "How deep is the Titanic?"),
    # Pronouns
    (TITANIC, "How many of them survived?", "How many of those in the Titanic survived?"),
    (APOLLO, "How many people were on it?", "How many people were on Apollo 11?"),
    (APOLLO, "How long did they stay there?", "How long did Apollo 11 stay on the Moon?"),
    (APOLLO, "And when did it return?", "When did Apollo 11 return?"),
    (APOLLO, "How much did it cost?", "How much did Apollo 11 cost?"),
    (SENDING, "When did he say that?", "When did Healey say that?"),
    (SENDING, "What did Macron say about it?", "What did Macron say about sending troops to Ukraine?"),
    (TITANIC, "who built it and when did it leave", "Who built the Titanic and when did it leave?"),
    (INFLATION, "What are its effects?", "What are inflation’s effects?"),
    (PENICILLIN, "How does it work?", "How does penicillin work?"),
    (EIFFEL, "How much did it cost to build?", "How much did the Eiffel Tower cost to build?"),
    (EIFFEL, "How long did it take to build?", "How long did the Eiffel Tower take to build?"),
    (EIFFEL, "Is it safe to climb?", "Is the Eiffel Tower safe to climb?"),
    (EIFFEL, "Is it safe for children?", "Is the Eiffel Tower safe for children?"),
    (EIFFEL, "How far is it from London?", "How far is the Eiffel Tower from London?"),
    (EIFFEL, "How cold is it at night?", "How cold is the Eiffel Tower at night?"),
    # What only the answer names
    (PENICILLIN, "When was he born?", "When was Alexander Fleming born?"),
    (
        Turn("Who discovered it?", "Fleming found that the mould, a kind of Penicillium, killed germs."),
        "When was he born?",
        "When was Fleming born?",
    ),
    (MAN, "what did he say", "What did Neil Armstrong say?"),
    # Nouns that need another
    (TITANIC, "Who was the captain?", "Who was the captain of the Titanic?"),
    (TITANIC, "What did the captain say?", "What did the captain of the Titanic say?"),
    (TITANIC, "How many crew did the ship have?", "How many crew did the ship of the Titanic have?"),
    (PARIS, "Who is the mayor?", "Who is the mayor of Paris?"),
    (PARIS, "What's the climate like?", "What's the climate of Paris like?"),
    (
        Turn("Who led the Quit India Movement?", ""),
        "Why did that movement fail?",
        "Why did the Quit India Movement fail?",
    ),
    (TITANIC, "How many people died?", "How many people died in the Titanic?"),
    (APOLLO, "What happened next?", "What happened next in Apollo 11?"),
    # Those who were asked about, before those whom the answer names
    (BREKK, "When was he born?", "When was Jonas Brekk born?"),
    (Turn("Who was Laika?", "Yuri Gagarin followed her."), "When did she die?", "When did Laika die?"),
    (
        Turn("who was norman heatley", "Howard Florey hired him."),
        "what did oxford give him",
        "What did oxford give norman heatley?",
    ),
    (Turn("Who won the race?", "Ann Lee of Canada won it."), "How old is she?", "How old is Ann Lee?"),
    (HOSPITAL, "How did she get there?", "How did the Ebola patient get to Glasgow?"),
    # Groups are taken whole
    (
        Turn("Who flew on Apollo 11?", "Neil Armstrong, Buzz Aldrin and Michael Collins flew on it."),
        "What did they bring back?",
        "What did Neil Armstrong, Buzz Aldrin and Michael Collins bring back?",
    ),
    (
        Turn("Who climbed it?", "It was Edmund Hillary, from New Zealand, and Tenzing Norgay, a Sherpa."),
        "What did they see?",
        "What did Edmund Hillary and Tenzing Norgay see?",
    ),
    # What was asked for
    (
        Turn("Which ship ran aground?", "The container ship Ever Given ran aground."),
        "Who owns that ship?",
        "Who owns Ever Given?",
    ),
    # An office, or a measure, is of what has the name
    (CEO, "How old is he?", "How old is Tim Cook?"),
    (PRESIDENT, "What is the capital?", "What is the capital of France?"),
    (PRESIDENT, "And Germany?", "Who is the President of Germany?"),
    (PRESIDENT, "How old is he?", "How old is the President of France?"),
    (Turn("What is the GDP of Germany?", ""), "Who is the chancellor?", "Who is the chancellor of Germany?"),
    (
        Turn("Who runs the Bank of England?", ""),
        "When was it founded?",
        "When was the Bank of England founded?",
    ),
    # More
    (APOLLO, "more about that", "Tell me more about Apollo 11"),
    (INFLATION, "Can you tell me more?", "Tell me more about inflation"),
]
ALONE = [
    "What is inflation?",
    "Where is the Suez Canal?",
    "Who discovered penicillin?",
    "penicillin",
    "Suez Canal",
    "What is a senator?",
    "What is mass?",
    "What are symptoms?",
    "what's an engineer",
    "What happened today?",
    "What happened in March?",
    "what happened last month",
    "What happened in 1914?",
    "What happened on 9/11?",
    "Is it true that the Earth is flat?",
    "How long does it take to bake bread?",
    "why is it called a vaccine",
    "How far is it from London to Paris?",
    "Why is it cold in winter?",
    "When is it summer in Australia?",
    "What is it like to live in Japan?",
    "What does it mean to be free?",
    "Is it raining?",
    "Is it safe for children to eat mushrooms?",
    "Is it legal to smoke in Japan?",
    "Who was it that discovered gravity?",
    "What is coffee made of?",
    "What is the capital of France?",
    "When did the Titanic sink and how many people were on it?",
    "Why did France say it would send troops?",
    "Which state announced it is legalizing jaywalking?",
    "Which team recently won its first title?",
    "Did Macron keep his promise?",
    "When it was opened, how long was the Suez Canal?",
    "Is there life on Mars?",
    "How many countries are there in Africa?",
    "And who built the Channel Tunnel?",
    "my friend has coeliac disease, can she eat sourdough?",
    "WHAT IS INFLATION?",
    "Und wann?",
    "Thanks!",
    "?",
    "😀",
]


SEVERAL = [
    (CEO, "When was it founded?", ("When was the CEO of Apple founded?", "When was Apple founded?")),
    (
        TRAINED,
        "What did he say?",
        ("What did Britain say?", "What did John Healey say?"),
    ),
    (
        HOSPITAL,
        "How big is the city?",
        ("How big is the city of the Ebola patient?", "How big is the city?"),
    ),
    (INFLATION, "Did he like bread?", ("Did inflation like bread?", "Did he like bread?")),
    (TITANIC, "How many died?", ("How many died in the Titanic?", "How many died?")),
    (EIFFEL, "How hot is it on Venus?", ("How hot is the Eiffel Tower on Venus?", "How hot is it on Venus?")),
]
"""What can be read in several ways."""
DOUBTFUL = ["What is the euro?", "How hot is it on Venus?", "What about penicillin?"]
"""What stands alone, and may as well lean: as it stands it is one of the readings."""


@pytest.mark.parametrize(("turn", "typed", "wanted"), FOLLOW_UPS)
def test_a_follow_up_takes_what_it_lacks_from_the_turn_before(turn, typed, wanted) -> None:
    assert standalone(typed, [turn], KINDS)[0] == wanted


@pytest.mark.parametrize(("turn", "typed", "readings"), SEVERAL)
def test_where_two_readings_are_possible_both_are_given(turn, typed, readings) -> None:
    assert standalone(typed, [turn], KINDS) == readings


@pytest.mark.parametrize(("turn", "typed", "wanted"), FOLLOW_UPS)
def test_what_was_understood_is_taken_as_it_stands_when_it_is_asked_again(turn, typed, wanted) -> None:
    assert standalone(wanted, [turn], KINDS) == (wanted,)
    assert standalone(wanted, [turn, Turn(wanted, "")], KINDS) == (wanted,)


@pytest.mark.parametrize("turn", [APOLLO, TRAINED, SENDING, TITANIC, MAN, PARIS])
@pytest.mark.parametrize("question", ALONE)
def test_a_question_that_stands_alone_is_not_dragged_back(question, turn) -> None:
    assert standalone(question, [turn], KINDS) == (question,)


@pytest.mark.parametrize("turn", [APOLLO, TRAINED, SENDING, TITANIC, MAN, PARIS, HOSPITAL])
@pytest.mark.parametrize("question", DOUBTFUL)
def test_a_question_that_may_stand_alone_is_one_of_few_readings(question, turn) -> None:
    readings = standalone(question, [turn], KINDS)
    assert readings[-1] == question
    assert 1 < len(readings) <= READINGS


def test_no_labelled_question_is_dragged_to_another_topic(root: Path) -> None:
    lines = (root / "tests" / "retrieval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    turns = (APOLLO, TRAINED, INFLATION)
    readings = {question: [standalone(question, [turn], KINDS) for turn in turns] for question in questions}
    assert [
        question for question, found in readings.items() if any(question not in each for each in found)
    ] == []
    doubtful = {question: found for question, found in readings.items() if {*found} != {(question,)}}
    assert len(doubtful) <= len(questions) / 20, doubtful


def test_without_turns_nothing_is_changed() -> None:
    assert standalone("And when?", [], KINDS) == ("And when?",)


def test_a_chain_of_follow_ups_keeps_the_topic() -> None:
    turns: list[Turn] = []
    for typed in ("When was the Suez Canal opened?", "How long is it?", "And how deep?", "Who owns it?"):
        turns.append(Turn(standalone(typed, turns, KINDS)[0], ""))
    assert [turn.question for turn in turns[1:]] == [
        "How long is the Suez Canal?",
        "How deep is the Suez Canal?",
        "Who owns the Suez Canal?",
    ]


def test_the_turn_before_the_last_helps_when_the_last_says_nothing() -> None:
    assert standalone("How long is it?", [TITANIC, Turn("Really?", "")], KINDS) == (
        "How long is the Titanic?",
    )


def test_nothing_in_a_turn_is_a_pattern_or_markup() -> None:
    odd = Turn(r"What is (.*)\1 <b>[X]</b> \d+?", "")
    for typed in ("And when?", "What about it?", "How many died?", "(", "\\", "What about [?"):
        assert all(standalone(typed, [odd], KINDS))
    assert all(text.strip() for text in standalone("Why?", [Turn("", "")], KINDS))


def test_a_very_long_answer_does_not_slow_a_follow_up_down() -> None:
    import time

    started = time.process_time()  # of this process alone: a busy machine is no failure
    standalone(
        "it it it " * 100, [Turn("What is X? " * 90, "The Xes of Y said it, and when, " * 20_000)], KINDS
    )
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who climbed Mount Everest?", ["Mount Everest"]),
        ("When did Macron meet Trump and Putin in Alaska?", ["Macron", "Trump and Putin", "Alaska"]),
        ("who runs the Bank of England", ["the Bank of England"]),
        ("Who is the Prime Minister of Canada?", ["the Prime Minister of Canada"]),
        ("Who wrote The Lord of the Rings?", ["The Lord of the Rings"]),
        ("What did the WHO say about the cause?", ["the WHO", "the cause"]),
        ("What is Paris's population?", ["Paris's population"]),
        ("where do guinea pigs sleep in the wild", ["guinea pigs", "the wild"]),
        ("", []),
    ],
)
def test_mentions_are_names_and_noun_phrases(text, found) -> None:
    assert [each.text for each in mentions(text)] == found
    assert all(text[each.start : each.end] == each.text for each in mentions(text))
