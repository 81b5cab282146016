"""Bytes to records, found in other processes: what one file does to its process costs that file alone.

The processes are started anew and never forked, since the program has threads; they speak over pipes, in
lengths and characters and not in pickles, so that a broken one can do no more than send nonsense.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self, cast

from rag.corpus.formats.hints import Hints
from rag.corpus.formats.worker import (
    FOUND,
    LENGTH,
    OUT_OF_MEMORY,
    REFUSED,
    REMARKED,
    REQUEST,
    Outcome,
    Record,
    Work,
)
from rag.errors import CorpusError, ReadingError, Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may take; see "Nasty files" in docs/reliability.md for how they were chosen."""

    seconds: float = 20.0
    """For any file, and once more for each `pace` of its bytes."""
    pace: int = 2_000_000
    memory: int = 2_000_000_000
    """Bytes of its process."""
    output: int = 250_000_000
    """Bytes of what is found, with FRAME more for each record."""

    def seconds_for(self, size: int) -> float:
        """Return the seconds that a file of so many bytes may take."""
        return self.seconds * (1 + size / self.pace)


LIMITS = Limits()

WORKER = "rag.corpus.formats.worker"

FRAME = 100
"""Bytes that a record counts beside its words."""

PATIENCE = 60.0
"""Seconds for a process to start: it takes a third of one, and longer on a busy machine."""

GRACE = 5.0
"""Seconds after which a process whose time is over ends itself, should nobody have done it."""

MOST = 4
"""Processes at once; each may take the memory of its limit."""


class Pool:
    """Processes that do `work`, each started when it is needed and replaced when a file has spoilt it."""

    def __init__(
        self, work: Work, limits: Limits = LIMITS, hints: Callable[[str], Hints] = lambda name: Hints()
    ) -> None:
        """`hints` returns what is known beforehand of the content of a name."""
        self._hints = hints
        count = min(os.cpu_count() or 1, MOST)
        self._processes = [_Process(work, limits) for _ in range(count)]
        self._idle: queue.LifoQueue[_Process] = queue.LifoQueue()  # the last used first: few are started
        for process in self._processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")

    def __enter__(self) -> Self:
        """Start nothing: most work needs fewer processes than there may be."""
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes, be they at work."""
        for process in self._processes:
            process.close()
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.stop()

    def find(self, name: str, content: bytes) -> Outcome:
        """Return what the `content` of this `name` holds; one ReadingError when it breaks a limit.

        Raises CorpusError when no process can be started.
        """
        process = self._idle.get()
        try:
            return process.find(name, content, self._hints(name))
        finally:
            self._idle.put(process)

    def find_all(self, files: Iterable[tuple[str, bytes | ReadingError]]) -> Iterator[tuple[str, Outcome]]:
        """Yield what each of the `files` holds, in their order; few of them are in memory at a time."""
        waiting: deque[tuple[str, Future[Outcome]]] = deque()
        for name, content in files:
            waiting.append((name, self._submit(name, content)))
            if len(waiting) > 2 * len(self._processes):
                first, found = waiting.popleft()
                yield first, found.result()
        for name, found in waiting:
            yield name, found.result()

    def _submit(self, name: str, content: bytes | ReadingError) -> Future[Outcome]:
        if not isinstance(content, ReadingError):
            return self._threads.submit(self.find, name, content)
        known: Future[Outcome] = Future()
        known.set_result([content])
        return known


class _EndedError(Exception):
    """The process has ended by itself or speaks nonsense; the message is the reason, as a file's."""


class _Process:
    """A process that does `work`, and those that take its place."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self._work = (work.__module__, work.__name__, str(limits.memory))
        self._limits = limits
        self._running: subprocess.Popen[bytes] | None = None
        self._is_closed = False
        self._starting = threading.Lock()  # or closing

    def find(self, name: str, content: bytes, hints: Hints) -> Outcome:
        """Return what `content` holds. Only a process that read nothing before can speak against a file."""
        was_used = self._running is not None
        try:
            return self._find(name, content, hints)
        except ReadingError as error:
            return [error]
        except _EndedError as error:
            return self.find(name, content, hints) if was_used else [ReadingError(str(error))]

    def close(self) -> None:
        """End the process at once; no other takes its place."""
        with self._starting:
            self._is_closed = True
            if self._running:
                self._running.kill()

    def stop(self) -> None:
        """End the process and wait until it has."""
        if process := self._running:
            self._running = None
            process.kill()
            process.wait()
            with suppress(OSError):  # of what was still to be written
                _requests(process).close()
            _answers(process).close()

    def _find(self, name: str, content: bytes, hints: Hints) -> Outcome:
        process = self._running or self._start()
        seconds = self._limits.seconds_for(len(content))
        with _killed(process, after=seconds) as is_over:
            try:
                _ask(_requests(process), seconds + GRACE, name.encode(), hints.written().encode(), content)
                return list(self._answer(_answers(process)))
            except ReadingError:
                self.stop()
                raise
            except (OSError, EOFError, ValueError):
                self.stop()
                if is_over():
                    raise ReadingError(
                        f"took longer than {seconds:.0f} seconds to read;"
                        " split it, or save it in another format"
                    ) from None
                raise _EndedError(_reason(process.returncode, self._limits)) from None

    def _start(self) -> subprocess.Popen[bytes]:
        with self._starting:
            if self._is_closed:
                raise CorpusError("reading was ended")
            try:
                self._running = process = subprocess.Popen(
                    [sys.executable, "-P", "-m", WORKER, *self._work],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONPATH": _search_path()},
                )
            except OSError as error:
                raise CorpusError(f"no process can be started to read files: {error.strerror}") from None
        with _killed(process, after=PATIENCE), suppress(OSError, EOFError):
            if _frame(_answers(process), most=0) == b"":
                return process
        self.stop()
        raise CorpusError(
            f"the process that reads files does not start; see why: {sys.executable} -m {WORKER}"
        )

    def _answer(self, pipe: IO[bytes]) -> Iterator[Record | ReadingError | Remark]:
        """Yield what comes out of `pipe`. Raises ReadingError for too much of it, ValueError for nonsense."""
        left = self._limits.output
        while frame := _frame(pipe, most=left):
            left -= FRAME + len(frame)
            kind, words = frame[:1], frame[1:].decode()
            if kind == FOUND:
                yield tuple(words.split("\0"))
            elif kind == REFUSED:
                yield ReadingError(words)
            elif kind == REMARKED:
                yield Remark(words)
            else:
                raise ValueError(f"no frame begins with {kind!r}")


def _requests(process: subprocess.Popen[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", process.stdin)


def _answers(process: subprocess.Popen[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", process.stdout)


def _ask(pipe: IO[bytes], seconds: float, name: bytes, hints: bytes, content: bytes) -> None:
    pipe.write(REQUEST.pack(seconds, len(name), len(hints), len(content)))
    for part in (name, hints, content):
        pipe.write(part)
    pipe.flush()


def _frame(pipe: IO[bytes], *, most: int) -> bytes:
    """Return the next frame. Raises ReadingError for one of more than `most` bytes, EOFError at the end."""
    (length,) = LENGTH.unpack(_exactly(pipe, LENGTH.size))
    if length > most:
        raise ReadingError("gives too much text to be read at once; split it")
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    found = pipe.read(size)
    if len(found) < size:
        raise EOFError
    return found


@contextmanager
def _killed(process: subprocess.Popen[bytes], *, after: float) -> Iterator[Callable[[], bool]]:
    """Kill `process` after so many seconds of what is done here; what is yielded says whether it was."""
    over = threading.Event()

    def end() -> None:
        over.set()
        process.kill()

    timer = threading.Timer(after, end)
    timer.start()
    try:
        yield over.is_set
    finally:
        timer.cancel()


def _search_path() -> str:
    """Return where this program finds its modules, for another to find the same."""
    return os.pathsep.join(str(Path(place).absolute()) for place in sys.path)


def _reason(status: int, limits: Limits) -> str:
    """Return why a file gave nothing whose process ended with `status`."""
    if status == OUT_OF_MEMORY:
        return f"takes more than {limits.memory:,} bytes of memory to read; split it"
    return f"ended the process that read it (status {status}); save it anew, or in another format"
