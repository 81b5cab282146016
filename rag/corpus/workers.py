"""Work to the machines of a Ray cluster: the only door to ray, imported only when one is named.

Every machine needs this program, of the same version. What goes there and back is pickled, so the cluster has
to be trusted as this machine is.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import islice
from typing import Any, Self, TypeVar

from rag.corpus.formats.apart import Limits, Pool
from rag.corpus.formats.hints import Hints
from rag.corpus.formats.worker import Outcome, Work
from rag.errors import ReadingError, SettingError

FILES = 16
"""That go to a worker at once."""

IN_FLIGHT = 3
"""Parts a core that are given out at a time: a worker finds its next one there when it is done."""

_Part = TypeVar("_Part")
_Found = TypeVar("_Found")
_Tool = TypeVar("_Tool")


class Workers:
    """The processes of a Ray cluster. A part that is lost with its machine is done anew on another."""

    def __init__(self, address: str) -> None:
        """Join the cluster at `address`: "auto", HOST:6379 or ray://HOST:10001. Raises SettingError."""
        try:
            import ray  # noqa: PLC0415 - only for who chose it
        except ImportError:
            raise SettingError(
                '--ray needs the package ray; install it with: pip install -e ".[ray]"'
            ) from None
        try:
            ray.init(address=address, log_to_driver=False, logging_level="ERROR")
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise SettingError(
                f"no Ray cluster answers at {address} ({error}); start one with: ray start --head"
            ) from error
        self._ray = ray
        self._do: Any = ray.remote(max_retries=-1, num_cpus=1, scheduling_strategy="SPREAD")(_done)

    def __enter__(self) -> Self:
        """Return the workers."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the cluster."""
        self._ray.shutdown()

    def map(
        self, make: Callable[[], _Tool], work: Callable[[_Tool, _Part], _Found], parts: Iterable[_Part]
    ) -> Iterator[_Found]:
        """Yield what `work` finds of each of the `parts`, in their order, each once.

        It is given what `make` returns, which each process calls once.
        """
        made, waiting = pickle.dumps(make), deque[Any]()
        most = IN_FLIGHT * max(int(self._ray.cluster_resources().get("CPU", 1)), 1)
        for part in parts:
            waiting.append(self._do.remote(made, work, part))
            if len(waiting) >= most:
                yield self._ray.get(waiting.popleft())
        while waiting:
            yield self._ray.get(waiting.popleft())


def _done(made: bytes, work: Callable[[Any, Any], Any], part: Any) -> Any:
    return work(_tool(made), part)


@lru_cache(maxsize=2)
def _tool(made: bytes) -> Any:
    """Return what was made of this in this process, which serves one build after another."""
    return pickle.loads(made)()


class SpreadPool:
    """Does the work of rag.corpus.formats.apart.Pool on workers, each of which has such a pool."""

    def __init__(self, workers: Workers, work: Work, limits: Limits, hints: Callable[[str], Hints]) -> None:
        self._workers = workers
        self._make = partial(Pool, work, limits, hints)

    def __enter__(self) -> Self:
        """Start nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """End nothing: the processes of the workers end with these."""

    def find_all(self, files: Iterable[tuple[str, bytes | ReadingError]]) -> Iterator[tuple[str, Outcome]]:
        """Yield what each of the `files` holds, in their order."""
        each = iter(files)
        parts = iter(lambda: list(islice(each, FILES)), [])
        for found in self._workers.map(self._make, _found, parts):
            yield from found


def _found(pool: Pool, files: list[tuple[str, bytes | ReadingError]]) -> list[tuple[str, Outcome]]:
    return list(pool.find_all(files))
