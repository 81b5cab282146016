"""Whose words a sentence reports."""

from __future__ import annotations

import pytest

from rag.question.english.speech import voice


@pytest.mark.parametrize(
    ("sentence", "before", "whose"),
    [
        ("Healey said Britain was ready.", "", 1),
        ("John Healey, the defence secretary, told the Times that Britain was ready.", "", 1),
        ("“We are ready,” said Mr Healey.", "", 1),
        ("According to Healey, Britain is ready.", "", 1),
        ("He said Britain was ready.", "Healey went to Kyiv.", 1),
        ("The minister added that Britain was ready.", "Healey went to Kyiv. He met soldiers.", 1),
        ("His message was that Britain is ready.", "Healey went to Kyiv.", 1),
        ("Healey went so far as to say that Britain was ready.", "", 1),
        ("Only Healey spoke of the grave risks of a war in that part of the world, noting them.", "", 1),
        ("Only Lammy spoke of the grave risks of a war in that part of the world, noting them.", "", -1),
        ("He said Britain was ready.", "Healey went to Kyiv. Then Lammy spoke.", -1),
        ("Lammy said Healey was ready.", "", -1),
        ("Putin warned Britain.", "Healey went to Kyiv.", -1),
        ("Healey went to Kyiv.", "", 0),
        ("It was in pursuit of his declared goal.", "Healey went to Kyiv.", 0),
    ],
)
def test_words_are_given_to_the_one_who_says_them(sentence: str, before: str, whose: int) -> None:
    assert voice("John Healey", sentence, before) == whose


@pytest.mark.parametrize(
    ("speaker", "sentence", "whose"),
    [
        ("the U.S.", "Iran’s foreign ministry said the talks had failed.", -1),
        ("the U.S.", "The US said the talks had failed.", 1),
        ("the US", "The U.S. said the talks had failed.", 1),
        ("the US", "Iran told us that the talks had failed.", -1),
        ("J. K. Rowling", "Rowling said she was ready.", 1),
    ],
)
def test_a_speaker_of_capitals_has_points_or_not_and_is_no_common_word(
    speaker: str, sentence: str, whose: int
) -> None:
    assert voice(speaker, sentence, "") == whose


SAID = (
    "say said says told tells wrote writes thought thinks spoke speaks taught teaches tweeted"
    " posted added argued claimed warned replied responded answered announced insisted stated"
    " declared predicted promised explained acknowledged admitted denied described called rejected"
    " suggested proposed noted observed commented remarked concluded believed reported stressed"
    " vowed pledged urged demanded criticised criticized condemned praised pointed reiterated"
    " confirmed estimated calculated objected joked asked questioned blamed asserted maintained"
    " theorised theorized recommended advised accused assumed agreed hinted adds argues warns"
    " replies urges"
)


def test_each_verb_of_saying_gives_the_words_to_its_subject() -> None:
    verbs = SAID.split()
    assert [verb for verb in verbs if voice("Ann Lee", f"Lee {verb} that it rains.", "") != 1] == []
    assert [verb for verb in verbs if voice("Ann Lee", f"Ray {verb} that it rains.", "") != -1] == []
    assert [verb for verb in verbs if voice("Ann Lee", f"somebody {verb} that it rains.", "") != 0] == []


def test_what_a_subject_says_besides_is_its_words_too() -> None:
    verbs = (
        "say tell writ not add stat warn argu claim insist explain call declar stress describ accus".split()
    )
    assert [verb for verb in verbs if voice("Ann Lee", f"Lee came, {verb}ing that it rains.", "") != 1] == []
    assert voice("Ann Lee", "Lee came, running to it.", "") == 0


def test_somebodys_view_is_that_ones_words() -> None:
    nouns = (
        "message view opinion word words position statement speech remark remarks reply answer warning"
        " argument"
    )
    assert [noun for noun in nouns.split() if voice("Ann Lee", f"Lee’s {noun} was clear.", "") != 1] == []
    assert [
        noun for noun in nouns.split() if voice("Ann Lee", f"her {noun} was clear.", "Lee came.") != 1
    ] == []


def test_an_office_is_the_one_who_was_named_before() -> None:
    offices = (
        "minister secretary president leader author authors spokesman spokeswoman spokesperson official"
        " officials paper newspaper team researchers scientist scientists director chairman general"
        " report study company group agency ministry astronaut economist"
    )
    said = {
        office: voice("Ann Lee", f"The {office} said it rains.", "Lee came.") for office in offices.split()
    }
    assert said == dict.fromkeys(offices.split(), 1)
    assert voice("Ann Lee", "The baker said it rains.", "Lee came.") == -1


def test_a_speaker_is_near_the_verb() -> None:
    assert voice("Ann Lee", "Lee one two three four five six seven said so.", "") == 1
    assert voice("Ann Lee", "Lee one two three four five six seven eight said so.", "") == 0


def test_he_is_looked_for_in_the_eight_hundred_characters_before() -> None:
    filler = "it rained and rained. " * 40
    assert voice("Ann Lee", "He said so.", f"Lee came. {filler[:780]}") == 1
    assert voice("Ann Lee", "He said so.", f"Lee came. {filler[:800]}") == -1
