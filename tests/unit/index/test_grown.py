"""An index that grew answers as one that was built anew, and writes what is new alone."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Self, cast

import numpy as np
import pytest
from conftest import ToyEmbedder

from rag.build import build
from rag.chat import Chat
from rag.corpus.folder import Pooled
from rag.corpus.formats.worker import Outcome, Work
from rag.errors import FilterError, ReadingError, SnapshotError
from rag.index import archive, grown, snapshots
from rag.index.opened import Index
from rag.retrieval.retrieve import Retriever
from rag.settings import Settings
from rag.types import Filter, Passage

WORDS = [f"word{number}" for number in range(150)]
QUESTIONS = [" ".join(WORDS[at : at + 3]) for at in range(0, 60, 12)] + ["zebra stripes", "teapot"]

EVERY = 1_000
"""More passages than there are: which of equally good ones come first may differ."""


class Here:
    """Reads files in this process, which starts no other."""

    def __init__(self, work: Work, *_: object) -> None:
        self._work = work

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def find_all(self, files: Iterable[tuple[str, bytes | ReadingError]]) -> Iterator[tuple[str, Outcome]]:
        for name, content in files:
            yield name, [content] if isinstance(content, ReadingError) else list(self._work(content, name))


HERE = cast("Pooled", Here)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index of forty articles and the rows of a table."""
    folder = tmp_path_factory.mktemp("built")
    settings = Settings(corpus=folder / "corpus", index=folder / "index", passage_tokens=16, reader=False)
    settings.corpus.mkdir()
    chance = random.Random(1)
    for number in range(40):
        write(settings, f"a{number:02}.md", text(chance), day=number % 28 + 1, source=f"Paper {number % 3}")
    rows = "".join(f"Row {number},{text(chance, 2)}\n" for number in range(12))
    (settings.corpus / "table.csv").write_text(f"title,text\n{rows}", encoding="utf-8")
    made(settings, ToyEmbedder())
    return settings


@pytest.fixture
def growing(built: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """The same in a folder of its own; the index grows however small it is."""
    monkeypatch.setattr(grown, "SMALLEST", 1)
    monkeypatch.setattr(grown, "SHARE", 0.9)
    shutil.copytree(built.corpus.parent, tmp_path, dirs_exist_ok=True)
    return replace(built, corpus=tmp_path / "corpus", index=tmp_path / "index")


def made(settings: Settings, toy) -> Index:
    """Build, and open what was built."""
    build(settings, embedder=toy, pooled=HERE)
    return Index.open(settings.index)


def text(chance: random.Random, sentences: int = 6) -> str:
    """Return sentences of random words, some of them frequent."""
    words = [[WORDS[int(len(WORDS) ** chance.random()) - 1] for _ in range(8)] for _ in range(sentences)]
    return " ".join(" ".join(each).capitalize() + "." for each in words)


def write(settings: Settings, name: str, content: str, day: int = 1, source: str = "Paper") -> None:
    head = f"---\ntitle: Title of {name}\ndate: 2026-01-{day:02}\nsource: {source}\n---\n"
    (settings.corpus / name).write_text(head + content, encoding="utf-8")


def content_of(settings: Settings, name: str) -> str:
    return (settings.corpus / name).read_text(encoding="utf-8").split("---\n")[2]


def place(passage: Passage) -> tuple[str, int]:
    return passage.article.id, passage.start


def assert_alike(index: Index, anew: Index, toy, *, closely: float) -> None:
    """Check that two indexes of a corpus say the same, scores by words `closely` so."""
    places = [[place(each) for each in one.passages(one.rows)] for one in (index, anew)]
    assert sorted(places[0]) == sorted(places[1])
    assert index.manifest.passages == len(places[0])
    assert index.cards() == anew.cards()
    assert list(index.articles()) == list(anew.articles())
    assert [a.id for a in index.sample(9)] == [a.id for a in anew.sample(9)]
    retrievers = [Retriever(each, toy, depth=EVERY) for each in (index, anew)]
    chats = [Chat(Settings(reader=False), each.index, toy, each) for each in retrievers]
    for question in QUESTIONS:
        found = [chat.retriever.find(chat.understand(question), k=EVERY) for chat in chats]
        one, other = ({place(hit.passage): hit for hit in hits} for hits in found)
        assert one.keys() == other.keys()
        for at, hit in one.items():
            assert hit.score == pytest.approx(other[at].score, rel=closely)
            assert hit.bm25 == pytest.approx(other[at].bm25, rel=closely)
            assert hit.similarity == pytest.approx(other[at].similarity, abs=1e-6)
            assert hit.sentence_similarities == pytest.approx(other[at].sentence_similarities, abs=1e-6)
            assert hit.duplicates == other[at].duplicates
        for word in question.split():
            assert index.words.has(word) == anew.words.has(word)
            assert index.words.weight(word) == pytest.approx(anew.words.weight(word))
            held = ([place(p) for p in each.passages(each.words.holding(word))] for each in (index, anew))
            assert sorted(next(held)) == sorted(next(held))
    for filter_ in (
        Filter(sources=("Paper 1",)),
        Filter(since=date(2026, 1, 20)),
        Filter(collections=("table.csv",)),
    ):
        passing = [each.passages(np.flatnonzero(each.allowed(filter_))) for each in (index, anew)]
        assert sorted(map(place, passing[0])) == sorted(map(place, passing[1]))
        assert index.first(filter_, count=5) == anew.first(filter_, count=5)


def test_what_is_added_changed_and_removed_is_found_as_in_an_index_built_anew(
    growing: Settings, tmp_path: Path, toy
) -> None:
    chance = random.Random(2)
    removed = False
    for step in ("added", "an earlier copy", "changed", "removed", "a row", "the earliest removed", "again"):
        if step == "added":
            write(growing, "b.md", text(chance) + " A zebra has stripes.", day=9)
        elif step == "an earlier copy":
            write(growing, "earlier.md", content_of(growing, "a27.md"), day=3)
        elif step == "changed":
            write(growing, "a05.md", text(chance) + " The teapot is hot.", day=6)
        elif step == "removed":
            (growing.corpus / "b.md").unlink()
        elif step == "a row":
            table = (growing.corpus / "table.csv").read_text(encoding="utf-8")
            (growing.corpus / "table.csv").write_text(table.replace("Row 3", "Row three"), encoding="utf-8")
        elif step == "the earliest removed":
            (growing.corpus / "earlier.md").unlink()
        else:
            write(growing, "a05.md", text(chance), day=6)
        removed = removed or step not in ("added", "an earlier copy")
        index = made(growing, toy)
        assert index.manifest.is_grown
        assert bool(index.manifest.removed.articles) == removed
        anew = made(replace(growing, index=tmp_path / step), toy)
        assert not anew.manifest.is_grown
        assert_alike(index, anew, toy, closely=1e-2 if removed else 1e-6)


def test_what_stays_is_not_written_again(growing: Settings, toy) -> None:
    before = Index.open(growing.index)
    write(growing, "b.md", "A zebra has stripes.", day=9)
    toy.seen.clear()
    index = made(growing, toy)
    assert toy.seen == ["A zebra has stripes."]
    shared = {
        name for name in index.manifest.checksums
        if (index.folder / name).stat().st_ino in {part.stat().st_ino for part in before.folder.rglob("*")}
    }  # fmt: skip
    assert {"articles.sqlite", "vectors.faiss", "sentences.npy"} <= shared
    written = sum(
        (index.folder / name).stat().st_size for name in index.manifest.checksums if name not in shared
    )
    assert snapshots.damaged(growing.index) == []
    assert written < 150_000
    [passage] = [p for p in before.passages(before.rows) if p.article.id == "a05.md"][:1]
    assert before.article("a05.md") == passage.article  # the open one goes on


def test_of_large_files_that_stay_none_is_hashed_again(
    growing: Settings, tmp_path: Path, toy, monkeypatch
) -> None:
    monkeypatch.setattr(snapshots, "LARGE", 0)
    large = replace(growing, index=tmp_path / "large")
    made(large, toy)
    write(large, "b.md", "A zebra has stripes.", day=9)
    assert made(large, toy).manifest.is_grown
    monkeypatch.setattr(hashlib, "file_digest", None)
    Index.open(large.index)


def test_only_files_that_changed_are_read(growing: Settings, toy, monkeypatch) -> None:
    read: list[str] = []

    class Noting(Here):
        def find_all(self, files):
            for name, content in files:
                read.append(name)
                yield from super().find_all([(name, content)])

    write(growing, "b.md", "A zebra has stripes.")
    (growing.corpus / "a01.md").unlink()
    build(growing, embedder=toy, pooled=cast("Pooled", Noting))
    assert read == ["b.md"]
    read.clear()
    (growing.corpus / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    report = build(growing, embedder=toy, pooled=cast("Pooled", Noting))
    assert read == list(report.unread) == ["broken.pdf"]
    write(growing, "b.md", "A zebra has more stripes.")
    assert list(build(growing, embedder=toy, pooled=cast("Pooled", Noting)).unread) == ["broken.pdf"]
    (growing.corpus / "broken.pdf").unlink()
    assert build(growing, embedder=toy, pooled=cast("Pooled", Noting)).unread == {}


def test_an_article_that_was_removed_is_gone_at_once(growing: Settings, toy) -> None:
    chat = Chat.open(growing, toy)
    (growing.corpus / "a03.md").unlink()
    build(growing, embedder=toy, pooled=HERE)
    newer = chat.latest()
    assert newer.index.words is not chat.index.words
    assert newer.size()[0] == chat.size()[0] - 1
    with pytest.raises(FilterError, match=r"a03\.md"):
        newer.article("a03.md")
    assert chat.article("a03.md").id == "a03.md"
    everything = newer.index.vectors.nearest(toy.embed_questions(["word1"])[0], k=10_000)[0]
    assert sorted(everything.tolist()) == newer.index.rows.tolist()
    assert len(newer.index.words.best(["word1"], k=10_000, title_weight=1.0)[0]) < len(
        chat.index.words.best(["word1"], k=10_000, title_weight=1.0)[0]
    )


def test_what_is_open_before_is_not_opened_again(growing: Settings, toy) -> None:
    before = Index.open(growing.index)
    (growing.corpus / "a03.md").unlink()
    build(growing, embedder=toy, pooled=HERE)
    after = Index.open(growing.index, before=before)
    assert after.words._searcher is before.words._searcher
    assert after.files.part("articles.sqlite") is before.files.part("articles.sqlite")


def test_one_that_is_worn_is_written_anew(growing: Settings, toy, monkeypatch) -> None:
    monkeypatch.setattr(grown, "SHARE", 0.06)
    for number in range(3):
        write(growing, f"b{number}.md", text(random.Random(number)))
        index = made(growing, toy)
        assert index.manifest.is_grown == (number < 2), number
    assert index.manifest.articles == 55
    assert not any(name.startswith("added") for name in index.manifest.checksums)


def test_a_line_that_repeats_is_left_out_of_what_is_added_and_told_anew_with_it(
    growing: Settings, tmp_path: Path, toy
) -> None:
    chance = random.Random(4)
    for number in range(7):
        write(
            growing, f"c{number}.md", f"Sign up for more stories like this\n\n{text(chance)}", source="Post"
        )
        index = made(growing, toy)
        assert index.manifest.is_grown == (number != 4), number  # five holders tell it
        left_out = {each.id for each in index.articles() if any(b.kind == "furniture" for b in each.blocks)}
        assert len(left_out) == (number + 1 if number >= 4 else 0)
        anew = made(replace(growing, index=tmp_path / str(number)), toy)
        assert list(index.articles()) == list(anew.articles())


@pytest.mark.parametrize("what", ["small", "much", "corrections", "a store", "some have no vector"])
def test_it_is_written_anew_where_that_is_simpler(growing: Settings, toy, monkeypatch, what: str) -> None:
    if what == "small":
        monkeypatch.setattr(grown, "SMALLEST", 1_000)
    elif what == "much":
        monkeypatch.setattr(grown, "SHARE", 0.0)
    elif what == "corrections":
        (growing.corpus / "footnote.toml").write_text(
            '[articles."a01.md"]\nauthor = "Ada"\n', encoding="utf-8"
        )
    elif what == "some have no vector":
        growing = replace(growing, batch=1)
        write(growing, "long.md", text(random.Random(3), 60))
        build(growing, embedder=toy, pooled=HERE, paused=lambda: True)
        assert snapshots.in_use(growing.index)[1].unembedded
    write(growing, "b.md", "A zebra has stripes.")
    if what == "a store":
        made(growing, toy)
        monkeypatch.setattr("rag.build.stored.publish", lambda *_: True)
        growing = replace(growing, store="milvus://host:1/name")
    index = made(growing, toy)
    assert not index.manifest.is_grown
    assert index.manifest.articles == 53 + (what == "some have no vector")


def test_a_damaged_one_is_written_anew(growing: Settings, toy) -> None:
    folder, _ = snapshots.in_use(growing.index)
    (folder / "vectors.faiss").write_bytes(b"?")
    write(growing, "b.md", "A zebra has stripes.")
    assert not made(growing, toy).manifest.is_grown


def test_a_damaged_added_part_is_found(growing: Settings, toy) -> None:
    write(growing, "b.md", "A zebra has stripes.")
    made(growing, toy)
    folder, manifest = snapshots.in_use(growing.index)
    for name in ("added.sqlite", "added.faiss", "added.npy", "gone.json", "copies.json"):
        was = (folder / name).read_bytes()
        (folder / name).write_bytes(was[:-1] + b"?")
        with pytest.raises(SnapshotError, match=name):
            Index.open(growing.index)
        (folder / name).write_bytes(was)
    assert Index.open(growing.index).manifest == manifest


def test_it_is_kept_whole_in_a_backup(growing: Settings, toy, tmp_path: Path) -> None:
    write(growing, "b.md", "A zebra has stripes.")
    (growing.corpus / "a03.md").unlink()
    index = made(growing, toy)
    archive.backup(growing, tmp_path / "kept.tar")
    elsewhere = replace(growing, index=tmp_path / "elsewhere", corpus=tmp_path / "other")
    archive.restore(elsewhere, tmp_path / "kept.tar")
    assert_alike(Index.open(elsewhere.index), index, toy, closely=1e-9)


def test_texts_are_compared_once(growing: Settings, toy) -> None:
    write(growing, "copy.md", content_of(growing, "a27.md"), day=29)
    compared = json.loads(made(growing, toy).file("copies.json") or b"")["compared"]
    assert len(compared) == 1
    write(growing, "b.md", "A zebra has stripes.")
    assert json.loads(made(growing, toy).file("copies.json") or b"")["compared"] == compared
