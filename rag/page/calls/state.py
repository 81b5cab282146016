"""What is said of the articles' state: what is missing or odd in them, and whether their folder changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypedDict

from rag.chat import Chat
from rag.corpus.health import Group, Health
from rag.index.meaning import MINUTE, Meaning

EVERY = 60.0
"""Seconds between two looks at the folder, whoever asks."""


class MeaningView(TypedDict):
    """How far the passages can be searched by meaning; rag.index.meaning.Meaning has the meanings."""

    percent: int
    at_work: bool
    minutes: int | None


class OlderView(TypedDict):
    """How many files are not as they were when the index was built; all 0 when none is known of."""

    newer: int
    """Added or changed."""
    removed: int
    meaning: MeaningView | None
    """None where all passages can be searched by it."""


class SharedTitle(TypedDict):
    """A title that articles of different text have."""

    title: str
    count: int


class LeftCode(TypedDict):
    """Code of a template in an article."""

    code: str
    article: str
    """The id of the first that has it."""


class RepeatedLine(TypedDict):
    """A line that is, or may be, page furniture."""

    line: str
    count: int
    of: int
    within: str
    """The source or folder of the articles; empty for the top folder."""


class HealthView(TypedDict):
    """What is missing or odd; rag.corpus.health.Health has the meanings."""

    total: int
    lacking: dict[str, int]
    titles: list[SharedTitle]
    templates: list[LeftCode]
    left_out: list[RepeatedLine]
    lines: list[RepeatedLine]
    idle: list[str]


class Older:
    """Looks at the folder of the newest snapshot's articles, once a minute for all who ask."""

    def __init__(
        self,
        newest: Callable[[], Chat],
        *,
        is_busy: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """While the page itself `is_busy` changing articles, nothing is said: the index will follow."""
        self._newest = newest
        self._is_busy = is_busy
        self._clock = clock
        self._lock = threading.Lock()
        self._looked: tuple[str, float] | None = None
        self._found = (0, 0)

    def older(self, _: object) -> OlderView:
        """Return what was found when the folder was looked at last, and how far a build is now."""
        chat = self._newest()
        newer, removed = (0, 0) if self._is_busy() else self._looked_for(chat)
        return {"newer": newer, "removed": removed, "meaning": meaning_view(chat.meaning)}

    def _looked_for(self, chat: Chat) -> tuple[int, int]:
        """Return how many files were newer and how many removed when the folder was looked at last."""
        with self._lock:
            now = self._clock()
            if (
                self._looked is None
                or self._looked[0] != chat.snapshot
                or not 0 <= now - self._looked[1] < EVERY
            ):
                changed = chat.changed()
                self._found = (changed.newer, len(changed.removed))
                self._looked = (chat.snapshot, now)
            return self._found


class Examined:
    """The health of the newest snapshot's articles, found once for all who ask."""

    def __init__(self, newest: Callable[[], Chat]) -> None:
        self._newest = newest
        self._lock = threading.Lock()
        self._chat: Chat | None = None
        self._health = Health()

    def __call__(self) -> Health:
        """Return the health; the first call for a snapshot reads all its articles."""
        chat = self._newest()
        with self._lock:
            if chat is not self._chat:
                self._health, self._chat = chat.health(), chat
            return self._health


def meaning_view(meaning: Meaning | None) -> MeaningView | None:
    """Return what a browser is told of `meaning`."""
    if meaning is None:
        return None
    minutes = None if meaning.seconds is None else round(meaning.seconds / MINUTE)
    return {"percent": meaning.percent, "at_work": meaning.at_work, "minutes": minutes}


def health_view(health: Health) -> HealthView:
    """Return what a browser is told of `health`."""
    return {
        "total": health.articles,
        "lacking": {fact: sum(kind.count for kind in kinds) for fact, kinds in health.lacking.items()},
        "titles": [{"title": each.name, "count": each.count} for each in health.titles],
        "templates": [{"code": each.name, "article": each.examples[0]} for each in health.templates],
        "left_out": [_repeated(each) for each in health.left_out],
        "lines": [_repeated(each) for each in health.lines],
        "idle": list(health.idle),
    }


def _repeated(line: Group) -> RepeatedLine:
    return {"line": line.name, "count": line.count, "of": line.of, "within": line.within}


def calls(newest: Callable[[], Chat]) -> list[Callable[[Any], Any]]:
    """Return the function that the view of the articles calls."""
    examined = Examined(newest)

    def health(_: object) -> HealthView:
        return health_view(examined())

    return [health]
