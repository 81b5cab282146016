"""Vectors: FAISS against the slow, obvious dot product."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rag.errors import SnapshotError
from rag.index import dense, snapshots
from rag.index.dense import DenseIndex
from rag.index.manifests import Manifest, Recipe
from rag.index.parts import Files


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


@pytest.fixture
def clustered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[np.ndarray], DenseIndex]:
    """Return what writes and opens an index of which clusters are made from 300 rows on."""
    monkeypatch.setattr(dense, "EXACT", 300)

    def opened(vectors: np.ndarray) -> DenseIndex:
        snapshot = tmp_path / "snapshot"
        snapshot.mkdir()
        dense.save(snapshot, vectors, vectors[:0])
        manifest = Manifest(
            recipe=Recipe(model="toy", model_sha256="", language="en", passage_tokens=160),
            created="",
            corpus="",
            files={},
            unread={},
            articles=1,
            passages=len(vectors),
            sentences=0,
            dimension=vectors.shape[1],
            checksums=snapshots.checksums(snapshot),
        )
        return dense.load(Files(snapshot, manifest))[0]

    return opened


def topics(count: int) -> np.ndarray:
    """Return rows around twenty others, as passages lie around what they are about."""
    draw = np.random.default_rng(3)
    vectors = unit_rows(20)[draw.integers(20, size=count)] + draw.normal(scale=0.1, size=(count, 16))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("share", [None, 0.5, 0.02])
def test_clusters_find_what_comparing_all_rows_finds(
    clustered: Callable[[np.ndarray], DenseIndex], share: float | None
) -> None:
    vectors = topics(2000)
    index = clustered(vectors)
    allowed = None if share is None else np.random.default_rng(1).random(2000) < share
    for question in vectors[::100]:
        rows, cosines = index.nearest(question, k=10, allowed=allowed)
        expected = [row for row in np.argsort(-(vectors @ question)) if allowed is None or allowed[row]][:10]
        assert len(set(rows.tolist()) & set(expected)) >= 9
        assert np.allclose(cosines, vectors[rows] @ question, atol=1e-6)
        assert allowed is None or allowed[rows].all()


def test_as_many_rows_as_asked_for_are_found_where_the_allowed_ones_lie_in_far_clusters(
    clustered: Callable[[np.ndarray], DenseIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "PROBED", 1)
    vectors = topics(2000)
    far = np.argsort(vectors @ vectors[0])[:400]
    allowed = np.isin(np.arange(2000), far)
    rows, _ = clustered(vectors).nearest(vectors[0], k=350, allowed=allowed)
    assert len(rows) == 350
    assert allowed[rows].all()


@pytest.mark.parametrize(
    ("vectors", "written"),
    [
        (topics(300), False),
        (topics(301), True),
        (np.concatenate([topics(300), np.zeros((1, 16), dtype=np.float32)]), False),
    ],
    ids=["few rows", "many rows", "one has no vector yet"],
)
def test_clusters_are_made_of_many_rows_once_all_have_their_vector(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vectors: np.ndarray, written: bool
) -> None:
    monkeypatch.setattr(dense, "EXACT", 300)
    dense.save(tmp_path, vectors, vectors[:0])
    names = {"vectors.faiss", "sentences.npy"} | ({"clusters.faiss"} if written else set())
    assert {path.name for path in tmp_path.iterdir()} == names


def test_damaged_clusters_are_a_clear_error(clustered: Callable[[np.ndarray], DenseIndex]) -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        pytest.raises(SnapshotError, match="rag build"),
    ):
        patch.setattr(dense.Clusters, "save", lambda _, path: path.write_bytes(b"no clusters"))
        clustered(topics(400))
