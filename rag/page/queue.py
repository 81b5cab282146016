"""Questions to turns: as many are answered at once as the machine answers well, the others wait in order.

More at once would only be slower together: each answer keeps a core busy from its beginning to its end.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from contextlib import suppress
from dataclasses import dataclass

from rag.errors import RagError


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Queue:
    """Gives turns to askers, round by round: who asks much waits behind who asks once.

    Used from the server's loop alone, but for `is_wanted`.
    """

    def __init__(self, at_once: int, waiting: int, busy: str) -> None:
        """Give `at_once` turns, and let up to `waiting` others wait; any further one is told `busy`."""
        self._free = at_once
        self._most = waiting
        self._busy = busy
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        """By asker; the next turn is the first one's, who then goes to the end."""

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for a turn."""
        return bool(self._waiting)

    @property
    def ahead(self) -> int:
        """How many turns come before that of somebody new; 0 when one is free."""
        return 0 if self._free else len(self._waiting) + 1

    async def turn(self, asker: str) -> HeldTurn:
        """Return a turn of `asker` when it comes; it has to be ended. Raises RagError when too many wait."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(asker)
        return HeldTurn(asyncio.get_running_loop(), self)

    async def _wait(self, asker: str) -> None:
        if sum(map(len, self._waiting.values())) >= self._most:
            raise RagError(self._busy)
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(asker, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._forget(asker, turn)
            else:
                self.next()  # it came just now
            raise

    def _forget(self, asker: str, turn: asyncio.Future[None]) -> None:
        self._waiting[asker].remove(turn)
        if not self._waiting[asker]:
            del self._waiting[asker]

    def next(self) -> None:
        """Give a turn that has ended to the next who waits."""
        if not self._waiting:
            self._free += 1
            return
        asker = next(iter(self._waiting))
        turns = self._waiting.pop(asker)
        turns.popleft().set_result(None)
        if turns:
            self._waiting[asker] = turns


@dataclass(frozen=True, slots=True)
class HeldTurn:
    """The right to be answered now."""

    _loop: asyncio.AbstractEventLoop
    _queue: Queue

    def end(self) -> None:
        """Give it to the next who waits, from any thread."""
        with suppress(RuntimeError):  # the server has ended meanwhile
            self._loop.call_soon_threadsafe(self._queue.next)
