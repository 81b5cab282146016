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
        ("two fifths of them", "40 per cent", True),
        ("a fifth of them", "50 per cent", False),
        ("a tenth of them", "10 per cent", True),
        ("a quarter of them", "25 per cent", True),
        ("a quarter of them", "30 per cent", False),
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


MONTH_SECONDS = 2_629_800.0


@pytest.mark.parametrize(
    ("units", "measure", "size"),
    [
        ("square kilometres|square kilometers|square kilometre|square kilometer|square km", "area", 1e6),
        ("square miles|square mile", "area", 2_589_988.0),
        ("square metres|square meters|square metre|square meter|square m", "area", 1.0),
        ("hectares|hectare", "area", 10_000.0),
        ("acres|acre", "area", 4046.856),
        ("kilometres per second|km a second|km/s|kilometer/second", "speed", 1000.0),
        ("metres per second|meters a second|metre per second", "speed", 1.0),
        ("kilometres per hour|km an hour|km/h|kilometers/hour", "speed", 1 / 3.6),
        ("miles per hour|miles an hour|mile per hour|mph", "speed", 0.44704),
        ("knots|knot", "speed", 0.514444),
        ("kilometres|kilometers|kilometre|kilometer|km", "length", 1000.0),
        ("centimetres|centimeters|centimetre|cm", "length", 0.01),
        ("millimetres|millimeters|millimetre|mm", "length", 0.001),
        ("metres|meters|metre|meter|m", "length", 1.0),
        ("miles|mile", "length", 1609.344),
        ("feet|foot|ft", "length", 0.3048),
        ("inches|inch", "length", 0.0254),
        ("yards|yard", "length", 0.9144),
        ("light years|light-year", "length", 9.4607e15),
        ("micrometres|nanometers|nm|µm", "length", 1e-6),
        ("kilograms|kilogram|kg", "mass", 1.0),
        ("milligrams|milligram|mg", "mass", 1e-6),
        ("metric tons|tons|metric ton|ton|tonnes|tonne", "mass", 1000.0),
        ("grams|gram|g", "mass", 0.001),
        ("kilos|kilo", "mass", 1.0),
        ("micrograms|microgram|mcg|µg", "mass", 1e-9),
        ("ounces|ounce|oz", "mass", 0.0283495),
        ("lbs|lb", "mass", 0.453592),
        ("years|year", "time", 31_557_600.0),
        ("months|month", "time", MONTH_SECONDS),
        ("weeks|week", "time", 604_800.0),
        ("days|day", "time", 86_400.0),
        ("hours|hour", "time", 3600.0),
        ("minutes|minute", "time", 60.0),
        ("seconds|second", "time", 1.0),
        ("degrees Fahrenheit|degree Fahrenheit|°F", "fahrenheit", 1.0),
        ("degrees Celsius|degrees|degree|°C|°", "temperature", 1.0),
        ("per cent|percent|%", "share", 1.0),
        ("US dollars|American dollars|dollars|dollar", "dollars", 1.0),
        ("euros|euro", "euros", 1.0),
        ("pounds|pound", "pounds", 1.0),
    ],
)
def test_a_unit_has_its_measure_and_size_however_it_is_written(units: str, measure: str, size: float) -> None:
    for unit in units.split("|"):
        for text in (f"3 {unit}", f"3-{unit}", f"3 {unit.upper()}"):
            [found] = quantities(text)
            assert (found.start, found.end, found.measure, found.unit) == (0, len(text), measure, size), text
            assert (found.low, found.high) == (3 * size, 3 * size), text
        if unit[-1].isalpha() and " " not in unit:
            assert [each.measure for each in quantities(f"3 {unit}zzz")] != [measure]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3", 3, 3),
        ("3,456", 3456, 3456),
        ("3,456.5", 3456.45, 3456.55),
        ("3.5", 3.45, 3.55),
        ("300", 250, 350),
        ("30", 30, 30),
        ("51,000", 50_500, 51_500),
        ("about 30", 25, 35),
        ("around 30", 25, 35),
        ("roughly 30", 25, 35),
        ("some 30", 25, 35),
        ("approximately 30", 25, 35),
        ("an estimated 30", 25, 35),
        ("a little over 30", 25, 35),
        ("a little under 30", 25, 35),
        ("just over 30", 25, 35),
        ("just under 30", 25, 35),
        ("at least 64", 64, 96),
        ("more than 64", 64, 96),
        ("over 64", 64, 96),
        ("upwards of 64", 64, 96),
        ("no fewer than 64", 64, 96),
        ("at least 600", 550, 900),
        ("up to 63", 42, 63.5),
        ("at most 63", 42, 63.5),
        ("as many as 63", 42, 63.5),
        ("as much as 63", 42, 63.5),
        ("fewer than 63", 42, 63.5),
        ("less than 63", 42, 63.5),
        ("under 63", 42, 63.5),
        ("nearly 63", 42, 63.5),
        ("almost 63", 42, 63.5),
        ("close to 63", 42, 63.5),
        ("3 hundred", 250, 350),
        ("3 thousand", 2500, 3500),
        ("3 million", 2.5e6, 3.5e6),
        ("3 billion", 2.5e9, 3.5e9),
        ("3 trillion", 2.5e12, 3.5e12),
        ("3bn", 2.5e9, 3.5e9),
        ("3tn", 2.5e12, 3.5e12),
        ("£3k", 2500, 3500),
        ("£3m", 2.5e6, 3.5e6),
        ("£3mn", 2.5e6, 3.5e6),
        ("3 to 5", 3, 5),
        ("3–5", 3, 5),
        ("3 - 5", 3, 5),
        ("between 3 and 5", 3, 5),
        ("from 3 to 5 million", 3e6, 5e6),
        ("3 million to 5 million", 3e6, 5e6),
        ("£3 to £5", 3, 5),
        ("two", 2, 2),
        ("three million", 3e6, 3e6),
        ("twelve", 12, 12),
        ("a fifth of", 19, 21),
        ("two tenths of", 19, 21),
        ("half a million", 475_000, 525_000),
    ],
)
def test_a_number_means_what_it_may_have_been_rounded_to(text: str, low: float, high: float) -> None:
    [found] = quantities(text)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9)
    assert (found.start, found.end) == (0, len(text.removesuffix(" of")))


def test_number_words_count_from_two_to_twelve() -> None:
    words = "two three four five six seven eight nine ten eleven twelve".split()
    assert [quantity.low for word in words for quantity in quantities(f"{word} ships")] == list(range(2, 13))
    assert list(quantities("one ship")) == []


@pytest.mark.parametrize(
    ("text", "rounding"),
    [
        ("324 metres", 0.5),
        ("3 km", 500.0),
        ("30 metres", 5.0),
        ("about 30 metres", 0.0),
        ("3.5 metres", 0.0),
        ("two metres", 0.5),
    ],
)
def test_an_exact_figure_of_another_unit_is_off_by_half_its_last_digit(text: str, rounding: float) -> None:
    [found] = quantities(text)
    assert found.rounding == pytest.approx(rounding)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("1 mile", "1,609 metres", True),
        ("324 metres", "325 metres", False),
        ("2 weeks", "14 days", True),
        ("30 metres", "30 kilograms", False),
        ("60", "more than 60", True),
        ("90", "more than 60", True),
        ("91", "more than 60", False),
        ("42", "up to 63", True),
        ("41", "up to 63", False),
        ("between 3 and 5", "5", True),
        ("between 3 and 5", "6", False),
    ],
)
def test_figures_agree_up_to_the_ends_of_what_they_may_mean(one: str, other: str, agree: bool) -> None:
    [first], [second] = quantities(one), quantities(other)
    assert first.agrees(second) == second.agrees(first) == agree


def test_a_figure_agrees_with_no_day() -> None:
    [figure], [day] = quantities("3 metres"), days("in 1912")
    assert not figure.agrees(day)
    assert not day.agrees(figure)


@pytest.mark.parametrize(
    "text",
    [
        "On 14 April it sank.",
        "April 14 it sank.",
        "At 11 a.m. and 11 p.m.",
        "At 11am.",
        "At 11 o'clock.",
        "At 11 in the morning, 3 in the afternoon and 7 in the evening.",
        "age 72",
        "aged 72",
        "with an uncertainty of 0.5",
        "an uncertainty of about 0.5",
        "an uncertainty of around 0.5",
        "an uncertainty of only 0.5",
        "give or take 5",
        "plus or minus 5",
        "± 5",
        "in 1912",
        "of 1912",
        "since 1912 people came",
        "by 1912 people came",
        "until 1912 people came",
        "to 1912 people came",
        "before 1912 people came",
        "after 1912 people came",
        "and 1912 people came",
        "year 1912 people came",
        "late 1912 people came",
        "early 1912 people came",
        "mid 1912 people came",
        "the 1912 people",
        "later (1912 people)",
        "they saw Apollo 11 land",
        "1912-1918",
        "version 3.2.1",
        "7:45",
        "a B52 and 3rd",
    ],
)
def test_a_number_that_states_no_figure_is_left_alone(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It took 1912 people.", [("1912", "")]),
        ("It weighs 1912 tonnes.", [("1912 tonnes", "mass")]),
        ("It is 1912", []),
        ("They saw Apollo carry 11 men.", [("11", "")]),
        ("They saw Apollo about 11 times.", [("about 11", "")]),
        ("They saw Apollo 11 million times.", [("11 million", "")]),
        ("The Moon, 5 km off.", [("5 km", "length")]),
        ("It cost €5.", [("€5", "euros")]),
        ("1600–1700 people", []),
    ],
)
def test_what_stands_around_a_number_tells_whether_it_is_a_figure(text: str, expected) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 1912", [(1912, None, None)]),
        ("in 2012", [(2012, None, None)]),
        ("April 1912", [(1912, 4, None)]),
        ("14 April 1912", [(1912, 4, 14)]),
        ("April 14, 1912", [(1912, 4, 14)]),
        ("14 April, 1912", [(1912, 4, 14)]),
        ("January 2001 and December 2002", [(2001, 1, None), (2002, 12, None)]),
        ("1912.5 and 1,912 and 19120 and 1912% and 912 and 2112", []),
        ("1912, 1913.", [(1912, None, None), (1913, None, None)]),
        ("on 1912-04-14, not 1912-14-04", [(1912, 4, 14), (1912, None, None)]),
    ],
)
def test_a_date_is_read_with_its_month_and_day(text: str, expected) -> None:
    assert [(day.year, day.month, day.day) for day in days(text)] == expected
    for day in days(text):
        assert str(day.year) in text[day.start : day.end]
