"""What checking costs: a snapshot's files of a given size are opened as an index opens them.

    python benchmarks/opening.py [--megabytes 100] [--rounds 5]

Vectors, sentences and articles are hashed where they lie; words are copied to a temporary folder and the copy
is hashed. Prints the median time of each, with files that were read before; the same of files of that size
that look as when they were written, which are not hashed; and what a question pays: to see that an open file
did not change.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rag.index import snapshots
from rag.index.manifests import Manifest, Recipe
from rag.index.parts import Part, copied

EMPTY = Manifest(
    recipe=Recipe(model="", model_sha256="", language="en", passage_tokens=160),
    created="", corpus="", files={}, unread={}, articles=0, passages=0, sentences=0, dimension=0,
    checksums={},
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder)
        (snapshot / "words").mkdir()
        for name in ("vectors.faiss", "words/1.idx"):
            (snapshot / name).write_bytes(os.urandom(given.megabytes * 1_000_000))
        known = snapshots.summed(snapshot, EMPTY)
        unknown = replace(known, hashed={})

        def copy(manifest: Manifest) -> None:
            with copied(snapshot, "words", manifest):
                pass

        hashed = median(lambda: Part(snapshot, "vectors.faiss", unknown), given.rounds)
        words = median(lambda: copy(unknown), given.rounds)
        copies = median(lambda: copy(known), given.rounds)
        part = Part(snapshot, "vectors.faiss", known)

        def look() -> None:
            for _ in range(1000):
                part.check()

        seen = median(look, given.rounds)
    print(f"{given.megabytes} MB: hashed in {hashed:.2f} s; words copied and hashed in {words:.2f} s")
    print(f"where they look as when they were written: words copied in {copies:.2f} s, the rest at once")
    print(f"seen to be unchanged in {seen * 1000:.1f} microseconds")


def median(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    main()
