"""What an overview of a few articles holds."""

from __future__ import annotations

from datetime import date

import pytest

from rag.build import build
from rag.chat import Chat
from rag.errors import FilterError
from rag.settings import Settings
from rag.types import Filter

ARTICLES = {
    "harbour.md": "---\ntitle: The harbour of Vardø\ndate: 2024-03-12\n---\n"
    "The harbour of Vardø was opened on 3 May 1893 by the merchant Jonas Brekk. "
    "He had paid for the harbour himself.\n\n"
    "In 1944 the harbour was burnt down, and the people of Vardø left the town.",
    "ferry.md": "---\ntitle: The new ferry\ndate: 2025-06-01\n---\n"
    "The new ferry from Vardø to Kirkenes sails every day, the engineer Clara Holt said.\n\n"
    "Jonas Brekk, the merchant, once wanted such a ferry between Vardø and Kirkenes.",
}


@pytest.fixture
def chat(chat_of) -> Chat:
    return chat_of(ARTICLES)


def test_the_newest_article_is_told_of_first_in_its_own_sentences(chat) -> None:
    overview = chat.overview()
    assert (overview.articles, overview.since, overview.until) == (2, date(2024, 3, 12), date(2025, 6, 1))
    assert overview.briefs[0].label == "The new ferry"
    assert {brief.label for brief in overview.briefs} == {"The new ferry", "The harbour of Vardø"}
    assert [each.label for each in overview.new] == ["1 June 2025", "12 March 2024"]


def test_no_sentence_that_needs_its_neighbour_is_told(chat) -> None:
    overview = chat.overview()
    assert not any(each.text.startswith("He ") for each in (*overview.briefs, *overview.timeline))


def test_people_have_their_roles_and_the_number_of_articles_that_name_them(chat) -> None:
    people = [(each.name, each.role, each.articles) for each in chat.overview().people]
    assert people == [("Jonas Brekk", "the merchant", 2), ("Clara Holt", "engineer", 1)]


def test_a_time_line_is_in_the_order_of_the_days_that_the_text_gives(chat) -> None:
    assert [each.label for each in chat.overview().timeline] == ["3 May 1893", "1944"]


def test_a_filter_limits_the_articles_and_is_kept_apart(chat) -> None:
    only = Filter(articles=("ferry.md",))
    assert chat.overview(only).articles == 1
    assert chat.overview(only) is chat.overview(only)
    assert chat.overview().articles == 2
    with pytest.raises(FilterError):
        chat.overview(Filter(articles=("none.md",)))


def test_other_languages_have_briefs_without_names_or_days(settings, toy, tmp_path) -> None:
    german = Settings(
        corpus=settings.corpus, index=tmp_path / "de", language="de", passage_tokens=16, reader=False
    )
    build(german, embedder=toy)
    overview = Chat.open(german, toy).overview()
    assert overview.briefs
    assert (overview.people, overview.places, overview.timeline) == ((), (), ())


def test_a_day_between_brackets_is_not_that_of_the_sentence(chat_of) -> None:
    text = "The two countries (at peace since 1783) signed the treaty of Kirkenes on 4 May 1826 in the town."
    chat = chat_of({"treaty.md": f"---\ntitle: The treaty\n---\n{text}"})
    assert [each.label for each in chat.overview().timeline] == ["4 May 1826"]
