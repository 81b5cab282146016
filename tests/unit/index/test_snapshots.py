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
