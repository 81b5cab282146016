"""Time of a whole build over that of plain SentenceTransformer.encode of the same passages, in one run.

    python benchmarks/build_time.py [--corpus FOLDER] [--rounds 5]

A build reads the articles, splits, embeds passages and sentences, and writes vectors, words and database;
plain encode gets the finished passages and only embeds them. Both use one loaded model. The machine's speed
wanders, so both are timed in turn, and the median of the rounds' ratios counts.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from rag.build import build, split
from rag.corpus.folder import read_folder
from rag.index.embedding import SentenceTransformerEmbedder
from rag.index.passages import model_input
from rag.settings import Settings


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()

    settings = Settings(corpus=given.corpus)
    embedder = SentenceTransformerEmbedder(batch=settings.batch)
    passages = split(read_folder(settings.corpus).articles, embedder, settings)
    inputs = [model_input(passage) for passage in passages]
    encode = embedder._model.encode
    encode(inputs[: settings.batch])  # the first pass warms up

    ratios = []
    for turn in range(given.rounds):
        started = time.perf_counter()
        encode(inputs, batch_size=settings.batch, normalize_embeddings=True)
        plain = time.perf_counter() - started
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            build(Settings(corpus=given.corpus, index=Path(folder)), embedder=embedder)
            whole = time.perf_counter() - started
        ratios.append(whole / plain)
        print(f"round {turn + 1}: encode {plain:.2f} s, build {whole:.2f} s, ratio {ratios[-1]:.3f}")
    print(f"{len(passages):,} passages; median ratio {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main()
