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
