"""The few words that answer: one day, count, share or sum, or none."""

from __future__ import annotations

import pytest

from rag.short import short


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        (
            "When did it sink?",
            "She sank in the early hours of 15 April 1912 off Newfoundland.",
            "15 April 1912",
        ),
        ("When did it sink?", "She sank on April 15, 1912.", "April 15, 1912"),
        ("In what year was it built?", "It was built in 1911 by 3,000 men.", "1911"),
        ("In which century did he live?", "He lived in the late 12th century.", "late 12th century"),
        ("After the war of 1914, when was it rebuilt?", "After 1914 it was rebuilt in 1921.", "1921"),
        ("How many soldiers were trained?", "It trained 51,000 Ukrainian soldiers in 2024.", "51,000"),
        ("How many countries took part?", "More than 30 countries and 12 teams met.", "More than 30"),
        ("How many miles is it to the sea?", "It lies 12 miles from the sea, 200 m up.", "12 miles"),
        ("What percentage of it is water?", "Some 40% of the 120 samples is water.", "Some 40%"),
        ("How much did it cost?", "Built in 1911, it cost £1.5 million.", "£1.5 million"),
    ],
)
def test_one_day_count_share_or_sum_is_found_as_it_stands(question: str, sentence: str, found: str) -> None:
    assert short(question, sentence) == found
    assert found in sentence


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did it sink?", "Launched in 1911, it sank in 1912."),
        ("When did it sink?", "It sank at night."),
        ("What sank when the war began?", "It sank in 1914."),
        ("Who built it in 1911?", "Harland built it in 1911 for £2."),
        ("How many soldiers were trained?", "It cost 51,000 pounds to train soldiers."),
        ("How many soldiers were trained?", "It trained 300 soldiers, then 500 soldiers."),
        ("When was the 1912 treaty signed?", "The 1912 treaty was signed."),
    ],
)
def test_where_it_is_not_one_only_nothing_is_said(question: str, sentence: str) -> None:
    assert short(question, sentence) is None
