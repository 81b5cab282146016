"""A file is replaced in one step, whatever stands beside it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from rag import files
from rag.files import replace_file


def test_the_content_is_there_and_nothing_beside_it(tmp_path: Path) -> None:
    for content in (b"first", b"second"):
        replace_file(tmp_path / "a.txt", content)
        assert (tmp_path / "a.txt").read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_its_permissions_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("first")
    (tmp_path / "a.txt").chmod(0o640)
    replace_file(tmp_path / "a.txt", b"second")
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_a_link_that_lies_in_wait_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("untouched")
    (tmp_path / ".a.txt.new").symlink_to(tmp_path / "other")
    replace_file(tmp_path / "a.txt", b"content")
    assert (tmp_path / "other").read_text() == "untouched"
    assert not (tmp_path / "a.txt").is_symlink()


def test_whoever_fails_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    replace_file(tmp_path / "a.txt", b"old")
    monkeypatch.setattr(files, "sync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks Linux which file a number is")
def test_the_content_is_on_the_disk_before_its_name_and_the_name_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    replace, fsync = Path.replace, os.fsync

    def renamed(path: Path, to: Path) -> Path:
        done.append("rename")
        return replace(path, to)

    def synced(number: int) -> None:
        done.append(Path(f"/proc/self/fd/{number}").readlink().name)
        fsync(number)

    monkeypatch.setattr(Path, "replace", renamed)
    monkeypatch.setattr(os, "fsync", synced)
    replace_file(tmp_path / "a.txt", b"content")
    assert done == [".a.txt.new", "rename", tmp_path.name]


def test_what_a_block_that_fails_has_written_is_deleted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), files.replacing(tmp_path / "a.txt") as new:
        new.write_bytes(b"half of the ne")
        raise KeyboardInterrupt
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_a_move_is_on_the_disk_in_both_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync", synced.append)
    (tmp_path / "to").mkdir()
    (tmp_path / "a.txt").write_bytes(b"content")
    files.move(tmp_path / "a.txt", tmp_path / "to" / "b.txt")
    assert (tmp_path / "to" / "b.txt").read_bytes() == b"content"
    assert synced == [tmp_path / "to", tmp_path]


def test_a_folder_says_itself_whether_it_can_be_written(tmp_path: Path) -> None:
    assert files.refusal(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
    refused = files.refusal(tmp_path / "none")
    assert refused is not None
    assert files.advice(refused).startswith("cannot be written (")


@pytest.mark.parametrize(
    ("number", "what_to_do"),
    [
        (errno.ENOSPC, "make some room there"),
        (errno.EDQUOT, "make some room there"),
        (errno.EACCES, "let this user write there"),
        (errno.EROFS, "let its disk be written"),
        (errno.EISDIR, "move away what is in its place"),
        (errno.EIO, "see to that"),
    ],
)
def test_what_to_do_is_said_by_the_reason(number: int, what_to_do: str) -> None:
    reason = os.strerror(number)
    assert files.advice(OSError(number, reason)) == f"cannot be written ({reason}); {what_to_do}"
