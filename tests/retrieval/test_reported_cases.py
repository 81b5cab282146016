"""Small articles of which others reported wrong answers, and articles of the same kinds written by us."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.chat import Chat
from rag.types import Answer, Outcome, Turn, turn_of

REPORTED = ("14", "14b", "20", "22b", "26")
"""Of ../shared/cases; its README says what each is about."""


@pytest.fixture(scope="module")
def cases(chat_over, shared: Path, tmp_path_factory) -> Chat:
    corpus = tmp_path_factory.mktemp("cases")
    for name in REPORTED:
        if not (shared / "cases" / name).is_dir():
            pytest.skip("no cases in shared")
        shutil.copytree(shared / "cases" / name, corpus / name)
    shutil.copytree(Path(__file__).parent / "cases", corpus / "own")
    return chat_over(corpus)


def said(outcome: Outcome) -> list[str]:
    assert isinstance(outcome, Answer), outcome
    return [statement.text for statement in outcome.statements]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        (
            "How many loaves were sold in 2023?",
            "Year: 2023; Loaves sold: 58,900; Revenue (crowns): 455,000; Manager: Tom Brandt",
        ),
        (
            "Who was the manager of the bakery in 2022?",
            "Year: 2022; Loaves sold: 41,200; Revenue (crowns): 310,000; Manager: Ilse Varga",
        ),
        ("Which firm does the paving?", "Task: Paving; Duration: 9 days; Firm: Arn Stone"),
        ("How long does piling take?", "Piling: 30 days"),
        ("What does a season ticket cost at the Arn pool?", "Ticket: Season ticket; Price: 61 crowns"),
        ("How high is the Skerry lighthouse?", "Height: 38 metres"),
        ("When was the Skerry lighthouse first lit?", "First lit: 4 June 1881"),
    ],
)
def test_a_row_is_quoted_with_its_heads(cases: Chat, ask, question: str, row: str) -> None:
    assert said(ask(cases, question))[0] == row


@pytest.mark.parametrize(
    ("question", "bullet", "lead"),
    [
        ("Who won the second prize?", "The fire brigade won the second prize", "The jury tasted"),
        (
            "Who won the first prize in the cake contest?",
            "Anna Brandt won the first prize with a poppy roll",
            "The jury tasted",
        ),
        ("What is the fee per cake?", "The fee is 5 crowns per cake", "Conditions for next year:"),
    ],
)
def test_the_right_bullet_is_quoted_with_what_leads_to_it(
    cases: Chat, ask, question: str, bullet: str, lead: str
) -> None:
    outcome = ask(cases, question)
    assert said(outcome) == [bullet]
    assert outcome.statements[0].citations[0].lead_text.startswith(lead)


@pytest.mark.parametrize(
    ("question", "says", "short"),
    [
        ("What does DESA stand for?", "(DESA) wants to build", "Dunlow Energy Storage Agency"),
        ("What does NTBO stand for?", "(NTBO) wants to dig", "Northern Tunnel and Bridge Office"),
        ("What does CRSB stand for?", "(CRSB) wants to raise", "Coastal Radio and Signal Board"),
        ("Will the battery plant use lithium?", "will not use lithium but sodium cells", None),
        ("Will the tunnel carry cars?", "will not carry cars but only trains", None),
        ("Will the mast serve telephones?", "will not serve telephones but ships", None),
        ("How far is the plant from the nearest village?", "4 kilometres from", "4 kilometres"),
        ("How far is the tunnel from the nearest reef?", "900 metres from", "900 metres"),
        ("How far is the mast from the nearest farm?", "300 metres from", "300 metres"),
    ],
)
def test_acronyms_negations_and_units(cases: Chat, ask, question: str, says: str, short: str | None) -> None:
    outcome = ask(cases, question)
    assert says in said(outcome)[0]
    assert outcome.short_answer == short


@pytest.mark.parametrize(
    ("questions", "meant", "says"),
    [
        (["Who is Jonas Brekk?", "When was he born?"], "When was Jonas Brekk born?", "in Arn in 1861"),
        (["Where was Jonas Brekk born?", "And Clara Benholt?"], "Where was Clara Benholt born?", "in Holm"),
        (["Who is Marta Rusk?", "When was she born?"], "When was Marta Rusk born?", "in Ostrel in 1902"),
        (["Where was Marta Rusk born?", "And Emil Varg?"], "Where was Emil Varg born?", "born in Tolle"),
    ],
)
def test_a_follow_up_means_whom_the_question_was_about(
    cases: Chat, questions: Sequence[str], meant: str, says: str
) -> None:
    turns: tuple[Turn, ...] = ()
    for question in questions:
        outcome = cases.ask(question, turns=turns)
        turns = (*turns, turn_of(outcome))
    assert outcome.question == meant
    assert says in said(outcome)[0]


@pytest.mark.parametrize(
    ("question", "newer", "older"),
    [
        ("How much will the bypass cost?", "71 million", "64 million"),
        ("How much damage did the fire at the Tolle mill do?", "5 million", "3 million"),
        ("How many passengers can the new ferry Petrel carry?", "280", "240"),
    ],
)
def test_a_corrected_copy_is_no_copy_and_both_figures_are_shown(
    cases: Chat, ask, question: str, newer: str, older: str
) -> None:
    outcome = ask(cases, question)
    assert said(outcome)
    by_day = sorted((each.citations[0].article.published, each.text) for each in outcome.statements)
    assert any(older in text for day, text in by_day if day == by_day[0][0])
    assert any(newer in text for day, text in by_day if day == by_day[-1][0])


@pytest.mark.parametrize(
    ("question", "newer"),
    [
        ("What is the latest figure for the cost of the bypass?", "71 million"),
        ("According to the latest report, how many passengers can the Petrel carry?", "280"),
    ],
)
def test_the_newer_figure_comes_first_where_the_latest_is_asked_for(
    cases: Chat, ask, question: str, newer: str
) -> None:
    assert newer in said(ask(cases, question))[0]
