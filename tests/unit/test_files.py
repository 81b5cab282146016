"""A file is replaced in one step, whatever stands beside it."""

from __future__ import annotations

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
