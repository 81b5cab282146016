"""The folder index/ to the snapshot in use; a new snapshot to the one in use.

    index/CURRENT                         name of the snapshot in use, and the SHA-256 of its manifest
    index/snapshots/<name>/manifest.json  what it was built from and with, and the SHA-256 of its other files

So every byte that an answer depends on is bound to the few in CURRENT: what is damaged, or belongs to another
snapshot, is not opened.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from rag.errors import SnapshotError
from rag.files import refusal, remove, replace_file, sync
from rag.index.manifests import BOUND, FORMAT, Manifest, manifest_of
from rag.index.parts import LARGE, reading, sha256_of, state_of

_CURRENT = re.compile(r"(?P<name>\d{8}T\d{12}(?:-[0-9a-f]{8})?)(?: (?P<manifest>[0-9a-f]{64}))?\n?")
_LONGEST_CURRENT = 200


def current(folder: Path) -> str | None:
    """Return the name of the snapshot in use in `folder`, None when there is none.

    Raises SnapshotError when that cannot be told.
    """
    named = _named(folder)
    return named[0] if named else None


def _named(folder: Path) -> tuple[str, str | None] | None:
    """Return the name of the snapshot in use and the SHA-256 of its manifest, which older formats lack."""
    path = folder / "CURRENT"
    with reading(path):
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
    with reading(path):
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


def damaged(folder: Path) -> list[str]:
    """Return which files of the snapshot in use in `folder` are not what was written; each is read.

    Raises SnapshotError when that cannot be told.
    """
    snapshot, manifest = in_use(folder)
    return [name for name, sha256 in manifest.checksums.items() if not _has(snapshot / name, sha256)]


def _has(path: Path, sha256: str) -> bool:
    with suppress(OSError):
        return path.is_file() and sha256_of(path) == sha256
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
    """Move a `snapshot` from elsewhere on the same disk into `folder`, and make it the one in use.

    It was just found whole. Raises OSError when that cannot be written.
    """
    manifest = _manifest(snapshot, None, (FORMAT,))
    if states := _states(snapshot, manifest.checksums):  # these files are copies of those that were hashed
        finish(snapshot, replace(manifest, hashed=states))
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
        return bool(names) and all(sha256_of(one / name) == sha256_of(other / name) for name in names)
    return False


def switch(folder: Path, name: str) -> None:
    """Make the snapshot called `name` the one in use, in one step, and keep beside it only the one before.

    Raises OSError when that cannot be written; then the snapshot is deleted, and the one before stays in use.
    """
    before, used = _known(folder), folder / "CURRENT"
    sha256 = sha256_of(folder / "snapshots" / name / "manifest.json")
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


def summed(snapshot: Path, manifest: Manifest) -> Manifest:
    """Return the `manifest` with every file of `snapshot`; none that it has already is read again."""
    known = {name: state for name, state in manifest.hashed.items() if name in manifest.checksums}
    new = _states(snapshot, _files(snapshot).keys() - manifest.checksums.keys())
    return replace(manifest, checksums=checksums(snapshot, manifest.checksums), hashed=known | new)


def _states(snapshot: Path, names: Iterable[str]) -> dict[str, list[int]]:
    """Return the states of those files of `snapshot` that are LARGE, by their `names`."""
    states = {name: state_of((snapshot / name).stat()) for name in names}
    return {name: state for name, state in states.items() if state[0] >= LARGE}


def checksums(snapshot: Path, known: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Return the SHA-256 of every file of `snapshot` but its manifest and lock files; some are `known`."""
    return {name: known.get(name) or sha256_of(path) for name, path in _files(snapshot).items()}


def _files(snapshot: Path) -> dict[str, Path]:
    paths = (path for path in sorted(snapshot.rglob("*")) if path.is_file())
    return {
        path.relative_to(snapshot).as_posix(): path
        for path in paths
        if path.name != "manifest.json" and path.suffix != ".lock"
    }
