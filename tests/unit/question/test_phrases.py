"""Quoted phrases: what counts as quoted, and what holds it word for word."""

from __future__ import annotations

import pytest

from rag.question.phrases import fold, holds, names_another, quoted, versions


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ('Who said "I have a dream"?', ("I have a dream",)),
        ("Who said “I have a dream.”", ("I have a dream",)),
        ("Wer sagte „Ich bin ein Berliner“?", ("Ich bin ein Berliner",)),
        ("Qui a dit « l'État, c'est moi » ?", ("l'État, c'est moi",)),
        ('"one" and "two words" and "one"', ("one", "two words")),
        ('What is "U.S.-China" trade?', ("U.S.-China",)),
        ("What's the 'quiet' in it's?", ()),
        ("Is he 6'2\" or 5'9\" tall?", ()),
        ('What is "?!" or "" or " "?', ()),
        ('An "unclosed quote', ()),
    ],
)
def test_a_phrase_is_what_stands_between_double_quotes(question: str, phrases: tuple[str, ...]) -> None:
    assert quoted(question) == phrases


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What bug did Jekyll 3.1.5 fix?", ("3.1.5",)),
        ("Was ist neu in v3.1.5?", ("3.1.5",)),
        ("What is new in Rust 1.70?", ("1.70",)),
        ("Is v2.0 faster than 1.9.10?", ("2.0", "1.9.10")),
        ("What does section 4.2.1 say?", ("4.2.1",)),
        ("How did Web 2.0, or Web v2.0, begin?", ("2.0",)),
        ("What costs 2.5 million?", ()),
        ("What 2.5 million people left?", ()),
        ("Did GDP grow by 2.5%?", ()),
        ("Was geschah am 24.12.2025?", ()),
        ("Who earns 1.500.000 euros?", ()),
        ("Who ran 1,500.25 miles?", ()),
    ],
)
def test_a_version_has_two_points_or_stands_behind_a_name(question: str, found: tuple[str, ...]) -> None:
    assert versions(question) == found


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("He said YES, we can.", "yes, we can"),
        ("We bring you v3.1.5!", "3.1.5"),
        ("Announcing Rust 1.70.0", "1.70"),
        ("a phrase across\n  line\u00a0breaks", "phrase across line breaks"),
        ("The cafe\u0301’s naïve owner", "Café's naive owner"),
        ("a well\u2011known co\u00adworker—as it were", "well-known coworker-as it were"),
        ("It cost US$5 million.", "US$5 million"),
        ("It cost $5 million.", "$5 million"),
        ("so-called “quiet quitting,” they say", 'called "quiet quitting," they'),
    ],
)
def test_setting_and_case_and_accents_do_not_count(text: str, phrase: str) -> None:
    assert holds(text, [phrase]) == [True]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("We walked home.", "walk"),
        ("catalogue", "cat"),
        ("scat", "cat"),
        ("yes we can", "yes, we can"),
        ("can we yes", "yes we can"),
        ("a dot", "a.dot"),
        ("anything at all", ".*"),
        ("Jekyll 3.2.0", "2.0"),
        ("Jekyll 3.1.55", "3.1.5"),
    ],
)
def test_words_are_whole_and_verbatim(text: str, phrase: str) -> None:
    assert holds(text, [phrase]) == [False]


@pytest.mark.parametrize(
    ("text", "is_another"),
    [
        ("Jekyll 3.1.6 came in May.", False),
        ("Both v3.1.6 and v3.1.7 came in May.", False),
        ("Jekyll 3.1.6.0 came in May.", False),
        ("Jekyll came in May.", False),
        ("Jekyll 3.1.5 came in May.", True),
        ("Object 3.1.6.2 is a root.", True),
    ],
)
def test_what_names_another_version_is_told_from_what_names_the_one_asked_for(
    text: str, is_another: bool
) -> None:
    assert names_another(text, ["3.1.6"]) is is_another


def test_each_phrase_has_its_verdict() -> None:
    assert holds("one two three", ["two three", "two one", "one"]) == [True, False, True]


def test_folding_twice_is_folding_once() -> None:
    text = "“Ça va ?” — l’été, 5½ Straße\u00ad\n x"
    assert fold(fold(text)) == fold(text) == '"ca va ?" - l\'ete, 51⁄2 strasse x'
