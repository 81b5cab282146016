"""A folder of articles to what changed in it since it was read; files that look the same are not opened."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.corpus.folder import content_of, states
from rag.errors import ReadingError

MOST_READ = 50_000_000
"""Bytes that are read to tell changed files from those that were only touched: about a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The paths that are not as they were."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self.added or self.changed or self.removed)

    @property
    def newer(self) -> int:
        """How many files were added or changed."""
        return len(self.added) + len(self.changed)

    def told(self) -> str:
        """Return in a line what changed since the index was built; empty when nothing did."""
        if not self:
            return ""
        parts = []
        if self.newer:
            parts.append(f"{_files(self.newer)} added or changed")
        if gone := len(self.removed):
            parts.append(f"{gone:,} {_was(gone)} removed" if parts else f"{_files(gone)} removed")
        return f"{' and '.join(parts)} since the index was built; run rag build"


def since(folder: Path, files: Mapping[str, str], then: Mapping[str, Sequence[int]]) -> Changed:
    """Return what changed in `folder` since its `files` had these SHA-256, and `then` these states.

    A file of another size or time of change is compared by its content, MOST_READ bytes of them in all; one
    beyond that counts as unchanged unless its size tells. Raises CorpusError when there is no such folder.
    """
    now = states(folder)
    changed = []
    left = MOST_READ
    touched = (path for path in now.keys() & files.keys() if tuple(then.get(path, ())) != now[path])
    for path in sorted(touched, key=lambda path: now[path][1], reverse=True):
        size = now[path][0]
        if path in then and then[path][0] != size:
            changed.append(path)
        elif size <= left:
            left -= size
            if _sha256(folder / path) != files[path]:
                changed.append(path)
    return Changed(
        tuple(sorted(now.keys() - files.keys())),
        tuple(sorted(changed)),
        tuple(sorted(files.keys() - now.keys())),
    )


def _sha256(file: Path) -> str:
    try:
        return hashlib.sha256(content_of(file)).hexdigest()
    except (ReadingError, OSError):
        return ""


def _files(count: int) -> str:
    return f"{count:,} {'file' if count == 1 else 'files'} {_was(count)}"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
