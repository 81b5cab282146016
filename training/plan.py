"""Everything that a GPU does in one go: a teacher, what it says, students of it, and their mean.

    python -m training.plan --data FOLDER --weights WEIGHTS --out OUT --teacher 200 --lessons 60 --student 50

Each part takes so many seconds and no more. OUT gets log.txt, teacher/reader.pt, student-N/reader.pt, and
mean/reader.pt cut to pieces of at most 15 MB in OUT/pieces. A part whose file is there already is left out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import torch

from training import pieces
from training.packed import Packed
from training.reader import Reader, averaged, halved
from training.run import Plan, judged, save, say, starting, the_device, train
from training.teach import Lessons, taught

PIECE = 15_000_000
"""Bytes."""
FAR = 0.6
"""Share of the teacher's time in which it learns from all sets alike, before those that are near."""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--teacher", type=float, default=200, help="seconds for the teacher's training")
    parser.add_argument("--lessons", type=float, default=60, help="seconds in which it tells what it thinks")
    parser.add_argument("--student", type=float, default=50, help="seconds for each student")
    parser.add_argument("--seeds", type=int, default=3, help="students, whose weights are averaged")
    parser.add_argument("--judged", type=float, default=10, help="seconds for the figures of each reader")
    parser.add_argument("--start", default="shipped", help="what students start from: minilm or shipped")
    parser.add_argument("--model", default="mpnet", help="the teacher's")
    parser.add_argument("--size", type=int, default=0, help="groups in a step; 4 on a CPU and 64 on a GPU")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    heard = logged(given.out / "log.txt")
    device = the_device()
    heard(f"{device}, torch {torch.__version__}")
    size = given.size or (64 if device.type == "cuda" else 4)
    packed = Packed.load(given.data / "groups.npz")
    heard(f"{len(packed):,} groups")

    def reader(model: str, start: str | Path) -> Reader:
        weights = starting(given.weights, model, None if start == model else [str(start)])
        return Reader(given.weights / model).load(weights)

    def told(name: str, model: str, weights: Path) -> None:
        heard(f"{name}: {judged(reader(model, weights), packed, device, seconds=given.judged)}")

    teacher = given.out / "teacher"
    if not (teacher / "reader.pt").exists():
        torch.manual_seed(0)
        learning = reader(given.model, given.model)
        for folder, stage, share in ((given.out / "far", "all", FAR), (teacher, "near", 1 - FAR)):
            folder.mkdir(parents=True, exist_ok=True)
            plan = Plan(given.model, stage, share * given.teacher, None, 0, size, 1.0)
            train(learning, packed, plan, folder, device, heard=heard)
        told("teacher", given.model, teacher / "reader.pt")
    lessons = given.out / "lessons"
    if not (lessons / "groups.npy").exists():
        found = taught([reader(given.model, teacher / "reader.pt")], packed, device, given.lessons, seed=0)
        heard(f"{len(found.groups):,} groups read by the teacher")
        found.save(lessons)
    learnt = Lessons.load(lessons)
    students = [given.out / f"student-{seed}" for seed in range(given.seeds)]
    for seed, student in enumerate(students):
        if not (student / "reader.pt").exists():
            student.mkdir(parents=True, exist_ok=True)
            torch.manual_seed(seed)
            plan = Plan("minilm", "near", given.student, None, seed, size, 1.0)
            train(reader("minilm", given.start), packed, plan, student, device, lessons=learnt, heard=heard)
            told(student.name, "minilm", student / "reader.pt")
    mean = given.out / "mean"
    mean.mkdir(exist_ok=True)
    save(halved(averaged([each / "reader.pt" for each in students])), mean / "reader.pt")
    told("shipped", "minilm", given.weights / "shipped" / "weights.pt")
    told("mean", "minilm", mean / "reader.pt")
    for path in pieces.split(mean / "reader.pt", given.out / "pieces", PIECE):
        heard(str(path))


def logged(path: Path) -> Callable[[str], None]:
    """Return what prints a line with the time of day and writes it to `path` too."""

    def heard(what: str) -> None:
        say(what)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%H:%M:%S')} {what}\n")

    return heard


if __name__ == "__main__":
    main()
