"""What English tells of figures, days and deeds: each word of each pattern."""

from __future__ import annotations

import re

import pytest

from rag.question.english.claims import CLAIMS
from rag.question.english.words import QUESTION_WORDS


def unknown(pattern: re.Pattern[str], texts: str, between: str = "|") -> list[str]:
    """Return those of `texts` that `pattern` does not find."""
    return [text for text in texts.split(between) if not pattern.search(text)]


def test_deaths_are_told_by_many_words() -> None:
    assert (
        unknown(
            CLAIMS.deaths,
            "die|dies|died|dying|dead|death|deaths|kill|kills|killed|fatality|fatalities|lives|victims|Killed",
        )
        == []
    )
    assert unknown(CLAIMS.deaths, "skill|living|deadline|diet") == ["skill", "living", "deadline", "diet"]
    assert unknown(CLAIMS.dead, "people|person|persons|death|deaths|dead|lives|victims|fatalities") == []
    assert CLAIMS.toll.search("the Death toll rose")


def test_a_day_or_a_doer_is_asked_for_by_its_words() -> None:
    when = (
        "when was|when were|when did|when is|when are|in what year|which year|what date|which date|what day"
    )
    assert unknown(CLAIMS.when, when) == []
    assert unknown(CLAIMS.when, "since when was|when it was|what yearling") != []
    deeds = (
        "invented discovered founded designed built composed wrote painted directed created developed"
        " established proposed coined assassinated killed shot"
    )
    for deed in deeds.split():
        found = CLAIMS.who.search(f"Who {deed} it?")
        assert found, deed
        assert found["deed"] == deed
    for how in ("first", "originally"):
        found = CLAIMS.who.search(f"who {how} saw it?")
        assert found, how
        assert found["first"] == "saw"
    assert unknown(CLAIMS.who, "who saw it|and who invented it") == ["who saw it", "and who invented it"]
    assert unknown(CLAIMS.age, "how old is|How old are|how older is") == ["how older is"]


def test_what_is_counted_stands_behind_its_words() -> None:
    for text in ("How many soldiers came?", "the number of soldiers"):
        found = CLAIMS.counted.search(text)
        assert found, text
        assert found[1] == "soldiers"


@pytest.mark.parametrize("verb", "say estimate report claim find calculate put".split())
@pytest.mark.parametrize("did", ["did", "does", "do"])
def test_whose_figure_is_asked_for(verb: str, did: str) -> None:
    assert CLAIMS.of_one.search(f"How many {did} the UN {verb} died?")
    assert CLAIMS.of_one.search("How many died according to the UN?")
    assert not CLAIMS.of_one.search(f"How many {verb} so?")


def test_a_source_is_told_by_many_words() -> None:
    assert (
        unknown(
            CLAIMS.source,
            "estimates|estimated|calculates|reckons|reckon|projected|projects|suggest|suggests|reports|surveys"
            "|study|studies|analysis|analyses|researchers|inquiry|investigation|census|officials"
            "|according to|figure|count|counted|counts|put|puts|said|says|announced|measured|found|claims"
            "|concluded|models|gave|quoted|team|published",
        )
        == []
    )
    assert unknown(CLAIMS.source, "came|went|saw|project") == ["came", "went", "saw", "project"]


def test_a_figure_of_a_part_is_told_by_its_words() -> None:
    assert (
        unknown(
            CLAIMS.part,
            "alone|another|further|additional|each|every|inside|of them|of whom|of these|of those|of which"
            "|that day|that time|that point|by then"
            "|a day|per day|a week|per week|a month|per month|a year|per year",
        )
        == []
    )
    assert unknown(CLAIMS.part, "for every|of him|this day") == ["for every", "of him", "this day"]


def test_what_holds_now_is_told_by_its_words() -> None:
    assert (
        unknown(
            CLAIMS.now,
            "now|today|yesterday|tonight|Monday|Sunday|this week|this month|this year|last night|last week"
            "|last month|so far|to date|currently|latest|recent|recently",
        )
        == []
    )
    assert unknown(CLAIMS.now, "then|nowhere|last year") == ["then", "nowhere", "last year"]


def test_a_place_has_a_capital_and_is_no_month() -> None:
    for text in ("in Peru they", "across the Great Plains", "At Waterloo he"):
        assert CLAIMS.place.search(text)
    assert not CLAIMS.place.search("in May they")
    assert not CLAIMS.place.search("in the town")


@pytest.mark.parametrize(
    ("text", "verb", "doer"),
    [
        ("Alexander Fleming discovered it.", "discovered", "Alexander Fleming"),
        ("Alexander Fleming first discovered it.", "discovered", "Alexander Fleming"),
        ("Ludwig van Beethoven originally composed it.", "composed", "Ludwig van Beethoven"),
        ("Leonardo had painted it.", "painted", "Leonardo"),
        ("Newton also founded it.", "founded", "Newton"),
        ("It was discovered by Alexander Fleming.", "discovered", "Alexander Fleming"),
        ("They were later founded in the town by the Medici.", "founded", "Medici"),
        ("It is built by Rolls-Royce.", "built", "Rolls-Royce"),
        ("It was found.", "found", None),
        ("he discovered it", "discovered", None),
    ],
)
def test_a_doer_stands_before_the_verb_or_behind_by(text: str, verb: str, doer: str | None) -> None:
    found = CLAIMS.doer(text, verb)
    assert (next(each for each in found.groups() if each) if found else None) == doer


def test_words_with_a_capital_that_name_nobody() -> None:
    assert [word for word in QUESTION_WORDS if not CLAIMS.nobody.fullmatch(word.capitalize())] == []
    assert CLAIMS.nobody.fullmatch("Researchers")
    assert [word for word in ("Healey", "Paris", "Jesus", "Ross") if CLAIMS.nobody.fullmatch(word)] == []
    assert CLAIMS.people == {"people", "persons"}
