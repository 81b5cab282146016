"""How plainly a sentence says what a term is."""

from __future__ import annotations

import pytest

from rag.question.english.defining import OPENING, defines


@pytest.mark.parametrize(
    ("sentence", "term", "plainly"),
    [
        ("A heuristic is a practical approach.", "heuristic", 1.0),
        ("Heuristics are mental shortcuts.", "heuristics", 1.0),
        ("In short, a heuristic is the rule of thumb.", "a heuristic", 1.0),
        ("Paella (a dish), from Spain, is one of the classics.", "paella", 1.0),
        ("Cheese is made from milk.", "cheese", 1.0),
        ("Cheese is made of milk.", "cheese", 1.0),
        ("Inflation means rising prices.", "inflation", 1.0),
        ("Inflation refers to rising prices.", "inflation", 1.0),
        ("Gout is also defined as too much acid.", "gout", 1.0),
        ("Gout is usually a sign of too much acid.", "gout", 1.0),
        ("Cities are now large towns.", "city", 1.0),
        ("A city is a large town.", "cities", 1.0),
        ("Gout is described as too much acid.", "gout", 1.0),
        ("NATO is short for a long name.", "NATO", 1.0),
        ("“Gout” is the term for it.", "gout", 1.0),
        ("A galaxy is any large group of stars.", "galaxies", 1.0),
        ("Inflation: prices that rise.", "inflation", 1.0),
        ("It rose, and inflation, a rise of prices, followed.", "inflation", 0.8),
        ("They fear inflation (the rise of prices).", "inflation", 0.8),
        ("They fear inflation – any rise of prices – most.", "inflation", 0.8),
        ("They measure inflation: the rise of prices, in short.", "inflation", 0.8),
        ("They fear inflation, a force that writes off debts.", "inflation", 0.8),
        ("They fear inflation, which eats all savings, most.", "inflation", 0.7),
        ("Too much acid is a condition called hyperuricemia.", "hyperuricemia", 0.6),
        ("It is widely known as gout.", "gout", 0.6),
        ("It is often referred to as the gout.", "gout", 0.6),
        ("It was dubbed “gout” then.", "gout", 0.6),
        ("It was termed gout then.", "gout", 0.6),
        ("It was named gout then.", "gout", 0.6),
        ("Gout is painful.", "gout", OPENING),
        ("A note on words: gout is a disease of kings.", "gout", 1.0),
        ("Gout is also a town in the hills.", "gout", 0.7),
        ("Lux Guides aims to be a home for what works.", "Lux Guides", 0.6),
        ("Made by the city, which pays for it, the Lux Guides help new glass blowers.", "Lux Guides", 0.6),
        ("The teams of the Lux Guides gave it to them.", "Lux Guides", 0.0),
        ("Through work funded by Lux, a team from Ostrel built furnaces, and sold them.", "Lux", 0.0),
        ("Through work funded by 10x, a team from Ostrel built furnaces, and sold them.", "10x", 0.0),
        ("They were funded by 10x, a fund for glass, and sold them.", "10x", 0.8),
        ("Gout is not painful.", "gout", 0.0),
        ("Heuristics are the same.", "heuristics", OPENING),
        ("Gout was the first to go.", "gout", OPENING),
        ("They spoke of gout, the minister said, again.", "gout", 0.0),
        ("They fear gout.", "gout", 0.0),
        ("A constructive heuristic came.", "heuristic", 0.0),
        ("Anti-gout is a drug.", "gout", 0.0),
        ("John Healey, the defence secretary, came.", "John Healey", 1.0),
        ("John Healey, the defence secretary, came.", "Healey", 1.0),
        ("John Healey came.", "Healey", 0.0),
    ],
)
def test_a_sentence_defines_a_term_plainly_in_passing_or_not(sentence: str, term: str, plainly) -> None:
    assert defines(sentence, term) == pytest.approx(plainly)


def test_who_is_named_later_is_told_less_plainly() -> None:
    late = "The soldiers who came were met by the defence secretary John Healey."
    assert defines(late, "John Healey") == pytest.approx(1 - OPENING * late.index("John") / len(late))


@pytest.mark.parametrize(
    "word", "same first last best worst latest only main most way case result reason time subject".split()
)
def test_a_word_that_points_tells_nothing_of_a_thing(word: str) -> None:
    assert defines(f"A heuristic is the {word} here.", "heuristic") == OPENING
    assert defines(f"A heuristic is the {word}ish here.", "heuristic") == 1.0
