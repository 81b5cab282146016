"""Training goes on from the shipped reader: its file gives back the weights that it was made of."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
import torch

from rag.answer.reader import MODEL
from rag.index.embedding import PACKAGED_MODEL, locate


def test_the_shipped_file_read_as_floats_scores_as_it_does() -> None:
    onnx = pytest.importorskip("onnx", reason="needs the extra: pip install -e '.[training]'")
    from training.export import INPUTS, sample
    from training.reader import Reader
    from training.weights import dequantised

    reader = Reader(locate(PACKAGED_MODEL)).load(dequantised(onnx.load(MODEL))).eval()
    inputs = sample()
    feed = {name: each.numpy() for name, each in zip(INPUTS, inputs, strict=True)}
    expected, states = onnxruntime.InferenceSession(MODEL).run(None, feed)
    with torch.no_grad():
        moved = np.abs(reader(*inputs)[:, :, :3].numpy() - expected)
    assert moved.mean() < 0.3 < np.abs(expected).mean() / 5
    assert states.shape == (*expected.shape[:2], 384)
