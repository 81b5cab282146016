"""Groups as arrays of tokens: on disk one .npz file, in memory the same arrays.

Lists of different lengths lie behind each other, with the places where each begins and the end of the last.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

OUTSIDE = 255
"""Number of the sentence of a token that stands in none: those of the title."""

NO_PASSAGE = -1

Array = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """Lists of numbers, or of rows of numbers, of different lengths."""

    values: npt.NDArray[np.generic]
    starts: npt.NDArray[np.int64]
    """One more than there are lists."""

    @classmethod
    def of(cls, lists: list[list[int]] | list[list[tuple[int, ...]]], dtype: str, width: int = 0) -> Ragged:
        """Return `lists` as arrays; `width` is the length of a row, 0 for plain numbers."""
        starts = np.concatenate([[0], np.cumsum([len(each) for each in lists], dtype=np.int64)])
        flat = [value for each in lists for value in each]
        shape = (len(flat), width) if width else (len(flat),)
        values = np.array(flat, dtype=np.int64).reshape(shape)
        if values.size and not np.array_equal(values, values.astype(dtype)):
            raise ValueError(f"numbers from {values.min()} to {values.max()} do not fit in {dtype}")
        return cls(values.astype(dtype), starts.astype(np.int64))

    def __len__(self) -> int:
        """Return the number of lists."""
        return len(self.starts) - 1

    def __getitem__(self, at: int) -> npt.NDArray[np.generic]:
        """Return list `at`."""
        return self.values[self.starts[at] : self.starts[at + 1]]

    @property
    def lengths(self) -> npt.NDArray[np.int64]:
        """The length of every list."""
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Questions, passages, and groups of them by number."""

    questions: Ragged
    """Tokens (uint16), without those that begin and end a text."""
    passages: Ragged
    """Tokens (uint16) of title and text."""
    sentence_of: Ragged
    """Number of the sentence of every token of a passage (uint8), OUTSIDE for the title."""
    question: npt.NDArray[np.int32]
    """Of each group."""
    right: npt.NDArray[np.int32]
    """The passage that answers, NO_PASSAGE where none does or nobody knows."""
    wrong: Ragged
    """Passages (int32) that do not, or of which nobody knows; the first is read wherever none is right."""
    labels: Ragged
    """Rows of four (uint16): tokens of the right passage between which an answer begins, and ends; each last
    one is meant too. A short answer has its two ends; of a sentence they are anywhere in it."""
    is_known: npt.NDArray[np.bool_]
    """False for groups whose answer only a teacher may tell."""
    near: npt.NDArray[np.float32]
    """Weight in the second stage."""
    source: npt.NDArray[np.uint8]
    """Place in `names`."""
    is_validation: npt.NDArray[np.bool_]
    names: npt.NDArray[np.str_]
    """Of the sets."""

    def __len__(self) -> int:
        """Return the number of groups."""
        return len(self.question)

    def save(self, path: Path) -> None:
        """Write everything to `path`, compressed."""
        save(self, path)

    @classmethod
    def load(cls, path: Path) -> Packed:
        """Read what `save` wrote to `path`."""
        return cls(**load(path))


def save(data: DataclassInstance, path: Path) -> None:
    """Write the arrays and Ragged lists that are the fields of `data` to `path`, compressed."""
    arrays: dict[str, Array] = {}
    for field in fields(data):
        value = getattr(data, field.name)
        if isinstance(value, Ragged):
            arrays |= {f"{field.name}.values": value.values, f"{field.name}.starts": value.starts}
        else:
            arrays[field.name] = value
    part = path.with_suffix(".part.npz")
    np.savez_compressed(part, allow_pickle=False, **arrays)
    part.replace(path)


def load(path: Path) -> dict[str, Any]:
    """Return the fields that `save` wrote to `path`, by name."""
    with np.load(path, allow_pickle=False) as found:
        names = {name.removesuffix(".values").removesuffix(".starts"): None for name in found.files}
        return {
            name: found[name]
            if name in found.files
            else Ragged(found[f"{name}.values"], found[f"{name}.starts"])
            for name in names
        }
