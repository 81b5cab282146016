"""Who asks for a speed is not told a distance."""

from __future__ import annotations

import pytest

from rag.question.english.measures import MEASURES, MONEY, UNITS, measure_of, units


def may_tell(question: str, text: str) -> bool:
    return all(unit.search(text) for unit in units(question))


DRIFT = "In about 40,000 years Voyager 1 will drift within 1.6 light years of a star."


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How fast does Voyager 1 travel?", DRIFT),
        ("How fast is a cheetah?", "It is known as a hunter."),
        ("At what speed did the turbine run?", "The turbine ran for 16,000 hours."),
        ("What percentage of the pupils went abroad?", "In 1992, 312 pupils went abroad."),
        ("How hot is the core of the Sun?", "The core of the Sun is about 15 million years younger."),
        ("How heavy was the bell?", "The bell of 1858 was cast in Whitechapel."),
        ("How tall is the tower?", "The tower was finished in 1889 and had 18,038 parts."),
        ("How much did the bridge cost?", "The bridge took six years and 1,400 workers."),
        ("How much money was raised?", "More than 200 people raised it within 12 days."),
        ("What do the fellows get paid?", "There are 90 fellows now."),
        ("What does the firm charge for a visit?", "The firm made 300 visits."),
        ("How many people use it?", "It would not be there without the many people who use it."),
        ("What share of power comes from wind?", "Wind gave 400 megawatts of power."),
        ("When did the factory close?", "The factory closed after 312 lamps."),
        ("In which year was it sold, and to whom?", "It was sold again to the same man."),
        ("How many came to the dinner of 2019?", "The dinner of 2019 was held in May."),
    ],
)
def test_a_text_without_a_unit_of_what_is_asked_for_does_not_tell_it(question: str, text: str) -> None:
    assert not may_tell(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How fast does Voyager 1 travel?", "It moves at 17 kilometres a second."),
        ("How fast does light travel?", "Light takes a second for 300,000 km: nothing is faster."),
        ("What percentage of the pupils went abroad?", "One in five went abroad."),
        ("What percentage of the pupils went abroad?", "More than half of them did."),
        ("How cold does it get there?", "It may fall to −40 °C."),
        ("How much does the stone weigh?", "The stone is of 12 tonnes."),
        ("How tall is the tower?", "It is 330m high."),
        ("How far is the star?", DRIFT),
        ("What price did he ask?", "He wanted £3 for it."),
        ("How much did the ticket cost?", "Tickets were free."),
        ("How much does a stamp cost?", "A stamp costs 85p."),
        ("How long did the siege last?", "It began in spring."),
        ("How fast was the car?", "The car hit the wall at 70mph."),
        ("How heavy is the drone?", "It weighs 70kg."),
        ("How hot did it get?", "It reached 40 Celsius."),
        ("How many came?", "Sixty-two came."),
        ("How many came?", "In 2019, 1,950 came."),
        ("How many pupils are absent?", "Of the pupils 2.4% are."),
        ("How many times a year do they meet?", "They meet twice a year."),
        ("What share of power comes from wind?", "Wind gave a third of the power."),
        ("When did the factory close?", "It closed on a Monday."),
        ("When did the factory close?", "It closed three years later."),
        ("What year did the factory close?", "It closed in the 18th century."),
        ("When was it sold?", "It was sold last spring."),
        ("When can they come?", "They may whenever they like."),
    ],
)
def test_a_text_with_one_may_tell_it(question: str, text: str) -> None:
    assert may_tell(question, text)


@pytest.mark.parametrize(
    "question",
    [
        "How far west did the empire extend?",
        "How long did the plague last?",
        "How old was he?",
        "How much did she say about it?",
        "Who ran the fastest mile?",
        "What weight class did he fight in?",
        "Which temperature scale did they use?",
        "What area of the city was rebuilt?",
        "Who had the largest share of the land?",
        "What did the prosecutor charge him with?",
    ],
)
def test_a_question_for_no_measure_may_be_told_by_any_text(question: str) -> None:
    assert may_tell(question, "They went to the sea.")


def test_what_is_asked_for_is_what_units_measure() -> None:
    given = {measure for _, measure, _ in UNITS}
    assert all(measure.measures <= given for measure in MEASURES)
    assert given - {"fahrenheit"} <= set().union(*(measure.measures for measure in MEASURES))
    assert given >= MONEY


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("How long is the bridge?", "length"),
        ("How long did it last?", "time"),
        ("How old is she?", "time"),
        ("How big is Peru?", "area"),
        ("How heavy is it?", "mass"),
        ("How hot is it?", "temperature"),
        ("What share is it?", "share"),
        ("How deep is the lake?", "length"),
    ],
)
def test_a_question_asks_for_its_measure(question: str, measure: str) -> None:
    found = measure_of(question)
    assert found is not None
    assert found[0].measures == {measure}
