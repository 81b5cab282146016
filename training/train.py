"""Train the ranker on groups of passages that compete for a question.

    python training/train.py OUT --epochs 0.4

Shared normalisation (Clark and Gardner, 2018): one softmax over everything that competes for a question, all
passages' sentences (tokens, for the ends of the short answer) and "none of them", whose score is 0. So a
sentence's score is the log-odds of its answering against nothing answering.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from pathlib import Path

import torch
from groups import Group, load
from model import Ranker, averaged, encode, tokenizer

GROUPS = 4
"""In a step."""
RIVALS = 2
"""Passages in a group beside its first, which answers if any does."""
RATE, HEAD_RATE = 6e-5, 1e-3
"""Learning rates of the encoder and of the new layer."""
WARM_UP = 200
SPAN_WEIGHT = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--start", type=Path, nargs="+", help="weights to go on from; the mean of several")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    given.out.mkdir(parents=True, exist_ok=True)
    cache = given.out / "groups.pickle"
    if not cache.exists():
        cache.write_bytes(pickle.dumps(load()))
    groups = pickle.loads(cache.read_bytes())
    tokens, model = tokenizer(), Ranker()
    if given.start:
        model.load_state_dict(averaged(given.start))
    steps = int(given.epochs * len(groups) / GROUPS)
    optimizer = torch.optim.AdamW(
        [
            {"params": model.encoder.encoder.parameters(), "lr": RATE},
            {"params": model.head.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM_UP, (steps - step) / (steps - WARM_UP) + 0.02)
    )
    draw, queue = random.Random(given.seed), []
    model.train()
    started, seen, losses = time.monotonic(), 0, []
    for step in range(steps):
        if len(queue) < GROUPS:
            queue = draw.sample(groups, len(groups))
        batch, queue = [thinned(group, draw) for group in queue[:GROUPS]], queue[GROUPS:]
        loss, read = step_loss(model, tokens, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        seen += read
        losses.append(loss.item())
        if step % 50 == 49:
            speed = seen / (time.monotonic() - started)
            mean = sum(losses[-200:]) / len(losses[-200:])
            print(f"{step + 1}/{steps} loss {mean:.3f} {speed:.0f} tokens/s", flush=True)
        if step % 500 == 499 or step + 1 == steps:
            torch.save(model.state_dict(), given.out / "ranker.pt.part")
            (given.out / "ranker.pt.part").rename(given.out / "ranker.pt")


def thinned(group, draw):
    """Return `group` with its first passage and RIVALS others, drawn anew each time it is seen."""
    first, *rest = group.texts
    return Group(group.question, (first, *draw.sample(rest, min(RIVALS, len(rest)))))


def step_loss(model, tokens, batch):
    """Return the mean loss of a few groups, and how many tokens were read for it."""
    encoded = encode_all(tokens, batch)
    offsets = encoded.pop("offsets")
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(**encoded)
    scores = scores.float()
    losses, row = [], 0
    for group in batch:
        rows = slice(row, row + len(group.texts))
        losses.append(group_loss(scores[rows], offsets[rows], group))
        row += len(group.texts)
    return torch.stack(losses).mean(), int(encoded["attention_mask"].sum())


def encode_all(tokens, batch):
    """Return one padded input for all the passages of a batch."""
    parts = [encode(tokens, group.question, [each.text for each in group.texts]) for group in batch]
    longest = max(part["input_ids"].shape[1] for part in parts)
    return {
        name: torch.cat([padded(part[name], longest, -1 if name == "offsets" else 0) for part in parts])
        for name in parts[0]
    }


def padded(values, longest, fill):
    shape = list(values.shape)
    shape[1] = longest - shape[1]
    return torch.cat([values, torch.full(shape, fill, dtype=values.dtype)], dim=1)


def group_loss(scores, offsets, group):
    """Return the loss of one group: of its sentences and of both ends of the answer.

    Where only the answer's sentence is known, each end may be anywhere in it (marginal likelihood).
    """
    inside = offsets[:, :, 0] >= 0
    sentence_scores, right = [], []
    first, last = torch.zeros_like(inside), torch.zeros_like(inside)
    body = torch.zeros_like(inside)
    for row, text in enumerate(group.texts):
        starts, ends = offsets[row, :, 0], offsets[row, :, 1]
        for number, (a, b) in enumerate(text.sentences):
            held = inside[row] & (starts >= a) & (ends <= b) & (ends > starts)
            if held.any():
                body[row] |= held
                sentence_scores.append(scores[row, held, 2].mean())
                right.append(number in text.answering)
                if number in text.answering and not text.answers:
                    first[row] |= held
                    last[row] |= held
        for a, b in text.answers:
            first[row] |= inside[row] & (starts == a) & (ends > starts)
            last[row] |= inside[row] & (ends == b) & (ends > starts)
    loss = softmax_loss(torch.stack(sentence_scores), torch.tensor(right))
    for number, marks in ((0, first), (1, last)):
        loss = loss + SPAN_WEIGHT * softmax_loss(scores[:, :, number][body], marks[body])
    return loss


def softmax_loss(scores, right):
    """Return -log of the probability of the `right` ones, or of "none" when none is."""
    everything = torch.cat([scores, scores.new_zeros(1)])
    chosen = scores[right] if right.any() else scores.new_zeros(1)
    return torch.logsumexp(everything, 0) - torch.logsumexp(chosen, 0)


if __name__ == "__main__":
    main()
