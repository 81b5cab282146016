"""Models give the same numbers on every processor."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from rag.index.onnx import session

ROWS, COLUMNS = 64, 16


def test_products_of_8_bit_numbers_are_exact_where_sums_of_two_do_not_fit_16_bits(tmp_path: Path) -> None:
    weights = np.full((ROWS, COLUMNS), 127, dtype=np.int8)
    graph = helper.make_graph(
        [
            helper.make_node("DynamicQuantizeLinear", ["given"], ["whole", "scale", "zero"]),
            helper.make_node("MatMulInteger", ["whole", "weights", "zero"], ["found"]),
        ],
        "product",
        [helper.make_tensor_value_info("given", TensorProto.FLOAT, [COLUMNS, ROWS])],
        [helper.make_tensor_value_info("found", TensorProto.INT32, [COLUMNS, COLUMNS])],
        [onnx.numpy_helper.from_array(weights, "weights")],
    )
    model = tmp_path / "product.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), model)
    given = np.full((COLUMNS, ROWS), 1.0, dtype=np.float32)
    found = session(model).run(None, {"given": given})[0]
    assert (found == 255 * 127 * ROWS).all()
