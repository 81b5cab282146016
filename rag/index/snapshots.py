"""The folder index/ to the snapshot in use, and to its files as they were written.

    index/CURRENT                         name of the snapshot in use, and the SHA-256 of its manifest
    index/snapshots/<name>/manifest.json  what it was built from and with, and the SHA-256 of its other files

So every byte that an answer depends on is bound to the few in CURRENT: what is damaged, or belongs to another
snapshot, is not opened.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rag.errors import SnapshotError
from rag.files import refusal, remove, replace_file, sync

FORMAT = 7
"""Raised whenever the files of a snapshot change their meaning, or articles are read in another way."""

BOUND = 4
"""The format from which CURRENT names the manifest's SHA-256 too."""

_CURRENT = re.compile(r"(?P<name>\d{8}T\d{12}(?:-[0-9a-f]{8})?)(?: (?P<manifest>[0-9a-f]{64}))?\n?")
_LONGEST_CURRENT = 200

_OF_ARTICLES = ("articles.", "words/")
"""How the files of a snapshot begin that depend on the articles alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What decides the content of a snapshot beside the articles; another recipe needs another build."""

    model: str
    model_sha256: str
    language: str
    passage_tokens: int
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a snapshot was built from and with."""

    recipe: Recipe
    created: str
    """UTC, ISO 8601; the machine's clock said so, and nothing depends on it."""
    corpus: str
    """The folder of articles, as it was named."""
    files: Mapping[str, str]
    """Path inside the corpus to SHA-256, of every file that was looked at."""
    unread: Mapping[str, str]
    """What could not be read, and why."""
    articles: int
    passages: int
    sentences: int
    dimension: int
    checksums: Mapping[str, str]
    """The snapshot's own files to SHA-256."""
    states: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Of the files that were looked at, bytes and time of change; older snapshots keep none."""
    embedded: int | None = None
    """Passages that have a vector; None in older snapshots, where all have one."""
    sealed: str | None = None
    """The snapshot whose rows these are, where they were written for an earlier one; see `linked`."""

    @property
    def of_articles(self) -> dict[str, str]:
        """Those of the files that are the same whatever vectors there are, to SHA-256."""
        return {name: sha256 for name, sha256 in self.checksums.items() if name.startswith(_OF_ARTICLES)}

    @property
    def unembedded(self) -> int:
        """How many passages have no vector yet."""
        return 0 if self.embedded is None else self.passages - self.embedded


class Part:
    """A file of a snapshot, open and checked. It outlives its folder, and threads may share it."""

    def __init__(self, snapshot: Path, name: str, manifest: Manifest) -> None:
        """Open the file `name` of `snapshot`. Raises SnapshotError when it is not what was written."""
        self.path = snapshot / name
        self._sha256 = manifest.checksums.get(name)
        self._lock = threading.Lock()
        self._checked: tuple[int, int] | None = None
        with _read(self.path):
            if not self.path.is_file():
                raise SnapshotError.damaged(self.path)
            self._file = self.path.open("rb")
        weakref.finalize(self, self._file.close)
        self.check()

    def check(self) -> None:
        """Raise SnapshotError when the file is no longer what was written.

        All of it is read when it is opened, and again whenever its size or time of change differ.
        """
        with self._lock, _read(self.path):
            status = os.fstat(self._file.fileno())
            state = (status.st_size, status.st_mtime_ns)
            if state == self._checked:
                return
            self._file.seek(0)
            if hashlib.file_digest(self._file, "sha256").hexdigest() != self._sha256:
                raise SnapshotError.damaged(self.path)
            self._checked = state

    def read(self, start: int, count: int) -> bytes:
        """Return `count` bytes from `start` on, fewer at the end of the file. Raises as `check` does."""
        self.check()
        with self._lock, _read(self.path):
            self._file.seek(start)
            return self._file.read(count)


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
                _copy(snapshot / name, copy / name)
                if _sha256(copy / name) != manifest.checksums[name]:
                    raise SnapshotError.damaged(snapshot / name)
        yield copy / folder


def _copy(file: Path, to: Path) -> None:
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with _read(file):
            shutil.copyfile(file, to)
    except OSError as error:
        raise _no_room(error) from error


def _no_room(error: OSError) -> SnapshotError:
    return SnapshotError(
        f"the index cannot be opened without some room in the temporary folder ({error.strerror or error});"
        " make some, or set TMPDIR to another"
    )


@contextmanager
def _read(file: Path) -> Iterator[None]:
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


def current(folder: Path) -> str | None:
    """Return the name of the snapshot in use in `folder`, None when there is none.

    Raises SnapshotError when that cannot be told.
    """
    named = _named(folder)
    return named[0] if named else None


def _named(folder: Path) -> tuple[str, str | None] | None:
    """Return the name of the snapshot in use and the SHA-256 of its manifest, which older formats lack."""
    path = folder / "CURRENT"
    with _read(path):
        if not path.exists():
            return None
        if not path.is_file():
            raise SnapshotError.damaged(path)
        with path.open("rb") as stream:
            content = stream.read(_LONGEST_CURRENT)
    found = _CURRENT.fullmatch(content.decode("ascii", errors="replace"))
    if found is None:
        raise SnapshotError.damaged(path)
    return found["name"], found["manifest"]


def in_use(folder: Path, *, formats: Sequence[int] = (FORMAT,)) -> tuple[Path, Manifest]:
    """Return the snapshot in use in `folder` and its manifest.

    Raises SnapshotError when there is none, when it is damaged, and when its format is none of `formats`.
    """
    named = _named(folder)
    if named is None:
        raise SnapshotError(f"no index in {folder}. Build it with: rag build")
    name, sha256 = named
    snapshot = folder / "snapshots" / name
    manifest = _manifest(snapshot, sha256, formats)
    if sha256 is None and manifest.recipe.format >= BOUND:
        raise SnapshotError.damaged(folder / "CURRENT")
    return snapshot, manifest


def _manifest(snapshot: Path, sha256: str | None, formats: Sequence[int]) -> Manifest:
    path = snapshot / "manifest.json"
    with _read(path):
        content = path.read_bytes()
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise SnapshotError.damaged(path)
    try:
        found = json.loads(content)
        found_format = found["recipe"]["format"]
        if found_format not in formats:
            raise SnapshotError(
                f"{snapshot} has format {found_format}, this program reads {FORMAT}."
                " Build it anew with: rag build"
            )
        return manifest_of(found)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise SnapshotError.damaged(path) from error


def manifest_of(found: Mapping[str, Any]) -> Manifest:
    """Return the manifest that asdict made `found` of. Raises TypeError or KeyError for anything else."""
    checksums = dict(found["checksums"])
    return Manifest(**{**found, "recipe": Recipe(**found["recipe"]), "checksums": checksums})


def damaged(folder: Path) -> list[str]:
    """Return which files of the snapshot in use in `folder` are not what was written.

    Raises SnapshotError when that cannot be told.
    """
    snapshot, manifest = in_use(folder)
    return [name for name in manifest.checksums if not _is_whole(snapshot, name, manifest)]


def _is_whole(snapshot: Path, name: str, manifest: Manifest) -> bool:
    with suppress(SnapshotError):
        Part(snapshot, name, manifest)
        return True
    return False


@contextmanager
def begun(folder: Path) -> Iterator[Path]:
    """Yield an empty new snapshot in `folder`, under a name that no other has, whatever the clock says.

    It is deleted when it is not written to its end. What a library raised then, because the disk is full or
    the like, is raised as the OSError that the disk itself answers with.
    """
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
    snapshot = folder / "snapshots" / name
    snapshot.mkdir(parents=True)
    try:
        yield snapshot
    except BaseException as error:
        is_told = isinstance(error, OSError) and error.errno is not None
        refused = None if is_told or not isinstance(error, Exception) else refusal(snapshot)
        shutil.rmtree(snapshot, ignore_errors=True)
        if refused:
            raise refused from error
        raise


def linked(before: Path, snapshot: Path, names: Iterable[str]) -> None:
    """Give `snapshot` the files `names` of the one `before`: the same ones, where the disk allows it."""
    for name in names:
        (snapshot / name).parent.mkdir(exist_ok=True)
        try:
            (snapshot / name).hardlink_to(before / name)
        except OSError:
            shutil.copy2(before / name, snapshot / name)


def finish(snapshot: Path, manifest: Manifest) -> None:
    """Write the `manifest` of `snapshot`, which is whole by that, and on the disk."""
    _settle(snapshot)
    content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    replace_file(snapshot / "manifest.json", content.encode())


def _settle(snapshot: Path) -> None:
    """Return when all of `snapshot` is on the disk."""
    for path in [*snapshot.rglob("*"), snapshot, snapshot.parent]:
        sync(path)


def adopt(folder: Path, snapshot: Path) -> None:
    """Move a whole `snapshot` from elsewhere on the same disk into `folder`, and make it the one in use.

    Raises OSError when that cannot be written.
    """
    place = folder / "snapshots" / snapshot.name
    if not _are_same(place, snapshot):
        place.parent.mkdir(exist_ok=True)
        remove(place)
        snapshot.rename(place)
    _settle(place)
    switch(folder, place.name)


def _are_same(one: Path, other: Path) -> bool:
    names = {
        file.relative_to(folder) for folder in (one, other) for file in folder.rglob("*") if file.is_file()
    }
    with suppress(OSError):
        return bool(names) and all(_sha256(one / name) == _sha256(other / name) for name in names)
    return False


def switch(folder: Path, name: str) -> None:
    """Make the snapshot called `name` the one in use, in one step, and keep beside it only the one before.

    Raises OSError when that cannot be written; then the snapshot is deleted, and the one before stays in use.
    """
    before, used = _known(folder), folder / "CURRENT"
    sha256 = _sha256(folder / "snapshots" / name / "manifest.json")
    try:
        for path in (used, used.with_name(".CURRENT.new")):
            if path.is_dir():
                remove(path)
        replace_file(used, f"{name} {sha256}\n".encode("ascii"))
    except OSError:
        if _known(folder) != name:  # else only the folder could not be synced
            shutil.rmtree(folder / "snapshots" / name, ignore_errors=True)
        raise
    for other in (folder / "snapshots").iterdir():
        if other.name not in (name, before):
            with suppress(OSError):
                remove(other)


def discard_unfinished(folder: Path) -> None:
    """Delete snapshots that a killed build left without a manifest, and a file that stands in their place."""
    snapshots, used = folder / "snapshots", _known(folder)
    if not snapshots.is_dir():
        remove(snapshots)
        return
    for snapshot in snapshots.iterdir():
        if snapshot.name != used and not (snapshot / "manifest.json").exists():
            with suppress(OSError):
                remove(snapshot)


def keep_only_used(folder: Path) -> None:
    """Delete all snapshots but the one in use, so that there is room for another."""
    used = _known(folder)
    for snapshot in (folder / "snapshots").glob("*"):
        if snapshot.name != used:
            with suppress(OSError):
                remove(snapshot)


def _known(folder: Path) -> str | None:
    """Return the name of the snapshot in use, None also when that cannot be told."""
    with suppress(SnapshotError):
        return current(folder)
    return None


def checksums(snapshot: Path, known: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Return the SHA-256 of every file of `snapshot` but its manifest and lock files; some are `known`."""
    paths = (path for path in sorted(snapshot.rglob("*")) if path.is_file())
    names = {
        path.relative_to(snapshot).as_posix(): path
        for path in paths
        if path.name != "manifest.json" and path.suffix != ".lock"
    }
    return {name: known.get(name) or _sha256(path) for name, path in names.items()}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
