"""What it costs to add ten articles to an index, and to take one out, by its size.

    python benchmarks/changing.py [--passages 1000 10000] [--rounds 3]

The articles are of random words, a tenth as many as there are to be passages, 100 in a file of JSON lines;
the model is one that makes random vectors at once. So what is measured is all but embedding. Prints seconds
of processor time, those of the processes that read files included, and megabytes of files that are not those
of the snapshot before: of the first build, and the medians of adding and of removing.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from rag.build import build
from rag.index.embedding import Vectors, unit
from rag.settings import Settings
from rag.types import Passage

WORDS = 100
"""Of a passage, which has five sentences."""
OF_ARTICLE = 10
IN_FILE = 100
VOCABULARY = 50_000


class RandomEmbedder:
    """Vectors of nothing, as fast as they can be drawn."""

    name = "random"
    fingerprint = "random"
    dimension = 384
    max_tokens = 256

    def __init__(self) -> None:
        self._random = np.random.default_rng(0)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of words of each text."""
        return [len(text.split()) for text in texts]

    def embed_passages(
        self, passages: Sequence[Passage], done: Callable[[int], object] = lambda _: None
    ) -> tuple[Vectors, Vectors]:
        """Return one row a passage, and one row a sentence."""
        done(len(passages))
        return self._drawn(len(passages)), self._drawn(sum(len(passage.sentences) for passage in passages))

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        return self._drawn(len(texts))

    def _drawn(self, count: int) -> Vectors:
        return unit(self._random.standard_normal((count, self.dimension), dtype=np.float32))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print("| passages | first build, s | MB | ten added, s | MB | one removed, s | MB |")
    print("| --: | --: | --: | --: | --: | --: | --: |")
    for passages in given.passages:
        with tempfile.TemporaryDirectory() as folder:
            measured(Path(folder), passages, given.rounds)


def measured(folder: Path, passages: int, rounds: int) -> None:
    """Print a line of the table."""
    settings = Settings(corpus=folder / "corpus", index=folder / "index", passage_tokens=WORDS)
    settings.corpus.mkdir()
    chance, embedder = random.Random(0), RandomEmbedder()
    for first in range(0, passages // OF_ARTICLE, IN_FILE):
        write(settings.corpus / f"{first:07}.jsonl", min(IN_FILE, passages // OF_ARTICLE - first), chance)
    built, whole = timed(settings, embedder)
    added, removed = [], []
    for number in range(rounds):
        write(settings.corpus / f"new{number}.jsonl", 10, chance)
        added.append(timed(settings, embedder)[1])
        (settings.corpus / f"one{number}.txt").write_text(text(chance), encoding="utf-8")
        timed(settings, embedder)
        (settings.corpus / f"one{number}.txt").unlink()
        removed.append(timed(settings, embedder)[1])
    costs = (
        statistics.median(each) for found in ([whole], added, removed) for each in zip(*found, strict=True)
    )
    print(f"| {built:,} | {' | '.join(f'{cost:.1f}' for cost in costs)} |", flush=True)


def timed(settings: Settings, embedder: RandomEmbedder) -> tuple[int, tuple[float, float]]:
    """Build; return how many passages there are, the seconds it took and the megabytes it wrote."""
    before, started = files(settings.index), spent()
    passages = build(settings, embedder=embedder).passages
    seconds = spent() - started
    after = files(settings.index)
    return passages, (seconds, sum(after[each] for each in after.keys() - before.keys()) / 1e6)


def spent() -> float:
    """Return the seconds of processor time that this process and those that it waited for took so far."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def files(index: Path) -> dict[tuple[int, int], int]:
    """Return the sizes of the files of all snapshots, by number on the disk and time of writing.

    A number comes again when a file was deleted.
    """
    found = (path.stat() for path in index.glob("snapshots/**/*") if path.is_file())
    return {(each.st_ino, each.st_mtime_ns): each.st_size for each in found}


def write(file: Path, articles: int, chance: random.Random) -> None:
    """Write a file of so many articles."""
    lines = (
        json.dumps({"title": f"Article {number} of {file.stem}", "text": text(chance)})
        for number in range(articles)
    )
    file.write_text("\n".join(lines), encoding="utf-8")


def text(chance: random.Random) -> str:
    """Return an article of random words, of which few are frequent."""
    sentences = OF_ARTICLE * 5
    words = [f"w{int(VOCABULARY ** chance.random())}" for _ in range(sentences * WORDS // 5)]
    return " ".join(" ".join(words[at * 20 : at * 20 + 20]).capitalize() + "." for at in range(sentences))


if __name__ == "__main__":
    main()
