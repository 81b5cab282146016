"""Weights to the 8-bit ones with which a reader says the same of real passages."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from training.batches import Reading, in_order, split
from training.packed import Packed
from training.reader import Reader

LARGEST = 127
"""Of a whole number of 8 bits with a sign."""

GROUPS, SIZE, PASSAGES = 64, 8, 2
"""Read for what matrices are given: groups, how many at a time, and passages of each."""

DAMPING = 0.01
"""Of the mean square of what a matrix is given, added so that its products can be inverted."""

Products = dict[nn.Linear, Tensor]


def round_weights(reader: Reader, packed: Packed) -> None:
    """Put the matrices of `reader` on a grid of 8 bits, in place, by what it reads of `packed`."""
    for linear, products in products_of(reader, batches_of(reader, packed)).items():
        linear.weight.data.copy_(rounded(linear.weight.data.double(), products))


def batches_of(reader: Reader, packed: Packed) -> Iterable[dict[str, Tensor]]:
    """Yield what `reader` is called with for some groups that no training has seen."""
    reading = Reading(packed, reader.marks, torch.device("cpu"))
    groups = split(packed, validation=True)
    chosen = groups[:: max(1, len(groups) // GROUPS)]
    for some, passages in in_order(packed, chosen, size=SIZE, passages=PASSAGES, seed=0):
        yield reading.batch(some, passages).inputs


def products_of(reader: nn.Module, batches: Iterable[dict[str, Tensor]]) -> Products:
    """Return of each matrix the products of its inputs with each other, their mean over tokens."""
    products: Products = {}
    mask = torch.empty(0)

    def add(linear: nn.Linear, inputs: tuple[Tensor]) -> None:
        rows = inputs[0][mask.bool()].double()
        products[linear] = products.get(linear, torch.zeros(())) + rows.T @ rows

    linears = [each for each in reader.modules() if isinstance(each, nn.Linear)]
    hooks = [each.register_forward_pre_hook(add) for each in linears]
    tokens = 0
    with torch.no_grad():
        for batch in batches:
            mask = batch["attention_mask"]
            tokens += int(mask.sum())
            reader(**batch)
    for hook in hooks:
        hook.remove()
    return {linear: total / tokens for linear, total in products.items()}


def rounded(weight: Tensor, products: Tensor) -> Tensor:
    """Return `weight`, shape (out, in), of whole numbers times a scale for each of its rows.

    What rounding one column does to the product is made up for by the columns that are still to be rounded,
    as far as their inputs go with its own: GPTQ (Frantar et al., 2023), by `products`, shape (in, in). The
    largest weight of a row stays, so that whoever rounds again finds the same scale.
    """
    scale = weight.abs().amax(1).clamp(min=torch.finfo(weight.dtype).tiny) / LARGEST
    largest = weight.abs().argmax(1)
    damped = products + DAMPING * products.diag().mean() * torch.eye(len(products), dtype=products.dtype)
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(damped))
    upper = torch.linalg.cholesky(inverse, upper=True)
    left, done = weight.clone(), torch.empty_like(weight)
    for at in range(weight.shape[1]):
        whole = (left[:, at] / scale).round().clamp(-LARGEST, LARGEST) * scale
        done[:, at] = torch.where(largest == at, weight[:, at], whole)
        error = (left[:, at] - done[:, at]) / upper[at, at]
        left[:, at + 1 :] -= error[:, None] * upper[at, at + 1 :]
    return done
