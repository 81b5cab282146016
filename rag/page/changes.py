"""What people change in the corpus by the page: one thing after the other, then a build, beside the chat.

One thread does it all and ends when nothing is left to do; whoever looks is told the same `status`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeAlias

from rag.build import Builder
from rag.corpus import intake
from rag.corpus.intake import Kept, Result
from rag.errors import IntakeError
from rag.page.trouble import reason
from rag.settings import Settings

MOST_WAITING = 1000
"""Files and addresses that wait to be added; more are refused."""

MOST_TOLD = 200
"""Things of which a status tells what became, the latest ones."""

What: TypeAlias = Literal[
    "added", "updated", "unchanged", "refused", "removed", "restored", "corrected", "failed"
]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one thing."""

    name: str
    """What was asked for: a file or an address, or an article's id."""
    what: What
    detail: str = ""
    """Why it was refused or failed, reading on from the name; of something added, its path in the corpus."""


@dataclass(frozen=True, slots=True)
class Status:
    """What is going on."""

    doing: Literal["adding", "building"] | None = None
    """None: nothing, and the index holds all changes unless there was `trouble`."""
    name: str = ""
    """What is being added."""
    done: int = 0
    total: int = 0
    """Of the pages of a feed, or of the passages to embed; 0 when that is not known."""
    waiting: int = 0
    """Things to be added after this one."""
    told: tuple[Done, ...] = ()
    """What was done since there was last nothing going on, in order."""
    trouble: str = ""
    """Why the build failed."""


class Changes:
    """Changes the corpus of `settings` and then builds its index."""

    def __init__(
        self, settings: Settings, went_wrong: str, *, build: Callable[..., object] | None = None
    ) -> None:
        """`went_wrong` is told where the reason is only for the log."""
        self._settings = settings
        self._went_wrong = went_wrong
        self._build = build or Builder()
        self._lock = threading.Lock()  # of all that follows
        self._waiting: list[tuple[str, Path | None]] = []
        self._removed: dict[str, Path] = {}
        self._stale = False
        self._working = False
        self._status = Status()

    @property
    def status(self) -> Status:
        """Return what is going on now."""
        with self._lock:
            return replace(self._status, waiting=len(self._waiting))

    def add(self, name: str, file: Path | None = None) -> None:
        """Add what is at the web address `name` or, under this name, a copy of `file`, which is deleted."""
        with self._lock:
            self._start()
            if len(self._waiting) < MOST_WAITING:
                self._waiting.append((name, file))
                return
        self._tell(Done(name, "refused", f"comes too early: {MOST_WAITING} others wait"))

    def remove(self, id: str) -> None:
        """Take the file of an article out of the corpus."""
        with self._telling(id, "removed"):
            self._removed[id] = intake.remove(self._settings, id)

    def restore(self, id: str) -> None:
        """Take back what `remove` did."""
        with self._telling(id, "restored"):
            if id not in self._removed:
                raise IntakeError("is not among what was removed here")
            intake.restore(self._settings, self._removed.pop(id), id)

    def correct(self, id: str, wanted: Mapping[str, str]) -> None:
        """Correct facts of an article; an empty one takes a correction back."""
        with self._telling(id, "corrected"):
            intake.correct(self._settings, id, wanted)

    @contextmanager
    def _telling(self, name: str, what: What) -> Iterator[None]:
        """Tell that something was done, and have the index built, or tell why it was not."""
        done = Done(name, what)
        try:
            yield
        except Exception as error:
            done = Done(name, "failed", reason(error, "the articles were not changed", self._went_wrong))
        self._tell(done, changed=done.what == what)

    def _tell(self, done: Done, *, changed: bool = False) -> None:
        """Tell of what was `done`, and have the index built if it changed the corpus."""
        with self._lock:
            if changed:
                self._start()
                self._stale = True
            self._status = replace(self._status, told=(*self._status.told, done)[-MOST_TOLD:])

    def _show(self, **now: Any) -> None:
        with self._lock:
            self._status = replace(self._status, **now)

    def _start(self) -> None:
        """Set the thread to work, unless it is; what was told of earlier work is forgotten."""
        if not self._working:
            self._working = True
            self._status = Status(doing="building")
            threading.Thread(target=self._work, name="changes", daemon=True).start()

    def _work(self) -> None:
        while step := self._next():
            step()

    def _next(self) -> Callable[[], None] | None:
        """Return what is to be done next, None at the end."""
        with self._lock:
            if self._waiting:
                return partial(self._add, *self._waiting.pop(0))
            if self._stale:
                self._stale = False
                return self._rebuild
            self._working = False
            self._status = replace(self._status, doing=None, name="", done=0, total=0)
            return None

    def _add(self, name: str, file: Path | None) -> None:
        self._show(doing="adding", name=name, done=0, total=0)
        try:
            for result in self._results(name, file):
                if isinstance(result, Kept):
                    self._tell(Done(name, result.what, result.path), changed=result.what != "unchanged")
                else:
                    self._tell(Done(result.name, "refused", result.reason))
        except Exception as error:
            self._tell(Done(name, "refused", reason(error, "nothing was added", self._went_wrong)))
        finally:
            if file:
                file.unlink(missing_ok=True)

    def _results(self, name: str, file: Path | None) -> Iterable[Result]:
        if file:
            return [intake.keep_file(self._settings, file, name=name)]
        return intake.fetch(
            self._settings, name, progress=lambda done, total: self._show(done=done, total=total)
        )

    def _give_way(self) -> bool:
        """Say whether there is something to do before the rest of a build, which then follows it."""
        with self._lock:
            gives_way = bool(self._waiting or self._stale)
            self._stale |= gives_way
            return gives_way

    def _rebuild(self) -> None:
        self._show(doing="building", name="", done=0, total=0, trouble="")
        try:
            self._build(
                self._settings,
                progress=lambda done, total: self._show(done=done, total=total),
                paused=self._give_way,
                emptied=True,
            )
        except Exception as error:
            self._show(trouble=reason(error, "the index was not built", self._went_wrong))
