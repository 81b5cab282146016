"""Questions about the collection get a list of its articles; about one article, its own sentences."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answer.summary import central
from rag.build import build
from rag.chat import Chat
from rag.errors import FilterError
from rag.output.documents import FORMATS, document
from rag.output.json import as_json
from rag.settings import Settings
from rag.types import Answer, Filter, Listing


@pytest.fixture
def chat(settings: Settings, toy) -> Chat:
    for name, facts, text in (
        (
            "lava.md",
            "title: Volcanoes\ndate: 2024-03-05\nsource: BBC News\nauthor: Ann Lee",
            "Volcanoes spit lava.",
        ),
        ("snow.md", "title: Snow\ndate: 2024-12-31\nsource: CNN\nauthor: Bo Oz", "Snow falls in winter."),
    ):
        (settings.corpus / name).write_text(f"---\n{facts}\n---\n{text}", encoding="utf-8")
    build(settings, embedder=toy)
    return Chat.open(settings, toy)


def listed(chat: Chat, question: str, filter: Filter | None = None) -> tuple[list[str], int, str]:
    found = chat.ask(question, filter)
    assert isinstance(found, Listing)
    return [article.id for article in found.articles], found.total, found.asked


@pytest.mark.parametrize(
    ("question", "ids", "asked"),
    [
        ("Which articles do you have on volcanoes?", ["lava.md"], "about volcanoes"),
        ("What articles are from the BBC?", ["lava.md"], "from BBC"),
        ("list articles by Bo Oz", ["snow.md"], "by Bo Oz"),
        ("articles about volcanoes from the BBC", ["lava.md"], "about volcanoes from BBC"),
        ("articles since March 2024", ["moon.md", "snow.md", "lava.md"], "since March 2024"),
        ("Which articles were published after 5 March 2024?", ["moon.md", "snow.md"], "after 5 March 2024"),
        ("Which articles are from 2024?", ["snow.md", "lava.md"], "from 2024"),
        ("articles before 2024-12-31", ["lava.md"], "before 2024-12-31"),
        ("Which articles mention lava?", ["lava.md"], "with the words lava"),
        ("Which articles mention magma?", [], "with the words magma"),
        ("Do you have any articles about dinosaurs?", [], "about dinosaurs"),
        ("What articles are from the Times?", [], "from Times"),
        ("What is new since 2027?", [], "since 2027"),
    ],
)
def test_articles_are_listed_by_what_is_asked_of_them(chat: Chat, question, ids, asked) -> None:
    assert listed(chat, question) == (ids, len(ids), asked)


def test_all_articles_come_newest_first_and_undated_last(chat: Chat) -> None:
    ids = ["moon.md", "snow.md", "lava.md", "bread.md", "tea.md"]
    for question in (
        "How many articles are there?",
        "What are the latest articles?",
    ):
        assert listed(chat, question) == (ids, 5, "")


def test_words_of_time_limit_a_listing_until_they_are_removed(chat: Chat) -> None:
    found = chat.ask("Which articles are there since 2025?")
    assert isinstance(found, Listing)
    assert found.reading is not None
    assert [words.words for words in found.reading.times] == ["since 2025"]
    again = chat.ask("Which articles are there since 2025?", ignored=["since 2025"])
    assert isinstance(again, Listing)
    assert (found.total, again.total, again.asked, again.reading) == (1, 5, "", None)


def test_a_filter_holds_for_a_listing_too(chat: Chat) -> None:
    assert listed(chat, "How many articles are there?", Filter(sources=("CNN",)))[0] == ["snow.md"]
    by_hand = Filter(since=date(2024, 12, 1), until=date(2024, 12, 31))
    assert listed(chat, "How many articles are there since 2026?", by_hand) == (["snow.md"], 1, "")
    with pytest.raises(FilterError, match="no source Nobody"):
        chat.ask("How many articles are there?", Filter(sources=("Nobody",)))


def test_the_json_of_a_listing_is_its_articles(chat: Chat) -> None:
    found = as_json(chat.ask("Which articles do you have on volcanoes?"))
    assert found == {
        "question": "Which articles do you have on volcanoes?",
        "reading": None,
        "answered": True,
        "confidence": 1.0,
        "short_answer": None,
        "statements": [],
        "likely": False,
        "missing": [],
        "sides": [],
        "uncovered_sides": [],
        "outside": None,
        "missing_phrases": [],
        "listing": {
            "lead": None,
            "asked": "about volcanoes",
            "total": 1,
            "articles": [
                {
                    "article": "lava.md",
                    "title": "Volcanoes",
                    "published": "2024-03-05",
                    "source": "BBC News",
                    "author": "Ann Lee",
                    "url": None,
                }
            ],
        },
        "closest": [],
        "chosen": None,
    }


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which articles do you have on volcanoes?", "1 article about volcanoes:"),
        ("Which articles are about dinosaurs?", "There is no article about dinosaurs."),
        ("How many articles are there?", "5 articles:"),
    ],
)
def test_a_document_says_how_many_articles_there_are(chat: Chat, question: str, said: str) -> None:
    for format in FORMATS[:2]:
        text = document([as_json(chat.ask(question))], format)
        assert said in text
        assert ("Volcanoes" in text) == (not said.startswith("There is no"))


def test_a_summary_is_sentences_of_one_article_in_their_order(settings: Settings, toy) -> None:
    lines = [
        f"Glass number {word} is blown from hot sand." for word in ("one", "two", "three", "four", "five")
    ]
    text = "\n\n".join([*lines, "It is then cut and polished by many careful hands."])
    (settings.corpus / "glass.md").write_text(f"---\ntitle: Glass\n---\n{text}", encoding="utf-8")
    build(settings, embedder=toy)
    found = Chat.open(settings, toy).ask("Summarise the article about glass")
    assert isinstance(found, Answer)
    cited = [statement.citations[0] for statement in found.statements]
    assert {each.article.id for each in cited} == {"glass.md"}
    assert len(cited) == 4
    assert cited[0].quote == lines[0]
    assert [each.start for each in cited] == sorted(each.start for each in cited)


def test_a_summary_of_an_article_that_is_not_there_is_an_ordinary_question(chat: Chat) -> None:
    assert not isinstance(chat.ask("Summarise the article about dinosaurs"), Answer | Listing)


def test_the_sentences_nearest_the_middle_are_chosen_unless_they_repeat_one() -> None:
    import numpy as np

    vectors = np.array([[1, 0], [1, 0], [0.6, 0.8]], dtype=np.float32)
    assert central(vectors, vectors.mean(axis=0), 2) == [0, 2]
    assert central(vectors, vectors.mean(axis=0), 9) == [0, 1, 2]


def test_the_command_line_lists_articles(rag, settings: Settings) -> None:
    rag("build")
    status, out, _ = rag("ask", "Which articles do you have on bread?")
    assert (status, out) == (0, "1 article about bread:\n  Bread, no date  bread.md\n")
    assert (
        rag("ask", "Which articles do you have on dinosaurs?")[1] == "There is no article about dinosaurs.\n"
    )


def test_the_latest_articles_on_a_topic_come_newest_first(settings: Settings, toy) -> None:
    for name, day in (("a", "2024-03-05"), ("b", "2025-12-31"), ("c", None), ("d", "2024-12-31")):
        head = f"title: Volcanoes\n{f'date: {day}' if day else ''}".rstrip()
        (settings.corpus / f"{name}.md").write_text(
            f"---\n{head}\n---\nVolcanoes {name} spit.", encoding="utf-8"
        )
    build(settings, embedder=toy)
    found = Chat.open(settings, toy)
    ids = ["b.md", "d.md", "a.md", "c.md"]
    assert listed(found, "What are the latest articles about volcanoes?") == (ids, 4, "about volcanoes")
