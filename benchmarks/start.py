"""From a command to its answer, and to a page that is ready: time and memory, beside the imports of PyTorch.

    python benchmarks/start.py [--runs 5] [--index INDEX]

Each run starts `python -c "import torch, sentence_transformers"`, `rag ask` and `rag serve`, in turn, as
processes of their own; the times of the last two are ratios to the first of the same run. Memory is the
largest resident set of a process.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from rag.build import build
from rag.settings import Settings

QUESTION = "When did Apollo 11 land on the Moon?"
PORT = 17877
BASELINE = [sys.executable, "-c", "import torch, sentence_transformers"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--index", type=Path, default=Settings().index)
    given = parser.parse_args()
    build(Settings(index=given.index))
    environment = os.environ | {"RAG_INDEX": str(given.index), "RAG_PORT": str(PORT)}
    rag = [sys.executable, "-m", "rag"]
    print("| what | seconds | of the imports | MB |\n| --- | --- | --- | --- |")
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for _ in range(given.runs):
        base, memory = timed(BASELINE, environment, ended)
        rows.setdefault("import torch, sentence_transformers", []).append((base, 1.0, memory))
        for name, command, ready in (
            ("rag ask", [*rag, "ask", QUESTION], ended),
            ("rag serve, ready", [*rag, "serve"], answers),
        ):
            seconds, memory = timed(command, environment, ready)
            rows.setdefault(name, []).append((seconds, seconds / base, memory))
    for name, found in rows.items():
        seconds, share, memory = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"| {name} | {seconds:.2f} | {share:.2f} | {memory:.0f} |")


def timed(
    command: Sequence[str], environment: dict[str, str], ready: Callable[[int], tuple[float, float]]
) -> tuple[float, float]:
    """Return the seconds until a command is `ready`, and its largest memory in MB until it has ended."""
    started = time.perf_counter()
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=nowhere, stderr=nowhere)
    at, memory = ready(process.pid)
    return at - started, memory


def ended(pid: int) -> tuple[float, float]:
    """Return when the process `pid` has ended, and its largest memory in MB."""
    _, _, used = os.wait4(pid, 0)
    return time.perf_counter(), used.ru_maxrss / 1024


def answers(pid: int) -> tuple[float, float]:
    """Return when the page of process `pid` answers; the process is ended then."""
    while True:
        try:
            if httpx.get(f"http://127.0.0.1:{PORT}/", timeout=5).is_success:
                break
        except httpx.HTTPError:
            time.sleep(0.02)
    ready = time.perf_counter()
    os.kill(pid, signal.SIGTERM)
    _, memory = ended(pid)
    return ready, memory


if __name__ == "__main__":
    main()
