"""The only door to onnxruntime and tokenizers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rag.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# onnxruntime reports to its publisher once it is imported; disable_telemetry_events() does not end that.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

Ids = npt.NDArray[np.int64]


def session(
    model: Path, *, weights: Path | None = None, threads: int = 0, hint: str = "install the program anew"
) -> InferenceSession:
    """Load the graph in `model`; weights that are not in it lie in the folder `weights`.

    A run takes so many `threads`, all cores if 0. Raises ModelError, which ends with the `hint`, when it
    cannot be loaded.
    """
    import onnxruntime  # noqa: PLC0415 - takes a moment

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Threads that wait would keep the cores from the rest of the program.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Without it, sums of two 8-bit products overflow on processors without VNNI, which then answer otherwise.
    options.add_session_config_entry("session.x64quantprecision", "1")
    if weights:
        options.add_session_config_entry(
            "session.model_external_initializers_file_folder_path", str(weights.resolve())
        )
    try:
        return onnxruntime.InferenceSession(model.read_bytes(), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own share no narrower class
        raise ModelError(f"the model in {model} cannot be loaded: {error}; {hint}") from error


def tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of the model in `folder`, which neither cuts nor pads texts."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - loaded with the model

    found: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def padded(rows: Sequence[Sequence[int]]) -> tuple[Ids, Ids]:
    """Return rows of tokens with zeros behind the shorter ones, and what of it is tokens: shape (rows, n)."""
    ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    mask = np.zeros_like(ids)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return ids, mask
