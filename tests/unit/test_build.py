"""The first spine: a corpus becomes a snapshot, and only what changed is embedded again."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from rag.build import build
from rag.corpus import corrections
from rag.errors import CorpusError, SettingError, SnapshotError
from rag.index import manifests, snapshots
from rag.index.lexical import LexicalIndex
from rag.index.opened import Index
from rag.index.passages import model_input
from rag.index.recipes import recipe_of
from rag.settings import Settings
from rag.types import Filter


def opened(settings: Settings, toy) -> Index:
    return Index.open(settings.index, recipe_of(settings, toy))


def snapshot_of(settings: Settings) -> Path:
    """Return the folder of the snapshot in use."""
    return settings.index / "snapshots" / str(snapshots.current(settings.index))


def test_footnote_toml_is_read_once_in_a_build(settings: Settings, toy, monkeypatch) -> None:
    (settings.corpus / "footnote.toml").write_text('[articles."tea.md"]\nauthor = "Ada"\n', encoding="utf-8")
    read: list[Path] = []
    content = corrections.content

    def noted(folder: Path):
        read.append(folder)
        return content(folder)

    monkeypatch.setattr(corrections, "content", noted)
    for changed in (True, False):
        assert build(settings, embedder=toy).changed is changed
        assert read == [settings.corpus]
        read.clear()
    assert {article.author for article in opened(settings, toy).articles()} >= {"Ada"}


def test_a_snapshot_holds_the_articles_their_passages_and_vectors(settings: Settings, toy) -> None:
    report = build(settings, embedder=toy)
    found = opened(settings, toy)
    assert [article.id for article in found.articles()] == ["bread.md", "moon.md", "tea.md"]
    passages = found.passages(range(report.passages))
    assert [passage.text for passage in passages][:2] == [
        "Bread is baked from flour and water. Sourdough is made without added yeast.",
        "The Moon orbits the Earth. Its distance from us is about 384,400 kilometres.",
    ]
    assert np.allclose(
        found.vectors.rows(np.arange(report.passages)),
        toy.embed_questions([model_input(passage) for passage in passages]),
    )
    assert np.allclose(
        found.sentence_vectors([1])[0],
        toy.embed_questions([sentence.text for sentence in passages[1].sentences]),
        atol=1e-3,
    )


def test_every_offset_quotes_its_article_and_no_word_is_lost(settings: Settings, toy) -> None:
    report = build(settings, embedder=toy)
    found = opened(settings, toy)
    passages = found.passages(range(report.passages))
    for article in found.articles():
        parts = [s.text for p in passages if p.article.id == article.id for s in p.sentences]
        assert "".join("".join(parts).split()) == "".join(article.text.split())


def test_nothing_is_written_when_nothing_changed(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    name = snapshots.current(settings.index)
    report = build(settings, embedder=toy)
    assert (report.changed, report.embedded, report.articles) == (False, 0, 3)
    assert snapshots.current(settings.index) == name


def test_only_changed_articles_are_embedded_again(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    before = opened(settings, toy)
    toy.seen.clear()
    (settings.corpus / "tea.md").write_text("---\ntitle: Tea\n---\nTea is drunk hot.", encoding="utf-8")
    report = build(settings, embedder=toy)
    assert toy.seen == ["Tea is drunk hot."]
    assert (report.embedded, report.passages) == (1, before.manifest.passages)
    after = opened(settings, toy)
    assert np.array_equal(after.vectors.rows(np.array([1])), before.vectors.rows(np.array([1])))
    assert np.array_equal(after.sentence_vectors([1])[0], before.sentence_vectors([1])[0])


def test_a_removed_article_disappears(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    toy.seen.clear()
    (settings.corpus / "bread.md").unlink()
    build(settings, embedder=toy)
    assert toy.seen == []
    assert [article.id for article in opened(settings, toy).articles()] == ["moon.md", "tea.md"]


def test_an_open_snapshot_outlives_the_next_build(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    before = opened(settings, toy)
    shutil.rmtree(settings.corpus)
    settings.corpus.mkdir()
    (settings.corpus / "new.txt").write_text("Something else.", encoding="utf-8")
    build(settings, embedder=toy)
    assert [article.id for article in before.articles()] == ["bread.md", "moon.md", "tea.md"]
    assert [article.id for article in opened(settings, toy).articles()] == ["new.txt"]


def test_old_snapshots_are_deleted_but_for_the_last(settings: Settings, toy) -> None:
    used = []
    for number in range(4):
        (settings.corpus / "tea.md").write_text(f"Tea number {number}.", encoding="utf-8")
        build(settings, embedder=toy)
        used.append(snapshots.current(settings.index))
    assert {path.name for path in (settings.index / "snapshots").iterdir()} == set(used[-2:])


def test_a_build_that_fails_leaves_the_index_in_use(settings: Settings, toy, monkeypatch) -> None:
    build(settings, embedder=toy)
    name = snapshots.current(settings.index)
    (settings.corpus / "tea.md").write_text("Changed.", encoding="utf-8")
    monkeypatch.setattr(LexicalIndex, "write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        build(settings, embedder=toy)
    assert snapshots.current(settings.index) == name
    assert [path.name for path in (settings.index / "snapshots").iterdir()] == [name]
    monkeypatch.undo()
    build(settings, embedder=toy)
    assert all((path / "manifest.json").exists() for path in (settings.index / "snapshots").iterdir())


def test_an_empty_corpus_is_an_error_and_leaves_the_index(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    shutil.rmtree(settings.corpus)
    settings.corpus.mkdir()
    with pytest.raises(CorpusError):
        build(settings, embedder=toy)
    assert opened(settings, toy).manifest.articles == 3
    assert build(settings, embedder=toy, emptied=True).changed
    assert opened(settings, toy).manifest.articles == 0


def test_a_new_index_may_begin_empty(settings: Settings, toy) -> None:
    settings = replace(settings, corpus=settings.corpus / "new")
    settings.corpus.mkdir()
    assert build(settings, embedder=toy).changed
    assert not build(settings, embedder=toy).changed
    (settings.corpus / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(CorpusError, match="holds nothing that can be read"):
        build(settings, embedder=toy)
    (settings.corpus / "tea.md").write_text("Tea is made from leaves.", encoding="utf-8")
    assert build(settings, embedder=toy).articles == 1


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_built(settings: Settings, toy) -> None:
    (settings.corpus / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    report = build(settings, embedder=toy)
    assert report.articles == 3
    assert list(report.unread) == ["broken.pdf"]
    assert opened(settings, toy).manifest.unread == report.unread


def test_what_cannot_be_read_is_that_of_now_where_the_index_is_up_to_date(settings: Settings, toy) -> None:
    (settings.corpus / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (settings.corpus / "old.doc").write_bytes(b"?")
    before = build(settings, embedder=toy).unread
    (settings.corpus / "old.doc").rename(settings.corpus / "new.doc")
    report = build(settings, embedder=toy)
    assert not report.changed
    assert report.unread == {
        "broken.pdf": before["broken.pdf"],
        "new.doc": "is not in a known format (.doc)",
    }


def test_of_many_rows_that_cannot_be_read_the_first_is_named_and_the_others_are_counted(
    settings: Settings, toy
) -> None:
    (settings.corpus / "n.jsonl").write_text('{"text": "It rained."}\n' + "storm\n" * 1_200, encoding="utf-8")
    (settings.corpus / "one.jsonl").write_text('{"text": "It rained."}\n{"text": ""}\n', encoding="utf-8")
    report = build(settings, embedder=toy)
    assert report.unread == {
        "n.jsonl": "line 2: is not JSON: Expecting value: line 1 column 1 (char 0) (and 1,199 more)",
        "one.jsonl": "line 2: holds no text",
    }


def test_two_builds_at_once_are_refused(settings: Settings, toy) -> None:
    settings.index.mkdir()
    with FileLock(settings.index / "build.lock"), pytest.raises(SnapshotError, match="another build"):
        build(settings, embedder=toy)


def test_a_folder_that_cannot_be_written_is_a_clear_error(settings: Settings, toy) -> None:
    settings.index.write_text("a file", encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"cannot be written .* RAG_INDEX"):
        build(settings, embedder=toy)
    with pytest.raises(SnapshotError, match="no index in"):
        opened(settings, toy)


def test_a_language_without_a_stemmer_is_refused_before_anything_is_embedded(settings: Settings, toy) -> None:
    with pytest.raises(SettingError, match="RAG_LANGUAGE=xx"):
        build(replace(settings, language="xx"), embedder=toy)
    assert toy.seen == []


def test_a_sample_is_spread_evenly_and_no_larger_than_asked_for(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    found = opened(settings, toy)
    assert [article.id for article in found.sample(2)] == ["bread.md", "moon.md"]
    assert [article.id for article in found.sample(40)] == ["bread.md", "moon.md", "tea.md"]


def test_progress_counts_up_to_the_passages_embedded(settings: Settings, toy) -> None:
    told: list[tuple[int, int]] = []
    report = build(settings, embedder=toy, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (report.embedded, report.embedded)


@pytest.mark.parametrize(
    ("change", "named"),
    [({"passage_tokens": 30}, "passage tokens 16, not 30"), ({"language": "de"}, "language en, not de")],
)
def test_an_index_of_another_recipe_is_refused_by_name(settings: Settings, toy, change, named) -> None:
    build(settings, embedder=toy)
    with pytest.raises(SnapshotError, match=named):
        opened(replace(settings, **change), toy)


def test_an_index_of_another_model_is_refused_by_name(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    toy.fingerprint = "toy-2"
    with pytest.raises(SnapshotError, match="model sha256 toy-1, not toy-2"):
        opened(settings, toy)


def test_a_missing_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"no index in .*\. Build it with: rag build"):
        Index.open(tmp_path)


@pytest.mark.parametrize(
    "part", ["manifest.json", "articles.sqlite", "vectors.faiss", "sentences.npy", "words/meta.json"]
)
@pytest.mark.parametrize("damage", ["missing", "empty", "garbage"])
def test_a_damaged_part_is_one_clear_error(settings: Settings, toy, part: str, damage: str) -> None:
    build(settings, embedder=toy)
    path = snapshot_of(settings) / part
    path.unlink()
    if damage != "missing_phrases":
        path.write_bytes(b"" if damage == "empty" else b"garbage " * 100)
    with pytest.raises(SnapshotError, match="rag build"):
        opened(settings, toy).passages([0])


@pytest.mark.parametrize("part", ["vectors.faiss", "articles.sqlite"])
def test_a_damaged_index_is_built_anew(settings: Settings, toy, part: str) -> None:
    build(settings, embedder=toy)
    (snapshot_of(settings) / part).write_bytes(b"garbage " * 99)
    (settings.corpus / "tea.md").write_text("Changed.", encoding="utf-8")
    assert build(settings, embedder=toy).embedded > 0
    assert opened(settings, toy).manifest.articles == 3


def test_an_index_of_another_format_is_refused(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    manifest = json.loads((snapshot_of(settings) / "manifest.json").read_text(encoding="utf-8"))
    manifest["recipe"]["format"] = 99
    (snapshot_of(settings) / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    snapshots.switch(settings.index, snapshot_of(settings).name)
    with pytest.raises(SnapshotError, match=f"has format 99, this program reads {manifests.FORMAT}"):
        opened(settings, toy)


def older(settings: Settings) -> None:
    """Turn the index in use into one of format 1, which knew nothing of copies and kept stems only."""
    snapshot = snapshot_of(settings)
    with closing(sqlite3.connect(snapshot / "articles.sqlite")) as database:
        database.executescript("DROP INDEX facts; DROP INDEX paths; DROP INDEX rows; DROP TABLE sketches;")
        for table, column in (("articles", "path"), ("articles", "seal"), ("passages", "seal")):
            database.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    shutil.rmtree(snapshot / "words")
    manifest = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
    manifest["recipe"]["format"] = 1
    manifest["checksums"] = snapshots.checksums(snapshot)
    (snapshot / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (settings.index / "CURRENT").write_text(f"{snapshot.name}\n", encoding="utf-8")


def test_the_vectors_of_an_index_of_the_format_before_are_taken_over(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    before = opened(settings, toy)
    rows = np.arange(before.manifest.passages)
    vectors, sentences = before.vectors.rows(rows), before.sentence_vectors([1])[0]
    older(settings)
    refusal = rf"has format 1, this program reads {manifests.FORMAT}\. Build it anew"
    with pytest.raises(SnapshotError, match=refusal):
        opened(settings, toy)
    toy.seen.clear()
    report = build(settings, embedder=toy)
    assert (report.changed, report.embedded, toy.seen) == (True, 0, [])
    after = opened(settings, toy)
    assert np.array_equal(after.vectors.rows(rows), vectors)
    assert np.array_equal(after.sentence_vectors([1])[0], sentences)
    assert len(after.words) == report.passages


@pytest.mark.parametrize("part", ["articles.sqlite", "sentences.npy", "vectors.faiss"])
def test_no_vector_is_taken_over_from_a_damaged_part_of_the_format_before(
    settings: Settings, toy, part: str
) -> None:
    build(settings, embedder=toy)
    older(settings)
    path = snapshot_of(settings) / part
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert build(settings, embedder=toy).embedded == 4


def test_an_unchanged_index_with_a_damaged_part_is_built_anew(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    (snapshot_of(settings) / "words" / "meta.json").unlink()
    assert build(settings, embedder=toy).changed
    assert len(opened(settings, toy).words) == 4


def test_an_article_of_two_authors_passes_the_filter_of_each(settings: Settings, toy) -> None:
    (settings.corpus / "sun.md").write_text("---\nauthors: [Jane Doe, John Smith]\n---\nIt shone.", "utf-8")
    build(settings, embedder=toy)
    found = opened(settings, toy)
    for name in ("Jane Doe", "John Smith", "Jane Doe, John Smith"):
        [article], count = found.first(Filter(authors=(name,)), count=9)
        assert (article.id, count) == ("sun.md", 1)


def test_copies_are_kept_with_the_earliest(settings: Settings, toy) -> None:
    text = (settings.corpus / "moon.md").read_text(encoding="utf-8").replace("2026-03-01", "2026-03-02")
    (settings.corpus / "a-copy.md").write_text(text, encoding="utf-8")
    build(settings, embedder=toy)
    found = opened(settings, toy)
    ids = [passage.article.id for passage in found.passages(range(found.manifest.passages))]
    rows = np.arange(len(ids))
    assert found.has_copies
    numbers = dict(zip(ids, found.article_numbers(rows).tolist(), strict=True))
    assert found.groups(rows).tolist() == [
        numbers["moon.md"] if id_ in ("a-copy.md", "moon.md") else -1 for id_ in ids
    ]
    assert [article.id for article in found.copies(np.array([ids.index("moon.md")]))[0]] == ["a-copy.md"]
    assert found.copies(np.array([ids.index("tea.md")])) == [()]
    assert found.texts(rows[::-1]) == [
        (passage.article.title, passage.text) for passage in found.passages(rows[::-1])
    ]
