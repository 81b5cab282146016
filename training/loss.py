"""Scores of a batch to losses, and to figures.

Shared normalisation (Clark and Gardner, 2018): one softmax over all that competes for a question, every
passage's tokens (for an answer's begin and end) or sentences (for relevance), and "none of them", whose score
is 0. Where only the answer's sentence is known, each end may be anywhere in it (marginal likelihood).
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Batch
from training.packed import OUTSIDE

SPAN, RELEVANCE, ANSWERS = 0.5, 1.0, 0.3
"""What each end of the answer, the sentences, and the passages count."""
SOFTENED = 2.0
"""Temperature at which a student learns a teacher's probabilities (Hinton et al., 2015)."""
SENTENCES = 64
"""Of a passage, at most."""
LONGEST_ANSWER = 30
"""Tokens, as in the product."""


def supervised(scores: Tensor, batch: Batch) -> Tensor:
    """Return the mean loss of the known groups; `scores` have shape (groups, passages, tokens, 4)."""
    scores = scores.float()
    body = batch.sentence != OUTSIDE
    sentences, exists = by_sentence(scores[..., 2], batch.sentence)
    marked = batch.begins | batch.ends
    right, _ = by_sentence(marked.float(), batch.sentence)
    each = SPAN * competing(scores[..., 0], batch.begins, body)
    each = each + SPAN * competing(scores[..., 1], batch.ends, body)
    each = each + RELEVANCE * competing(sentences, right > 0, exists)
    answers = batch.begins.flatten(2).any(2)
    passage = functional.binary_cross_entropy_with_logits(
        scores[:, :, 0, 3], answers.float(), reduction="none"
    )
    each = each + ANSWERS * passage.mean(1)
    known = batch.is_known.float()
    return (each * known).sum() / known.sum().clamp(min=1)


def competing(scores: Tensor, right: Tensor, exists: Tensor) -> Tensor:
    """Return for each group -log of the probability of what is `right`, or of "none" where nothing is."""
    everything = torch.logsumexp(with_none(scores, exists), 1)
    chosen = torch.where(right & exists, scores, -torch.inf).flatten(1)
    is_any = (right & exists).flatten(1).any(1)
    chosen = torch.logsumexp(torch.where(is_any[:, None], chosen, torch.zeros_like(chosen[:, :1])), 1)
    return everything - torch.where(is_any, chosen, torch.zeros_like(chosen))


def with_none(scores: Tensor, exists: Tensor) -> Tensor:
    """Return the scores of a group in a row, minus infinity where there is no token, "none" at the end."""
    row = torch.where(exists, scores, -torch.inf).flatten(1)
    return torch.cat([row, row.new_zeros(len(row), 1)], 1)


def distilled(scores: Tensor, taught: Tensor, batch: Batch) -> Tensor:
    """Return how far the student's probabilities are from its teacher's, mean over the batch's groups."""
    body = batch.sentence != OUTSIDE
    losses = []
    for number, weight in ((0, SPAN), (1, SPAN), (2, RELEVANCE)):
        mine, exists = scores[..., number].float(), body
        theirs = taught[..., number].float()
        if number == 2:
            mine, exists = by_sentence(mine, batch.sentence)
            theirs, _ = by_sentence(theirs, batch.sentence)
        mine, theirs = with_none(mine, exists) / SOFTENED, with_none(theirs, exists) / SOFTENED
        wanted = theirs.softmax(1)
        logs = torch.where(torch.isfinite(mine), mine.log_softmax(1), 0.0)
        ideal = torch.where(wanted > 0, wanted.clamp(min=1e-12).log(), 0.0)
        losses.append(weight * (wanted * (ideal - logs)).sum(1))
    answers = functional.binary_cross_entropy_with_logits(
        scores[:, :, 0, 3].float(), taught[:, :, 0, 3].float().sigmoid(), reduction="none"
    )
    return SOFTENED**2 * torch.stack(losses).sum(0).mean() + ANSWERS * answers.mean()


def by_sentence(values: Tensor, sentence: Tensor) -> tuple[Tensor, Tensor]:
    """Return the mean of the tokens' `values` in every sentence, and which sentences there are.

    Both have the shape (groups, passages, SENTENCES).
    """
    inside = (sentence < SENTENCES).to(values.dtype)
    number = sentence.clamp(max=SENTENCES - 1)
    empty = values.new_zeros(*values.shape[:2], SENTENCES)
    counts = empty.scatter_add(2, number, inside)
    sums = empty.scatter_add(2, number, values * inside)
    return sums / counts.clamp(min=1), counts > 0


def best_spans(scores: Tensor, sentence: Tensor) -> Tensor:
    """Return the score of the best short answer in every sentence, minus infinity where there is none."""
    begins, ends = scores[..., 0].float(), scores[..., 1].float()
    best = torch.full_like(begins, -torch.inf)
    for length in range(min(LONGEST_ANSWER, begins.shape[2])):
        end, same = ends[:, :, length:], sentence[:, :, length:]
        held = begins.shape[2] - length
        sums = torch.where(same == sentence[:, :, :held], begins[:, :, :held] + end, -torch.inf)
        best[:, :, :held] = torch.maximum(best[:, :, :held], sums)
    best = torch.where(sentence < SENTENCES, best, -torch.inf)
    empty = best.new_full((*best.shape[:2], SENTENCES), -torch.inf)
    return empty.scatter_reduce(2, sentence.clamp(max=SENTENCES - 1), best, "amax")
