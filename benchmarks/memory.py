"""Memory of a process that serves while articles change.

    python benchmarks/memory.py [--rebuilds 160] [--load-each-time | --random-vectors]

Does what the page does in one process with the real model: one of eight bundled articles is changed, a thread
of its own builds the index, another asks the new snapshot. Prints a line every 20 rebuilds. With
--load-each-time each build loads the model, as the page's did until it kept one. With --random-vectors there
is no model and no reader, which leaves what belongs to the index, and time for a thousand rebuilds.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import tempfile
import threading
from pathlib import Path

from changing import RandomEmbedder

from rag.build import Builder, build
from rag.chat import Chat
from rag.settings import Settings

ARTICLES = 8
EVERY = 20


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rebuilds", type=int, default=160)
    parser.add_argument("--load-each-time", action="store_true")
    parser.add_argument("--random-vectors", action="store_true")
    given = parser.parse_args()
    embedder = RandomEmbedder() if given.random_vectors else None
    rebuild = build if given.load_each_time else Builder(embedder)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            corpus=Path(folder, "corpus"), index=Path(folder, "index"), reader=embedder is None
        )
        settings.corpus.mkdir()
        chosen = sorted(path for path in Path("corpus").rglob("*.md") if path.name != "README.md")[:ARTICLES]
        articles = [Path(shutil.copy(path, settings.corpus / path.name)) for path in chosen]
        build(settings, embedder=embedder)
        chat = Chat.open(settings, embedder)
        asked(chat)
        print("| rebuilds | MB resident | threads | open files |\n| --: | --: | --: | --: |")
        for number in range(given.rebuilds + 1):
            if number % EVERY == 0:
                print(f"| {number} | {resident():,.0f} | {count('task')} | {count('fd')} |", flush=True)
            with articles[number % ARTICLES].open("a", encoding="utf-8") as article:
                article.write(f"\n\nThis is change number {number}.\n")
            in_a_thread(lambda: rebuild(settings))
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
    main()
