"""What a broken parser may do to the process it runs in, by the name of the file it is given."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator

from rag.corpus.formats.worker import Record


def write_to_all_pipes(content: bytes) -> None:
    """Write into every pipe that is open, among them the one that answers go through."""
    for pipe in range(3, 10):
        try:
            os.write(pipe, content)
        except OSError:
            continue


def slip() -> None:
    raise KeyError("a slip of ours")


MISDEEDS: dict[str, Callable[[], object]] = {
    "hang": lambda: time.sleep(1000),
    "exit": lambda: os._exit(0),
    "crash": os.abort,
    "memory": lambda: bytes(10**12),
    "bug": slip,
    "nonsense": lambda: write_to_all_pipes(b"\0" * 7 + b"\5?????"),
    "length": lambda: write_to_all_pipes(b"\xff" * 8),
    "print": lambda: sys.stdout.write("x" * 100_000) and sys.stdout.flush(),
}

FLOODS = {"output": "x" * 1_000_000, "records": "x"}


def misbehave(content: bytes, name: str) -> Iterator[Record]:
    MISDEEDS.get(name, lambda: None)()
    while name in FLOODS:
        yield (FLOODS[name],)
    yield (name, content.decode())
