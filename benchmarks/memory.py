"""Memory of a process that serves while articles change: `python benchmarks/memory.py [rebuilds]`.

Does what the page does in one process with the real model: one of eight bundled articles is changed, a thread
of its own builds the index, another opens the new snapshot and asks it. Prints a line every 20 rebuilds:
resident memory, threads and open files, the last two before and after what waits for the garbage collector.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from rag.build import build
from rag.chat import Chat
from rag.settings import Settings

ARTICLES = 8
EVERY = 20


def main(rebuilds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(corpus=Path(folder, "corpus"), index=Path(folder, "index"))
        settings.corpus.mkdir()
        chosen = sorted(path for path in Path("corpus").rglob("*.md") if path.name != "README.md")[:ARTICLES]
        articles = [Path(shutil.copy(path, settings.corpus / path.name)) for path in chosen]
        build(settings)
        chat = Chat.open(settings)
        asked(chat)
        print("| rebuilds | MB resident | threads | open files |\n| --: | --: | --: | --: |")
        for number in range(rebuilds + 1):
            if number % EVERY == 0:
                print(f"| {number} | {resident():,.0f} | {count('task')} | {count('fd')} |", flush=True)
            with articles[number % ARTICLES].open("a", encoding="utf-8") as article:
                article.write(f"\n\nThis is change number {number}.\n")
            in_a_thread(lambda: build(settings))
            chat = chat.latest()
            asked(chat)
        gc.collect()
        print(f"after a garbage collection: {resident():,.0f} MB")


def asked(chat: Chat) -> None:
    in_a_thread(lambda: chat.ask("Which change is this?"))


def in_a_thread(work) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def count(what: str) -> int:
    return len(list(Path("/proc/self", what).iterdir()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 160)
