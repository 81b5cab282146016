"""Work for a browser, when its turn comes, to what it tells on the way and to an end when nobody wants it."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Generic, TypeVar

from rag.errors import RagError
from rag.page.queue import HeldTurn, Queue
from rag.types import Step

Said = TypeVar("Said")

log = logging.getLogger(__name__)


class Stopped(BaseException):
    """Ends work that nobody wants; not an error, so that nothing on the way takes it for one."""


class Teller(Generic[Said]):
    """What work is given to tell how it goes."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._told: asyncio.Queue[Said | None] = asyncio.Queue()
        self._unwanted = threading.Event()

    def tell(self, said: Said) -> None:
        """Tell something, from any thread. Raises Stopped when nobody listens any more."""
        self.go_on()
        self._loop.call_soon_threadsafe(self._told.put_nowait, said)

    def go_on(self, _: object = None) -> None:
        """Do nothing, or raise Stopped when nobody listens any more."""
        if self._unwanted.is_set():
            raise Stopped

    def end(self) -> None:
        """There is nothing more to tell."""
        self._loop.call_soon_threadsafe(self._told.put_nowait, None)

    async def listen(self) -> AsyncIterator[Said]:
        """Yield what is told until its end; of steps that come faster than they are taken, the newest."""
        while (said := await self._told.get()) is not None:
            await asyncio.sleep(0)  # what was told meanwhile arrives
            if not isinstance(said, Step) or self._told.empty():
                yield said

    def leave(self) -> None:
        """Nobody listens any more."""
        self._unwanted.set()


class Running(Generic[Said]):
    """What waits for its turn or is being worked on, each by the name that a browser gave it."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._tellers: dict[str, Teller[Said]] = {}

    def stop(self, name: str) -> None:
        """End this at once for who listens, and soon for who works; nothing when it has ended."""
        if teller := self._tellers.get(name):
            teller.end()

    def __contains__(self, name: object) -> bool:
        """Return whether this waits or is being worked on."""
        return name in self._tellers

    async def told(
        self, name: str, work: Callable[[Teller[Said]], object], *, asker: str
    ) -> AsyncIterator[Said]:
        """Do `work` on a thread when a turn of `asker` comes, and yield what it tells.

        It is stopped when nobody iterates on. Raises RagError when too many wait.
        """
        teller = self._tellers[name] = Teller()
        begun = asyncio.create_task(self._begin(work, teller, asker))
        try:
            async for said in teller.listen():
                yield said
            if begun.done():
                begun.result()
        finally:
            teller.leave()
            self._tellers.pop(name, None)
            begun.cancel()

    async def _begin(self, work: Callable[[Teller[Said]], object], teller: Teller[Said], asker: str) -> None:
        """Begin `work` in a turn of `asker`, which lasts until it ends, and not only until nobody listens."""
        try:
            turn = await self._queue.turn(asker)
        except RagError:
            teller.end()
            raise
        threading.Thread(target=_run, args=(work, teller, turn), daemon=True).start()


def _run(work: Callable[[Teller[Said]], object], teller: Teller[Said], turn: HeldTurn) -> None:
    try:
        work(teller)
    except Stopped:
        pass
    except Exception:
        log.exception("a question was not answered to its end")
    turn.end()
    with suppress(RuntimeError):  # nobody listens any more, not even the loop
        teller.end()
