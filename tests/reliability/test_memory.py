"""A process that serves while articles change keeps one snapshot open, and nothing of those before."""

from __future__ import annotations

import gc
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from rag import build as building
from rag.build import Builder, build
from rag.chat import Chat
from rag.settings import Settings

CYCLES = 30
WARM = 10
"""Cycles until the libraries have what they keep."""

MOST_GROWTH = 48_000_000
"""Bytes that the allocator may keep for itself; a writer of tantivy's alone asks for more."""

PROC = Path("/proc/self")


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Nothing may depend on when the garbage collector comes: it stays away."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def cycle(number: int, chat: Chat, settings: Settings, toy) -> Chat:
    (settings.corpus / "tea.md").write_text(f"Tea number {number} is hot.", encoding="utf-8")
    build(settings, embedder=toy)
    newer = chat.latest()
    assert newer is not chat
    newer.ask("Which tea is hot?")
    return newer


def test_a_snapshot_is_freed_as_soon_as_nobody_asks_it(no_collector: None, settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    chat = Chat.open(settings, toy)
    for number in range(3):
        opened = [weakref.ref(each) for each in (chat.index, chat.index.words, chat.index.vectors)]
        chat = cycle(number, chat, settings, toy)
        assert [each() for each in opened] == [None, None, None]


@pytest.mark.skipif(not PROC.is_dir(), reason="counts what Linux shows of a process")
def test_files_threads_and_memory_do_not_grow_while_articles_change(
    no_collector: None, settings: Settings, toy
) -> None:
    build(settings, embedder=toy)
    chat = Chat.open(settings, toy)
    files, threads, pages = [], [], []
    for number in range(CYCLES):
        chat = cycle(number, chat, settings, toy)
        files.append(len(list((PROC / "fd").iterdir())))
        threads.append(threading.active_count())
        pages.append(int((PROC / "statm").read_text().split()[1]))
    assert max(files[WARM:]) <= files[WARM]
    assert max(threads) == threads[0]
    assert pages[-1] - pages[WARM] < MOST_GROWTH // os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not PROC.is_dir(), reason="counts what Linux shows of a process")
def test_the_thread_of_an_open_index_ends_with_it(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    others = watchers()  # of indexes that other tests have open
    chats = [Chat.open(settings, toy) for _ in range(5)]
    # tantivy's, of which each looks for changes of its own copy; one has its name a moment after it begins
    assert soon(lambda: len(watchers() - others) >= len(chats))
    chats.clear()
    assert soon(lambda: watchers() <= others)  # each looks twice a second whether it is still needed


def soon(is_so: Callable[[], bool]) -> bool:
    """Say whether it is so within a time that a busy machine keeps too."""
    ends = time.monotonic() + 20
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.05)
    return is_so()


def watchers() -> set[str]:
    """Return the numbers of the threads in which tantivy watches a file."""
    found = set()
    for task in (PROC / "task").iterdir():
        with suppress(OSError):  # it has just ended
            if (task / "comm").read_text().startswith("thread-tantivy"):
                found.add(task.name)
    return found


def test_one_model_builds_again_and_again(settings: Settings, toy, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Settings] = []

    def load(settings: Settings):
        loaded.append(settings)
        return toy

    monkeypatch.setattr(building, "load_embedder", load)
    builder = Builder()
    for number in range(3):
        (settings.corpus / "tea.md").write_text(f"Tea number {number} is hot.", encoding="utf-8")
        assert builder(settings, emptied=True).changed
    assert loaded == [settings]
