"""The files of a snapshot, open and checked: they are as they were written."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from rag.errors import SnapshotError
from rag.index.manifests import Manifest

_Loaded = TypeVar("_Loaded")

LARGE = 32_000_000
"""Bytes from which on a file is not hashed at each opening: hashing that many takes an eighth of a second."""


class Part:
    """A file of a snapshot, open and checked. It outlives its folder, and threads may share it."""

    def __init__(self, snapshot: Path, name: str, manifest: Manifest) -> None:
        """Open the file `name` of `snapshot`. Raises SnapshotError when it is not what was written."""
        self.path = snapshot / name
        self._sha256 = manifest.checksums.get(name)
        self._lock = threading.Lock()
        self._checked: Sequence[int] | None = manifest.hashed.get(name)
        with reading(self.path):
            if not self.path.is_file():
                raise SnapshotError.damaged(self.path)
            self._file = self.path.open("rb")
        weakref.finalize(self, self._file.close)
        self.check()

    def is_at(self, path: Path) -> bool:
        """Say whether this is the file at `path`, by whatever name it was opened."""
        with suppress(OSError):
            return os.path.samestat(os.fstat(self._file.fileno()), path.stat())
        return False

    def check(self) -> None:
        """Raise SnapshotError when the file is no longer what was written.

        All of it is read when it is opened, and again whenever its size or time of change differ; a LARGE
        file is only where they differ from what they were when it was written.
        """
        with self._lock, reading(self.path):
            state = state_of(os.fstat(self._file.fileno()))
            if state == self._checked:
                return
            self._file.seek(0)
            if hashlib.file_digest(self._file, "sha256").hexdigest() != self._sha256:
                raise SnapshotError.damaged(self.path)
            self._checked = state

    def read(self, start: int, count: int) -> bytes:
        """Return `count` bytes from `start` on, fewer at the end of the file. Raises as `check` does."""
        self.check()
        with self._lock, reading(self.path):
            self._file.seek(start)
            return self._file.read(count)


class Files:
    """The files of a snapshot, opened: those that the one open before has too, only once."""

    def __init__(self, folder: Path, manifest: Manifest, before: Files | None = None) -> None:
        """Open files of the snapshot in `folder`, or take what is open of the one `before`."""
        self.folder, self.manifest = folder, manifest
        self._before = before
        self._parts: dict[str, Part] = {}
        self._loaded: dict[tuple[str, ...], Any] = {}

    def __contains__(self, name: str) -> bool:
        """Say whether the snapshot has a file called `name`."""
        return name in self.manifest.checksums

    def within(self, folder: str) -> tuple[str, ...]:
        """Return the names of the files in a `folder` of the snapshot."""
        return tuple(name for name in self.manifest.checksums if name.startswith(f"{folder}/"))

    def part(self, name: str) -> Part:
        """Return the file `name`, checked. Raises SnapshotError when it is not what was written."""
        sha256 = self.manifest.checksums.get(name, "")
        known = self._parts.get(sha256) or (self._before._parts.get(sha256) if self._before else None)
        if known is None or not known.is_at(self.folder / name):
            known = Part(self.folder, name, self.manifest)
        known.check()
        self._parts[sha256] = known
        return known

    def loaded(self, names: Sequence[str], load: Callable[[], _Loaded]) -> _Loaded:
        """Return what `load` makes of the files `names`: the same as before where they are the same."""
        key = tuple(self.manifest.checksums.get(name, "") for name in names)
        known = self._before._loaded.get(key) if self._before else None
        self._loaded[key] = load() if known is None else known
        found: _Loaded = self._loaded[key]
        return found

    def settle(self) -> None:
        """Let go of the snapshot open before: all that is wanted of it was taken."""
        self._before = None


@contextmanager
def copied(snapshot: Path, folder: str, manifest: Manifest) -> Iterator[Path]:
    """Yield a copy of a `folder` of `snapshot`, which may be deleted while what was opened of it is used.

    tantivy maps its files into memory, where a change on disk would be a crash or another ranking, and writes
    a lock beside them, which not every disk and user allows. Raises SnapshotError when a file is not what was
    written.
    """
    try:
        own = tempfile.TemporaryDirectory(prefix="footnote-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _no_room(error) from error
    with own:
        copy = Path(own.name)
        for name in manifest.checksums:
            if name.startswith(f"{folder}/"):
                state = _copy(snapshot / name, copy / name)
                if state != manifest.hashed.get(name) and sha256_of(copy / name) != manifest.checksums[name]:
                    raise SnapshotError.damaged(snapshot / name)
        yield copy / folder


def _copy(file: Path, to: Path) -> list[int]:
    """Copy a file, and return what state it is in."""
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with reading(file):
            shutil.copyfile(file, to)
            return state_of(file.stat())
    except OSError as error:
        raise _no_room(error) from error


def _no_room(error: OSError) -> SnapshotError:
    return SnapshotError(
        f"the index cannot be opened without some room in the temporary folder ({error.strerror or error});"
        " make some, or set TMPDIR to another"
    )


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Raise SnapshotError where `file` cannot be read."""
    try:
        yield
    except PermissionError as error:
        raise SnapshotError(
            f"{file} cannot be read ({error.strerror}); let this user read it, or build an index of your own"
            " with: rag build --index FOLDER"
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise  # of the disk that it is copied to
        raise SnapshotError.damaged(file) from error


def state_of(status: os.stat_result) -> list[int]:
    """Return what changes when a file does, or another takes its place: bytes, time of change, number."""
    return [status.st_size, status.st_mtime_ns, status.st_ino]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file at `path`."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
