"""The labels of statements to what is shown of them: equal ones one after another once."""

from __future__ import annotations

from collections.abc import Sequence


def shown(labels: Sequence[str | None]) -> tuple[Sequence[str | None], bool]:
    """Return each of `labels` that is not the one before, and whether they are heads, over several each."""
    fresh = [label if at == 0 or label != labels[at - 1] else None for at, label in enumerate(labels)]
    return fresh, sum(map(bool, fresh)) < sum(map(bool, labels))
