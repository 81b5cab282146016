"""What embedding in 8-bit numbers would bring and cost: time, and how high it ranks what answers.

    python benchmarks/eight_bits.py ../shared/data/squad/v2.json [FOLDER ...] [--limit 400] [--rounds 5]

The model's products are computed in 8-bit numbers: weights rounded by column, what they are multiplied with
by its range as it comes (dynamic quantisation). Collections are named as `rag test` does, and indexed in a
temporary folder with either model. Times are of a processor, of the same passages in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from english_rules import interval
from onnx import TensorProto, helper
from retrieval_choices import default, one_list, reciprocal_ranks

from rag.build import build
from rag.chat import Chat
from rag.evaluation.questions import home, read, with_own_articles
from rag.index.embedding import PACKAGED_MODEL, locate
from rag.index.onnx import session
from rag.index.packaged import PackagedEmbedder
from rag.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))

from training import graph

TIMED = 256
"""Passages of the first collection."""


class Rounded(graph.Graph):
    """A graph whose products are of 8-bit numbers. The weights are rounded when it is loaded."""

    def dense(self, values: str, name: str) -> str:
        """Add a layer of the model to `values`, shape (tokens, n)."""
        [count, _] = self._places[f"{name}.weight"]["shape"]
        # Each product has a zero of its own: onnxruntime exchanges them one by one.
        self.held[f"{name}.zero"] = helper.make_tensor(f"{name}.zero", TensorProto.INT8, [count], [0] * count)
        self.held["127"] = helper.make_tensor("127", TensorProto.FLOAT, [], [127.0])
        turned = self.add("Transpose", [self.weight(f"{name}.weight")], f"{name}.turned", perm=[1, 0])
        sizes = self.add("Abs", [turned], f"{name}.sizes")
        largest = self.add("ReduceMax", [sizes], f"{name}.largest", axes=[0], keepdims=0)
        scale = self.add("Div", [largest, "127"], f"{name}.scale")
        rounded = self.add("QuantizeLinear", [turned, scale, f"{name}.zero"], f"{name}.rounded", axis=1)
        inputs = [values, rounded, scale, f"{name}.zero", self.weight(f"{name}.bias")]
        return self.add("DynamicQuantizeMatMul", inputs, f"{name}.out", domain=graph.MICROSOFT)


class EightBits(PackagedEmbedder):
    """The packaged model in 8-bit numbers."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        weights = locate(PACKAGED_MODEL)
        config = json.loads((weights / "config.json").read_text(encoding="utf-8"))
        graph.Graph = Rounded  # type: ignore[misc]
        model = folder / "eight_bits.onnx"
        model.write_bytes(graph.made(weights / graph.FILE, config).SerializeToString())
        self._session = session(model, weights=weights)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("collections", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=400, help="questions of each collection")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        models = {"floats": PackagedEmbedder(), "8 bits": EightBits(Path(folder))}
        for number, path in enumerate(given.collections):
            chats = {
                name: opened(path, Path(folder) / f"{number} {name}", model) for name, model in models.items()
            }
            if not number:
                print(shares(chats["floats"], models, given.rounds))
            print(f"\n| {path} | floats | 8 bits | difference |\n| --- | --- | --- | --- |")
            compare(path, chats, given.limit)


def opened(path: Path, index: Path, model: PackagedEmbedder) -> Chat:
    settings = with_own_articles(Settings(), path, index=None, kept=home(path, os.environ))
    settings = replace(settings, index=index)
    build(settings, embedder=model)
    return Chat.open(settings, model)


def shares(chat: Chat, models: dict[str, PackagedEmbedder], rounds: int) -> str:
    """Say what embedding passages takes in 8 bits, of the time in floats, and how near the vectors are."""
    passages = chat.index.passages(chat.index.rows[:TIMED])
    found = []
    for _ in range(rounds):
        spent, vectors = [], []
        for model in models.values():
            began = time.process_time()
            vectors.append(model.embed_passages(passages)[0])
            spent.append(time.process_time() - began)
        found.append(spent[1] / spent[0])
    cosine = (vectors[0] * vectors[1]).sum(axis=1).mean()
    return f"8 bits take {statistics.median(found):.2f} of the time of floats; cosine to these {cosine:.3f}"


def compare(path: Path, chats: dict[str, Chat], limit: int) -> None:
    questions = [each for each in read(path) if not each.unanswerable]
    questions = questions[:: -(-len(questions) // limit)]
    for name, rank in (("by vectors", one_list("dense")), ("fused", default)):
        one, other = (
            reciprocal_ranks(chat, questions, rank, by_passage=path.is_file()) for chat in chats.values()
        )
        cells = [interval(one), interval(other), interval(other - one, "+")]
        print(f"| MRR@10 {name} ({len(questions)}) | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
