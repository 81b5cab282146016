"""A text and where its answering words stand to stretches that are bold and such that are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Stretch(NamedTuple):
    """A part of a text."""

    text: str
    is_bold: bool


def stretches(text: str, highlights: Iterable[Sequence[int]]) -> list[Stretch]:
    """Return `text` in stretches, those of `highlights` bold: starts and ends, in order and apart."""
    found, at = [], 0
    for start, end in highlights:
        found += [Stretch(text[at:start], False), Stretch(text[start:end], True)]
        at = end
    return [each for each in (*found, Stretch(text[at:], False)) if each.text]
