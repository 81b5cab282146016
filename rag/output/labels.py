"""The labels of statements to what is shown of them: equal ones one after another once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def shown(labels: Sequence[str | None]) -> tuple[Sequence[str | None], bool]:
    """Return each of `labels` that is not the one before, and whether they are heads, over several each."""
    fresh = [label if at == 0 or label != labels[at - 1] else None for at, label in enumerate(labels)]
    return fresh, sum(map(bool, fresh)) < sum(map(bool, labels))


def translated(labels: Sequence[str | None], heads: Mapping[str, str]) -> Sequence[str | None]:
    """Return `labels` in the language of `heads`, where all are heads: a title may read like one."""
    return [heads[label] for label in labels if label] if heads.keys() >= {*labels} else labels
