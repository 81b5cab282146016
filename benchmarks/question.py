"""Where the time of a question goes, stage by stage, beside the question's own vector in the same run.

    python benchmarks/question.py INDEX QUESTIONS [--count 60] [--rounds 3] [--reader FILE]

Names a built index and labelled questions over its articles. Each question is asked as a person asks it, and
then its passages are searched alone. A stage is what it takes itself, without the stages that it calls. Times
are of all threads (CPU) and as they pass (wall); of each question the fastest of the rounds counts, since the
machine has other work. The ratio is to embedding the question once, CPU to CPU.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from rag import chat as asking
from rag.answer.limits import Limits
from rag.answer.reader import MODEL, Reader
from rag.chat import Chat
from rag.evaluation.questions import read
from rag.index.dense import DenseIndex
from rag.index.lexical import LexicalIndex
from rag.index.opened import Index
from rag.index.packaged import PackagedEmbedder
from rag.output.text import as_text
from rag.retrieval.retrieve import Retriever
from rag.settings import Settings

STAGES: Sequence[tuple[str, Any, str]] = (
    ("vector", PackagedEmbedder, "embed_questions"),
    ("understanding", asking, "understand"),
    ("list by vectors", DenseIndex, "nearest"),
    ("list by words", LexicalIndex, "best"),
    ("fusion", Retriever, "_fused"),
    ("fusion", LexicalIndex, "scores"),
    ("fusion", Retriever, "rank"),
    ("passages loaded", Retriever, "hits"),
    ("passages loaded", Index, "passages"),
    ("weighing", asking, "weigh"),
    ("reader", Reader, "read"),
    ("quotes", asking, "choose"),
    ("disagreement", asking.disagreement, "with_sides"),
    ("disagreement", asking, "Wanted"),
    ("what limits a quote", Limits, "joined"),
)
"""Name of each stage, and the function that it is, by where it is looked up."""

REST = "the rest"
SEARCH = ("list by vectors", "list by words", "fusion")


class Clock:
    """CPU and wall time by stage, without what inner stages take."""

    def __init__(self) -> None:
        self.spent: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(2))
        self._running: list[str] = []
        self._since = now()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what the block takes as `name`'s, but for the stages within."""
        self._turn()
        self._running.append(name)
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def _turn(self) -> None:
        at = now()
        if self._running:
            self.spent[self._running[-1]] += at - self._since
        self._since = at

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return `function`, counted as the stage `name`."""

        def run(*given: Any, **named: Any) -> Any:
            with self.stage(name):
                return function(*given, **named)

        return run


def now() -> np.ndarray:
    return np.array([time.process_time(), time.perf_counter()])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--count", type=int, default=60, help="questions asked")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reader", type=Path, default=MODEL)
    given = parser.parse_args()

    chat = Chat.open(Settings(index=given.index), reader=Reader(given.reader))
    texts = [each.text for each in read(given.questions)]
    texts = texts[:: -(-len(texts) // given.count)]
    for text in texts[:3]:
        chat.ask(text)
    asked = [fastest(lambda text=text: ask(chat, text), given.rounds) for text in texts]
    searched = [fastest(lambda text=text: search(chat, text), given.rounds) for text in texts]
    articles, passages = chat.size()
    print(f"{len(texts)} questions, {articles:,} articles, {passages:,} passages\n")
    show(asked, searched)


def ask(chat: Chat, text: str) -> Clock:
    clock = Clock()
    with ExitStack() as stack:
        for name, owner, function in STAGES:
            stack.enter_context(patch.object(owner, function, clock.timed(name, getattr(owner, function))))
        with clock.stage(REST):
            outcome = chat.ask(text)
        with clock.stage("rendering"):
            as_text(outcome)
    return clock


def search(chat: Chat, text: str) -> Clock:
    clock = Clock()
    with clock.stage("vector"):
        vector = chat.embedder.embed_questions([text])[0]
    with clock.stage("understanding"):
        question = chat.understand(text, vector=vector)
    with clock.stage("search"):
        chat.retriever.rank(question)
    return clock


def fastest(work: Callable[[], Clock], rounds: int) -> dict[str, np.ndarray]:
    """Return the least CPU and wall time of each stage over the rounds, and of a whole round."""
    found: dict[str, list[np.ndarray]] = defaultdict(list)
    for _ in range(rounds):
        spent = work().spent
        found["all of it"].append(np.sum(list(spent.values()), axis=0))
        for name, each in spent.items():
            found[name].append(each)
    return {name: np.min(each, axis=0) for name, each in found.items()}


def show(asked: Sequence[dict[str, np.ndarray]], searched: Sequence[dict[str, np.ndarray]]) -> None:
    own = np.array([each["vector"] for each in searched])
    print("| Stage | CPU ms, median | 95% | of the vector's | wall ms, median | 95% |")
    print("| --- | --: | --: | --: | --: | --: |")
    row("the question's own vector", own, own)
    row("the lists and their fusion alone", np.array([each["search"] for each in searched]), own)
    retrieval = np.array([each["vector"] + each["search"] for each in searched])
    row("retrieval: vector, lists, fusion", retrieval, own)
    names = dict.fromkeys([name for name, *_ in STAGES] + ["rendering", REST])
    for name in names:
        row(name, np.array([each.get(name, np.zeros(2)) for each in asked]), own)
    row("an answer", np.array([each["all of it"] for each in asked]), own)


def row(name: str, spent: np.ndarray, own: np.ndarray) -> None:
    """Print a stage; `spent` and `own` are seconds, shape (questions, 2): CPU and wall."""
    (cpu, wall), (cpu95, wall95) = np.median(spent, axis=0) * 1000, np.percentile(spent, 95, axis=0) * 1000
    ratio = np.median(spent[:, 0] / own[:, 0])
    print(f"| {name} | {cpu:.1f} | {cpu95:.1f} | {ratio:.2f} | {wall:.1f} | {wall95:.1f} |")


if __name__ == "__main__":
    main()
