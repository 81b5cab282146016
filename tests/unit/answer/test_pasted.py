"""A text that is pasted in leads to where it stands."""

from __future__ import annotations

import pytest

from rag.build import build
from rag.chat import Chat
from rag.settings import Settings
from rag.types import Answer, Filter, Unanswered

PIER = "The ice had already reached the pier."
NIGHT = "At night it broke “the oldest boat” in two."


@pytest.fixture
def chat(settings: Settings, toy) -> Chat:
    (settings.corpus / "ice.md").write_text(f"# Ice\n\n{PIER} {NIGHT}\n", encoding="utf-8")
    build(settings, embedder=toy)
    return Chat.open(settings, toy)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ('Where is this from: "the ice had already reached"?', [PIER]),
        (f"Which article says “{PIER}”", [PIER]),
        (f"Find the source of this passage: {PIER} At night it broke", [PIER, NIGHT]),
        (f"Who wrote this: {NIGHT}", [NIGHT]),
        (f"{PIER} At night it broke", [PIER, NIGHT]),  # nothing but the text
    ],
)
def test_the_sentences_that_hold_it_are_quoted_under_their_title(chat: Chat, question, quotes) -> None:
    found = chat.ask(question)
    assert isinstance(found, Answer)
    assert [(each.label, each.text) for each in found.statements] == [("Ice", quote) for quote in quotes]


def test_what_stands_nowhere_and_in_no_chosen_article_is_not_found(chat: Chat) -> None:
    assert isinstance(chat.ask("Where is this from: it left nobody on the other side"), Unanswered)
    elsewhere = Filter(articles=("moon.md",))
    assert not isinstance(chat.ask('Where is this from: "had already reached"?', elsewhere), Answer)
