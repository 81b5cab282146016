"""Words first, vectors in batches: what is there answers, and nothing that was committed is done twice."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.build import batch_of, build
from rag.chat import Chat
from rag.index import joined, meaning, snapshots
from rag.index.batches import Batches
from rag.index.joined import batched
from rag.index.meaning import Meaning
from rag.index.opened import Index
from rag.settings import Settings
from rag.types import Answer, Listing, Passage

ARTICLES = 44


class Stopped(BaseException):
    """The power is cut."""


class Stopping:
    """A model that stops for good after so many batches."""

    def __init__(self, toy, batches: int) -> None:
        self._toy, self._left = toy, batches

    def __getattr__(self, name: str):
        return getattr(self._toy, name)

    def embed_passages(self, passages: Sequence[Passage], done: Callable[[int], object] = lambda _: None):
        if not self._left:
            raise Stopped
        self._left -= 1
        return self._toy.embed_passages(passages, done)


@pytest.fixture
def many(settings: Settings) -> Settings:
    """Settings that embed eight passages at once, over more articles of a passage each."""
    for number in range(ARTICLES):
        text = f"Village number{number} has a mill. Its miller is called Miller{number}."
        (settings.corpus / f"village{number:02}.md").write_text(text, encoding="utf-8")
    return replace(settings, batch=1)


def stopped(settings: Settings, toy, batches: int) -> Chat:
    """Return a chat over what a build left that was stopped after so many batches."""
    with pytest.raises(Stopped):
        build(settings, embedder=Stopping(toy, batches))
    return Chat.open(settings, toy)


def vectors(index: Index) -> tuple[np.ndarray, np.ndarray]:
    rows = np.arange(index.manifest.passages)
    return index.vectors.rows(rows), np.concatenate(index.sentence_vectors(rows))


def test_words_answer_before_anything_is_embedded(many: Settings, toy) -> None:
    told: list[tuple[int, int]] = []
    with pytest.raises(Stopped):
        build(many, embedder=Stopping(toy, 0), searchable=lambda *held: told.append(held))
    assert told == [(ARTICLES + 3, ARTICLES + 4)]
    chat = Chat.open(many, toy)
    assert chat.index.manifest.embedded == 0
    found = chat.ask("What is Bread baked from?")
    assert isinstance(found, Answer)
    assert found.statements[0].text == "Bread is baked from flour and water."
    listed = chat.ask("Which articles do you have about bread?")
    assert isinstance(listed, Listing)
    assert [article.id for article in listed.articles] == ["bread.md"]
    summed = chat.ask("What is the article about tea about?")
    assert isinstance(summed, Answer)
    assert chat.overview().articles == ARTICLES + 3


def test_a_stopped_build_loses_one_batch_and_does_no_other_twice(many: Settings, toy) -> None:
    chat = stopped(many, toy, 3)
    assert len(toy.seen) == 3 * batch_of(many)
    assert chat.index.manifest.embedded == 0  # too little for a step
    report = build(many, embedder=toy)
    assert sorted(toy.seen) == sorted(set(toy.seen))
    assert (report.embedded, report.unembedded) == (report.passages - 3 * batch_of(many), 0)
    assert report.changed
    assert not Batches(many.index).folder.exists()
    assert not build(many, embedder=toy).changed


def test_what_was_stopped_and_went_on_is_what_one_build_makes(many: Settings, toy, tmp_path: Path) -> None:
    once = replace(many, index=tmp_path / "once")
    build(once, embedder=toy)
    stopped(many, toy, 3)
    build(many, embedder=toy)
    chats = [Chat.open(each, toy) for each in (once, many)]
    for one, other in zip(*(vectors(chat.index) for chat in chats), strict=True):
        assert np.array_equal(one, other)
    assert chats[0].index.embedded is None
    for question in ("What is Bread baked from?", "Who is the miller of village number7?"):
        assert chats[0].ask(question) == chats[1].ask(question)
    assert chats[0].index.file("overview.json") == chats[1].index.file("overview.json")


def test_articles_that_change_meanwhile_cost_no_batch(many: Settings, toy) -> None:
    stopped(many, toy, 3)
    before = set(toy.seen)
    (many.corpus / "tea.md").write_text("Tea is drunk hot.", encoding="utf-8")
    build(many, embedder=toy)
    assert sorted(toy.seen) == sorted(set(toy.seen))
    assert before < set(toy.seen)
    assert "Tea is drunk hot." in toy.seen


def test_a_damaged_batch_and_one_of_another_model_are_embedded_anew(many: Settings, toy) -> None:
    stopped(many, toy, 2)
    damaged, other = sorted(Batches(many.index).folder.iterdir())
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    toy.fingerprint = "toy-2"
    report = build(many, embedder=toy)
    assert report.embedded == report.passages
    assert other.name not in (path.name for path in many.index.rglob("*.npz"))


def test_vectors_join_in_steps_that_share_all_else(many: Settings, toy, monkeypatch) -> None:
    monkeypatch.setattr(joined, "BATCHES", 1)
    seen: list[tuple[str, int | None, int]] = []

    def look(done: int, total: int) -> None:
        snapshot, manifest = snapshots.in_use(many.index)
        seen.append((snapshot.name, manifest.embedded, (snapshot / "articles.sqlite").stat().st_ino))

    report = build(many, embedder=toy, progress=look)
    assert [embedded for _, embedded, _ in seen] == [0, 0, 8, 16, 24, 32, 40]
    assert len({name for name, *_ in seen}) == len(seen) - 1
    assert len({inode for *_, inode in seen}) == 1
    assert snapshots.in_use(many.index)[1].embedded == report.passages
    assert len(list((many.index / "snapshots").iterdir())) == 2


def test_a_chat_takes_a_step_up_without_opening_the_words_again(many: Settings, toy, monkeypatch) -> None:
    monkeypatch.setattr(joined, "BATCHES", 1)
    chat = stopped(many, toy, 3)
    assert chat.index.manifest.embedded == 24
    build(many, embedder=toy)
    newer = chat.latest()
    assert newer.index.words is chat.index.words
    assert newer.index.embedded is None
    assert newer.ask("What is Tea made from?") == Chat.open(many, toy).ask("What is Tea made from?")
    assert chat.ask("What is Tea made from?")  # whose folder is gone


def test_meaning_finds_what_has_a_vector_and_words_find_all(many: Settings, toy, monkeypatch) -> None:
    monkeypatch.setattr(joined, "BATCHES", 1)
    chat = stopped(many, toy, 3)
    has = chat.index.embedded
    assert has is not None
    ranking = chat.retriever.rank(chat.understand("Which village has a mill?"))
    assert set(ranking.dense.tolist()) == set(np.flatnonzero(has).tolist())
    assert len(ranking.words) == ARTICLES
    score = dict(zip(ranking.fused.tolist(), ranking.score.tolist(), strict=True))
    words_only = [row for row in ranking.words.tolist() if not has[row]]
    assert max(score[row] for row in words_only) == pytest.approx(1.0, abs=0.05)


def test_a_passage_without_a_vector_is_weighed_as_it_will_be_later(many: Settings, toy) -> None:
    chat = stopped(many, toy, 0)
    asked = "Who is the miller of village number7?"
    early = chat.ask(asked)
    build(many, embedder=toy)
    late = chat.latest().ask(asked)
    assert isinstance(early, Answer)
    assert isinstance(late, Answer)
    assert early.statements[0].text == late.statements[0].text
    hits = {hit.passage.key: hit for hit in late.closest}
    for hit in early.closest:
        if later := hits.get(hit.passage.key):
            assert hit.similarity == pytest.approx(later.similarity, abs=1e-3)
            assert hit.sentence_similarities == pytest.approx(later.sentence_similarities, abs=1e-3)


def test_a_passage_is_embedded_once_for_many_questions(many: Settings, toy) -> None:
    chat = stopped(many, toy, 0)
    chat.ask("What is Bread baked from?")
    seen = len(toy.seen)
    assert seen > 0
    chat.ask("What is Bread baked from?")
    assert len(toy.seen) == seen


def test_a_build_that_is_paused_goes_on_later(many: Settings, toy) -> None:
    report = build(many, embedder=toy, paused=lambda: len(toy.seen) >= 2 * batch_of(many))
    assert (report.embedded, report.unembedded) == (16, report.passages)  # committed, not joined yet
    report = build(many, embedder=toy)
    assert (report.embedded, report.unembedded) == (report.passages - 16, 0)


def test_where_a_disk_has_no_links_files_are_copied(many: Settings, toy, monkeypatch) -> None:
    def refuse(path: Path, to: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    build(many, embedder=toy)
    assert isinstance(Chat.open(many, toy).ask("What is Bread baked from?"), Answer)


def test_little_is_embedded_before_it_is_switched_to(settings: Settings, toy) -> None:
    told: list[tuple[int, int]] = []
    build(settings, embedder=toy, searchable=lambda *held: told.append(held))
    assert told == []


def test_batches_hold_each_row_once_and_texts_of_similar_length() -> None:
    lengths = np.random.default_rng(1).integers(1, 1000, 1000)
    rows = np.flatnonzero(lengths > 100)
    found = list(batched(rows, lengths, 16))
    assert np.array_equal(np.sort(np.concatenate(found)), rows)
    assert max(len(each) for each in found) == 16
    assert np.median([np.ptp(lengths[each]) for each in found]) < 100


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Meaning(0.129, True, 1190.0), "meaning search: 12%, about 20 minutes left"),
        (Meaning(0.5, True, 61.0), "meaning search: 50%, about 1 minute left"),
        (Meaning(0.999, True, 5.0), "meaning search: 99%, less than a minute left"),
        (Meaning(0.9999, True, 36_000.0), "meaning search: 99%, about 10 hours left"),
        (Meaning(0.0, True), "meaning search: 0%, being prepared"),
        (Meaning(0.3, False), "meaning search: 30%, go on with: rag build"),
    ],
)
def test_how_far_it_is_in_words(found: Meaning, words: str) -> None:
    assert found.told() == words


def test_who_asks_is_told_how_long_a_build_at_work_takes(many: Settings, toy) -> None:
    seen: list[Meaning | None] = []

    def look(done: int, total: int) -> None:
        seen.append(meaning.meaning_of(many.index, snapshots.in_use(many.index)[1]))

    build(many, embedder=toy, progress=look)
    assert all(each and each.at_work for each in seen)
    assert [each.seconds is None for each in seen if each] == [True, *[False] * (len(seen) - 1)]
    assert Chat.open(many, toy).meaning is None
    assert not (many.index / meaning.FILE).exists()


def test_a_build_that_was_killed_is_not_at_work_for_ever(many: Settings, toy) -> None:
    chat = stopped(many, toy, 2)
    file = many.index / meaning.FILE
    assert chat.meaning == Meaning(0.0, False)  # it ended in order
    file.write_text(json.dumps({"seconds": 60.0, "batch": 6.0}), encoding="utf-8")
    found = chat.meaning
    assert found
    assert found.at_work
    long_ago = time.time() - meaning.PATIENCE - 1
    os.utime(file, (long_ago, long_ago))
    assert chat.meaning == Meaning(0.0, False)
    for content in ("", "[]", "{}", '{"batch": "x"}'):
        file.write_text(content, encoding="utf-8")
        assert chat.meaning == Meaning(0.0, False)
    file.unlink()
    shutil.rmtree(many.index)
    assert chat.meaning == Meaning(0.0, False)
