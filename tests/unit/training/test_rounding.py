"""Weights of 8 bits: on their grid, and nearer to what the product was than rounding alone."""

from __future__ import annotations

import torch

from training.rounding import LARGEST, products_of, rounded


def correlated(rows: int = 4000, width: int = 24) -> torch.Tensor:
    draw = torch.Generator().manual_seed(1)
    shared = torch.randn(rows, 3, generator=draw, dtype=torch.float64)
    mixing = torch.randn(3, width, generator=draw, dtype=torch.float64)
    return 1 + shared @ mixing + 0.1 * torch.randn(rows, width, generator=draw, dtype=torch.float64)


def weights(width: int = 24) -> torch.Tensor:
    return torch.randn(8, width, generator=torch.Generator().manual_seed(2), dtype=torch.float64)


def test_weights_become_whole_numbers_of_8_bits_times_the_scale_they_had() -> None:
    inputs, weight = correlated(), weights()
    found = rounded(weight, inputs.T @ inputs / len(inputs))
    scale = weight.abs().amax(1, keepdim=True) / LARGEST
    whole = found / scale
    assert torch.allclose(whole, whole.round(), atol=1e-9)
    assert torch.equal(found.abs().amax(1, keepdim=True), weight.abs().amax(1, keepdim=True))


def test_the_product_moves_less_than_by_rounding_alone() -> None:
    inputs, weight = correlated(), weights()
    scale = weight.abs().amax(1, keepdim=True) / LARGEST
    nearest = (weight / scale).round() * scale

    def moved(to: torch.Tensor) -> float:
        return float(((to - weight) @ inputs.T).square().mean())

    assert moved(rounded(weight, inputs.T @ inputs / len(inputs))) < moved(nearest) / 3


def test_a_row_of_zeros_stays_so() -> None:
    weight = weights()
    weight[3] = 0
    assert not rounded(weight, torch.eye(24, dtype=torch.float64))[3].any()


def test_padding_is_not_counted_among_what_a_matrix_is_given() -> None:
    class Model(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.linear = torch.nn.Linear(2, 1)

        def forward(self, values: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            return self.linear(values)

    model = Model()
    batch = {
        "values": torch.tensor([[[1.0, 2.0], [3.0, 0.0], [9.0, 9.0]]]),
        "attention_mask": torch.tensor([[1, 1, 0]]),
    }
    found = products_of(model, [batch])
    assert found[model.linear].tolist() == [[5.0, 1.0], [1.0, 2.0]]
