"""A disk that is full, and places that are taken: what answered goes on, nothing half-written stays, and one
line says what to do."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import killing
import pytest
from conftest import ToyEmbedder

from rag import build as building
from rag import files
from rag.build import build
from rag.chat import Chat
from rag.errors import RagError, SnapshotError
from rag.index import meaning, snapshots
from rag.index.batches import Batches
from rag.settings import Settings

PAGE = 4096


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "none", folder], check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount a disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def emptied(disk: Path) -> None:
    """Put an empty disk in its place: what was deleted on the other one may be open still, and take room."""
    subprocess.run(["umount", "-l", disk], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "none", disk], check=True)


def resized(disk: Path, room: int | None) -> None:
    """Let so many bytes be free on the disk; None: as many as can be."""
    size = "100%" if room is None else max(shutil.disk_usage(disk).used + room, PAGE)
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True, capture_output=True)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[killing.Case, killing.Case]]:
    found = killing.cases(tmp_path_factory.mktemp("disk"))
    again = killing.read_once(found[0].settings)
    yield found
    again()


@pytest.mark.parametrize("which", [0, 1], ids=["first", "another"])
def test_a_disk_that_is_full_at_any_point(cases, which: int, disk: Path) -> None:
    case = cases[which]
    settings = case.state(disk / "index").settings
    full = 0
    for room in range(0, 2_000_000, 2 * PAGE):
        emptied(disk)
        if case.before is not None:
            shutil.copytree(case.settings.index, settings.index)
        resized(disk, room)
        try:
            building.build(settings, embedder=ToyEmbedder())
        except SnapshotError as error:
            full += 1
            assert "make some room there" in str(error)
            assert "\n" not in str(error)
        else:
            break
        left = list(settings.index.glob("snapshots/*"))
        assert all((snapshot / "manifest.json").is_file() for snapshot in left)
        assert len(left) <= 2
        used = snapshots.current(settings.index) if (settings.index / "CURRENT").exists() else None
        assert not list(settings.index.rglob("*.new"))
        if case.before is not None or used:
            assert killing.answers(settings, ToyEmbedder()) in (case.before, case.after)
        resized(disk, None)
        assert killing.trouble(case.state(settings.index)) is None
    assert full > 2


def test_room_is_needed_for_one_more_snapshot_alone(cases, monkeypatch, tmp_path: Path) -> None:
    case = cases[1]
    index = tmp_path / "index"
    shutil.copytree(case.settings.index, index)
    most = [0]
    sync = files.sync

    def measured(path: Path) -> None:
        sync(path)
        files = {each.stat().st_ino: each.stat().st_size for each in index.rglob("*") if each.is_file()}
        most[0] = max(most[0], sum(files.values()))

    monkeypatch.setattr(snapshots, "sync", measured)
    building.build(case.state(index).settings, embedder=ToyEmbedder())
    snapshot, _ = snapshots.in_use(index)
    one = sum(path.stat().st_size for path in snapshot.rglob("*") if path.is_file())
    assert most[0] < 2.3 * one


def taken(place: Path, by: str) -> None:
    """Put a file, a folder with something in it, or a link to nowhere at `place`."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    if by == "file":
        place.write_text("in the way", encoding="utf-8")
    elif by == "folder":
        (place / "inner").mkdir(parents=True)
    else:
        place.symlink_to(place.parent / "nowhere" / "at" / "all")


@pytest.mark.parametrize("by", ["file", "folder", "link"])
@pytest.mark.parametrize(
    "name", ["snapshots", "CURRENT", ".CURRENT.new", "embedded", meaning.FILE, "build.lock", "."]
)
def test_a_place_that_is_taken_is_freed_or_named(settings: Settings, toy, name: str, by: str) -> None:
    settings = replace(settings, batch=1)
    taken(settings.index / name if name != "." else settings.index, by)
    try:
        build(settings, embedder=toy)
    except RagError as error:
        assert name in ("build.lock", ".")
        assert str(settings.index) in str(error)
        assert "\n" not in str(error)
    else:
        assert Chat.open(settings, toy).ask("What is Bread baked from?").question
        assert not Batches(settings.index).folder.exists()
