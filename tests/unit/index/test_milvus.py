"""An index in Milvus answers as the one on disk does, and changes over to a newer one in one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from rag.build import build
from rag.chat import Chat
from rag.errors import FilterError, SettingError, SnapshotError
from rag.index.lexical import distance
from rag.index.milvus.among import STRETCHES, best, condition, stretches_of
from rag.index.milvus.store import Address, Store
from rag.index.milvus.words import MilvusWords
from rag.index.opened import Index
from rag.settings import Settings
from rag.types import Filter, Listing

NEEDS = "milvus_lite"

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

ALIKE = "Of the lighthouses of Cornwall that of Pendeen is 17 metres tall. It was first lit in 1900."


@pytest.fixture(scope="session")
def lite() -> None:
    pytest.importorskip("pymilvus", reason='Milvus is an extra: pip install -e ".[milvus]" milvus-lite')
    pytest.importorskip(NEEDS, reason="no Milvus Lite here: pip install milvus-lite")


@pytest.fixture
def shared(settings: Settings, toy, tmp_path: Path, lite: None) -> Iterator[Settings]:
    """Settings of a corpus whose index is in Milvus Lite."""
    for name in ("a.md", "b.md"):
        (settings.corpus / name).write_text(f"---\ntitle: Pendeen\n---\n{ALIKE}", encoding="utf-8")
    long = "\n\n".join(f"The number {number} comes after the number {number - 1}." for number in range(900))
    (settings.corpus / "numbers.md").write_text(f"---\ntitle: Numbers “é”\n---\n{long}", encoding="utf-8")
    chosen = replace(settings, store=f"milvus-lite://{tmp_path}/articles.db")
    build(chosen, embedder=toy)
    yield chosen
    Store(Address.read(chosen.store)).close()


@pytest.fixture
def both(shared: Settings, toy) -> tuple[Chat, Chat]:
    """A chat over the index on disk, and one over that in Milvus."""
    return Chat.open(replace(shared, store=""), toy), Chat.open(shared, toy)


def test_an_address_is_read_and_any_other_text_is_refused() -> None:
    assert Address.read("milvus://db.example:19530/news") == Address("http://db.example:19530", "", "news")
    assert Address.read("milvus://me:secret@db:1/news").token == "me:secret"
    assert Address.read("milvus-lite:///srv/news.db") == Address("/srv/news.db", "", "news")
    for text in (
        "milvus://db:1/",
        "milvus://db:1/my-news",
        "http://db:1/news",
        "news",
        "milvus-lite://h/n.db",
    ):
        with pytest.raises(SettingError, match="is not an address; write milvus://"):
            Address.read(text)


def test_without_the_package_it_is_named(monkeypatch, settings, toy) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pymilvus", None)
    with pytest.raises(SettingError, match=r"pip install -e \"\.\[milvus\]\""):
        Chat.open(replace(settings, store="milvus://localhost:19530/news"), toy)


def test_articles_passages_and_vectors_are_those_on_disk(both) -> None:
    disk, milvus = (chat.index for chat in both)
    rows = np.arange(disk.manifest.passages)
    assert milvus.manifest == disk.manifest
    assert list(milvus.articles()) == list(disk.articles())
    assert milvus.cards() == disk.cards()
    assert milvus.passages(rows) == disk.passages(rows)
    assert milvus.texts(rows[::-1]) == disk.texts(rows[::-1])
    np.testing.assert_allclose(milvus.vectors.rows(rows), disk.vectors.rows(rows), atol=1e-6)
    for one, other in zip(milvus.sentence_vectors(rows), disk.sentence_vectors(rows), strict=True):
        np.testing.assert_array_equal(one, other)
    assert milvus.groups(rows).tolist() == disk.groups(rows).tolist()
    assert milvus.copies(rows) == disk.copies(rows)
    assert milvus.file("overview.json") == disk.file("overview.json")


def test_filters_let_the_same_pass(both) -> None:
    disk, milvus = (chat.index for chat in both)
    for filter_ in (
        Filter(articles=("moon.md", "tea.md")),
        Filter(since=date(2026, 1, 1)),
        Filter(until=date(2026, 12, 31)),
    ):
        assert milvus.allowed(filter_).tolist() == disk.allowed(filter_).tolist()
        assert milvus.first(filter_, order="longest", count=9) == disk.first(
            filter_, order="longest", count=9
        )
    with pytest.raises(FilterError, match="did you mean moon"):
        milvus.article("mon.md")


def test_the_nearest_by_vectors_are_the_same_ones(both, toy) -> None:
    disk, milvus = (chat.index for chat in both)
    question = toy.embed_questions(["How tall is the lighthouse of Pendeen?"])[0]
    for allowed in (None, disk.allowed(Filter(articles=("numbers.md", "a.md")))):
        rows, cosines = milvus.vectors.nearest(question, k=9, allowed=allowed)
        expected_rows, expected = disk.vectors.nearest(question, k=9, allowed=allowed)
        np.testing.assert_allclose(cosines, expected, atol=1e-6)
        assert set(rows[:3].tolist()) <= {*expected_rows.tolist()}


def test_words_are_found_counted_and_weighed(both) -> None:
    disk, milvus = (chat.index.words for chat in both)
    assert isinstance(milvus, MilvusWords)
    assert len(milvus) == len(disk)
    for word in ("moon", "lighthous", "number", "nowhere"):
        assert milvus.weight(word) == pytest.approx(disk.weight(word))
        assert milvus.has(word) == disk.has(word)
    for phrase in ("Neil Armstrong", "the MOON", "armstrong Neil", "number 17 comes", "é"):
        assert milvus.holding(phrase).tolist() == disk.holding(phrase).tolist(), phrase
    assert milvus.near("sourdogh", k=5).tolist() == disk.near("sourdogh", k=5).tolist()
    terms = milvus.analyzer.terms("lighthouse of Pendeen")
    rows, scores = milvus.best(terms, k=5, title_weight=1)
    assert set(rows.tolist()) == set(disk.best(terms, k=5, title_weight=1)[0].tolist())
    assert (scores > 0).all()
    np.testing.assert_allclose(milvus.scores(terms, rows, title_weight=1), scores, rtol=1e-5)
    none = np.array([row for row in range(len(disk)) if row not in rows][:1])
    assert milvus.scores(terms, none, title_weight=1).tolist() == [0.0]
    assert len(milvus.best([], k=5, title_weight=1)[0]) == 0


@pytest.mark.parametrize(
    "question",
    [
        "How far is the Moon?",
        "When was the lighthouse of Pendeen first lit?",
        "What is tea made from?",
        'What says "without added yeast"?',
    ],
)
def test_answers_quote_the_same(both, question) -> None:
    on_disk, in_milvus = (chat.ask(question) for chat in both)
    assert not isinstance(on_disk, Listing)
    assert type(in_milvus) is type(on_disk)
    quotes = [
        [each.text for each in outcome.statements] if hasattr(outcome, "statements") else []
        for outcome in (on_disk, in_milvus)
    ]
    assert quotes[0] == quotes[1]


def test_a_server_sees_a_newer_build_and_keeps_answering_from_the_older_meanwhile(shared, toy) -> None:
    chat = Chat.open(shared, toy)
    assert chat.latest() is chat
    (shared.corpus / "salt.md").write_text(
        "---\ntitle: Salt\n---\nSalt is sodium chloride.", encoding="utf-8"
    )
    build(shared, embedder=toy)
    assert chat.article("tea.md").title == "Tea"
    newer = chat.latest()
    assert newer.article("salt.md").title == "Salt"
    assert newer.latest() is newer
    for number in range(2):
        (shared.corpus / "salt.md").write_text(f"---\ntitle: Salt\n---\nSalt {number}.", encoding="utf-8")
        build(shared, embedder=toy)
    store = Store(Address.read(shared.store))
    assert len(store.collections()) == 8  # the snapshot in use and the one before


def test_what_was_left_of_a_build_that_was_killed_is_dropped(shared, toy) -> None:
    store = Store(Address.read(shared.store))
    store.create(
        store.snapshot("20200101T000000000000_00000000").collection("words"), "words", dimension=1, passages=1
    )
    (shared.corpus / "tea.md").unlink()
    build(shared, embedder=toy)
    assert not [name for name in store.collections() if "20200101" in name]


def test_another_recipe_is_refused_by_name_and_no_index_is_told(shared, toy, tmp_path) -> None:
    toy.fingerprint = "toy-2"
    with pytest.raises(
        SnapshotError, match=r"articles in Milvus .* was built with model sha256 toy-1, not toy-2"
    ):
        Chat.open(shared, toy)
    nowhere = replace(shared, store=f"milvus-lite://{tmp_path}/other.db")
    with pytest.raises(SnapshotError, match="no index called other in Milvus"):
        Chat.open(nowhere, toy)


class Listed:
    """A snapshot whose rows are found in the order of their numbers."""

    def __init__(self, rows: int) -> None:
        self.rows, self.asked = rows, 0

    def search(self, field, wanted, *, k, condition=""):
        self.asked += 1
        among = [row for row in range(self.rows) if not condition or eval(condition, {"row": row})]
        return [(row, 1.0 - row / self.rows) for row in among[:k]]


@pytest.mark.parametrize("step", [2, 3, 40])
def test_scattered_rows_are_found_exactly(step: int) -> None:
    snapshot = Listed(4 * STRETCHES)
    allowed = np.zeros(snapshot.rows, dtype=bool)
    allowed[1::step] = True
    rows, _ = best(snapshot, "vector", None, k=60, allowed=allowed)  # type: ignore[arg-type]
    assert rows.tolist() == np.flatnonzero(allowed)[:60].tolist()


def test_stretches_of_rows_are_named_by_their_ends() -> None:
    allowed = np.array([True, True, False, True])
    assert stretches_of(allowed) == [(0, 2), (3, 4)]
    assert condition([(0, 2), (3, 4)]) == "(row >= 0 and row < 2) or (row >= 3 and row < 4)"


def test_letters_that_differ_are_counted() -> None:
    assert [distance("salt", other) for other in ("salt", "slat", "salts", "malt", "bread")] == [
        0,
        1,
        1,
        1,
        5,
    ]


def test_the_index_on_disk_stays_when_milvus_does_not_answer(settings, toy, lite) -> None:
    build(settings, embedder=toy)
    with pytest.raises(SnapshotError, match=r"Milvus at http://127\.0\.0\.1:9"):
        build(replace(settings, store="milvus://127.0.0.1:9/news"), embedder=toy)
    assert Index.open(settings.index).is_current()
