"""A word of a question to how much it tells that a text does not say it.

Texts that answer a question hardly ever say "kind" or "get", and nearly always "mayor". How often they do was
learned from labelled questions; see training/silence.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rag.index.embedding import PACKAGED_MODEL, locate
from rag.index.onnx import tokenizer

FILE = Path(__file__).parent / "silence.json"
"""Made by training/silence.py."""

HUNDREDTHS = 100
"""What is learned is kept in."""


class _Known(NamedTuple):
    split: Callable[[str], list[int]]
    """A word to its pieces."""
    pieces: npt.NDArray[np.float64]
    """Log-odds of each piece of a word in the packaged model's vocabulary; a word's are their mean."""
    shape: npt.NDArray[np.float64]
    """What each part of `shape` adds to them, and what every word has."""


def surprise(word: str) -> float:
    """Return minus the log of the probability that a text which answers leaves `word` out: 0 or more."""
    known = _known()
    ids = known.split(word)
    odds = float(known.pieces[ids].mean()) + float(np.array([*shape(word, len(ids)), 1.0]) @ known.shape)
    return float(np.logaddexp(0.0, -odds))


def is_word(word: str) -> bool:
    """Say whether `word` is one piece of the vocabulary, and so spelt right: what is misspelt has several."""
    return len(_known().split(word)) == 1


def shape(word: str, pieces: int) -> tuple[float, float, float]:
    """Return what the look of a word tells: a capital, a digit, how many `pieces` it has beyond one."""
    return float(word[0].isupper()), float(word[0].isdigit()), float(pieces - 1)


@cache
def _known() -> _Known:
    """Return what was learned; it never changes."""
    reader = tokenizer(locate(PACKAGED_MODEL))

    def split(word: str) -> list[int]:
        ids: list[int] = reader.encode(word, add_special_tokens=False).ids
        return ids

    held = json.loads(FILE.read_text(encoding="ascii"))
    pieces, shapes = (np.array(held[name], dtype=np.float64) / HUNDREDTHS for name in ("pieces", "shape"))
    return _Known(split, pieces, shapes)
