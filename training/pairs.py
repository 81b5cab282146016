"""Pairs of sentences as tokens, and what is learnt from them: whether one has to be quoted with the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from training.batches import LONGEST
from training.packed import Ragged, load, save
from training.reader import Marks, Reader

EACH = 2
"""Pairs that are read for each group of a step."""
COUNTS = 1.0
"""What their loss counts beside that of the groups."""

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """A sentence, one behind it, and the passage in which a reader reads both."""

    questions: Ragged
    """Tokens (uint16), none where there is no question."""
    passages: Ragged
    """Tokens (uint16)."""
    spans: npt.NDArray[np.int32]
    """Of each pair the quoted sentence's first token and the one behind its last, and the following one's."""
    skipped: npt.NDArray[np.float32]
    """Sentences between the two."""
    needed: npt.NDArray[np.float32]
    """1 where the quoted one needs the other."""

    def save(self, path: Path) -> None:
        """Write everything to `path`, compressed."""
        save(self, path)

    @classmethod
    def load(cls, path: Path) -> Pairs:
        """Read what `save` wrote to `path`."""
        return cls(**load(path))

    def dealt(self, step: int, seed: int, size: int) -> Rows:
        """Return the `size` pairs of a step: each once a round, in an order of its own for a seed."""
        number = np.arange(step * size, (step + 1) * size)
        many = len(self.needed)
        rounds = {
            each: np.random.default_rng([seed, int(each), 3]).permutation(many)
            for each in np.unique(number // many)
        }
        return np.array([rounds[each // many][each % many] for each in number])

    def loss(self, reader: Reader, rows: Rows, device: torch.device) -> Tensor:
        """Return the mean loss of `reader` on the pairs of `rows`."""
        inputs, shares = self._inputs(rows, reader.marks)
        skipped, needed = (torch.from_numpy(each[rows]).to(device) for each in (self.skipped, self.needed))
        given = {name: torch.from_numpy(each).to(device) for name, each in inputs.items()}
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
            odds = reader.limits(given, torch.from_numpy(shares).to(device), skipped)
        return functional.binary_cross_entropy_with_logits(odds.float(), needed)

    def _inputs(self, rows: Rows, marks: Marks) -> tuple[dict[str, Rows], npt.NDArray[np.float32]]:
        """Return what a Reader is called with, and each token's share in either sentence."""
        held = []
        for row in rows:
            asked, text = (self.questions[row] + marks.shift, self.passages[row] + marks.shift)
            before = [marks.first, *asked.tolist(), *marks.between]
            held.append((len(before), [*before, *text.tolist(), marks.last][:LONGEST]))
        width = max(len(whole) for _, whole in held)
        ids = np.full((len(rows), width), marks.padding, dtype=np.int64)
        mask, kinds = np.zeros_like(ids), np.zeros_like(ids)
        shares = np.zeros((len(rows), 2, width), dtype=np.float32)
        for at, (before_text, whole) in enumerate(held):
            ids[at, : len(whole)], mask[at, : len(whole)], kinds[at, before_text : len(whole)] = whole, 1, 1
            for which, (first, end) in enumerate(self.spans[rows[at]].reshape(2, 2) + before_text):
                shares[at, which, first:end] = 1 / (end - first)
        return {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}, shares
