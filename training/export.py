"""A trained reader to one ONNX file of 8-bit weights, as rag/answer/reader loads it.

    python -m training.export RUN/reader.pt OTHER/reader.pt --data DATA --weights WEIGHTS \
        --out reader.onnx --limits limits.json

The weights of several runs are averaged (Wortsman et al., 2022). Weights of matrices and word vectors are
kept as 8-bit whole numbers, one scale a column; which ones, is chosen by what the reader reads of DATA. Most
products are made of such numbers too (dynamic quantisation), but in the feed-forward part of the first
layers, where a few large values would leave the others coarse, the weights are made floats again when the
file is loaded. Prints how far the scores move.

    ... --factor 1.4 --shift 0.55

brings the scores to the scale of the file before, on which the limits of rag/answer were chosen: how sure a
reader sounds depends on how long it learnt. How much that is, tells a line through the sorted scores of both.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
from pathlib import Path

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before onnxruntime is imported

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from training.packed import Packed
from training.prepare import bare_tokenizer
from training.reader import Reader, averaged
from training.rounding import round_weights

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
PUT_OUT = ("scores", "states")
SAMPLE = (
    "Who walked on the Moon first?",
    "The Moon\nNeil Armstrong walked on it in July 1969. Buzz Aldrin followed him.",
)
FLOATING = re.compile(r"layer\.[0-3]/(?:intermediate|output)/dense/MatMul$")
"""Products of floats: 8-bit inputs here move the scores five times as far as everywhere else together."""
LARGEST = 25_000_000
"""Bytes."""
DIGITS = 4
"""Decimals of a weight of what limits a quote."""


class Shipped(torch.nn.Module):
    """A reader without the last of its OUTPUTS, which is for training, and with its states in the MIDDLE."""

    def __init__(self, reader: Reader) -> None:
        """Wrap `reader`, whose name stands in the file's names."""
        super().__init__()
        self.reader = reader

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return scores of shape (passages, tokens, 3), and states of shape (passages, tokens, dimension)."""
        scores, states = self.reader.with_states(input_ids, attention_mask, token_type_ids)
        return scores[:, :, :3], states


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("readers", type=Path, nargs="+")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--factor", type=float, default=1.0)
    parser.add_argument("--shift", type=float, default=0.0)
    parser.add_argument("--limits", type=Path, required=True, help="gets what tells what limits a quote")
    given = parser.parse_args()
    reader = Reader(given.weights / "minilm").load(averaged(given.readers))
    with torch.no_grad():
        reader.head.weight.mul_(given.factor)
        reader.head.bias.mul_(given.factor).add_(given.shift)
    moved = export(reader, Packed.load(given.data / "groups.npz"), given.out)
    given.limits.write_text(json.dumps(head_of(reader)), encoding="utf-8")
    size = given.out.stat().st_size
    print(f"{size:,} bytes; scores move by {moved.mean():.3f}, at most {moved.max():.3f}")
    if size > LARGEST:
        raise SystemExit(f"{given.out} is larger than {LARGEST:,} bytes")


def export(reader: Reader, data: Packed, out: Path) -> np.ndarray:
    """Write `reader` to `out`; return how far the 8-bit weights move the scores of SAMPLE."""
    reader.encoder.set_attn_implementation("eager")  # others export with a guard against NaN that takes time
    model = Shipped(reader).eval()
    inputs = sample()
    with torch.no_grad():
        expected = model(*inputs)[0].numpy()
    round_weights(reader, data)
    with tempfile.TemporaryDirectory() as folder:
        full, mixed = Path(folder) / "full.onnx", Path(folder) / "mixed.onnx"
        axes = {0: "passages", 1: "tokens"}
        torch.onnx.export(
            model, inputs, full, input_names=list(INPUTS), output_names=list(PUT_OUT),
            dynamic_axes=dict.fromkeys((*INPUTS, *PUT_OUT), axes), opset_version=17, dynamo=False,
        )  # fmt: skip
        floating = [node.name for node in onnx.load(full).graph.node if FLOATING.search(node.name)]
        quantize_dynamic(
            full, mixed, per_channel=True, weight_type=QuantType.QInt8, nodes_to_exclude=floating
        )
        onnx.save(packed(onnx.load(mixed), floating), out)
    session = onnxruntime.InferenceSession(out)
    feed = {name: each.numpy() for name, each in zip(INPUTS, inputs, strict=True)}
    moved: np.ndarray = np.abs(session.run(None, feed)[0] - expected)
    return moved


def head_of(reader: Reader) -> dict[str, object]:
    """Return what rag.answer.limits.Head loads, with DIGITS decimals."""
    weights = reader.limit.weight[0].tolist()
    size = len(weights) // 3
    rounded = [round(each, DIGITS) for each in (*weights, reader.limit.bias.item())]
    parts = {
        name: rounded[at * size : (at + 1) * size] for at, name in enumerate(("quoted", "following", "pair"))
    }
    return {**parts, "skipped": rounded[-2], "bias": rounded[-1]}


def sample() -> tuple[Tensor, Tensor, Tensor]:
    """Return SAMPLE as the model reads it."""
    found = bare_tokenizer().encode(*SAMPLE)
    held = (found.ids, found.attention_mask, found.type_ids)
    ids, mask, kinds = (torch.tensor([each, each]) for each in held)
    return ids, mask, kinds


def packed(model: onnx.ModelProto, floating: list[str]) -> onnx.ModelProto:
    """Return `model` with the weights of the `floating` products as 8-bit numbers and a scale a column.

    Constant folding makes them floats again, once, when the file is loaded.
    """
    graph, unpacking = model.graph, []
    weights = {each.name: each for each in graph.initializer}
    for node in [each for each in graph.node if each.name in floating]:
        name = node.input[1]
        values = onnx.numpy_helper.to_array(weights[name])
        scale = np.abs(values).max(axis=0, keepdims=True) / 127
        whole = np.rint(values / scale).astype(np.int8)
        graph.initializer.remove(weights[name])
        graph.initializer.extend(
            onnx.numpy_helper.from_array(array, f"{name}_{part}")
            for part, array in (("whole", whole), ("scale", scale.astype(np.float32)))
        )
        unpacking += [
            onnx.helper.make_node("Cast", [f"{name}_whole"], [f"{name}_cast"], to=onnx.TensorProto.FLOAT),
            onnx.helper.make_node("Mul", [f"{name}_cast", f"{name}_scale"], [name]),
        ]
    nodes = [*unpacking, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return model


if __name__ == "__main__":
    main()
