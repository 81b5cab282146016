"""What well-kept libraries read of English times and figures, held against our own rules.

    pip install dateparser quantulum3
    python benchmarks/language_libraries.py

The rows were written for this comparison, before either side had read them, by those who write the rules. A
time is right where all its words are found and the days that are read lie within those meant; one day of a
month is enough. A figure is right where its number and what it measures are. "Too many" are times or figures
that are read where none is meant. Then the processor time of a row, the median of nine runs over all of them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar

import dateparser.search
from quantulum3 import classifier
from quantulum3 import parser as quantulum

from rag.question.english.quantities import quantities
from rag.question.english.times import stretches

classifier.USE_CLF = False
"""The files of quantulum3's classifier can only be opened with an older scikit-learn than ours."""

TODAY = date(2022, 11, 22)
PUBLISHED = (date(2015, 1, 5), TODAY)

Time = tuple[str, date, date]
"""Its words, and its first and last day."""
Figure = tuple[float, str]
"""The least number that it may be, and what its unit measures; "" without one."""
Row = TypeVar("Row")

TIMES = """
which ministers resigned | in September 2021 | 2021-09-01 2021-09-30
how many strikes were there | last year | 2021-01-01 2021-12-31
who spoke to parliament | yesterday | 2022-11-21 2022-11-21
what changed for pensioners | since April 2019 | 2019-04-01 2022-11-22
reports on the flood | from 14 July 2021 | 2021-07-14 2021-07-14
which bills passed | between May and August 2020 | 2020-05-01 2020-08-31
what was said about grain | three months ago | 2022-08-01 2022-08-31
prices of gas | in the winter of 2021 | 2021-12-01 2022-02-28
what did the bank announce | on June 3rd, 2022 | 2022-06-03 2022-06-03
trains cancelled | in the past two weeks | 2022-11-08 2022-11-22
who was elected | in Oct 2022 | 2022-10-01 2022-10-31
stories about bees | before 2018 | 2015-01-05 2017-12-31
which tariffs were lifted | during March 2018 | 2018-03-01 2018-03-31
what happened to the harbour | a week ago | 2022-11-14 2022-11-20
verdicts | from January to March 2022 | 2022-01-01 2022-03-31
the budget | this month | 2022-11-01 2022-11-30
how did voters decide | in late 2016 | 2016-01-01 2016-12-31
complaints about noise | until 5 May 2021 | 2015-01-05 2021-05-05
what may the second lawyer march for
how many of the ten went on
who finished third in the race
what is the may tree
how do I get to platform 9 at noon
where did the sun set
did they march in protest over wages
why were five hundred turned away
"""
"""A question, its words of time and the days that they mean; further down such as have none."""

FIGURES = """
The bridge is 1,280 metres long. | 1280 length
It costs £4.5 million a year. | 4500000 pounds
She won 52.3% of the vote. | 52.3 share
About 3,000 people marched. | 2500
The lake froze at minus 12 degrees. | -12 temperature
They earned 300 baht a day. | 300 baht
The parcel weighed 14 kilos. | 14 mass
The flight took 11 hours. | 39600 time
Two-thirds of the seats were empty. | 63.3 share
Half a million left. | 475000
A fine of $2.4bn was paid. | 2400000000 dollars
The field covers 40 hectares. | 400000 area
The wind reached 130 km/h. | 36.1 speed
It lies 25 miles away. | 40233.6 length
The dam holds 4 500 trout. | 4500
Seven judges agreed. | 7
Oil rose to 85 dollars. | 85 dollars
The oven has 180 degrees Celsius. | 180 temperature
It weighed 9 pounds at birth, a good weight. | 4.08 mass
The trip took three days and cost 90 euros. | 259200 time | 90 euros
In 2019 400 homes burned. | 400
Apollo 13 came home.
It was signed on 7 May 1945.
The train leaves at 9:45.
In 1989 the wall fell.
She stood on one leg.
A second attempt failed.
"""
"""A sentence and its figures, in the unit that ours are kept in: metres, kilograms, seconds, per cent."""


def main() -> None:
    asked = [_time(line) for line in TIMES.strip().splitlines()]
    print("| Times in questions | right | too many | microseconds a question |\n| --- | --- | --- | --- |")
    print(row("ours", our_times, asked, _is_time))
    print(row("dateparser", their_times, asked, _is_time))
    said = [_figures(line) for line in FIGURES.strip().splitlines()]
    print(
        "\n| Figures in sentences | right | too many | microseconds a sentence |\n| --- | --- | --- | --- |"
    )
    print(row("ours", our_figures, said, _is_figure))
    print(row("quantulum3", their_figures, said, _is_figure))


def _time(line: str) -> tuple[str, list[Time]]:
    question, *meant = map(str.strip, line.split("|"))
    if not meant:
        return question, []
    words, days = meant
    first, last = map(date.fromisoformat, days.split())
    return f"{question} {words}", [(words, first, last)]


def _figures(line: str) -> tuple[str, list[Figure]]:
    sentence, *meant = map(str.strip, line.split("|"))
    pairs = (each.partition(" ") for each in meant)
    return sentence, [(float(number), measure) for number, _, measure in pairs]


def row(
    name: str,
    read: Callable[[str], list[Row]],
    table: Sequence[tuple[str, list[Row]]],
    is_same: Callable[[Row, Row], bool],
) -> str:
    """Return what `read` gets right of `table`, its columns apart by bars."""
    right = extra = count = 0
    for text, meant in table:
        left = read(text)
        for each in meant:
            same = next((other for other in left if is_same(each, other)), None)
            count += 1
            if same is not None:
                right += 1
                left.remove(same)
        extra += len(left)
    return (
        f"| {name} | {right} of {count} | {extra} | {1e6 * seconds(read, [text for text, _ in table]):.0f} |"
    )


def seconds(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return the processor seconds that `read` takes for one of `texts`."""
    taken = []
    for _ in range(9):
        start = time.process_time()
        for text in texts:
            read(text)
        taken.append((time.process_time() - start) / len(texts))
    return statistics.median(taken)


def our_times(question: str) -> list[Time]:
    read = stretches(question, PUBLISHED, today=TODAY)
    return [(each.words, each.since or PUBLISHED[0], each.until or PUBLISHED[1]) for each in read]


def their_times(question: str) -> list[Time]:
    base = datetime(TODAY.year, TODAY.month, TODAY.day)
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    read: Iterable[tuple[str, datetime]] = (
        dateparser.search.search_dates(question, languages=["en"], settings=settings) or ()
    )
    return [(words, found.date(), found.date()) for words, found in read]


def _is_time(meant: Time, read: Time) -> bool:
    words, first, last = meant
    lacking = {*words.split()} - {*read[0].split()} - {"in", "on", "from", "during", "the"}
    return not lacking and first <= read[1] and read[2] <= last


def our_figures(sentence: str) -> list[Figure]:
    return [(each.low, each.measure) for each in quantities(sentence)]


def their_figures(sentence: str) -> list[Figure]:
    return [_in_ours(each.value, each.unit.name, each.unit.entity.name) for each in quantulum.parse(sentence)]


SIZES = {"kilometre per hour": 1 / 3.6, "mile": 1609.344, "hectare": 1e4, "hour": 3600.0, "day": 86_400.0}
SIZES |= {"pound-mass": 0.453592}


def _in_ours(value: float, unit: str, entity: str) -> Figure:
    """Return a figure of quantulum3 in the unit and the words that ours have."""
    if unit == "percentage":
        return value, "share"
    if entity == "currency":
        money = {"pound sterling": "pounds", "dollar": "dollars", "euro": "euros", "thai baht": "baht"}
        return value, money.get(unit, unit)
    measure = {"dimensionless": "", "unknown": unit}.get(entity, entity)
    return value * SIZES.get(unit, 1.0), measure


def _is_figure(meant: Figure, read: Figure) -> bool:
    """Say whether the unit is the same, and the number within a fifth: "about" may be read either way."""
    return meant[1] == read[1] and abs(meant[0] - read[0]) <= abs(meant[0]) / 5


if __name__ == "__main__":
    main()
