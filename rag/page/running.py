"""A question that is being answered to its steps as they begin, and to an end where its reader wants one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Generic, TypeVar

from rag.types import Progress, Step

Result = TypeVar("Result")


class Stopped(BaseException):
    """Ends work whose result nobody waits for; not an error, so that nothing on the way takes it for one."""


class Running(Generic[Result]):
    """What is being worked on, each by the name that a browser gave it."""

    def __init__(self) -> None:
        self._stops: dict[str, Callable[[], object]] = {}

    def stop(self, name: str) -> None:
        """End this at once for who waits, and at its next step for who works; nothing when it has ended."""
        if stop := self._stops.get(name):
            stop()

    async def steps(self, name: str, work: Callable[[Progress], Result]) -> AsyncIterator[Step | Result]:
        """Do `work` on a thread; yield its newest step when one has begun, and last its result.

        A work that is stopped has no result. It is stopped too when nobody iterates on.
        """
        loop, told = asyncio.get_running_loop(), asyncio.Queue[Step | Result | None]()
        unwanted = threading.Event()

        def tell(said: Step | Result | None) -> None:
            loop.call_soon_threadsafe(told.put_nowait, said)

        def progress(step: Step) -> None:
            if unwanted.is_set():
                raise Stopped
            tell(step)

        def run() -> None:
            try:
                tell(work(progress))
            except Stopped:
                return

        self._stops[name] = lambda: tell(None)
        threading.Thread(target=run, daemon=True).start()
        try:
            while (said := await newest(told)) is not None:
                yield said
                if not isinstance(said, Step):
                    return
        finally:
            unwanted.set()
            self._stops.pop(name, None)


async def newest(told: asyncio.Queue[Result]) -> Result:
    """Wait for something and return the last of what there is."""
    said = await told.get()
    while not told.empty():
        said = told.get_nowait()
    return said
