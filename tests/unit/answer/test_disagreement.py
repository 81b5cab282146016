"""Sides: what is stated differently for the same question, and what only looks like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from understanding import understood

from rag.answer.disagreement import Wanted, with_sides
from rag.answer.evidence import weigh
from rag.index.lexical import Analyzer, LexicalIndex
from rag.types import Answer, Article, Hit, Outcome, Passage, Sentence, TimeWords, Unanswered

ASKED = "How many people died in the Avonmouth fire?"
SENATE = "The Avonmouth fire killed 41 people, the Senate inquiry found."
MAYOR = "According to the mayor, 52 people died in the Avonmouth fire."


@pytest.fixture
def words(tmp_path: Path) -> LexicalIndex:
    folder = tmp_path / "words"
    folder.mkdir()
    texts = [("Fire", SENATE), ("City", MAYOR), *[("Tea", "tea is made from leaves")] * 10]
    LexicalIndex.write(folder, texts, Analyzer("en"))
    return LexicalIndex.load(folder, Analyzer("en"))


def hit(text: str, *, title: str, similarity: float = 0.8, published: date | None = None) -> Hit:
    """A passage of one sentence, with its cosine to the question."""
    article = Article(f"{title}.txt", title, text, published)
    passage = Passage(article, 0, len(text), (Sentence(article, 0, len(text)),))
    return Hit(passage, 1.0, similarity, 5.0, 1, 1, (similarity,))


def ask(question: str, words: LexicalIndex, *texts: str | Hit) -> Outcome:
    hits = [
        each if isinstance(each, Hit) else hit(each, title=f"Article {at}") for at, each in enumerate(texts)
    ]
    asked = understood(question, words)
    evidence = chain(*weigh(asked, hits, words))
    return with_sides(Unanswered(question, 0.2, tuple(hits)), Wanted(asked, words), evidence)


def values(outcome: Outcome) -> list[str]:
    return [side.value for side in outcome.sides] if isinstance(outcome, Answer) else []


def test_each_side_is_its_value_and_the_sentence_it_is_from_word_for_word(words: LexicalIndex) -> None:
    found = ask(ASKED, words, SENATE, MAYOR)
    assert isinstance(found, Answer)
    assert {side.value: side.statement.text for side in found.sides} == {"41": SENATE, "52": MAYOR}
    assert found.statements == tuple(side.statement for side in found.sides)
    for statement in found.statements:
        [citation] = statement.citations
        assert citation.article.text[citation.start : citation.end] == statement.text


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("More than 40 people died in the Avonmouth fire, officials said.", "agrees"),
        ("The Avonmouth fire destroyed 52 houses, officials said.", "counts something else"),
        ("In Bristol about 9 people died in the Avonmouth fire, officials said.", "is about one place"),
        ("The Avonmouth fire killed 9 in Bristol, officials said.", "is about one place, named behind"),
        ("Another 9 people died in the Avonmouth fire later, officials said.", "is about a part"),
        ("The Lisbon fire killed 52 people, the report found.", "is about another fire"),
        ("The Avonmouth fire was put out by 5 in the morning on 14 May 1912.", "states no figure"),
    ],
)
def test_what_can_be_reconciled_is_no_disagreement(words: LexicalIndex, other: str, why: str) -> None:
    assert values(ask(ASKED, words, SENATE, other)) == [], why


def test_a_count_beside_deaths_is_of_the_dead_unless_they_are_asked_for(words: LexicalIndex) -> None:
    asked = "How many houses burned in the Avonmouth fire?"
    one, other = "In the Avonmouth fire 41 houses burned.", "In the Avonmouth fire 52 houses burned."
    assert sorted(values(ask(asked, words, one, other))) == ["41", "52"]
    assert values(ask(asked, words, one, "In the Avonmouth fire 52 houses of the victims burned.")) == []


def test_figures_of_different_years_are_a_change_and_no_disagreement(words: LexicalIndex) -> None:
    then, now = "Fires in Avonmouth killed 41 people in 2019.", "Fires in Avonmouth killed 52 people in 2020."
    assert values(ask("How many people do fires kill in Avonmouth?", words, then, now)) == []
    again = "Fires in Avonmouth killed 52 people in 2019."
    assert sorted(values(ask("How many people do fires kill in Avonmouth?", words, then, again))) == [
        "41",
        "52",
    ]


def test_a_year_before_a_figure_is_that_of_its_source(words: LexicalIndex) -> None:
    one = "A study of 2016 found that 41 people died in the Avonmouth fire."
    other = "A report of 2018 found that 52 people died in the Avonmouth fire."
    assert sorted(values(ask(ASKED, words, one, other))) == ["41", "52"]
    later = "In 2018 there were 52 people who died in the Avonmouth fire."
    assert (
        values(ask(ASKED, words, "In 2016 there were 41 people who died in the Avonmouth fire.", later)) == []
    )


def test_news_of_different_days_is_a_change_and_no_disagreement(words: LexicalIndex) -> None:
    def day(count: int, published: date) -> Hit:
        text = f"The Avonmouth fire has killed {count} people so far."
        return hit(text, title=str(published), published=published)

    assert values(ask(ASKED, words, day(41, date(2026, 5, 1)), day(52, date(2026, 5, 3)))) == []
    same = hit("So far the Avonmouth fire has killed 52 people.", title="Late", published=date(2026, 5, 1))
    assert sorted(values(ask(ASKED, words, day(41, date(2026, 5, 1)), same))) == ["41", "52"]


def test_a_sentence_that_does_not_name_the_subject_needs_it_before_and_a_source(words: LexicalIndex) -> None:
    def after(sentence: str) -> Hit:
        lead = "The Avonmouth fire broke out at night."
        text = f"{lead} {sentence}"
        article = Article("lead.txt", "Night", text)
        spans = (Sentence(article, 0, len(lead)), Sentence(article, len(lead) + 1, len(text)))
        return Hit(Passage(article, 0, len(text), spans), 1.0, 0.8, 5.0, 1, 1, (0.8, 0.8))

    assert sorted(values(ask(ASKED, words, SENATE, after("A study put the number of dead at 52.")))) == [
        "41",
        "52",
    ]
    assert values(ask(ASKED, words, SENATE, after("A bus crash killed 52 people."))) == []


def test_a_question_for_what_one_source_says_has_one_answer(words: LexicalIndex) -> None:
    asked = "How many people died in the Avonmouth fire according to the mayor?"
    assert values(ask(asked, words, SENATE, MAYOR)) == []


def test_articles_that_name_another_day_or_another_person_are_sides(words: LexicalIndex) -> None:
    dated = ask(
        "When was the Avonmouth bridge opened?",
        words,
        "The Avonmouth bridge was opened on 3 May 1974.",
        "The Avonmouth bridge was opened in June 1974.",
        "The Avonmouth bridge was opened in 1974.",
    )
    assert sorted(values(dated)) == ["3 May 1974", "June 1974"]
    asked_again = ask(
        "When was the Avonmouth bridge of 1974 opened?",
        words,
        "The Avonmouth bridge of 1974 was opened on 3 May 1975.",
        "The Avonmouth bridge of 1974 was opened in June 1975.",
    )
    assert sorted(values(asked_again)) == ["3 May 1975", "June 1975"]
    named = ask(
        "Who designed the Avonmouth bridge?",
        words,
        "Ada Whitlock designed the Avonmouth bridge.",
        "The Avonmouth bridge was designed by John Carter.",
        "Whitlock designed the Avonmouth bridge alone at first.",
    )
    assert sorted(values(named)) == ["Ada Whitlock", "John Carter"]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Who attended the Avonmouth summit?", "Trump attended the Avonmouth summit.",
         "Putin attended the Avonmouth summit."),
        ("Who designed the Avonmouth bridge?", "Ada Whitlock designed the Avonmouth bridge.",
         "He designed the Avonmouth bridge in 1970."),
        ("Who designed the Avonmouth bridge?", "Ada Whitlock designed the Avonmouth bridge.",
         "Engineers designed the Avonmouth bridge."),
        ("How tall is the Avonmouth bridge?", "The Avonmouth bridge is 324 metres (1,063 ft) tall.",
         "The Avonmouth bridge is 324 metres tall."),
        ("How much did the Avonmouth bridge cost?", "The Avonmouth bridge cost $2.5bn.",
         "The Avonmouth bridge cost $2.5 billion."),
    ],
)  # fmt: skip
def test_several_who_did_it_pronouns_and_other_units_are_no_sides(question, one, other, words) -> None:
    assert values(ask(question, words, one, other)) == []


def test_who_did_it_first_is_one(words: LexicalIndex) -> None:
    one, other = (
        "Ada Whitlock first crossed the Avonmouth bridge.",
        "John Carter first crossed the Avonmouth bridge.",
    )
    assert sorted(values(ask("Who first crossed the Avonmouth bridge?", words, one, other))) == [
        "Ada Whitlock",
        "John Carter",
    ]


def test_ages_grow_with_the_articles_and_those_of_old_things_do_not(words: LexicalIndex) -> None:
    def told(age: str, year: int) -> Hit:
        text = f"The Avonmouth fire chief is {age} old."
        return hit(text, title=f"{age} {year}", published=date(year, 5, 1))

    asked = "How old is the Avonmouth fire chief?"
    assert values(ask(asked, words, told("41 years", 2021), told("43 years", 2023))) == []
    assert sorted(values(ask(asked, words, told("41 years", 2021), told("43 years", 2021)))) == [
        "41 years",
        "43 years",
    ]
    old = ask(asked, words, told("13.8 billion years", 2021), told("12.6 billion years", 2023))
    assert sorted(values(old)) == ["12.6 billion years", "13.8 billion years"]


@pytest.mark.parametrize(
    ("question", "states", "one", "other"),
    [
        ("How high is {}?", "{} is {} high.", "300 metres", "900 metres"),
        ("How tall is {}?", "{} is {} tall.", "300 metres", "900 metres"),
        ("What is the height of {}?", "The height of {} is {}.", "300 metres", "900 metres"),
        ("What is the elevation of {}?", "The elevation of {} is {}.", "300 metres", "900 metres"),
        ("How deep is {}?", "{} is {} deep.", "300 metres", "900 metres"),
        ("What is the depth of {}?", "The depth of {} is {}.", "300 metres", "900 metres"),
        ("How wide is {}?", "{} is {} wide.", "300 metres", "900 metres"),
        ("What is the width of {}?", "{} is {} across.", "300 metres", "900 metres"),
        ("What is the diameter of {}?", "The diameter of {} is {}.", "300 metres", "900 metres"),
        ("How far away is {}?", "{} is {} away.", "300 km", "900 km"),
        ("What is the distance to {}?", "The distance to {} is {}.", "300 km", "900 km"),
        ("How long is {}?", "{} is {} long.", "300 metres", "900 metres"),
        ("What is the length of {}?", "The length of {} is {}.", "300 metres", "900 metres"),
        ("How long did {} last?", "{} lasted {}.", "3 years", "9 years"),
        ("How old was {}?", "{} was {} old.", "300 years", "900 years"),
        ("What age is {}?", "{} has an age of {}.", "300 years", "900 years"),
        ("How fast is {}?", "{} moves at {}.", "30 km per hour", "90 km per hour"),
        ("What is the speed of {}?", "{} moves at {}.", "30 knots", "90 knots"),
        ("How big is {}?", "{} covers {}.", "3 hectares", "9 hectares"),
        ("How large is {}?", "{} covers {}.", "3 acres", "9 acres"),
        ("What is the area of {}?", "{} covers {}.", "3 hectares", "9 hectares"),
        ("How heavy is {}?", "{} weighs {}.", "3 tonnes", "9 tonnes"),
        ("What is the weight of {}?", "{} weighs {}.", "3 kg", "9 kg"),
        ("What is the mass of {}?", "{} weighs {}.", "3 kg", "9 kg"),
        ("How many tons is {}?", "{} weighs {}.", "3 tons", "9 tons"),
        ("How hot is {}?", "{} is at {}.", "30 degrees", "90 degrees"),
        ("How cold is {}?", "{} is at {}.", "3 degrees", "9 degrees"),
        ("What is the temperature of {}?", "{} is at {}.", "30 °C", "90 °C"),
        ("What percentage of {} is left?", "Of {} only {} is left.", "30 per cent", "90 per cent"),
        ("What share of {} is left?", "Of {} only {} is left.", "30%", "90%"),
        ("What proportion of {} is left?", "Of {} only {} is left.", "30%", "90%"),
        ("What fraction of {} is left?", "Of {} only {} is left.", "30%", "90%"),
        ("How much was {}?", "{} was bought for {}.", "$3 million", "$9 million"),
        ("What was the cost of {}?", "The cost of {} was {}.", "£3 million", "£9 million"),
        ("What was the price of {}?", "The price of {} was {}.", "€3 million", "€9 million"),
        ("What was the worth of {}?", "The worth of {} was {}.", "3 dollars", "9 dollars"),
        ("How many boats has {}?", "{} has {} boats.", "3", "9"),
        ("What is the number of boats of {}?", "{} has {} boats.", "3", "9"),
    ],
)
def test_a_measure_is_stated_in_its_own_units_and_words(question, states, one, other, words) -> None:
    name = "the Avonmouth Bridge"
    texts = [states.format(name, value) for value in (one, other)]
    assert sorted(values(ask(question.format(name), words, *texts))) == [one, other]
    foreign = "3 weeks" if "years" not in one else "3 metres"
    mixed = [states.format(name, one), states.format(name, foreign)]
    assert values(ask(question.format(name), words, *mixed)) == []


def test_the_thresholds_are_those_that_were_chosen() -> None:
    from rag.answer import disagreement

    chosen = "DEPTH MOST CONFIDENCE ALIKE CLOSE ABOUT SHARED HEADING_WITHIN LIFETIME".split()
    assert {name: getattr(disagreement, name) for name in chosen} == {
        "DEPTH": 30,
        "MOST": 4,
        "CONFIDENCE": 0.7,
        "ALIKE": 0.4,
        "CLOSE": 0.55,
        "ABOUT": 0.7,
        "SHARED": 0.5,
        "HEADING_WITHIN": 3000,
        "LIFETIME": 150 * 31_557_600.0,
    }


@pytest.mark.parametrize(("similarity", "counts"), [(0.4, True), (0.39, False)])
def test_a_sentence_that_is_little_like_the_question_states_nothing_of_it(words, similarity, counts) -> None:
    other = hit(MAYOR, title="Mayor", similarity=similarity)
    assert (values(ask(ASKED, words, SENATE, other)) != []) == counts


def test_at_most_four_sides_are_shown_the_likeliest_first(words: LexicalIndex) -> None:
    texts = [f"According to paper {at}, {count} people died in the Avonmouth fire."
             for at, count in enumerate(("20", "30", "41", "52", "63"))]  # fmt: skip
    hits = [hit(text, title=f"A{at}", similarity=0.9 - at / 100) for at, text in enumerate(texts)]
    found = ask(ASKED, words, *hits)
    assert values(found) == ["20", "30", "41", "52"]
    assert isinstance(found, Answer)
    assert found.confidence == 0.7
    assert found.closest == tuple(hits)


@pytest.mark.parametrize(
    "part", ["alone", "another", "further", "additional", "each", "every", "inside", "of them", "of whom",
             "of these", "of those", "of which", "that day", "that time", "that point", "by then", "a day",
             "per week", "a month", "per year"],
)  # fmt: skip
def test_a_part_of_the_whole_is_no_side(words: LexicalIndex, part: str) -> None:
    other = f"According to the mayor, 52 people died in the Avonmouth fire {part}."
    assert values(ask(ASKED, words, SENATE, other)) == []


@pytest.mark.parametrize("place", ["In Bristol", "Across Bristol", "At the Bristol Docks", "in Bristol"])
def test_a_figure_of_another_place_is_no_side(words: LexicalIndex, place: str) -> None:
    other = f"{place} 52 people died in the Avonmouth fire, officials said."
    assert values(ask(ASKED, words, SENATE, other)) == []


@pytest.mark.parametrize(
    "now",
    ["now", "today", "tonight", "on Monday", "this week", "last night", "to date", "recently"],
)
def test_a_word_of_the_day_makes_a_figure_one_of_that_day(words: LexicalIndex, now: str) -> None:
    def told(count: int, published: date) -> Hit:
        text = f"Officials said {now} that the Avonmouth fire killed {count} people."
        return hit(text, title=str(published), published=published)

    assert values(ask(ASKED, words, told(41, date(2026, 5, 1)), told(52, date(2026, 5, 3)))) == []
    assert values(ask(ASKED, words, told(41, date(2026, 5, 1)), told(52, date(2026, 5, 1)))) != []


def test_the_newest_side_comes_first_where_the_newest_is_asked_for(words: LexicalIndex) -> None:
    old = hit(MAYOR, title="Old", similarity=0.9, published=date(2020, 1, 1))
    new = hit(SENATE, title="New", similarity=0.7, published=date(2021, 1, 1))
    asked = understood(ASKED, words)
    newest = replace(asked, times=(TimeWords(words="latest", newest=True),))
    found = [
        with_sides(Unanswered(ASKED, 0.2, ()), Wanted(each, words), chain(*weigh(each, [old, new], words)))
        for each in (asked, newest)
    ]
    assert [values(each) for each in found] == [["52", "41"], ["41", "52"]]
