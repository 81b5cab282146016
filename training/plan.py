"""Everything that a GPU does in one go: a teacher, what it says, students of it, and their mean.

    python -m training.plan --data FOLDER --weights WEIGHTS --out OUT --teacher 190 --lessons 50 --student 50

Each part takes so many seconds and no more. OUT gets log.txt, teacher/reader.pt, student-N/reader.pt, and
mean/reader.pt cut to pieces of at most 16 MB in OUT/pieces. A part whose file is there already is left out.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from training import pieces
from training.packed import Packed
from training.pairs import Pairs
from training.reader import Reader, averaged, halved
from training.run import Plan, Say, judged, save, say, starting, the_device, train
from training.teach import Lessons, taught

PIECE = 16_000_000
"""Bytes."""
FAR = 0.6
"""Share of the teacher's time in which it learns from all sets alike, before those that are near."""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--teacher", type=float, default=190, help="seconds for the teacher's training")
    parser.add_argument("--lessons", type=float, default=50, help="seconds in which it tells what it thinks")
    parser.add_argument("--student", type=float, default=50, help="seconds for each student")
    parser.add_argument("--seeds", type=int, default=3, help="students, whose weights are averaged")
    parser.add_argument("--judged", type=float, default=8, help="seconds for the figures of each reader")
    parser.add_argument("--start", default="shipped", help="what students start from: minilm or shipped")
    parser.add_argument("--model", default="mpnet", help="the teacher's")
    parser.add_argument("--size", type=int, default=0, help="groups in a step; 4 on a CPU and 64 on a GPU")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    device = the_device()
    heard = logged(given.out / "log.txt")
    heard(f"{device}, torch {torch.__version__}")
    bench = Bench(
        Packed.load(given.data / "groups.npz"), Pairs.load(given.data / "limits.npz"),
        given.weights, given.out, device,
        given.size or (64 if device.type == "cuda" else 4), given.judged, heard,
    )  # fmt: skip
    heard(f"{len(bench.packed):,} groups")
    bench.teach(given.model, given.teacher)
    lessons = bench.lessons(given.model, given.lessons)
    students = [bench.student(seed, given.start, given.student, lessons) for seed in range(given.seeds)]
    bench.finish(students)


@dataclass(frozen=True, slots=True)
class Bench:
    """Where everything is done, one part after the other; a part that is done already is left out."""

    packed: Packed
    pairs: Pairs
    weights: Path
    out: Path
    device: torch.device
    size: int
    judged: float
    """Seconds for the figures of a reader."""
    heard: Say

    def reader(self, model: str, start: str | Path) -> Reader:
        """Return a `model` with the weights of `start`: its own name, "shipped", or a file."""
        weights = starting(self.weights, model, None if start == model else [str(start)])
        return Reader(self.weights / model).load(weights)

    def tell(self, name: str, model: str, weights: Path) -> None:
        """Tell what the reader in the file `weights` is worth on the validation groups."""
        found = judged(self.reader(model, weights), self.packed, self.device, seconds=self.judged)
        self.heard(f"{name}: {found}")

    def teach(self, model: str, seconds: float) -> None:
        """Train the teacher: on all sets alike, then on those that are near."""
        if (self.out / "teacher" / "reader.pt").exists():
            return
        torch.manual_seed(0)
        learning = self.reader(model, model)
        for name, stage, share in (("far", "all", FAR), ("teacher", "near", 1 - FAR)):
            plan = Plan(model, stage, share * seconds, None, 0, self.size, 1.0)
            train(learning, self.packed, plan, self._folder(name), self.device, heard=self.heard)
        self.tell("teacher", model, self.out / "teacher" / "reader.pt")

    def lessons(self, model: str, seconds: float) -> Lessons:
        """Return what the teacher says of as many groups as it can read."""
        folder = self.out / "lessons"
        if not (folder / "groups.npy").exists():
            teacher = self.reader(model, self.out / "teacher" / "reader.pt")
            found = taught([teacher], self.packed, self.device, seconds, seed=0)
            self.heard(f"{len(found.groups):,} groups read by the teacher")
            found.save(folder)
        return Lessons.load(folder)

    def student(self, seed: int, start: str, seconds: float, lessons: Lessons) -> Path:
        """Train a student and return where its weights are."""
        folder = self._folder(f"student-{seed}")
        if not (folder / "reader.pt").exists():
            torch.manual_seed(seed)
            plan = Plan("minilm", "near", seconds, None, seed, self.size, 1.0)
            learning = self.reader("minilm", start)
            train(
                learning, self.packed, plan, folder, self.device,
                pairs=self.pairs, lessons=lessons, heard=self.heard,
            )  # fmt: skip
            self.tell(folder.name, "minilm", folder / "reader.pt")
        return folder / "reader.pt"

    def finish(self, students: list[Path]) -> None:
        """Average the `students`, compare their mean with the shipped reader, and cut it to pieces."""
        mean = self._folder("mean") / "reader.pt"
        save(halved(averaged(students)), mean)
        self.tell("shipped", "minilm", self.weights / "shipped" / "weights.pt")
        self.tell("mean", "minilm", mean)
        for path in pieces.split(mean, self.out / "pieces", PIECE):
            self.heard(str(path))

    def _folder(self, name: str) -> Path:
        folder = self.out / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def logged(path: Path) -> Say:
    """Return what prints a line with the time of day and writes it to `path` too."""

    def heard(what: str) -> None:
        say(what)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%H:%M:%S')} {what}\n")

    return heard


if __name__ == "__main__":
    main()
