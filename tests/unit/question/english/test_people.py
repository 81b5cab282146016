"""Whom a text names, and what it says that they are."""

from __future__ import annotations

import pytest

from rag.question.english import names_in, role_of


def told(text: str) -> dict[str, str | None]:
    """Return the names in `text`, each with what is said of its bearer at its first mention."""
    found: dict[str, str | None] = {}
    for start, end in names_in(text):
        role = role_of(text, start, end)
        found.setdefault(text[start:end], text[slice(*role)] if role else None)
    return found


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Britain’s Defence Secretary John Healey reiterated", "John Healey", "Britain’s Defence Secretary"),
        ("the British defence secretary, John Healey, went", "John Healey", "British defence secretary"),
        ("John Healey, the British defence secretary, went", "John Healey", "the British defence secretary"),
        ("shows Ukrainian Minister of Defence Ann Lee", "Ann Lee", "Ukrainian Minister of Defence"),
        ("shows Ukrainian Minister of Defence Umerov", "Ukrainian Minister of Defence Umerov", None),
        ("killing Russian lieutenant-general Ivan Orlov", "Ivan Orlov", "Russian lieutenant-general"),
        ("The astronomer Carl Sagan had asked", "Carl Sagan", "The astronomer"),
        ("made by Prime Minister Sir Keir Starmer today", "Keir Starmer", "Prime Minister"),
        ("Ann Lee, a beekeeper from New Zealand, and", "Ann Lee", "a beekeeper from New Zealand"),
        ("Anna Berg, 43, a nurse at St Thomas, said", "Anna Berg", "a nurse at St Thomas"),
        ("Li Wei, the chief designer of rockets, died", "Li Wei", "the chief designer of rockets"),
        ("Marie Curie was a Polish physicist. She", "Marie Curie", "a Polish physicist"),
        ("Ludwig van Beethoven wrote it", "Ludwig van Beethoven", None),
        ("He met Ann Lee in Oslo, the capital", "Ann Lee", None),
        ("No office ended with King. Ann Lee came", "Ann Lee", None),
        ("Putin is not a man you can negotiate with", "Putin", None),
    ],
)  # fmt: skip
def test_an_office_before_a_name_or_behind_it_is_told(text: str, name: str, role: str | None) -> None:
    assert told(text)[name] == role


def test_a_role_between_two_names_is_that_of_the_second() -> None:
    found = told("They met in Anchorage, Alaska, the British defence secretary, John Healey, said.")
    assert (found["Anchorage"], found["Alaska"]) == (None, None)
    assert found["John Healey"] == "British defence secretary"


def test_a_word_that_only_begins_a_sentence_is_no_name() -> None:
    assert list(told("Plans changed. The old plans of Ann Lee failed. However, Bob came.")) == [
        "Ann Lee",
        "Bob",
    ]


def test_a_text_with_a_thousand_names_is_read_at_once() -> None:
    text = "Ann Lee and Bob Day met the minister in Oslo. " * 1000
    assert len(list(names_in(text))) == 3000


def test_what_somebody_is_begins_behind_a_small_word_or_a_verb_of_saying_but_may_begin_with_first() -> None:
    assert told("It shows how then-President Ann Lee") == {"Ann Lee": "then-President"}
    assert told("so replied actor Ann Lee") == {"Ann Lee": "actor"}
    assert told("It was first minister Ann Lee") == {"Ann Lee": "first minister"}


def test_an_office_of_nothing_is_read_past() -> None:
    assert told("the secretary of , Ann Lee") == {"Ann Lee": None}


OFFICES = (
    "politician actor actress president minister secretary scientist writer author singer player journalist"
    " engineer physicist mathematician lawyer judge senator general composer painter poet philosopher king"
    " queen emperor explorer doctor physician chemist biologist astronomer economist inventor director"
    " activist professor soldier officer artist musician rapper comedian founder historian mountaineer"
    " astronaut architect leader governor mayor spokesman spokeswoman spokesperson chairman coach chef"
    " businessman executive analyst expert commander chief premier chancellor ambassador lieutenant captain"
    " admiral bishop pope prince princess candidate cellist librarian fireman adviser footballer policewoman"
)


@pytest.mark.parametrize("office", OFFICES.split())
def test_every_office_is_one(office: str) -> None:
    assert told(f"shows the British {office} Ann Lee") == {"British": None, "Ann Lee": f"British {office}"}


@pytest.mark.parametrize(
    "title", "Sir Dame Lord Lady Mrs Mr Ms Dr Prof St Gen Col Capt Lt Sgt Sen Rep Gov Rev".split()
)
def test_a_title_is_no_part_of_a_name(title: str) -> None:
    assert list(told(f"It was {title} Ann Lee.")) == ["Ann Lee"]
    assert list(told(f"It was {title}. Ann Lee.")) == ["Ann Lee"]


@pytest.mark.parametrize(
    "link", "of the|of|de la|del|de|da|di|du|van der|van den|van|von|der|den|bin|ibn|al|“Bo”".split("|")
)
def test_a_name_goes_on_behind_a_link(link: str) -> None:
    assert list(told(f"It was Ann {link} Lee.")) == [f"Ann {link} Lee"]
