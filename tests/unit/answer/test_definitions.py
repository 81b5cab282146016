"""What something is, or stands for, is answered by the sentence that says so most plainly."""

from __future__ import annotations

import pytest

from rag.answer.definitions import long_form
from rag.build import build
from rag.chat import Chat
from rag.settings import Settings
from rag.types import Answer, Filter

MUSHROOMS = (
    "Psilocybin was studied in nine trials last year. "
    "Psilocybin, the active ingredient in magic mushrooms, is being tested against depression. "
    "Researchers want psilocybin to be allowed in hospitals."
)
GOUT = (
    "Gout hurts at night. Too much uric acid stays in the blood, a condition called hyperuricemia. "
    "Hyperuricemia is not always treated."
)
MIND = (
    "People decide fast. Heuristics are mental shortcuts that people use to decide quickly. "
    "A heuristic may fail where it matters most. Daniel Kahneman, a psychologist from Princeton, wrote of it."
)
BALANCE = (
    "What is slow work?\n\nIt is said to keep people well, with pauses.\n\n"
    "Slow work is an ongoing practice.\n\nIs slow work all that we need for our lives here?\n\nNo."
)
AID = (
    "Families were helped by TANF for years. "
    "Money comes from Temporary Assistance for Needy Families (TANF) and from the states. "
    "The head of the National Space Institute (NSI), Carla Ruiz, left the city."
)


@pytest.fixture
def chat(settings: Settings, toy) -> Chat:
    for name, text in (
        ("mushrooms", MUSHROOMS),
        ("gout", GOUT),
        ("mind", MIND),
        ("aid", AID),
        ("balance", BALANCE),
    ):
        (settings.corpus / f"{name}.md").write_text(f"# On {name}\n\n{text}", encoding="utf-8")
    build(settings, embedder=toy)
    return Chat.open(settings, toy)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("What is psilocybin?", "Psilocybin, the active ingredient in magic mushrooms, is"),
        ("What is hyperuricemia?", "a condition called hyperuricemia."),
        ("What is a heuristic?", "Heuristics are mental shortcuts"),
        ("Define heuristic", "Heuristics are mental shortcuts"),
        ("Who is Daniel Kahneman?", "Daniel Kahneman, a psychologist from Princeton,"),
        ("What is slow work?", "It is said to keep people well"),
        ("What is TANF?", "Temporary Assistance for Needy Families (TANF)"),
    ],
)
def test_the_sentence_that_says_it_plainly_comes_first(chat: Chat, question, says) -> None:
    found = chat.ask(question)
    assert isinstance(found, Answer)
    assert says in found.statements[0].text


def test_the_more_plainly_it_is_said_the_surer_is_the_answer(chat: Chat) -> None:
    plain, called = (chat.ask(f"What is {term}?") for term in ("a heuristic", "hyperuricemia"))
    assert (plain.confidence, called.confidence) == (1.0, 0.6)


@pytest.mark.parametrize(
    ("question", "long"),
    [
        ("What does TANF stand for?", "Temporary Assistance for Needy Families"),
        ("What does NSI mean?", "National Space Institute"),
    ],
)
def test_an_abbreviation_leads_with_what_it_stands_for(chat: Chat, question, long) -> None:
    found = chat.ask(question)
    assert isinstance(found, Answer)
    assert found.short_answer == long


def test_a_filter_holds_for_definitions(chat: Chat) -> None:
    found = chat.ask("What is psilocybin?", Filter(articles=("gout.md",)))
    assert not isinstance(found, Answer)


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("He joined the World Health Organization (WHO).", "WHO", "World Health Organization"),
        ("The GDP (gross domestic product) fell.", "GDP", "gross domestic product"),
        ("Cells of nickel, manganese and cobalt, known as NMC, last.", "NMC", "nickel, manganese and cobalt"),
        ("The town hall (see page 4) burnt.", "WHO", None),
        ("The WHO (which met in May) agreed.", "WHO", None),
        ("It is deoxyribonucleic acid, or DNA.", "DNA", "deoxyribonucleic acid"),
        ("- AWS – Alternative Work Schedule that lets you work less", "AWS", "Alternative Work Schedule"),
        ("COOP: Continuity of Operations Plan. Ask.", "COOP", "Continuity of Operations Plan"),
        ("AWS - see page nine", "AWS", None),
        ("Our certificates will not include OCSP or CRL URLs.", "CRL", None),
    ],
)
def test_a_long_form_has_the_letters_of_its_short_one_in_their_order(text, short, long) -> None:
    assert long_form(text, short) == long
