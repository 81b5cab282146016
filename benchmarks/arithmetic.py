"""What so many passages would take, worked out from an index that is there: disk, memory, hours and money.

    python benchmarks/arithmetic.py INDEX [--passages 10000000 1000000000]

Measured are the bytes of each passage of the index, and the processor's seconds to embed some of its
passages; all else is multiplied. The prices are assumptions, given as options.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from rag.index.opened import Index
from rag.index.recipes import load_embedder
from rag.settings import Settings

EMBEDDED = 96
"""Passages, spread over the index."""

EDGES = 2 * 32 * 4
"""Bytes of a passage in a graph (HNSW) with M = 32, beside its vector."""

FACT = 300
"""Bytes of an article in the memory of each server: its facts, and what SQLite adds."""

ASCII_OF_BYTES = 4 / 3
"""Of sentences' vectors in Milvus, which keeps them as text."""

HOURS = 730
"""Of a month."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000_000, 1_000_000_000])
    parser.add_argument("--core", type=float, default=0.04, help="price of a core with 4 GB for an hour")
    parser.add_argument("--disk", type=float, default=0.08, help="price of a GB on disk for a month")
    given = parser.parse_args()
    index = Index.open(given.index)
    bytes_of = measured(index)
    seconds = embedding(index)
    print("| a passage | measured |\n| --- | --: |")
    for name, size in bytes_of.items():
        print(f"| {name} | {size:,.0f} bytes |")
    print(f"| embedding it on one core | {1000 * seconds:.0f} ms |")
    articles = index.manifest.articles / index.manifest.passages
    columns = [dict(worked_out(count, bytes_of, seconds, articles, given)) for count in given.passages]
    print(f"\n| worked out | {' | '.join(f'{count:,}' for count in given.passages)} |")
    print("| --- |" + " --: |" * len(columns))
    for name in columns[0]:
        print(f"| {name} | {' | '.join(column[name] for column in columns)} |")


def measured(index: Index) -> dict[str, float]:
    """Return the bytes of a passage on disk, by what they are for."""
    sizes = {path.relative_to(index.folder).as_posix(): path.stat().st_size
             for path in index.folder.rglob("*") if path.is_file()}  # fmt: skip
    parts = {
        "articles and passages": "articles.",
        "vectors": "vectors.",
        "vectors of its sentences": "sentences.",
        "words": "words/",
    }
    return {
        name: sum(size for file, size in sizes.items() if file.startswith(begin)) / index.manifest.passages
        for name, begin in parts.items()
    }


def embedding(index: Index) -> float:
    """Return the processor's seconds to embed one passage, of all threads together."""
    embedder = load_embedder(Settings())
    step = max(index.manifest.passages // EMBEDDED, 1)
    passages = index.passages(range(0, index.manifest.passages, step))
    embedder.embed_passages(passages[:8])
    started = time.process_time()
    embedder.embed_passages(passages)
    return (time.process_time() - started) / len(passages)


def worked_out(
    passages: int, bytes_of: dict[str, float], seconds: float, articles: float, given: argparse.Namespace
) -> Iterator[tuple[str, str]]:
    """Yield what so many passages take, each with its name."""
    disk = passages * sum(bytes_of.values())
    in_milvus = disk + passages * bytes_of["vectors of its sentences"] * (ASCII_OF_BYTES - 1)
    graph = passages * (bytes_of["vectors"] + EDGES)
    quarter = passages * (bytes_of["vectors"] / 4 + EDGES)
    hours = passages * seconds / 3600
    cores = max(graph / 4e9, 4)
    yield "articles", f"{passages * articles:,.0f}"
    yield "on the disk of the machine that builds", gigabytes(disk)
    yield "in Milvus, one copy, two while a build changes over", gigabytes(in_milvus)
    yield "memory of Milvus for the graph of full vectors (HNSW)", gigabytes(graph)
    yield "the same with vectors in 8 bits (HNSW_SQ)", gigabytes(quarter)
    yield "memory of each chat server for the facts of articles", gigabytes(passages * articles * FACT)
    yield "memory of a question with a filter", gigabytes(passages)
    yield "core hours to embed it all", f"{hours:,.0f}"
    yield "hours on 64 cores", f"{hours / 64:,.0f}"
    yield "price of embedding", f"{hours * given.core:,.0f}"
    yield "machines of 64 GB that hold the graph", f"{max(-(-graph // 48e9), 1):,.0f}"
    yield (
        "price of a month of Milvus",
        f"{cores * given.core * HOURS + 2 * in_milvus / 1e9 * given.disk:,.0f}",
    )


def gigabytes(size: float) -> str:
    return f"{size / 1e9:,.2f} GB" if size < 1e10 else f"{size / 1e9:,.0f} GB"


if __name__ == "__main__":
    main()
