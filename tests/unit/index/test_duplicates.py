"""Near-duplicates: copies are found, reports of one event and texts on one template are not."""

from __future__ import annotations

import random
import re
from collections.abc import Container, Sequence
from datetime import date

from rag.index import duplicates
from rag.index.duplicates import Known
from rag.types import Article

REPORT = """The council voted on Tuesday to rebuild the old harbour wall after three winters of storm damage.
Engineers found in 2024 that the sea had washed out nearly 400 metres of the foundations, and that the road
above them could fail without warning. The work will begin in April and is expected to take 18 months.
Residents of the lower town, who were moved out twice last year, said that the decision came too late for
some of them. "We have lost two seasons and most of our guests," said Maria Keller, who runs a small hotel.
The mayor answered that the state had only released the money, 12.5 million in all, at the end of June.
Fishing boats will use the northern basin while the wall is closed, and the Saturday market moves inland.
A group of neighbours has asked for a lower wall that would keep the view of the bay, but the engineers say
that anything under six metres would be overtopped by a storm such as the one of January 2023."""

SYNDICATED = (
    "HARBOUR TOWN, Wednesday (Agency) - \n"
    + REPORT
    + "\nThis story was provided by the agency and appears here by arrangement. All rights reserved."
)

OTHER_HAND = """Harbour Town is going to get its sea wall back. By nine votes to four, councillors agreed on
Tuesday night to spend 12.5 million on a new structure to replace the one that storms have been eating away.
Nearly 400 metres of its foundations are gone, a survey of 2024 showed. Builders are due in April and will
stay for 18 months. Hotel owner Maria Keller called it too late: "Two seasons are lost," she said. Not all
are happy with the height of six metres; some neighbours fear for their view of the bay. The mayor defended
the delay, pointing to the state, which held the funds back until June. Boats move to the northern basin."""

WEATHER = """Tonight it will be mostly cloudy over the whole of the county with some light rain in the west.
Lows near {0} degrees, with a light wind from the south west at {1} kilometres an hour. Tomorrow will begin
grey, and the sun will come through from about noon onwards, first along the coast and then further inland.
Highs of {2} degrees, and the wind will turn to the north in the afternoon and reach {3} kilometres an hour.
The chance of rain is {4} percent. Pollen is low for most kinds of grass and moderate for birch and alder.
Further ahead it stays changeable, with showers at times, and cold nights for the time of year."""


def find(articles: Sequence[Article], numbers: Container[str] = ()) -> list[int | None]:
    """Return for each article the place of the one that it nearly duplicates."""
    known = {number: Known.of(article) for number, article in enumerate(articles)}
    copies = duplicates.find(known, lambda number: articles[number].text, numbers)
    return [copies.copy_of.get(number) for number in known]


def article(id_: str, text: str, published: date | None = None) -> Article:
    return Article(id_, f"Title of {id_}", text, published)


def test_a_syndicated_copy_is_a_copy_of_the_earliest() -> None:
    articles = [
        article("a-copy.md", SYNDICATED, date(2026, 3, 5)),
        article("b-original.md", REPORT, date(2026, 3, 4)),
        article("c-undated.md", REPORT.upper()),
    ]
    assert find(articles) == [1, None, 1]


def test_of_one_day_the_first_id_leads() -> None:
    day = date(2026, 3, 4)
    assert find([article("b.md", REPORT, day), article("a.md", SYNDICATED, day)]) == [1, None]


def test_two_reports_of_one_event_are_not_copies() -> None:
    assert find([article("a.md", REPORT), article("b.md", OTHER_HAND)]) == [None, None]


def test_one_template_with_other_numbers_is_not_a_copy() -> None:
    monday, tuesday = WEATHER.format(7, 15, 14, 20, 60), WEATHER.format(9, 12, 17, 25, 30)
    assert find([article("a.md", monday), article("b.md", tuesday)]) == [None, None]
    assert find([article("a.md", monday), article("b.md", monday)]) == [None, 0]


def test_other_numbers_in_one_place_are_enough_to_tell_two_texts_apart() -> None:
    monday, tuesday = f"{OTHER_HAND} Results: 1 4 7 9 22 31.", f"{OTHER_HAND} Results: 2 5 11 13 17 44."
    one, other = (re.sub(r"2024|18|400|12\.5", "many", text) for text in (monday, tuesday))
    assert find([article("a.md", one), article("b.md", other)]) == [None, None]
    assert find([article("a.md", one.replace("Results", "Scores")), article("b.md", one)]) == [None, 0]


def test_a_copy_that_leaves_the_end_out_is_one_and_a_part_of_a_round_up_is_not() -> None:
    longer = REPORT + " " + OTHER_HAND
    most = longer[: int(len(longer) * 0.7)]
    assert find([article("a.md", longer), article("b.md", most)]) == [None, 0]
    rounded_up = f"{REPORT} {OTHER_HAND}"
    assert find([article("a.md", rounded_up), article("b.md", OTHER_HAND)]) == [None, None]


def test_a_chain_of_ever_less_similar_articles_is_not_one_group() -> None:
    """Each has another twelfth rewritten: it resembles the one before by 0.8, the one before that by 0.7."""
    words = re.sub(r"\d", "", REPORT).split()
    step = len(words) // 12
    chain = [
        article(
            f"{at}.md", " ".join([f"new{chr(97 + place)}" for place in range(at * step)] + words[at * step :])
        )
        for at in range(4)
    ]
    assert find(chain) == [None, 0, None, 2]


def test_short_texts_are_copies_when_they_are_equal() -> None:
    texts = ["Snow.", "snow", "Rain.", "", "", "No news today at all."]
    assert find([article(f"{at}.md", text) for at, text in enumerate(texts)])[:3] == [None, 0, None]


def test_every_pair_of_copies_that_comparing_all_finds_is_found() -> None:
    """The slow, obvious twin compares every article with every earlier one that leads a group."""
    chance = random.Random(5)
    words = [f"w{number}" for number in range(3000)]
    texts = [" ".join(chance.choices(words, k=chance.randint(20, 400))) for _ in range(60)]
    for text in texts[:30]:
        kept = text.split()
        for _ in range(chance.randint(0, 6)):
            kept[chance.randrange(len(kept))] = chance.choice(words)
        texts.append(" ".join(kept[chance.randint(0, 10) :]))
    articles = [article(f"{at:03}.md", text) for at, text in enumerate(texts)]
    compared = [duplicates._Compared.of(text) for text in texts]
    expected: list[int | None] = []
    for at in range(len(texts)):
        leaders = (each for each in range(at) if expected[each] is None)
        expected.append(
            next((each for each in leaders if duplicates._are_copies(compared[each], compared[at])), None)
        )
    assert find(articles) == expected
    assert sum(leader is not None for leader in expected) > 15


def test_a_version_that_states_another_figure_is_no_copy() -> None:
    corrected = REPORT.replace("nearly 400 metres", "nearly 600 metres")
    assert find([article("a.md", REPORT), article("b.md", corrected)]) == [None, None]


def test_figures_in_words_tell_versions_apart_where_they_are_known() -> None:
    dead = REPORT.replace("\n", " ") + " The storm killed twelve people in the lower town, the police said."
    corrected = dead.replace("twelve", "fourteen")
    articles = [article("a.md", dead), article("b.md", corrected)]
    assert find(articles, {"twelve", "fourteen"}) == [None, None]
    assert find(articles) == [None, 0]


def test_a_line_with_the_day_does_not_tell_copies_apart() -> None:
    first, second = (f"Published by the agency on {day} March 2026\n{REPORT}" for day in (4, 5))
    assert find([article("a.md", first), article("b.md", second)]) == [None, 0]
