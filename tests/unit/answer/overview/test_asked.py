"""Questions for what articles hold are answered with quotes under heads, of all articles or of some."""

from __future__ import annotations

import pytest

from rag.chat import Chat
from rag.output.documents import document
from rag.output.json import as_json
from rag.output.text import as_text
from rag.types import Answer, Filter, Listing, Unanswered

ARTICLES = {
    "harbour.md": "---\ntitle: The harbour of Vardø\ndate: 2024-03-12\nauthor: Anna Berg\n---\n"
    "The harbour of Vardø was opened on 3 May 1893 by the merchant Jonas Brekk. "
    "The harbour of Vardø cost the town 4,000 crowns.\n\n"
    "In 1944 the harbour was burnt down, and the people of Vardø left the town. "
    "In 1960 a pier of stone was built by the town of Vardø.\n\n"
    "Nobody should ever have to leave a town like this again.",
    "ferry.md": "---\ntitle: The new ferry\ndate: 2025-06-01\n---\n"
    "The new ferry from Vardø to Kirkenes sails every day, the engineer Clara Holt said.\n\n"
    "The harbour of Vardø cost the town 7,000 crowns.",
}


@pytest.fixture
def chat(chat_of) -> Chat:
    return chat_of(ARTICLES)


def said(chat: Chat, question: str, filter: Filter | None = None) -> list[tuple[str | None, str]]:
    outcome = chat.ask(question, filter)
    assert isinstance(outcome, Answer)
    for statement in outcome.statements:
        [citation] = statement.citations
        assert citation.article.text[citation.start : citation.end] == statement.text
    return [(each.label, each.text) for each in outcome.statements]


@pytest.mark.parametrize("question", ["What are these articles about?", "Give me a summary."])
def test_an_overview_tells_of_the_articles_and_then_of_days_under_heads(chat, question) -> None:
    found = said(chat, question)
    assert [label for label, _ in found] == ["In brief"] * 4 + ["Timeline"]
    assert found[-1][1].startswith("In 1960 a pier")
    assert len({text for _, text in found}) == len(found)


def test_people_stand_under_who_they_are(chat) -> None:
    labels = [label for label, _ in said(chat, "Who are the key people?")]
    assert labels == ["Clara Holt (engineer)", "Jonas Brekk"]


def test_people_whom_one_sentence_names_stand_together(chat_of) -> None:
    text = "Then the engineer Clara Holt met Jonas Brekk."
    labels = [label for label, _ in said(chat_of({"pier.md": text}), "Who are the key people?")]
    assert labels == ["Clara Holt (engineer), Jonas Brekk"]


def test_a_time_line_is_of_all_articles_of_a_topic_or_of_a_filter(chat) -> None:
    assert [label for label, _ in said(chat, "Timeline")] == ["3 May 1893", "1944", "1960"]
    assert [label for label, _ in said(chat, "Give me a timeline of the harbour")][-1] == "1960"
    [(label, _)] = said(chat, "timeline", Filter(articles=("ferry.md",)))
    assert label == "1 June 2025"  # it names no day: its own


def test_one_article_of_several_gives_a_time_line_six_days_at_most(chat_of) -> None:
    days = " ".join(f"In {year} the town built another pier." for year in range(1901, 1909))
    assert len(said(chat_of({"piers.md": days}), "Timeline")) == 8
    found = said(chat_of({"piers.md": days, "ferry.md": "In 1960 the town bought a ferry."}), "Timeline")
    assert [label for label, _ in found][-1] == "1960"
    assert len(found) == 7


def test_what_is_new_comes_from_the_newest_articles_of_the_time_asked_for(chat) -> None:
    assert [label for label, _ in said(chat, "What is new?")] == ["1 June 2025", "12 March 2024"]
    outcome = chat.ask("What is new since 2025?")
    assert isinstance(outcome, Answer)
    assert [each.label for each in outcome.statements] == ["1 June 2025"]
    assert outcome.reading is not None
    assert [words.words for words in outcome.reading.times] == ["since 2025"]
    nothing = chat.ask("What is new since 2026?")
    assert isinstance(nothing, Listing)
    assert (nothing.total, nothing.asked) == (0, "since 2026")


def test_articles_that_state_other_figures_disagree(chat) -> None:
    assert [label for label, _ in said(chat, "Where do they disagree?")] == ["7,000 / 4,000"] * 2
    assert isinstance(chat.ask("Where do they disagree?", Filter(articles=("ferry.md",))), Unanswered)


def test_one_thing_is_compared_article_by_article(chat) -> None:
    found = said(chat, "Compare the harbour in the two articles")
    assert {label for label, _ in found} == {"The harbour of Vardø", "The new ferry"}
    assert all("harbour" in text for _, text in found)
    assert {label for label, _ in said(chat, "Compare the two articles")} == {label for label, _ in found}


def test_an_authors_view_is_what_the_article_says_itself(chat) -> None:
    found = said(chat, "What is the author's view?", Filter(articles=("harbour.md",)))
    assert found[-1] == ("The harbour of Vardø", "Nobody should ever have to leave a town like this again.")


def test_one_article_is_summed_up_when_it_is_the_only_one_or_named(chat) -> None:
    alone = said(chat, "Give me a summary.", Filter(articles=("ferry.md",)))
    assert alone[0] == (None, chat.article("ferry.md").text.split("\n")[0])
    assert said(chat, "Summarise the newest article") == alone
    assert said(chat, "Summarise the article", Filter(articles=("ferry.md",))) == alone
    named = chat.ask("Summarise the paper about crowns")  # a word of the text, in no title
    assert isinstance(named, Answer)


def test_heads_stand_once_over_what_they_are_the_heads_of(chat) -> None:
    outcome = chat.ask("Give me a summary.")
    text = as_text(outcome)
    assert text.count("In brief\n") == text.count("\nTimeline\n") == 1
    markdown = document([as_json(outcome)], "markdown")
    assert markdown.count("**In brief**\n\n- ") == markdown.count("\n\n**Timeline**\n\n- ") == 1
    assert document([as_json(outcome)], "html").count("<strong>In brief</strong></p><ul>") == 1
