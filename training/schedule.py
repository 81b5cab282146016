"""How far a run is: by the clock, so that so many seconds suffice, or by steps, to be repeated exactly."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

WARM_UP = 0.06
"""Share of a run in which the learning rate rises."""


@dataclass(slots=True)
class Schedule:
    """Tells how much of a run is done. Its clock stops with the run: a run that goes on has the rest."""

    seconds: float | None = None
    steps: int | None = None
    clock: Callable[[], float] = time.monotonic
    spent: float = 0.0
    """Seconds of earlier parts of the run."""
    done: int = 0
    """Steps that were made."""
    _started: float = field(init=False)
    _longest: float = field(init=False, default=0.0)
    _last: float = field(init=False)

    def __post_init__(self) -> None:
        """Start the clock. Raises ValueError unless one of `seconds` and `steps` is given."""
        if (self.seconds is None) == (self.steps is None):
            raise ValueError("a run needs either seconds or steps")
        self._started = self._last = self.clock()

    @property
    def elapsed(self) -> float:
        """Seconds of this run, all its parts together."""
        return self.spent + self.clock() - self._started

    @property
    def progress(self) -> float:
        """Share of the run that is done, 0 to 1."""
        if self.steps is not None:
            return min(self.done / self.steps, 1.0)
        return min(self.elapsed / self.seconds, 1.0) if self.seconds else 1.0

    @property
    def is_over(self) -> bool:
        """Whether another step is too much: as long as the longest of the last, it would end too late."""
        if self.steps is not None:
            return self.done >= self.steps
        return self.elapsed + self._longest > (self.seconds or 0.0)

    @property
    def rate(self) -> float:
        """What the learning rate is multiplied by: up to 1 in WARM_UP, then in a line to 0 at the end."""
        progress = self.progress
        return min((progress + 1e-3) / WARM_UP, (1 - progress) / (1 - WARM_UP))

    def step(self) -> None:
        """Count a step that was made."""
        now = self.clock()
        self._longest = max(now - self._last, 0.9 * self._longest)
        self._last = now
        self.done += 1

    def pause(self) -> None:
        """Leave what was done since the last step, such as writing a checkpoint, out of a step's length."""
        self._last = self.clock()
