"""corpus/ to Articles."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from rag.corpus import corrections, formats, repeated
from rag.corpus.corrections import Corrections
from rag.corpus.formats import records
from rag.corpus.formats.apart import LIMITS, Limits, Pool
from rag.corpus.formats.hints import Hints
from rag.corpus.formats.worker import Work
from rag.corpus.repeated import Repeated
from rag.corpus.workers import SpreadPool
from rag.errors import CorpusError, ReadingError, Remark
from rag.types import Article

LARGEST = 100_000_000
"""Bytes in a file; with its text and its articles, reading takes several times that in memory."""

BEIR = "corpus.jsonl"
"""The file that holds the articles of a collection in the layout of BEIR."""

FORMATS_READ = "Formats read: " + " ".join(sorted(formats.FORMATS))


IN_PART = "is read in part: "

File: TypeAlias = tuple[str, bytes | ReadingError]
"""A path inside the corpus, and what lies there or why it is not read."""

Pooled: TypeAlias = Callable[[Work, Limits, Callable[[str], Hints]], "Pool | SpreadPool"]
"""From work, its limits and what is known of a name beforehand to the processes that do it."""

State: TypeAlias = tuple[int, int]
"""Bytes of a file, and when it was changed, in nanoseconds as the file system counts them."""

_ABOUT = ("readme.md", corrections.FILE)
"""Files that are about the articles and none of them."""

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Does not wait for whoever might write into what has become a pipe."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or a row of one, that gave no article, or only a part of what it holds."""

    path: str
    """The path inside the corpus."""
    reason: str
    """Reads on from the path: "is encrypted; save a copy without a password". That of a file of which a part
    was read begins with IN_PART."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a folder of articles holds."""

    articles: tuple[Article, ...]
    """Sorted by path, rows in the order of their table; no two have the same id."""
    files: dict[str, str]
    """SHA-256 of every file of a known format, the ones that gave no article too, and of footnote.toml."""
    unread: tuple[Unread, ...]
    repeated: tuple[Repeated, ...] = ()
    """Lines that repeat across the articles and are not set apart as furniture, the most frequent first."""


def read_folder(
    folder: Path,
    *,
    corrected: Corrections | None = None,
    largest: int = LARGEST,
    may_be_empty: bool = False,
    limits: Limits = LIMITS,
    pooled: Pooled = Pool,
    only: Container[str] | None = None,
) -> Corpus:
    """Read every article below `folder`; what cannot be read within `limits` is reported, the rest goes on.

    What its footnote.toml says is `corrected`, or read there. Files are read in processes that are `pooled`.
    Lines that repeat across many articles are set apart as furniture. With `only`, the files at these paths
    are read and no others: what they give may be nothing, and no line of it is set apart.

    Raises CorpusError when there is no such folder, when nothing in it can be read, and, unless it
    `may_be_empty`, when there is nothing in it; SettingError when its footnote.toml is not right.
    """
    corrected = corrected or Corrections.read(folder)
    articles: dict[str, Article] = {}
    files = corrected.files
    unread: list[Unread] = []
    contents = _hashed(_contents(folder, largest, only), files)
    for path, article in _articles(contents, limits, corrected, pooled):
        if isinstance(article, ReadingError):
            unread.append(Unread(path, str(article)))
        elif isinstance(article, Remark):
            unread.append(Unread(path, f"{IN_PART}{article.said}"))
        elif article.id in articles:
            unread.append(Unread(path, f"has a second row with the id {article.id}; the first is kept"))
        else:
            articles[article.id] = article
    if only is None and not articles and (unread or not may_be_empty):
        raise CorpusError(_nothing(folder, unread))
    found, lines = list(articles.values()), list[Repeated]()
    if only is None:
        found, lines = repeated.set_apart(found, corrected.hints)
    return Corpus(tuple(found), files, tuple(unread), tuple(lines))


def reasons(found: Iterable[Unread]) -> dict[str, str]:
    """Return for each path the first reason why something of it was not read, and how many more there are."""
    told: dict[str, list[str]] = {}
    for each in found:
        told.setdefault(each.path, []).append(each.reason)
    return {
        path: f"{first} (and {len(others):,} more)" if others else first
        for path, (first, *others) in told.items()
    }


def fingerprints(
    folder: Path, *, corrected: Corrections | None = None, largest: int = LARGEST
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what `read_folder` would give as `files`, and why other paths are left; no article is read.

    Raises CorpusError when there is no such folder, and SettingError when its footnote.toml is not right.
    """
    files = (corrected or Corrections.read(folder)).files
    contents = _hashed(_contents(folder, largest), files)
    left = {path: str(content) for path, content in contents if isinstance(content, ReadingError)}
    return files, left


def states(folder: Path, *, largest: int = LARGEST) -> dict[str, State]:
    """Return the state of every file that `fingerprints` would give one for; none is opened.

    Raises CorpusError when there is no such folder.
    """
    found: dict[str, State] = {}
    for path in paths(folder):
        with suppress(ReadingError, OSError):
            _check(folder, path)
            status = (folder / path).stat()
            if stat.S_ISREG(status.st_mode) and status.st_size <= largest:
                found[path] = (status.st_size, status.st_mtime_ns)
    with suppress(OSError):
        status = (folder / corrections.FILE).stat()
        if status.st_size:
            found[corrections.FILE] = (status.st_size, status.st_mtime_ns)
    return found


def paths(folder: Path) -> Iterator[str]:
    """Yield the path of each file below `folder` that is not hidden, and of folders that stay shut.

    Raises CorpusError when there is no such folder.
    """
    if not folder.is_dir():
        raise CorpusError(
            f"no folder {folder}. Make it and put articles in it, or set RAG_CORPUS to your own"
        )
    waiting = [folder]
    for parent in waiting:  # not os.walk, which calls itself for each folder below another in Python 3.11
        try:
            if is_beir(parent):
                yield (parent / BEIR).relative_to(folder).as_posix()
                continue
            found = [entry for entry in os.scandir(parent) if not _is_hidden(entry.name)]
        except OSError:
            yield parent.relative_to(folder).as_posix()
            continue
        for entry in found:
            path = Path(entry).relative_to(folder).as_posix()
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry))
            elif path.lower() not in _ABOUT and not _is_met_elsewhere(folder, entry):
                yield path


def is_beir(folder: Path) -> bool:
    """Say whether `folder` is a collection in the layout of BEIR; its articles are in BEIR alone."""
    return (folder / BEIR).is_file() and (folder / "queries.jsonl").is_file() and (folder / "qrels").is_dir()


def _articles(
    files: Iterable[File], limits: Limits, corrected: Corrections, pooled: Pooled
) -> Iterator[tuple[str, Article | ReadingError | Remark]]:
    """Yield what each of the `files` gives, `corrected`, with its path, in their order."""
    with pooled(records.records, limits, corrected.hints) as pool:
        for path, outcome in pool.find_all(files):
            for found in records.articles(outcome, path):
                yield path, corrected.corrected(found, path) if isinstance(found, Article) else found


def _hashed(files: Iterable[File], hashes: dict[str, str]) -> Iterator[File]:
    """Yield the `files`, and put the SHA-256 of each that was opened among the `hashes`."""
    for path, content in files:
        if not isinstance(content, ReadingError):
            hashes[path] = hashlib.sha256(content).hexdigest()
        yield path, content


def _contents(folder: Path, largest: int, only: Container[str] | None = None) -> Iterator[File]:
    """Yield the bytes of each file sorted by path, or why they are not read; of some `only`, where given."""
    for path in sorted(paths(folder)):
        if only is not None and _name(path) not in only:
            continue
        try:
            yield _name(path), _content(folder, path, largest)
        except ReadingError as error:
            yield _name(path), error
        except OSError as error:
            yield _name(path), ReadingError(f"cannot be opened: {error.strerror or error}")


def _content(folder: Path, path: str, largest: int) -> bytes:
    """Return the bytes of a file that is there to be read; raise ReadingError for any other."""
    _check(folder, path)
    return content_of(folder / path, largest=largest)


def _check(folder: Path, path: str) -> None:
    """Raise ReadingError where `path` alone tells that no file of articles is there to be read."""
    file = folder / path
    if file.is_symlink() and not _is_inside(folder, file):
        raise ReadingError("is a link that leads out of the folder; copy the file itself")
    if file.is_dir():
        raise ReadingError("is a folder that cannot be opened")
    formats.format_of(path)
    if _name(path) != path:
        raise ReadingError("has a name that is not UTF-8; rename it")


def content_of(file: Path, *, largest: int = LARGEST) -> bytes:
    """Return the bytes of `file`, as many as it has when it is opened.

    Raises ReadingError for what is no file, such as a pipe, and for one of more than `largest` bytes.
    """
    if not file.is_file():
        raise ReadingError("is not a file that can be read")
    with os.fdopen(os.open(file, _READ), "rb") as opened:
        status = os.fstat(opened.fileno())
        if not stat.S_ISREG(status.st_mode):  # it is another by now
            raise ReadingError("is not a file that can be read")
        if status.st_size > largest:
            raise ReadingError(too_large(status.st_size, largest))
        return opened.read(status.st_size)


def too_large(size: int, largest: int) -> str:
    """Return why a file of so many bytes is not read."""
    return f"has {size:,} bytes, more than the {largest:,} that are read; split it"


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))  # Word keeps a ~$ file beside each open document


def _is_met_elsewhere(folder: Path, entry: os.DirEntry[str]) -> bool:
    """Say whether `entry` links to a folder that lies in `folder` itself."""
    try:
        return entry.is_dir() and _is_inside(folder, entry)
    except OSError:  # it links to itself
        return False


def _is_inside(folder: Path, path: Path | os.DirEntry[str]) -> bool:
    """Say whether `path` leads to something in `folder`; a link to itself, which leads nowhere, does."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _name(path: str) -> str:
    """Return `path` as text that can be shown and stored, whatever bytes the file system has."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def _nothing(folder: Path, unread: list[Unread]) -> str:
    if not unread:
        return f"{folder} is empty. Put articles in it. {FORMATS_READ}"
    first = f"{unread[0].path} {unread[0].reason}"
    return f"{folder} holds nothing that can be read ({len(unread)} found; {first}). {FORMATS_READ}"
