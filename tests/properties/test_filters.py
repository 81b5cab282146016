"""A filter lets the same articles pass in SQL as in plain Python, and means what its words say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from conftest import ToyEmbedder
from hypothesis import given
from hypothesis import strategies as st

from rag.build import build
from rag.chat import Chat
from rag.corpus.filters import collections_of, filter_of, ids_within, people
from rag.errors import FilterError
from rag.index.opened import Index
from rag.settings import Settings
from rag.types import Article, Filter

DAYS = ["2023-12-31", "2024-01-01", "2024-05-06", ""]
SOURCES = ["BBC", "bbc", "Straße", "STRASSE", ""]
AUTHORS = ["Ann Lee", "Ann Lee and Bo Oz", "bo oz", "Doe, Jane", ""]
FOLDERS = ["", "a/", "a/b/", "a b/", "a0/"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of articles that differ in every column, and in what SQL alone would fold or not."""
    folder = tmp_path_factory.mktemp("filters")
    corpus = folder / "corpus"
    for at in range(24):
        file = corpus / FOLDERS[at % 5] / f"{at}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        facts = {"date": DAYS[at % 4], "source": SOURCES[at % 5 - at % 2], "author": AUTHORS[at % 3 + at % 2]}
        head = "".join(f'{name}: "{value}"\n' for name, value in facts.items() if value)
        file.write_text(
            f"---\ntitle: Number {at}\n{head}---\nThis is number {at}, and of {at} kinds.", encoding="utf-8"
        )
    (corpus / "a" / "rows.jsonl").write_text(
        '{"title": "Row", "text": "A row of a table."}\n', encoding="utf-8"
    )
    settings = Settings(corpus=corpus, index=folder / "index", reader=False)
    build(settings, embedder=ToyEmbedder())
    yield Chat.open(settings, ToyEmbedder()).index


def articles(index: Index) -> list[Article]:
    return [passage.article for passage in index.passages(range(index.manifest.passages))]


def passes(article: Article, asked: Filter) -> bool:
    """Say whether `article` passes `asked`, the obvious way."""

    def is_one_of(value: str | None, names: tuple[str, ...]) -> bool:
        wanted = {name.casefold() for name in names}
        return not names or (
            value is not None and bool(wanted & {each.casefold() for each in [value, *people(value)]})
        )

    since = asked.since is None or (article.published is not None and article.published >= asked.since)
    until = asked.until is None or (article.published is not None and article.published <= asked.until)
    source = not asked.sources or (article.source or "").casefold() in {
        each.casefold() for each in asked.sources
    }
    within = not asked.collections or bool(collections_of([article.id]) & set(asked.collections))
    is_named = not asked.articles or article.id in asked.articles
    return since and until and source and is_one_of(article.author, asked.authors) and within and is_named


ANY_DAY = st.none() | st.dates(date(2023, 12, 1), date(2024, 6, 30))
ANY_FILTER = st.builds(
    Filter,
    since=ANY_DAY,
    until=ANY_DAY,
    sources=st.lists(st.sampled_from(["BBC", "straße", "strasse"]), max_size=2).map(tuple),
    authors=st.lists(st.sampled_from(["ann lee", "Bo Oz", "Doe, Jane"]), max_size=2).map(tuple),
    collections=st.lists(st.sampled_from(["a", "a/b", "a b", "a/rows.jsonl"]), max_size=2).map(tuple),
    articles=st.lists(st.sampled_from(["0.md", "a/1.md", "a/b/2.md"]), max_size=2).map(tuple),
)


@given(asked=ANY_FILTER)
def test_the_index_lets_those_articles_pass_that_plain_python_does(index: Index, asked: Filter) -> None:
    expected = [passes(article, asked) for article in articles(index)]
    if any(expected):
        assert index.allowed(asked).tolist() == expected
    else:
        with pytest.raises(FilterError, match=r"^no article passes the filter"):
            index.allowed(asked)


@given(asked=ANY_FILTER)
def test_a_narrower_filter_lets_no_more_pass(index: Index, asked: Filter) -> None:
    wider = replace(asked, since=None, sources=(), collections=())
    try:
        narrow = index.allowed(asked)
    except FilterError:
        return
    assert not (narrow & ~index.allowed(wider)).any()


@given(day=st.dates(date(1000, 1, 1)))
def test_a_day_is_the_same_as_since_and_until(day: date) -> None:
    assert filter_of(since=str(day), until=str(day)) == Filter(since=day, until=day)


@given(
    folder=st.text("ab c#.0/", max_size=6), name=st.text("ab0.#", min_size=1, max_size=4),
    other=st.text("ab c#.0/", max_size=8),
)  # fmt: skip
def test_the_ids_within_a_collection_are_those_that_lie_in_it(folder: str, name: str, other: str) -> None:
    for id_ in (f"{folder}/{name}", other):
        for collection in collections_of([f"{folder}/{name}", other]):
            first, after = ids_within(collection)
            assert (first <= id_ < after) == (collection in collections_of([id_])), (id_, collection)
