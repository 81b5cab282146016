"""What teachers say of packed groups, for students to learn from.

    python -m training.teach --data DATA --weights WEIGHTS --readers RUN/reader.pt --out LESSONS --seconds 60

Groups are read in the order of a seed until the time is over; a student learns from those that were. Several
readers are one teacher, whose scores are their mean. Groups without a label are read too.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.batches import Batch, Reading, Rows, chosen, split
from training.packed import Packed
from training.reader import Reader, averaged

PASSAGES = 3
"""Of a group, as a student reads them."""


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """A teacher's scores of the tokens of the passages it read."""

    groups: Rows
    """In increasing order."""
    passages: Rows
    """Of each of them, shape (groups, PASSAGES)."""
    scores: npt.NDArray[np.float16]
    """Of the passages' tokens behind each other, and of the first token of the input before each passage:
    shape (tokens + passages, 4)."""
    starts: Rows
    """Where each passage's scores begin, that of the input's first token before the others; shape (groups *
    PASSAGES + 1,)."""

    def save(self, folder: Path) -> None:
        """Write the arrays to `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("groups", "passages", "scores", "starts"):
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Lessons:
        """Read what `save` wrote; the scores stay on disk until they are needed."""
        names = ("groups", "passages", "scores", "starts")
        return cls(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in names))

    def passages_of(self, groups: Rows) -> Rows:
        """Return the passages that were read for each of `groups`."""
        found: Rows = np.asarray(self.passages[np.searchsorted(self.groups, groups)])
        return found

    def of(self, groups: Rows, batch: Batch, device: torch.device) -> Tensor:
        """Return the teacher's scores where the student's stand, 0 beside the passages."""
        many = self.passages.shape[1]
        rows = (np.searchsorted(self.groups, groups)[:, None] * many + np.arange(many)).reshape(-1)
        before, lengths = (each.reshape(-1).cpu().numpy() for each in (batch.before, batch.lengths))
        found = np.zeros((len(rows), batch.sentence.shape[2], 4), dtype=np.float16)
        for at, row in enumerate(rows):
            said = self.scores[self.starts[row] : self.starts[row + 1]]
            length = min(int(lengths[at]), len(said) - 1)
            found[at, 0] = said[0]
            found[at, before[at] : before[at] + length] = said[1 : 1 + length]
        return torch.from_numpy(found).to(device).view(*batch.sentence.shape, 4)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--model", default="mpnet")
    parser.add_argument("--readers", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    teachers = [Reader(given.weights / given.model).load(averaged([path])) for path in given.readers]
    lessons = taught(teachers, Packed.load(given.data / "groups.npz"), device, given.seconds, given.seed)
    lessons.save(given.out)
    print(f"{len(lessons.groups):,} groups read", flush=True)


@torch.no_grad()
def taught(
    teachers: list[Reader], packed: Packed, device: torch.device, seconds: float, seed: int
) -> Lessons:
    """Return what `teachers` say of as many of the training groups as they can read in so many seconds."""
    ends, draw = time.monotonic() + seconds, np.random.default_rng([seed, 3])
    groups = draw.permutation(split(packed, validation=False))
    reading = Reading(packed, teachers[0].marks, device)
    for teacher in teachers:
        teacher.to(device).eval()
    size = 128 if device.type == "cuda" else 8
    read, passages, scores, lengths = [], [], [], []
    for at in range(0, len(groups), size):
        if time.monotonic() > ends:
            break
        part = groups[at : at + size]
        rows = chosen(packed, part, PASSAGES, draw, len(packed.passages))
        batch = reading.batch(part, rows)
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
            found = torch.stack([teacher(**batch.inputs).float() for teacher in teachers]).mean(0)
        place = torch.arange(found.shape[1], device=device)[None]
        before, long = batch.before.view(-1, 1), batch.lengths.view(-1, 1)
        kept = (place == 0) | ((place >= before) & (place < before + long))
        read.append(part)
        passages.append(rows)
        scores.append(found[kept].half().cpu().numpy())
        lengths.append((1 + long[:, 0]).cpu().numpy())
    every = np.concatenate(read)
    order = np.argsort(every)
    sizes = np.concatenate(lengths).reshape(len(every), -1)
    old = np.concatenate([[0], np.cumsum(sizes.reshape(-1))]).reshape(-1)
    kept_scores = np.concatenate(scores)
    firsts = old[:-1].reshape(sizes.shape)[:, 0]
    parts = [kept_scores[firsts[at] : firsts[at] + sizes[at].sum()] for at in order]
    starts = np.concatenate([[0], np.cumsum(sizes[order].reshape(-1))])
    return Lessons(every[order], np.concatenate(passages)[order], np.concatenate(parts), starts)


if __name__ == "__main__":
    main()
