"""Many people who ask one server: how many answers a second, how long each waits, and what memory that takes.

    python benchmarks/many_askers.py index tests/retrieval/questions.jsonl [--askers 1 8 32 128]

Names a built index and a file of questions. `rag serve` runs as a process of its own. Each asker is an HTTP
client with a session of its own that asks as the page does, by the calls that the page makes: a question,
the stream of what is told of it until that ends, and the next question. An answer to another question than
was asked is counted as an error, and so is none. The processor's time is that of the server: other work
on the machine makes answers wait, but adds little to it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Self

import httpx
from gradio_client.utils import apply_diff

from rag.evaluation.questions import read
from rag.page.server import free_port

API = "/gradio_api"
PATIENCE = 300
"""Seconds after which an asker gives up."""

EACH = {1: 12, 8: 3}
"""Questions that each of so many askers has; of more askers, MANY."""
MANY = 1


@dataclass
class Asked:
    """What came of the questions of a run."""

    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    """From a question to its answer."""
    suggested: int = 0
    """Answers after which questions were suggested."""


def connected(address: str) -> httpx.AsyncClient:
    """Return a client of the server at `address`.

    It uses no connection twice: on a busy machine the server may close one just as it is used again.
    """
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    return httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits)


class Asker:
    """A page that is open in a browser, as its server sees it."""

    def __init__(self, client: httpx.AsyncClient, event: int, session: str) -> None:
        self._client, self._event, self._session = client, event, session
        self._numbers = count()

    @classmethod
    async def open(cls, client: httpx.AsyncClient, session: str) -> Self:
        """Open the page: what it is made of tells by which event questions are asked."""
        config = (await client.get("/config")).raise_for_status().json()
        [event] = [
            each["id"]
            for each in config["dependencies"]
            if any(name == "asked" for _, name in each["targets"])
        ]
        return cls(client, event, session)

    async def told(self, question: str) -> AsyncIterator[dict[str, Any]]:
        """Ask, and yield each turn that the server sends. Raises httpx.HTTPError when it fails to."""
        asked = {
            "id": f"{self._session}-{next(self._numbers)}",
            "question": question,
            "turns": [],
            "ignored": [],
            "past": [],
            "limits": {},
        }
        body = {
            "data": [],
            "fn_index": self._event,
            "event_data": {"asked": asked},
            "session_hash": self._session,
        }
        (await self._client.post(f"{API}/queue/join", json=body)).raise_for_status()
        shown: dict[int, Any] = {}
        stream = self._client.stream("GET", f"{API}/queue/data", params={"session_hash": self._session})
        async with stream as response:
            async for line in response.aiter_lines():
                if not line.startswith("data:"):
                    continue
                message = json.loads(line.removeprefix("data:"))
                if message["msg"] == "process_generating":
                    for at, sent in enumerate(message["output"]["data"]):
                        # Whole at first, and then as changes of what went before.
                        shown[at] = apply_diff(shown[at], sent) if at in shown else sent
                        yield shown[at]["turn"]
                elif message["msg"] == "process_completed":
                    return


async def ask(asker: Asker, questions: Sequence[str], asked: Asked) -> None:
    """Ask the `questions` one after the other and note in `asked` what comes of them."""
    for question in questions:
        started, outcome = time.perf_counter(), "nothing"
        try:
            async for turn in asker.told(question):
                if turn["kind"] == "next":
                    asked.suggested += bool(turn["questions"])
                elif turn["kind"] == "problem":
                    outcome = "busy" if "asking" in turn["message"] else "problem"
                elif turn["kind"] != "searching":
                    right = question in (turn["question"], turn["typed"])
                    outcome = "answered" if right else "another's"
                    asked.seconds.append(time.perf_counter() - started)
        except httpx.HTTPError as error:
            outcome = type(error).__name__
        asked.outcomes[outcome] += 1


async def rush(address: str, askers: int, questions: Sequence[str]) -> tuple[Asked, float]:
    """Let so many `askers` ask at once; return what came of it, and the seconds that it took."""
    asked, each = Asked(), EACH.get(askers, MANY)
    async with connected(address) as client:
        pages = [await Asker.open(client, f"asker-{askers}-{at}") for at in range(askers)]
        started = time.perf_counter()
        await asyncio.gather(
            *(
                ask(page, [questions[(at * each + turn) % len(questions)] for turn in range(each)], asked)
                for at, page in enumerate(pages)
            )
        )
        return asked, time.perf_counter() - started


@contextmanager
def server(index: Path, environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Serve the page over `index` and yield its address and its process."""
    port = free_port("127.0.0.1", 0)
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "rag", "serve"],
        env=os.environ | {"RAG_INDEX": str(index), "RAG_PORT": str(port), "RAG_EDIT": "nobody"} | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        while True:
            try:
                httpx.get(address, timeout=5).raise_for_status()
                break
            except httpx.HTTPError:
                if process.poll() is not None:
                    raise RuntimeError("the server has ended") from None
                time.sleep(0.1)
        yield address, process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def worked(pid: int) -> float:
    """Return how many seconds of the processor a process has taken."""
    of_process = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(of_process[11]) + int(of_process[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> tuple[float, int]:
    """Return the resident memory of a process in MB, and its threads."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = dict(line.split(":\t") for line in status.splitlines() if ":\t" in line)
    return int(found["VmRSS"].split()[0]) / 1024, int(found["Threads"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--askers", type=int, nargs="+", default=[1, 8, 32, 128])
    parser.add_argument("--set", action="append", default=[], metavar="RAG_NAME=VALUE", help="a setting")
    given = parser.parse_args()
    questions = [question.text for question in read(given.questions)]
    names = (
        "askers", "questions", "answered", "busy", "errors", "answers a second", "processor, s an answer",
        "median, s", "95th percentile, s", "suggested", "MB", "threads",
    )  # fmt: skip
    print(f"| {' | '.join(names)} |\n|{' --: |' * len(names)}", flush=True)
    with server(given.index, dict(each.split("=", 1) for each in given.set)) as (address, pid):
        asyncio.run(rush(address, 1, questions[-8:]))  # models are warm after it
        for askers in given.askers:
            before = worked(pid)
            asked, seconds = asyncio.run(rush(address, askers, questions))
            line(askers, asked, seconds, worked(pid) - before, pid)


def line(askers: int, asked: Asked, seconds: float, work: float, pid: int) -> None:
    answered, busy = asked.outcomes["answered"], asked.outcomes["busy"]
    now, threads = memory(pid)
    spread = statistics.quantiles(asked.seconds, n=20) if len(asked.seconds) > 1 else [0.0] * 19
    cells = [
        askers,
        asked.outcomes.total(),
        answered,
        busy,
        asked.outcomes.total() - answered - busy,
        f"{answered / seconds:.1f}",
        f"{work / max(answered, 1):.2f}",
        f"{spread[9]:.2f}",
        f"{spread[-1]:.2f}",
        asked.suggested,
        f"{now:.0f}",
        threads,
    ]
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    if asked.outcomes.keys() - {"answered", "busy"}:
        print(dict(asked.outcomes), file=sys.stderr)


if __name__ == "__main__":
    main()
