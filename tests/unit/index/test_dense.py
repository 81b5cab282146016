"""Vectors: FAISS against the slow, obvious dot product."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.errors import SnapshotError
from rag.index.dense import DenseIndex


def unit_rows(count: int, dimension: int = 16) -> np.ndarray:
    vectors = np.random.default_rng(7).normal(size=(count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_nearest_is_the_dot_product_in_descending_order() -> None:
    vectors = unit_rows(200)
    question = vectors[3]
    rows, cosines = DenseIndex.of(vectors).nearest(question, k=10)
    expected = np.argsort(-(vectors @ question))[:10]
    assert rows.tolist() == expected.tolist()
    assert rows[0] == 3
    assert np.allclose(cosines, (vectors @ question)[expected], atol=1e-6)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 1.0])
def test_only_allowed_rows_are_found_and_as_many_as_there_are(share: float) -> None:
    vectors = unit_rows(203)
    allowed = np.random.default_rng(1).random(203) < share
    rows, cosines = DenseIndex.of(vectors).nearest(vectors[3], k=10, allowed=allowed)
    expected = [row for row in np.argsort(-(vectors @ vectors[3])) if allowed[row]][:10]
    assert rows.tolist() == expected
    assert len(cosines) == len(expected)


def test_equally_close_rows_come_in_their_order() -> None:
    vectors = np.repeat(unit_rows(2), 40, axis=0)
    rows, _ = DenseIndex.of(vectors).nearest(vectors[50], k=80)
    assert rows.tolist() == [*range(40, 80), *range(40)]


def test_fewer_rows_than_asked_for_are_returned_without_padding() -> None:
    rows, cosines = DenseIndex.of(unit_rows(3)).nearest(unit_rows(3)[0], k=10)
    assert sorted(rows.tolist()) == [0, 1, 2]
    assert len(cosines) == 3


def test_rows_are_the_vectors_that_went_in(tmp_path: Path) -> None:
    vectors = unit_rows(20)
    DenseIndex.of(vectors).save(tmp_path / "vectors.faiss")
    opened = DenseIndex.load(tmp_path / "vectors.faiss")
    assert np.array_equal(opened.rows(np.array([4, 0, 19])), vectors[[4, 0, 19]])
    assert opened.rows(np.array([], dtype=np.int64)).shape == (0, 16)


@pytest.mark.parametrize("content", [None, b"", b"not an index"])
def test_a_missing_or_damaged_file_is_a_clear_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "vectors.faiss"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SnapshotError, match="rag build"):
        DenseIndex.load(path)
