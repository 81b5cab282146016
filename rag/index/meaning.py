"""How much of an index can be searched by meaning, and how long the build at work needs for the rest."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rag.files import remove, replace_file
from rag.index.manifests import Manifest

FILE = "embedding.json"
"""In the folder of an index, while a build embeds."""

PATIENCE = 120.0
"""Seconds without a batch after which no build is believed to be at work, ..."""

BATCHES = 5
"""... or the time of so many batches, where that is longer."""

MINUTE = 60.0
"""Seconds."""

_HOURS_FROM = 90
"""Minutes from which on hours are told."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """How far the passages of a snapshot have vectors, where some have none."""

    share: float
    """Of the passages, those with a vector, 0 to 1."""
    at_work: bool
    """Whether a build is embedding the others, as far as can be told."""
    seconds: float | None = None
    """Until all have one, about; None while that cannot be told."""

    @property
    def percent(self) -> int:
        """The share in whole percents, never 100 while a passage lacks its vector."""
        return int(self.share * 100)

    @property
    def left(self) -> str:
        """How long the rest takes, in words; empty while that cannot be told."""
        if self.seconds is None:
            return ""
        minutes = round(self.seconds / MINUTE)
        if minutes < 1:
            return "less than a minute left"
        if minutes < _HOURS_FROM:
            return f"about {minutes} minute{'' if minutes == 1 else 's'} left"
        return f"about {round(minutes / 60)} hours left"

    def told(self) -> str:
        """Return it in words: "meaning search: 12%, about 20 minutes left"."""
        rest = [self.left or "being prepared"] if self.at_work else ["go on with: rag build"]
        return ", ".join([f"meaning search: {self.percent}%", *rest])


def meaning_of(index: Path, manifest: Manifest) -> Meaning | None:
    """Return how far a snapshot in the folder `index` can be searched by meaning; None where all of it can.

    A build that was killed is believed to be at work for a while.
    """
    if not manifest.unembedded:
        return None
    share = (manifest.embedded or 0) / manifest.passages
    with suppress(OSError, ValueError, KeyError, TypeError):
        file = index / FILE
        told, age = json.loads(file.read_bytes()), time.time() - file.stat().st_mtime
        if age < max(PATIENCE, BATCHES * float(told["batch"])):
            seconds = told["seconds"]
            return Meaning(share, True, None if seconds is None else max(0.0, float(seconds) - age))
    return Meaning(share, False)


class Work:
    """What a build tells of its work to whoever asks the index meanwhile; it ends with the block."""

    def __init__(self, index: Path, total: int) -> None:
        """Tell of embedding `total` passages, in the folder `index`."""
        self._file, self._total = index / FILE, total
        self._began = time.monotonic()

    def __enter__(self) -> Work:
        """Tell that it begins."""
        self.tell(0, 0)
        return self

    def __exit__(self, *_: object) -> None:
        """Tell that it ended."""
        with suppress(OSError):
            remove(self._file)

    def tell(self, done: int, batch: int) -> None:
        """Tell that `done` passages are embedded, a `batch` at a time, unless that cannot be written."""
        each = (time.monotonic() - self._began) / done if done else 0.0
        told = {"seconds": (self._total - done) * each if done else None, "batch": batch * each}
        with suppress(OSError):
            replace_file(self._file, json.dumps(told).encode())
