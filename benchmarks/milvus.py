"""How far an index on disk and its copy in Milvus find and answer the same.

    python benchmarks/milvus.py index tests/retrieval/questions.jsonl [--every 1] [--store ADDRESS]

Names a built index and a file of questions. Without a store it is written to Milvus Lite in a temporary
folder.
Rankings may differ: Milvus counts BM25 over title and text together, tantivy over each.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rag.chat import Chat
from rag.evaluation.questions import read
from rag.index import stored
from rag.settings import Settings
from rag.types import Answer, Outcome

FOUND = 10


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--store", help="where Milvus is")
    parser.add_argument("--every", type=int, default=1, help="ask every so many questions")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        on_disk = Settings(index=given.index)
        in_milvus = replace(on_disk, store=given.store or f"milvus-lite://{folder}/questions.db")
        began = time.perf_counter()
        stored.publish(in_milvus, lambda done, total: None)
        written = time.perf_counter() - began
        disk = Chat.open(on_disk)
        milvus = Chat.open(in_milvus, disk.embedder, reader=disk.reader)
        asked = [question.text for question in read(given.questions)][:: given.every]
        compare(disk, milvus, asked)
        print(f"\n{len(asked)} questions; written to Milvus in {written:.0f} s")


def compare(disk: Chat, milvus: Chat, questions: Sequence[str]) -> None:
    """Print how far both agree."""
    shared, first = [], []
    for question in questions:
        found = []
        for chat in (disk, milvus):
            hits = chat.search(question, k=FOUND).hits
            found.append([hit.passage.key for hit in hits])
        one, other = found
        shared.append(len({*one} & {*other}) / max(len(one), 1))
        first.append(one[:1] == other[:1])
    outcomes = [(disk.ask(question), milvus.ask(question)) for question in questions]
    rows = {
        "the first passage is the same": first,
        f"passages shared, of the first {FOUND}": shared,
        "both answer, surely or likely, or both refuse": [
            kind(one) == kind(other) for one, other in outcomes
        ],
        "the first quote is the same, or both refuse": [
            quotes(one)[:1] == quotes(other)[:1] for one, other in outcomes
        ],
        "all quotes are the same": [quotes(one) == quotes(other) for one, other in outcomes],
    }
    print("| what | share |\n| --- | --: |")
    for name, values in rows.items():
        print(f"| {name} | {statistics.mean(values):.3f} |")


def kind(outcome: Outcome) -> str:
    return f"{type(outcome).__name__} {isinstance(outcome, Answer) and outcome.likely}"


def quotes(outcome: Outcome) -> list[str]:
    return [each.text for each in outcome.statements] if isinstance(outcome, Answer) else []


if __name__ == "__main__":
    main()
