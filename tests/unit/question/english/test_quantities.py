"""Figures and days: what a text states, and what may mean the same."""

from __future__ import annotations

import pytest

from rag.question.english.quantities import days, quantities


def stated(text: str) -> list[tuple[str, str]]:
    return [(text[quantity.start : quantity.end], quantity.measure) for quantity in quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It killed about 21.5 million people.", [("about 21.5 million", "")]),
        (
            "It was 8,850 metres high, or 29,035 feet.",
            [("8,850 metres", "length"), ("29,035 feet", "length")],
        ),
        (
            "Between 4.8 million and 12.7 million tonnes sank.",
            [("Between 4.8 million and 12.7 million tonnes", "mass")],
        ),
        (
            "It moves at 67.4 kilometres per second, give or take 0.5.",
            [("67.4 kilometres per second", "speed")],
        ),
        (
            "A package worth £225 million or $300 million.",
            [("£225 million", "pounds"), ("$300 million", "dollars")],
        ),
        ("Microplastics were 94 per cent of it.", [("94 per cent", "share")]),
        (
            "It cost $2.5bn, £3m, 4bn euros or €5k.",
            [("$2.5bn", "dollars"), ("£3m", "pounds"), ("4bn euros", "euros"), ("€5k", "euros")],
        ),
        ("Between $2bn and $3bn.", [("Between $2bn and $3bn", "dollars")]),
        (
            "At 464 degrees Celsius or 867 °F.",
            [("464 degrees Celsius", "temperature"), ("867 °F", "fahrenheit")],
        ),
        ("Three people and 1,200 sheep.", [("Three", ""), ("1,200", "")]),
        ("The ridge is 1 500 metres high.", [("1 500 metres", "length")]),
        ("Between 10\u202f000 and 20\u202f000 people.", [("Between 10\u202f000 and 20\u202f000", "")]),
        ("In 2010 500 people came.", [("500", "")]),
        ("Two-thirds of them agreed, three quarters of us and half of you.",
         [("Two-thirds", "share"), ("three quarters", "share"), ("half", "share")]),
        ("Half a million fled, a quarter of a million came.",
         [("Half a million", ""), ("a quarter of a million", "")]),
        ("It fell to minus 40 degrees or −40 °C.",
         [("minus 40 degrees", "temperature"), ("−40 °C", "temperature")]),
        ("Water boils at 100 degrees centigrade.", [("100 degrees centigrade", "temperature")]),
        ("The fine is 500 baht, 30 roubles or ¥20.",
         [("500 baht", "baht"), ("30 roubles", "roubles"), ("¥20", "yen")]),
        ("She weighs 70 kilos, 12 pounds more.", [("70 kilos", "mass"), ("12 pounds", "mass")]),
        ("It cost 12 pounds.", [("12 pounds", "pounds")]),
        ("A third man came before the second half.", []),
    ],
)  # fmt: skip
def test_a_figure_is_read_with_its_unit_and_how_exactly_it_is_meant(text: str, expected) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "On 14 April 1912 it sank.",
        "In 1998 and from 1914 to 1918.",
        "At 11.40 in the evening, or 23:40.",
        "He saw Apollo 11 land.",
        "He was aged 72, with an uncertainty of 0.5.",
    ],
)
def test_a_date_a_time_an_age_an_error_and_a_names_number_are_no_figures(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("about 21.5 million", "21.5 million", True),
        ("more than 60", "64", True),
        ("nearly 3,000", "2,975", True),
        ("51,000", "51,200", True),
        ("2 kilometres", "2,000 metres", True),
        ("up to 4,000", "up to 9,000", False),
        ("1,517", "1,503", False),
        ("13.77 billion", "about 13.80 billion", False),
        ("8,850 metres", "8,848.86 metres", False),
        ("between 151,700 and 575,400", "about 18,500", False),
        ("324 metres", "1,063 ft", True),
        ("8,849 metres", "29,032 feet", True),
        ("8,849 metres", "29,100 feet", False),
        ("384,400 km", "238,855 miles", True),
        ("5 km", "3 miles", True),
        ("464 degrees Celsius", "867 degrees Fahrenheit", False),
        ("$2.5bn", "$2.5 billion", True),
        ("£2.5m", "£2.5 million", True),
        ("$2bn-$3bn", "$2.5 billion", True),
        ("two-thirds of them", "66 per cent", True),
        ("a third of them", "40%", False),
        ("half a million", "500,000", True),
        ("minus 40 degrees", "-40 °C", True),
        ("minus 40 degrees", "40 degrees", False),
        ("70 kilos", "70,000 grams", True),
        ("a weight of 10 pounds", "4.5 kg", True),
        ("12 inches", "1 foot", True),
    ],
)
def test_figures_agree_that_may_mean_the_same(one: str, other: str, agree: bool) -> None:
    [first], [second] = quantities(one), quantities(other)
    assert first.agrees(second) == second.agrees(first) == agree


def test_a_year_agrees_with_its_days_and_not_with_another_month() -> None:
    text = "1869, November 1869, 17 November 1869, November 17, 1869 and 16 December 1869"
    year, month, day, american, other = days(text)
    assert (day.year, day.month, day.day) == (american.year, american.month, american.day) == (1869, 11, 17)
    assert year.agrees(day) and month.agrees(day) and year.agrees(other)
    assert not day.agrees(other)
