"""Whose words a sentence reports."""

from __future__ import annotations

import pytest

from rag.question.english.speech import author_speaks

SAID = "say says said told wrote thinks tweeted added argued claims warned replied conceded tried".split()


@pytest.mark.parametrize(
    ("sentence", "whose"),
    [
        ("The author argues that the town was right.", 1),
        ("In it, its author warned of floods.", 1),
        ("The author came by bus.", 0),
        ("The town was right.", 0),
        ("Healey said the town was right.", -1),
        ("The minister has warned of floods.", -1),
        ("The team also reported two floods.", -1),
        ("It was a “great town”, by all accounts.", -1),
    ],
)
def test_a_sentence_reports_its_authors_words_or_somebody_elses(sentence: str, whose: int) -> None:
    assert author_speaks(sentence) == whose


def test_only_verbs_of_saying_report_words() -> None:
    assert [verb for verb in SAID if author_speaks(f"Healey {verb} so.") == 0] == ["conceded", "tried"]


ALWAYS = "say said says told tells wrote writes thought thinks spoke speaks taught teaches tweeted posted"
REPORTED = (
    "added argued claimed warned replied responded answered announced insisted stated declared predicted"
    " promised explained acknowledged admits admitted denies denied described called rejected suggested"
    " proposed noted observed commented remarked concluded believed reported stressed vowed pledged urged"
    " demanded criticised criticises criticized condemned praised pointed reiterated confirmed estimated"
    " calculated objected joked asked questioned blamed asserted maintained theorised theorized recommended"
    " advised accused assumed agreed hinted"
)


def test_every_verb_of_saying_reports_words() -> None:
    assert [
        verb for verb in f"{ALWAYS} {REPORTED}".split() if author_speaks(f"Healey {verb} so.") != -1
    ] == []
