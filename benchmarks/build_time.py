"""Time of a build over that of plain SentenceTransformer.encode of the same passages, in one run.

    python benchmarks/build_time.py [--corpus FOLDER] [--rounds 5]

Plain encode gets the finished passages and only embeds them, with 32 in a batch. The packaged model embeds
passages and sentences; the build reads the articles, splits, embeds with it, and writes vectors, words and
database. The machine's speed wanders, so all are timed in turn, and the median of the rounds' ratios counts:
of wall time, and of the processor time of all threads, which other work on the machine moves less.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from rag.build import build, split
from rag.corpus.folder import read_folder
from rag.index.embedding import SentenceTransformerEmbedder
from rag.index.packaged import PackagedEmbedder
from rag.index.passages import model_input
from rag.settings import Settings

BATCH = 32


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()

    settings = Settings(corpus=given.corpus)
    packaged, plain = PackagedEmbedder(), SentenceTransformerEmbedder()._model
    passages = split(read_folder(settings.corpus).articles, packaged, settings)
    inputs = [model_input(passage) for passage in passages]

    def whole() -> None:
        with tempfile.TemporaryDirectory() as folder:
            build(Settings(corpus=given.corpus, index=Path(folder)), embedder=packaged)

    ways: dict[str, Callable[[], object]] = {
        "SentenceTransformer.encode": lambda: plain.encode(inputs, batch_size=BATCH),
        "embedding": lambda: packaged.embed_passages(passages),
        "the whole build": whole,
    }
    plain.encode(inputs[:BATCH])  # the first pass warms up
    packaged.embed_questions(inputs[:1])
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _ in range(given.rounds):
        for name, way in ways.items():
            found[name].append(timed(way))
    base = found["SentenceTransformer.encode"]
    print(f"{len(passages):,} passages, {given.rounds} rounds\n")
    print("| what | passages a second | of plain encode, wall | of plain encode, CPU |")
    print("| --- | --: | --: | --: |")
    for name, times in found.items():
        wall, cpu = (
            statistics.median(one[at] / other[at] for one, other in zip(times, base, strict=True))
            for at in (0, 1)
        )
        speed = len(passages) / statistics.median(seconds for seconds, _ in times)
        print(f"| {name} | {speed:.1f} | {wall:.2f} | {cpu:.2f} |")


def timed(way: Callable[[], object]) -> tuple[float, float]:
    """Return the wall time of `way` and the processor time of all threads, in seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    way()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main()
