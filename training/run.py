"""Packed groups to a trained reader.

    python -m training.run --data DATA --weights WEIGHTS --out RUN --stage near --start shipped --seconds 3000

DATA holds the groups.npz of training.prepare, WEIGHTS what training.weights wrote. RUN gets reader.pt, the
weights in half precision, and checkpoint.pt, from which the same command with --resume goes on after a kill.
With --steps in place of --seconds a run is the same each time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.batches import Batch, Dealer, Reading, in_order, split
from training.loss import best_spans, by_sentence, distilled, supervised
from training.packed import NO_PASSAGE, Packed
from training.pairs import COUNTS, EACH, Pairs
from training.reader import Reader, Weights, averaged, halved
from training.schedule import Schedule
from training.teach import Lessons

RATES = {"minilm": 6e-5, "mpnet": 3e-5}
"""Learning rates of the encoders at their highest; of a new layer HEAD_RATE."""
HEAD_RATE = 5e-4
TAUGHT = 0.5
"""Share of a teacher's part in the loss where the answer is known too."""
SAVED = 120.0
"""Seconds between two checkpoints."""
JUDGED = 90.0
"""Seconds for the figures at the end."""
PASSAGES = 3
"""Read for each group of a step."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is."""

    model: str
    stage: str
    """"all", where every group counts the same, or "near", where those closest to our use count more."""
    seconds: float | None
    steps: int | None
    seed: int
    size: int
    """Groups in a step."""
    rate: float
    """Multiplies RATES."""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", choices=RATES, default="minilm")
    parser.add_argument("--stage", choices=("all", "near"), default="all")
    parser.add_argument(
        "--start",
        nargs="+",
        help="what to go on from: shipped, or weights of runs, averaged; else the bare model",
    )
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--seconds", type=float)
    length.add_argument("--steps", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=0, help="groups in a step; 4 on a CPU and 64 on a GPU")
    parser.add_argument("--rate", type=float, default=1.0, help="multiplies the learning rate")
    parser.add_argument("--threads", type=int, default=0, help="of a CPU")
    parser.add_argument("--teacher", type=Path, help="what training.teach wrote")
    parser.add_argument("--resume", action="store_true")
    given = parser.parse_args()
    if given.threads:
        torch.set_num_threads(given.threads)
    device = the_device()
    size = given.size or (64 if device.type == "cuda" else 4)
    plan = Plan(given.model, given.stage, given.seconds, given.steps, given.seed, size, given.rate)
    packed, pairs = Packed.load(given.data / "groups.npz"), Pairs.load(given.data / "limits.npz")
    start = starting(given.weights, given.model, given.start)
    lessons = Lessons.load(given.teacher) if given.teacher else None
    torch.manual_seed(given.seed)
    reader = Reader(given.weights / given.model).load(start)
    given.out.mkdir(parents=True, exist_ok=True)
    train(reader, packed, plan, given.out, device, pairs=pairs, lessons=lessons, resume=given.resume)
    say(str(judged(reader, packed, device, seconds=JUDGED)))


def say(what: str) -> None:
    """Print `what` with the time of day."""
    print(time.strftime("%H:%M:%S"), what, flush=True)


def the_device() -> torch.device:
    """Return the GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def starting(weights: Path, model: str, start: list[str] | None) -> Weights:
    """Return the weights to start from: those of `model`, of the shipped reader, or the mean of runs."""
    if start is None or start == ["shipped"]:
        name = model if start is None else "shipped"
        return averaged([weights / name / "weights.pt"])
    return averaged([Path(each) for each in start])


def train(
    reader: Reader,
    packed: Packed,
    plan: Plan,
    out: Path,
    device: torch.device,
    *,
    pairs: Pairs | None = None,
    lessons: Lessons | None = None,
    resume: bool = False,
    saved: float = SAVED,
    heard: Say = say,
) -> None:
    """Train `reader` as `plan` says, and leave its weights in `out`; a checkpoint every `saved` seconds."""
    reader.to(device).train()
    groups = split(packed, validation=False)
    groups = groups[packed.is_known[groups]] if lessons is None else np.intersect1d(groups, lessons.groups)
    dealer = Dealer(
        packed, groups, near=plan.stage == "near", size=plan.size, passages=PASSAGES, seed=plan.seed
    )
    reading = Reading(packed, reader.marks, device)
    optimizer = optimizer_of(reader, plan)
    peaks = [each["lr"] for each in optimizer.param_groups]
    schedule = Schedule(plan.seconds, plan.steps)
    checkpoint = out / "checkpoint.pt"
    if resume and checkpoint.exists():
        go_on(checkpoint, reader, optimizer, schedule)
        heard(f"goes on from step {schedule.done} after {schedule.spent:.0f} s")
    last = schedule.elapsed
    while not schedule.is_over:
        chosen, passages = dealer[schedule.done]
        if lessons is not None:
            passages = lessons.passages_of(chosen)
        batch = reading.batch(chosen, passages)
        for each, peak in zip(optimizer.param_groups, peaks, strict=True):
            each["lr"] = peak * schedule.rate
        scores = scored(reader, batch, device)
        loss = supervised(scores, batch)
        if lessons is not None:
            taught = lessons.of(chosen, batch, device)
            loss = (1 - TAUGHT) * loss + TAUGHT * distilled(scores, taught, batch)
        if pairs is not None:
            rows = pairs.dealt(schedule.done, plan.seed, EACH * plan.size)
            loss = loss + COUNTS * pairs.loss(reader, rows, device)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        if schedule.done % 50 == 0:
            heard(f"step {schedule.done} {100 * schedule.progress:.1f}% loss {loss.item():.3f}")
        if schedule.elapsed - last > saved:
            keep(checkpoint, reader, optimizer, schedule)
            last = schedule.elapsed
            schedule.pause()
    save(halved({name: values.cpu() for name, values in reader.state_dict().items()}), out / "reader.pt")
    heard(f"{schedule.done} steps of {plan.size} groups in {schedule.elapsed:.0f} s")


def optimizer_of(reader: Reader, plan: Plan) -> torch.optim.Optimizer:
    """Return what moves the weights of `reader`, those of the new layer faster."""
    parts = (
        (reader.encoder.encoder.parameters(), RATES[plan.model]),
        (reader.head.parameters(), HEAD_RATE),
        (reader.limit.parameters(), HEAD_RATE),
    )
    groups = [{"params": list(part), "lr": rate * plan.rate} for part, rate in parts]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def keep(path: Path, reader: Reader, optimizer: torch.optim.Optimizer, schedule: Schedule) -> None:
    """Write to `path` what a run needs to go on: its draws too, on each kind of device."""
    values = {
        "reader": reader.state_dict(),
        "optimizer": optimizer.state_dict(),
        "draws": torch.get_rng_state(),
    }
    if torch.cuda.is_available():
        values["draws on the GPU"] = torch.cuda.get_rng_state()
    save({**values, "done": schedule.done, "spent": schedule.elapsed}, path)


def go_on(path: Path, reader: Reader, optimizer: torch.optim.Optimizer, schedule: Schedule) -> None:
    """Take up what `keep` wrote to `path`."""
    found = torch.load(path, weights_only=True, map_location="cpu")
    reader.load_state_dict(found["reader"])
    optimizer.load_state_dict(found["optimizer"])
    torch.set_rng_state(found["draws"])
    if torch.cuda.is_available():
        torch.cuda.set_rng_state(found["draws on the GPU"])
    schedule.done, schedule.spent = found["done"], found["spent"]


def save(values: Mapping[str, object], path: Path) -> None:
    """Write `values` to `path` in one step: a kill leaves the old file or the new one."""
    part = path.with_suffix(".part")
    torch.save(values, part)
    part.replace(path)


def scored(reader: Reader, batch: Batch, device: torch.device) -> Tensor:
    """Return the scores of a batch, shape (groups, passages, tokens, 4); in bfloat16 on a GPU."""
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
        scores: Tensor = reader(**batch.inputs)
    return scores.view(*batch.sentence.shape, scores.shape[-1])


@dataclass(frozen=True, slots=True)
class Figures:
    """What a reader is worth on the validation groups, five passages each."""

    first: float
    """Share of answered questions whose best sentence, by its short answer's score, answers."""
    relevant: float
    """The same by the sentences' relevance."""
    answerable: float
    """Area under the curve of answered questions against those that nothing answers, by the best score."""
    questions: int

    def __str__(self) -> str:
        """Return the figures in words."""
        return (
            f"validation, {self.questions} groups: first sentence {self.first:.3f}, by relevance"
            f" {self.relevant:.3f}, answerable {self.answerable:.3f}"
        )


@torch.no_grad()
def judged(
    reader: Reader, packed: Packed, device: torch.device, *, most: int = 10**9, seconds: float = 1e9
) -> Figures:
    """Return the Figures of `reader` on at most so many validation groups, or as many as the time allows."""
    reader.to(device).eval()
    groups = split(packed, validation=True)
    groups = np.random.default_rng(0).permutation(groups[packed.is_known[groups]])[:most]
    reading, ends = Reading(packed, reader.marks, device), time.monotonic() + seconds
    first, relevant, best, answered = [], [], [], []
    for part, passages in in_order(
        packed, groups, size=32 if device.type == "cuda" else 8, passages=5, seed=0
    ):
        if time.monotonic() > ends:
            break
        batch = reading.batch(part, passages)
        scores = scored(reader, batch, device)
        spans, by_relevance, right = sentence_scores(scores, batch)
        has = right.any(1)
        first += right.gather(1, spans.argmax(1, keepdim=True))[has, 0].tolist()
        relevant += right.gather(1, by_relevance.argmax(1, keepdim=True))[has, 0].tolist()
        best += spans.amax(1).tolist()
        answered += (packed.right[part] != NO_PASSAGE).tolist()
    reader.train()
    return Figures(
        float(np.mean(first)), float(np.mean(relevant)), area(np.array(best), np.array(answered)), len(best)
    )


def sentence_scores(scores: Tensor, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Return every sentence's score by short answer, by relevance, and whether it answers; a row a group."""
    relevance, exists = by_sentence(scores[..., 2].float(), batch.sentence)
    right, _ = by_sentence((batch.begins | batch.ends).float(), batch.sentence)
    by_relevance = torch.where(exists, relevance, -torch.inf)
    return best_spans(scores, batch.sentence).flatten(1), by_relevance.flatten(1), (right > 0).flatten(1)


def area(scores: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> float:
    """Return the area under the curve: the share of pairs in the right order (Mann and Whitney, 1947)."""
    ranks = np.argsort(np.argsort(scores)) + 1.0
    positives, negatives = int(right.sum()), int((~right).sum())
    if not positives or not negatives:
        return float("nan")
    return float((ranks[right].sum() - positives * (positives + 1) / 2) / (positives * negatives))


if __name__ == "__main__":
    main()
