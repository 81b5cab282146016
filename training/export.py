"""A trained ranker to one int8 ONNX file.

    python training/export.py TWO/ranker.pt OUT/ranker.pt OUT/ranker.onnx

The weights of several runs are averaged (Wortsman et al., 2022). Weights of matrices and word vectors are
kept as 8-bit whole numbers, one scale a column; the sums between are made anew at each run (dynamic
quantisation). Prints how far the scores move.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from model import Ranker, encode, tokenizer
from onnxruntime.quantization import QuantType, quantize_dynamic

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
SAMPLE = (
    "Who walked on the Moon first?",
    ["The Moon\nNeil Armstrong walked on it in July 1969. Buzz Aldrin followed him.", "Bread\nIt is baked."],
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    parser.add_argument("--full", action="store_true", help="keep floats of 32 bits, four times the size")
    given = parser.parse_args()
    model = Ranker()
    runs = [torch.load(path, weights_only=True) for path in given.weights]
    model.load_state_dict({name: torch.stack([run[name] for run in runs]).mean(0) for name in runs[0]})
    model.eval()
    found = encode(tokenizer(), *SAMPLE)
    inputs = tuple(found[name] for name in INPUTS)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        axes = {0: "passages", 1: "tokens"}
        torch.onnx.export(
            model, inputs, full, input_names=list(INPUTS), output_names=["scores"],
            dynamic_axes=dict.fromkeys((*INPUTS, "scores"), axes), opset_version=17, dynamo=False,
        )  # fmt: skip
        if given.full:
            shutil.copy(full, given.out)
        else:
            quantize_dynamic(full, given.out, per_channel=True, weight_type=QuantType.QInt8)
    session = onnxruntime.InferenceSession(given.out)
    feed = {name: found[name].numpy() for name in INPUTS}
    with torch.no_grad():
        moved = np.abs(session.run(None, feed)[0] - model(*inputs).numpy())[feed["attention_mask"] > 0]
    print(f"{given.out.stat().st_size:,} bytes; scores move by {moved.mean():.3f}, at most {moved.max():.3f}")


if __name__ == "__main__":
    main()
