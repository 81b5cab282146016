"""What footnote.toml says of how a file is to be read, for as long as that file is read.

Between the reader of a format and the few functions that ask for a hint lie many that do not, so hints are
not handed down: `given` sets them around the reading of one file, and `now` returns them. A process reads one
file at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Hints:
    """How a file is to be read, where its keeper knows better than the reader."""

    day_first: bool | None = None
    """Whether 03/04/2025 is 3 April; None where that is not known."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Fields of an Article, and "text", to the names of a table's columns that hold them."""
    drop: frozenset[str] = frozenset()
    """Lines that are no part of the article, each as `plain_line` gives it."""
    keep: frozenset[str] = frozenset()
    """Lines that are part of it, though they look like page furniture."""

    def keeps(self, line: str) -> bool:
        """Say whether `line` stays whatever it looks like."""
        return bool(self.keep) and plain_line(line) in self.keep

    def without_dropped(self, text: str) -> str:
        """Return `text` without those of its lines that are to be dropped."""
        if not self.drop:
            return text
        return "\n".join(line for line in text.split("\n") if plain_line(line) not in self.drop)

    def written(self) -> str:
        """Return the hints as text, which is empty when there are none."""
        if self == Hints():
            return ""
        return json.dumps([self.day_first, dict(self.columns), sorted(self.drop), sorted(self.keep)])

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the hints that `written` gave as `text`."""
        if not text:
            return cls()
        day_first, columns, drop, keep = json.loads(text)
        return cls(day_first, columns, frozenset(drop), frozenset(keep))


_NOW: ContextVar[Hints] = ContextVar("hints", default=Hints())  # noqa: B039 - it is frozen


def now() -> Hints:
    """Return the hints for the file that is being read."""
    return _NOW.get()


@contextmanager
def given(hints: Hints) -> Iterator[None]:
    """Let `now` return these `hints` meanwhile."""
    before = _NOW.set(hints)
    try:
        yield
    finally:
        _NOW.reset(before)


def plain_line(line: str) -> str:
    """Return `line` as lines are compared: spacing and case do not tell two apart."""
    return " ".join(line.split()).casefold()
