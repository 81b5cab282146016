"""Work to a bar on standard error that shows how much of it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def bar(work: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """Yield what shows on standard error how much is done; nothing is shown until it is called."""
    from tqdm import tqdm  # noqa: PLC0415 - the other commands do without

    shown: tqdm[Any] | None = None

    def progress(done: int, total: int) -> None:
        nonlocal shown
        shown = shown or tqdm(total=total, unit=f" {unit}", desc=work, mininterval=0.5)
        shown.update(done - shown.n)

    try:
        yield progress
    finally:
        if shown is not None:
            shown.close()
