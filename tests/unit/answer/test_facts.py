"""A question for a fact of an article leads with the fact and names the article."""

from __future__ import annotations

import pytest

from rag.chat import Chat
from rag.output.json import as_json
from rag.output.text import as_text
from rag.types import Listing

ARTICLES = {
    "lava.md": "---\ntitle: Volcanoes\ndate: 2024-03-05\nsource: BBC News\nauthor: Ann Lee\n---\n"
    "Volcanoes spit lava.",
    "snow.md": "---\ntitle: Snow\ndate: 2024-12-31\nsource: CNN\nauthor: Bo Oz\n---\nSnow falls in winter.",
    "mushrooms.md": "---\ntitle: A strange walk\n---\nMagic mushrooms grow there.",
}


@pytest.fixture
def chat(chat_of) -> Chat:
    return chat_of(ARTICLES)


@pytest.mark.parametrize(
    ("question", "lead", "articles"),
    [
        ("Who wrote the article about volcanoes?", "Ann Lee", ["lava.md"]),
        ("Who wrote “Volcanoes”?", "Ann Lee", ["lava.md"]),
        ("Who wrote A strange walk?", "not stated", ["mushrooms.md"]),
        ("When was a strange walk published", "not stated", ["mushrooms.md"]),
        ("who is the author of the snow story?", "Bo Oz", ["snow.md"]),
        ("Who wrote the post about magic mushrooms?", "not stated", ["mushrooms.md"]),
        ("When was the report on snow published, and by whom?", "Bo Oz, 31 December 2024", ["snow.md"]),
        ("Who wrote the post about magic mushrooms and when?", "not stated", ["mushrooms.md"]),
        ("Who wrote the strange piece on magic mushrooms?", "not stated", ["mushrooms.md"]),
        ("When was the report on snow published?", "31 December 2024", ["snow.md"]),
        ("Where is the article about snow from?", "CNN", ["snow.md"]),
        ("What is the newest article?", "Snow", ["snow.md"]),
        ("Which story is the oldest?", "Volcanoes", ["lava.md"]),
        ("Which article is the longest?", "A strange walk", ["mushrooms.md"]),
        ("Who wrote the newest article?", "Bo Oz", ["snow.md"]),
        ("Who wrote the most articles?", "Bo Oz", ["snow.md", "lava.md", "mushrooms.md"]),
        ("How long is the article about volcanoes?", "3 words", ["lava.md"]),
        ("Who are the authors?", "Bo Oz, Ann Lee", ["snow.md", "lava.md", "mushrooms.md"]),
        ("When were the articles published?", "5 March 2024 to 31 December 2024",
         ["snow.md", "lava.md", "mushrooms.md"]),
    ],
)  # fmt: skip
def test_the_fact_leads_and_the_article_follows(chat: Chat, question, lead, articles) -> None:
    found = chat.ask(question)
    assert isinstance(found, Listing)
    assert (found.lead, [article.id for article in found.articles]) == (lead, articles)
    assert as_text(found).startswith(f"{lead}\n\n")
    assert as_json(found)["listing"]["lead"] == lead


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote it?",
        "Who wrote the letter to the king?",
        "Who wrote Snow?",
        "Who took a strange walk?",
        "Who wrote the book “Magic mushrooms”?",
    ],
)
def test_of_no_certain_article_no_fact_is_told(chat: Chat, question) -> None:
    assert not isinstance(chat.ask(question), Listing)


@pytest.mark.parametrize("question", ["hello", "What can you do?"])
def test_who_greets_is_shown_what_there_is(chat: Chat, question) -> None:
    found = chat.ask(question)
    assert isinstance(found, Listing)
    assert (found.total, found.lead) == (3, None)
