"""A build on a Ray cluster: a head and two machines on loopback, of which one is killed while it works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.build import build, build_on
from rag.errors import SettingError
from rag.index import spread
from rag.index.opened import Index
from rag.index.packaged import PackagedEmbedder
from rag.settings import Settings

MEMORY = 80_000_000
"""Bytes of the store of each machine; the least that Ray takes is 75 MB."""

ARTICLES = 40

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own, on many threads


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Start a head without cores and two machines with one each."""
    pytest.importorskip("ray", reason='Ray is an extra: pip install -e ".[ray]"')
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RAY_USAGE_STATS_ENABLED", "0")
        from ray.cluster_utils import Cluster

        head = {"num_cpus": 0, "include_dashboard": False, "object_store_memory": MEMORY}
        try:
            started = Cluster(initialize_head=True, head_node_args=head)
            machines = [started.add_node(num_cpus=1, object_store_memory=MEMORY) for _ in range(2)]
        except Exception as error:  # Ray waits thirty seconds for a machine and raises no narrower class
            pytest.skip(f"this machine is too busy for Ray: {error}")
        yield started, machines
        started.shutdown()


@pytest.fixture
def corpus(tmp_path: Path) -> Settings:
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    settings.corpus.mkdir()
    for number in range(ARTICLES):
        text = f"The mast of the town number {number} is {100 + number} metres tall. It was painted red."
        (settings.corpus / f"{number:02}.md").write_text(f"---\ntitle: Town {number}\n---\n{text}")
    (settings.corpus / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    return settings


def test_nothing_is_lost_and_nothing_twice_when_a_machine_is_killed(cluster, corpus, monkeypatch) -> None:
    started, machines = cluster
    monkeypatch.setattr(spread, "PART", 2)
    seen: list[int] = []

    def progress(done: int, total: int) -> None:
        if done and not seen:
            started.remove_node(machines.pop(), allow_graceful=False)
        seen.append(done)

    report = build_on(started.address, corpus, load=PackagedEmbedder, progress=progress)
    assert (report.articles, report.embedded, [*report.unread]) == (ARTICLES, ARTICLES, ["broken.pdf"])
    here = replace(corpus, index=corpus.index.with_name("here"))
    build(here, embedder=PackagedEmbedder())
    one, other = Index.open(corpus.index), Index.open(here.index)
    rows = np.arange(ARTICLES)
    assert one.passages(rows) == other.passages(rows)
    np.testing.assert_allclose(one.vectors.rows(rows), other.vectors.rows(rows), atol=1e-5)
    for found, expected in zip(one.sentence_vectors(rows), other.sentence_vectors(rows), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-3)


def test_where_no_cluster_answers_is_said(settings, toy, monkeypatch) -> None:
    ray = pytest.importorskip("ray", reason='Ray is an extra: pip install -e ".[ray]"')

    def refuse(**_: object) -> None:
        raise ConnectionError("nobody there")

    monkeypatch.setattr(ray, "init", refuse)
    with pytest.raises(SettingError, match=r"no Ray cluster answers at far:6379 \(nobody there\); start one"):
        build_on("far:6379", settings, load=lambda: toy)


def test_without_the_package_it_is_named(settings, toy, monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(SettingError, match=r"--ray needs the package ray; .*\[ray\]"):
        build_on("auto", settings, load=lambda: toy)
