"""What a question costs in two states of this repository, in one run.

    python benchmarks/question_time.py [BEFORE] [--now COMMIT]

Both states are checked out into a temporary folder and index the same articles. Each answers the labelled
questions about them in a process of its own, without the reader, and the questions go to both in turn, so
that whatever else the machine does falls on both. Printed are the medians, of processor time and of time
passed, and the median of a question's shares with its bootstrap interval of 95%.

BEFORE is the commit before questions were understood once, and has to be in the history.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from outcomes import LABELS, ROOT, read

BEFORE = "463623f"
MEASURES = ("processor", "passed")

WORKER = """
import dataclasses, sys, time
from pathlib import Path
from rag.build import build
from rag.chat import Chat
from rag.settings import Settings

names = {each.name for each in dataclasses.fields(Settings)}
reads = {name: False for name in ("reader", "ranker") if name in names}
settings = Settings(corpus=Path(sys.argv[1]), index=Path(sys.argv[2]), **reads)
build(settings)
chat = Chat.open(settings)
print("ready", flush=True)
for line in sys.stdin:
    processor, passed = time.process_time(), time.perf_counter()
    chat.ask(line.strip())
    print(time.process_time() - processor, time.perf_counter() - passed, flush=True)
"""
"""Answers a question a line; what it needs of the program has the same names in both states."""


class State:
    """One state of the repository, ready to be asked."""

    def __init__(self, worker: subprocess.Popen[str]) -> None:
        self._worker = worker

    def heard(self) -> str:
        """Return the next line it says. Raises EOFError where it has ended."""
        assert self._worker.stdout
        while line := self._worker.stdout.readline():
            if line[0].isdigit() or line == "ready\n":
                return line
        raise EOFError("the process of a state ended; see above")

    def seconds(self, question: str) -> list[float]:
        """Return what `question` took, as MEASURES."""
        assert self._worker.stdin
        self._worker.stdin.write(f"{question}\n")
        self._worker.stdin.flush()
        return [float(each) for each in self.heard().split()]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("before", nargs="?", default=BEFORE)
    parser.add_argument("--now", default="HEAD")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--limit", type=int, default=200, help="questions asked at most")
    given = parser.parse_args()
    questions = [each["question"] for each in read(LABELS / "questions.jsonl")]
    questions = questions[:: -(-len(questions) // given.limit)]
    with state(given.before) as before, state(given.now) as now:
        for question in questions[:10]:  # what is loaded at the first question counts for neither
            before.seconds(question), now.seconds(question)
        found = [asked(question, before, now) for _ in range(given.rounds) for question in questions]
    print("| Seconds a question | before | now | now by before |\n| --- | --- | --- | --- |")
    for at, name in enumerate(MEASURES):
        print(row(name, np.array([[old[at], new[at]] for old, new in found])))


def asked(question: str, before: State, now: State) -> tuple[Sequence[float], Sequence[float]]:
    return before.seconds(question), now.seconds(question)


def row(name: str, seconds: np.ndarray) -> str:
    """Return a row of the table; `seconds` has shape (questions, 2)."""
    shares = seconds[:, 1] / seconds[:, 0]
    draws = np.random.default_rng(0).integers(len(shares), size=(2000, len(shares)))
    low, high = np.quantile(np.median(shares[draws], axis=1), (0.025, 0.975))
    old, new = np.median(seconds, axis=0)
    return f"| {name} | {old:.4f} | {new:.4f} | {np.median(shares):.2f} [{low:.2f}, {high:.2f}] |"


@contextmanager
def state(commit: str) -> Iterator[State]:
    """Check out `commit` and start it; ends it and removes its folder."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as files:
            files.extractall(folder, filter="data")
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(ROOT / "corpus"), f"{folder}/built"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": folder},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            found = State(worker)
            found.heard()
            yield found
        finally:
            worker.kill()
            worker.wait()


if __name__ == "__main__":
    main()
