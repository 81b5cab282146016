"""Bytes to records in a process of its own, which `apart` starts, feeds and keeps within limits.

    python -m rag.corpus.formats.worker MODULE FUNCTION MEMORY

A request is three lengths, a name, hints and a content; the answer is frames, the last of them empty. A
process that runs out of memory or of time ends at once: whoever asked sees how, and starts another.
"""

from __future__ import annotations

import faulthandler
import importlib
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeAlias

from rag.corpus.formats import hints
from rag.corpus.formats.hints import Hints
from rag.errors import ReadingError, Remark

try:
    import resource
except ImportError:  # Windows has none; there, time and output are limited alone
    resource = None  # type: ignore[assignment]

Record: TypeAlias = tuple[str, ...]
"""What is found, in words; none of them holds a NUL."""

Outcome: TypeAlias = list[Record | ReadingError | Remark]

Work: TypeAlias = Callable[[bytes, str], Iterator[Record | ReadingError | Remark]]
"""A content and its name to what it holds."""

REQUEST = struct.Struct(">dQQQ")
"""Seconds until the process ends itself, bytes of the name, of the hints and of the content."""
LENGTH = struct.Struct(">Q")
FOUND, REFUSED, REMARKED = b"+", b"-", b"~"
"""The first byte of a frame: a record, the reason why something gave none, or what was not used."""
OUT_OF_MEMORY = 3
"""The exit status that says so."""


def main(module: str, function: str, memory: str) -> None:
    """Answer requests on standard input until there are no more."""
    requests, answers = _pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; whoever started this one ends it
    _limit(int(memory))
    work: Work = getattr(importlib.import_module(module), function)
    _send(answers, b"")
    while header := requests.read(REQUEST.size):
        seconds, name, told, content = REQUEST.unpack(header)
        # In C, beside the interpreter, which a regular expression does not let go: should nobody be there any
        # more to end this process, it ends itself.
        faulthandler.dump_traceback_later(seconds, exit=True, file=sys.stderr)
        called, known = requests.read(name).decode(), Hints.read(requests.read(told).decode())
        with hints.given(known):
            _answer(work, called, requests.read(content), answers)
        faulthandler.cancel_dump_traceback_later()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return where requests come from and answers go, which nothing that a library prints can reach."""
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return pipes


def _limit(memory: int) -> None:
    """Let the process have so many bytes of memory, where the system can hold it to that."""
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves nothing behind
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _answer(work: Work, name: str, content: bytes, answers: BinaryIO) -> None:
    try:
        for found in work(content, name):
            _send(answers, _framed(found))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except ReadingError as error:
        _send(answers, _refused(error))
    except Exception as error:  # a fault of ours costs the file, not the others
        _send(answers, _refused(ReadingError(f"cannot be read: {type(error).__name__}: {str(error)[:200]}")))
    _send(answers, b"")


def _framed(found: Record | ReadingError | Remark) -> bytes:
    if isinstance(found, ReadingError):
        return _refused(found)
    if isinstance(found, Remark):
        return REMARKED + found.said.encode(errors="replace")
    return FOUND + "\0".join(word.replace("\0", "") for word in found).encode(errors="replace")


def _refused(error: ReadingError) -> bytes:
    return REFUSED + str(error).encode(errors="replace")


def _send(answers: BinaryIO, frame: bytes) -> None:
    answers.write(LENGTH.pack(len(frame)) + frame)
    if not frame:
        answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
