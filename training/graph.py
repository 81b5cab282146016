"""The packaged model to an ONNX graph without weights: rag/index/packaged.onnx reads them where they lie.

    python -m training.graph rag/index/packaged.onnx

The weights stay in the package's model.safetensors, which the graph names with the place of each tensor. The
graph is written with onnxruntime's own operators for a transformer, so that nothing has to be rearranged when
it is loaded. tests/retrieval/test_embedding.py compares its vectors with sentence-transformers'.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper

from rag.index.embedding import PACKAGED_MODEL, locate

OPSET, MICROSOFT = 17, "com.microsoft"
FILE = "model.safetensors"


class Graph:
    """Nodes and weights as they are added."""

    def __init__(self, weights: Path) -> None:
        """Read where the tensors of `weights` lie: behind a header that tells it."""
        with weights.open("rb") as file:
            size = int.from_bytes(file.read(8), "little")
            self._places = json.loads(file.read(size))
        self._first = 8 + size
        self.nodes: list[onnx.NodeProto] = []
        self.held: dict[str, onnx.TensorProto] = {}

    def weight(self, name: str) -> str:
        """Return the name of a tensor of the file, which the graph holds from now on."""
        place = self._places[name]
        start, end = place["data_offsets"]
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=place["shape"])
        tensor.data_location = TensorProto.EXTERNAL
        told = {"location": FILE, "offset": self._first + start, "length": end - start}
        tensor.external_data.extend(
            onnx.StringStringEntryProto(key=key, value=str(value)) for key, value in told.items()
        )
        self.held[name] = tensor
        return name

    def constant(self, name: str, values: list[int]) -> str:
        """Return the name of whole numbers of shape (n,)."""
        self.held[name] = helper.make_tensor(name, TensorProto.INT64, [len(values)], values)
        return name

    def add(self, kind: str, inputs: list[str], output: str, *, domain: str = "", **attributes: Any) -> str:
        """Add a node and return the name of its output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def dense(self, values: str, name: str) -> str:
        """Add a layer of the model to `values`, shape (tokens, n)."""
        inputs = [values, self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]
        return self.add("Gemm", inputs, f"{name}.out", transB=1)

    def normalised(self, values: str, skipped: str, name: str, epsilon: float) -> str:
        """Add the sum of two values, normalised."""
        inputs = [values, skipped, self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]
        return self.add("SkipLayerNormalization", inputs, f"{name}.out", domain=MICROSOFT, epsilon=epsilon)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    folder = locate(PACKAGED_MODEL)
    model = made(folder / FILE, json.loads((folder / "config.json").read_text(encoding="utf-8")))
    out.write_bytes(model.SerializeToString())
    print(f"{out}: {out.stat().st_size:,} bytes")


def made(weights: Path, config: dict[str, float]) -> onnx.ModelProto:
    """Return the graph of the model: input_ids and attention_mask, shape (texts, tokens), to vectors."""
    graph = Graph(weights)
    width, epsilon = int(config["hidden_size"]), config["layer_norm_eps"]
    graph.constant("flat", [-1, width])
    graph.constant("zero", [0])
    graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    graph.add("Shape", ["input_ids"], "shape")
    graph.add("Shape", ["input_ids"], "tokens", start=1)
    graph.add("Gather", [graph.weight("embeddings.word_embeddings.weight"), "input_ids"], "words")
    graph.add(
        "Slice", [graph.weight("embeddings.position_embeddings.weight"), "zero", "tokens", "zero"], "places"
    )
    graph.add("Gather", [graph.weight("embeddings.token_type_embeddings.weight"), "zero"], "kind")
    graph.add("Add", ["places", "kind"], "placed")
    graph.add("Add", ["words", "placed"], "embedded")
    name = "embeddings.LayerNorm"
    scale = [graph.weight(f"{name}.weight"), graph.weight(f"{name}.bias")]
    graph.add("LayerNormalization", ["embedded", *scale], f"{name}.out", epsilon=epsilon)
    graph.constant("width", [width])
    graph.add("Concat", ["shape", "width"], "whole", axis=0)
    values = graph.add("Reshape", [f"{name}.out", "flat"], "start")
    for number in range(int(config["num_hidden_layers"])):
        values = _layer(graph, values, f"encoder.layer.{number}", int(config["num_attention_heads"]), epsilon)
    graph.add("Reshape", [values, "whole"], "token_vectors")
    inputs = [
        helper.make_tensor_value_info(each, TensorProto.INT64, ["texts", "tokens"])
        for each in ("input_ids", "attention_mask")
    ]
    outputs = [helper.make_tensor_value_info("token_vectors", TensorProto.FLOAT, ["texts", "tokens", width])]
    whole = helper.make_graph(graph.nodes, "packaged", inputs, outputs, list(graph.held.values()))
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(whole, opset_imports=opsets, ir_version=8)


def _layer(graph: Graph, values: str, name: str, heads: int, epsilon: float) -> str:
    attention = f"{name}.attention"
    parts = []
    for part in ("query", "key", "value"):
        flat = graph.dense(values, f"{attention}.self.{part}")
        parts.append(graph.add("Reshape", [flat, "whole"], f"{flat}.whole"))
    graph.add(
        "MultiHeadAttention", [*parts, "", "mask"], f"{attention}.heads", domain=MICROSOFT, num_heads=heads
    )
    graph.add("Reshape", [f"{attention}.heads", "flat"], f"{attention}.flat")
    attended = graph.dense(f"{attention}.flat", f"{attention}.output.dense")
    seen = graph.normalised(attended, values, f"{attention}.output.LayerNorm", epsilon)
    inner = graph.dense(seen, f"{name}.intermediate.dense")
    graph.add("Gelu", [inner], f"{name}.gelu", domain=MICROSOFT)
    outer = graph.dense(f"{name}.gelu", f"{name}.output.dense")
    return graph.normalised(outer, seen, f"{name}.output.LayerNorm", epsilon)


if __name__ == "__main__":
    main()
