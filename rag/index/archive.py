"""An index, and what people put beside the articles, to one file that can be kept elsewhere; and back.

    index/CURRENT, index/snapshots/<name>/  the snapshot in use
    questions.jsonl                         labelled questions
    corpus/footnote.toml, corpus/.removed/  corrections, and articles that were taken out
    corpus/                                 the articles too, where they are wanted
    footnote.json                           all of these, to SHA-256; it comes last, so a cut archive lacks it

It is a tar without compression, so that a member is never longer than the archive.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from filelock import FileLock, Timeout

from rag.corpus import corrections, intake
from rag.errors import SnapshotError
from rag.files import advice, remove, replacing
from rag.index import snapshots
from rag.index.manifests import Manifest
from rag.settings import Settings

FORMAT = 1
LIST = "footnote.json"
QUESTIONS = "questions.jsonl"
STAGED = "restoring"
"""In the folder of an index, what is restored until all of it is checked."""

_BLOCK = 1 << 20
_LONGEST_LIST = 1 << 30


@dataclass(frozen=True, slots=True)
class Holds:
    """What an archive holds."""

    articles: int
    passages: int
    files: tuple[str, ...]
    """Names of its members."""

    def told(self) -> str:
        """Return it in words."""
        removed = sum(name.startswith(_REMOVED) for name in self.files)
        of_corpus = sum(name.startswith("corpus/") for name in self.files) - removed
        has_corrections = f"corpus/{corrections.FILE}" in self.files
        parts = [
            f"an index of {self.articles:,} articles, {self.passages:,} passages",
            "labelled questions" if QUESTIONS in self.files else "",
            "corrections" if has_corrections else "",
            f"{removed:,} removed" if removed else "",
            f"{of_corpus - has_corrections:,} files of articles" if of_corpus > has_corrections else "",
        ]
        return ", ".join(filter(None, parts))


_REMOVED = f"corpus/{intake.REMOVED}/"


def backup(settings: Settings, file: Path, *, articles: bool = False, replace: bool = False) -> Holds:
    """Write to `file` the index in use, labelled questions, corrections and what was removed.

    With `articles`, all else in the corpus too. Raises SnapshotError when there is no whole index, when there
    is something at `file` already that is not to be replaced, and when it cannot be written.
    """
    with _alone(settings.index):
        if file.exists() and not replace:
            raise SnapshotError(f"{file} is there already; name another file, or say --replace")
        snapshot, manifest = snapshots.in_use(settings.index)
        if damaged := snapshots.damaged(settings.index):
            raise SnapshotError.damaged(snapshot / damaged[0])
        parts = ("manifest.json", *manifest.checksums)
        members = dict(_members(settings, snapshot, parts, articles=articles))
        with replacing(file) as new, tarfile.open(new, "w", format=tarfile.PAX_FORMAT) as archive:
            checksums = {name: _add(archive, name, path) for name, path in members.items()}
            content = json.dumps({"format": FORMAT, "files": checksums}, ensure_ascii=False).encode()
            archive.addfile(_member(LIST, len(content)), BytesIO(content))
        return Holds(manifest.articles, manifest.passages, tuple(members))


def restore(settings: Settings, file: Path, *, replace: bool = False) -> Holds:
    """Put what `backup` wrote to `file` where `settings` say; the index comes last, in one step.

    Nothing is put anywhere before all of it is checked. Raises SnapshotError for a file that is no whole
    archive, when something is there already that is not to be replaced, and when it cannot be written.
    """
    settings.index.mkdir(parents=True, exist_ok=True)
    with _alone(settings.index), _staged(settings.index / STAGED) as staged:
        names = _unpacked(file, staged)
        snapshot, manifest = _checked(file, staged, names)
        places = dict(_places(settings, staged, names))
        if not replace and (standing := _standing(settings, places)):
            raise SnapshotError(
                f"{', '.join(map(str, standing))} would be replaced by what is in {file}; say --replace to"
                " have that, or move it away"
            )
        for place, source in places.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            with replacing(place) as new:
                shutil.copyfile(source, new)
        snapshots.adopt(settings.index, snapshot)
        return Holds(manifest.articles, manifest.passages, names)


@contextmanager
def _alone(index: Path) -> Iterator[None]:
    """Let no build write the `index` meanwhile; tell in one line what cannot be written."""
    try:
        with FileLock(index / "build.lock", blocking=False):
            yield
    except Timeout:
        raise SnapshotError(f"a build is writing {index}; wait for it to end") from None
    except OSError as error:
        raise SnapshotError(f"{error.filename or index} {advice(error)}") from error


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """Yield an empty `folder`, and delete it in the end."""
    remove(folder)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _members(
    settings: Settings, snapshot: Path, parts: Iterable[str], *, articles: bool
) -> Iterator[tuple[str, Path]]:
    """Yield the name in the archive and the place of each file that belongs into it."""
    yield "index/CURRENT", settings.index / "CURRENT"
    for part in parts:
        yield f"index/snapshots/{snapshot.name}/{part}", snapshot / part
    if settings.questions.is_file():
        yield QUESTIONS, settings.questions
    corpus = settings.corpus
    of_people = [corpus / corrections.FILE, *_files(corpus / intake.REMOVED)]
    for path in _files(corpus) if articles else of_people:
        if path.is_file():
            yield f"corpus/{path.relative_to(corpus).as_posix()}", path


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o644
    return member


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    """Add the file at `path` as `name`, and return its SHA-256."""
    with path.open("rb") as stream:
        reading = _Hashing(stream)
        archive.addfile(_member(name, path.stat().st_size), reading)
        return reading.sha256.hexdigest()


class _Hashing:
    """A stream that knows the SHA-256 of what was read of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self.sha256.update(content)
        return content


def _unpacked(file: Path, staged: Path) -> tuple[str, ...]:
    """Write the members of the archive into the folder `staged`, and return their names.

    Nothing of the archive decides where anything is written but names that lead below that folder.
    """
    found: dict[str, str] = {}
    try:
        with tarfile.open(file, "r:") as archive:
            for member in archive:
                if not _is_plain(member) or member.name in found:
                    raise _no_archive(file, f"{member.name} is no name of a file in one")
                stream = archive.extractfile(member)
                assert stream is not None
                found[member.name] = _written(stream, staged / member.name)
        with (staged / LIST).open("rb") as listed:
            told = json.loads(listed.read(_LONGEST_LIST))
        found.pop(LIST)
        if told["format"] != FORMAT or dict(told["files"]) != found:
            raise _no_archive(file, "what it holds is not what it lists")
    except FileNotFoundError as error:
        reason = "is not there" if Path(str(error.filename)) == file else "its end is missing"
        raise _no_archive(file, reason) from error
    except (tarfile.TarError, EOFError, ValueError, TypeError, KeyError) as error:
        raise _no_archive(file, str(error) or "it is damaged") from error
    return tuple(found)


def _is_plain(member: tarfile.TarInfo) -> bool:
    """Say whether `member` is a plain file, whose name leads to below the folder it is written to."""
    name = PurePosixPath(member.name)
    is_below = not name.is_absolute() and ".." not in name.parts and str(name) == member.name
    is_one_of_ours = member.name in (LIST, QUESTIONS) or name.parts[:1] in (("index",), ("corpus",))
    has_odd_signs = any(sign in member.name for sign in ("\\", ":", "\0"))
    is_file = member.type == tarfile.REGTYPE and not member.issparse()
    return is_below and is_one_of_ours and is_file and not has_odd_signs


def _written(stream: IO[bytes], place: Path) -> str:
    """Write all of `stream` to `place`, and return its SHA-256."""
    place.parent.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256()
    with place.open("xb") as new:
        while block := stream.read(_BLOCK):
            sha256.update(block)
            new.write(block)
    return sha256.hexdigest()


def _checked(file: Path, staged: Path, names: tuple[str, ...]) -> tuple[Path, Manifest]:
    """Return the snapshot that was unpacked, and its manifest. Raises SnapshotError unless it is whole."""
    index = staged / "index"
    snapshot, manifest = snapshots.in_use(index)
    if damaged := snapshots.damaged(index):
        raise _no_archive(file, f"{damaged[0]} is damaged")
    own = {f"index/snapshots/{snapshot.name}/{name}" for name in (*manifest.checksums, "manifest.json")}
    others = {name for name in names if name.startswith("index/")} - own - {"index/CURRENT"}
    if others:
        raise _no_archive(file, f"{min(others)} is no part of its index")
    return snapshot, manifest


def _places(settings: Settings, staged: Path, names: tuple[str, ...]) -> Iterator[tuple[Path, Path]]:
    """Yield where each file but those of the index goes, and where it was unpacked."""
    corpus = settings.corpus
    for name in names:
        if name == QUESTIONS:
            yield settings.questions, staged / name
        elif name.startswith("corpus/"):
            place = corpus / name.removeprefix("corpus/")
            if not place.parent.resolve().is_relative_to(corpus.resolve()):
                raise SnapshotError(f"{place.parent} leads out of {corpus}; move that link away")
            yield place, staged / name


def _standing(settings: Settings, places: Mapping[Path, Path]) -> list[Path]:
    """Return what is there already and is not the same: a few of it, for a line."""
    used = settings.index / "CURRENT"
    standing = [used] if used.exists() else []
    standing += [place for place, source in places.items() if place.exists() and not _is_same(place, source)]
    return standing[:5]


def _is_same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.read_bytes() == other.read_bytes()
    return False


def _no_archive(file: Path, reason: str) -> SnapshotError:
    return SnapshotError(f"{file} is no whole backup of Footnote: {reason}")
