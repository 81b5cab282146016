"""Which snapshot is in use, and whether its files are what was written."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path

import pytest

from rag.build import build
from rag.chat import Chat
from rag.errors import SnapshotError
from rag.index import snapshots
from rag.index.database import seal
from rag.index.opened import Index
from rag.index.recipes import recipe_of
from rag.settings import Settings


def test_current_names_the_snapshot_and_its_manifest(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    name, sha256 = (settings.index / "CURRENT").read_text(encoding="utf-8").split()
    assert name == snapshots.current(settings.index)
    manifest = settings.index / "snapshots" / name / "manifest.json"
    assert sha256 == hashlib.sha256(manifest.read_bytes()).hexdigest()


def test_a_seal_is_of_one_row_in_one_snapshot() -> None:
    assert seal("a", [1, "text", None]) == seal("a", (1, "text", None))
    others = [seal("b", [1, "text", None]), seal("a", [2, "text", None]), seal("a", [1, "text", ""])]
    others += [seal("a", [1, "texts", None]), seal("a", [1, b"text", None])]
    assert len({seal("a", [1, "text", None]), *others}) == 6


def test_a_row_that_changed_is_caught_when_it_is_loaded_though_the_file_looks_the_same(
    settings: Settings, toy
) -> None:
    build(settings, embedder=toy)
    opened = Index.open(settings.index, recipe_of(settings, toy))
    path = opened.folder / "articles.sqlite"
    was, content = path.stat(), path.read_bytes()
    path.write_bytes(content.replace(b"384,400", b"384,900"))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    opened.database._connection.execute("PRAGMA shrink_memory")  # SQLite may still hold the right one
    assert opened.article("bread.md").title == "Bread"
    with pytest.raises(SnapshotError, match=r"articles\.sqlite is missing or damaged"):
        opened.article("moon.md")


def test_a_file_that_was_only_touched_is_read_on(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    chat = Chat.open(settings, toy)
    for file in chat.index.folder.rglob("*"):
        os.utime(file, (1, 1))
    assert chat.article("moon.md").title == "The Moon"


@pytest.fixture
def large(settings: Settings, toy, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A snapshot whose files all are large, with a fault in its vectors that only their hash shows."""
    monkeypatch.setattr(snapshots, "LARGE", 0)
    build(settings, embedder=toy)
    snapshot, _ = snapshots.in_use(settings.index)
    was = (snapshot / "sentences.npy").stat()
    with (snapshot / "sentences.npy").open("r+b") as stream:
        stream.seek(-1, os.SEEK_END)
        last = stream.read(1)
        stream.seek(-1, os.SEEK_END)
        stream.write(bytes([last[0] ^ 1]))
    os.utime(snapshot / "sentences.npy", ns=(was.st_atime_ns, was.st_mtime_ns))
    return snapshot


def test_a_large_file_that_looks_as_when_it_was_written_is_read_by_the_doctor_alone(
    large: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert snapshots.damaged(settings.index) == ["sentences.npy"]
    monkeypatch.setattr(hashlib, "file_digest", None)
    Index.open(settings.index)


@pytest.mark.parametrize("name", ["sentences.npy", "words/meta.json"])
def test_a_large_file_that_another_took_the_place_of_is_hashed(
    large: Path, settings: Settings, name: str
) -> None:
    was, content = (large / name).stat(), (large / name).read_bytes()
    (large / name).unlink()
    (large / "other").write_bytes(b"x")  # or the new file could have the number of the old one
    (large / name).write_bytes(content[:-1] + b"x")
    os.utime(large / name, ns=(was.st_atime_ns, was.st_mtime_ns))
    with pytest.raises(SnapshotError, match=f"{name} is missing or damaged"):
        Index.open(settings.index)


def test_a_large_file_that_changed_since_is_hashed(large: Path, settings: Settings) -> None:
    os.utime(large / "sentences.npy", (1, 1))
    with pytest.raises(SnapshotError, match=r"sentences\.npy is missing or damaged"):
        Index.open(settings.index)


def test_an_open_index_is_read_on_when_its_folder_is_gone(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    chat = Chat.open(settings, toy)
    before = chat.ask("What is Bread baked from?")
    shutil.rmtree(settings.index)
    assert chat.ask("What is Bread baked from?") == before


def test_an_index_that_is_replaced_while_it_is_opened_is_opened_anew(
    settings: Settings, toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(settings, embedder=toy)
    in_use = snapshots.in_use

    def late(folder: Path, **options):
        found = in_use(folder, **options)
        monkeypatch.setattr(snapshots, "in_use", in_use)
        for number in range(2):
            (settings.corpus / "tea.md").write_text(f"Tea number {number}.", encoding="utf-8")
            build(settings, embedder=toy)
        return found

    monkeypatch.setattr(snapshots, "in_use", late)
    assert Index.open(settings.index, recipe_of(settings, toy)).article("tea.md").text == "Tea number 1."


def test_without_room_for_the_copy_of_the_words_it_is_told(
    settings: Settings, toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(settings, embedder=toy)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(SnapshotError, match=r"room in .*No space left on device.*TMPDIR"):
        Index.open(settings.index, recipe_of(settings, toy))
