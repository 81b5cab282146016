"""Work for a browser to what it tells on the way, and to an end when nobody wants it any more."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from typing import Generic, TypeVar

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
    """What is being worked on, each by the name that a browser gave it."""

    def __init__(self) -> None:
        self._tellers: dict[str, Teller[Said]] = {}

    def stop(self, name: str) -> None:
        """End this at once for who listens, and soon for who works; nothing when it has ended."""
        if teller := self._tellers.get(name):
            teller.end()

    def __contains__(self, name: object) -> bool:
        """Return whether this is being worked on."""
        return name in self._tellers

    async def told(self, name: str, work: Callable[[Teller[Said]], object]) -> AsyncIterator[Said]:
        """Do `work` on a thread and yield what it tells; it is stopped when nobody iterates on."""
        teller = self._tellers[name] = Teller()
        threading.Thread(target=_run, args=(work, teller), daemon=True).start()
        try:
            async for said in teller.listen():
                yield said
        finally:
            teller.leave()
            self._tellers.pop(name, None)


def _run(work: Callable[[Teller[Said]], object], teller: Teller[Said]) -> None:
    try:
        work(teller)
    except Stopped:
        return  # nobody listens, perhaps not even the loop
    except Exception:
        log.exception("a question was not answered to its end")
    teller.end()
