"""A build that is killed, wherever it was, leaves what answered before, and the next one ends it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import killing
import pytest
from conftest import ToyEmbedder

from rag import build as building
from rag.index import database, dense, grown, snapshots
from rag.index.lexical import LexicalIndex

BOUNDARIES: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (Path, "replace"),
    (Path, "hardlink_to"),
    (Path, "mkdir"),
    (Path, "unlink"),
    (shutil, "rmtree"),
    (database, "write"),
    (dense, "save"),
    (dense, "extend"),
    (shutil, "copyfile"),
    (LexicalIndex, "write"),
)
"""Around each call of these a build may be killed; inside those that libraries make, at random instants."""


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[killing.Case, killing.Case]]:
    found = killing.cases(tmp_path_factory.mktemp("killed"))
    again = killing.read_once(found[0].settings)
    yield found
    again()


@pytest.fixture
def growing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an index grow however small it is."""
    monkeypatch.setattr(grown, "SMALLEST", 1)
    monkeypatch.setattr(grown, "SHARE", 9.0)


def states(case: killing.Case, monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[Path]:
    """Build, and return copies of the folder of the index as it was around each call, half files included."""
    index, kept = case.settings.index, [folder / "0"]
    listed: list[object] = [None]

    def look() -> None:
        if not index.is_dir():
            return
        paths = [path for path in sorted(index.rglob("*")) if path.name != "build.lock"]
        now = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
        if now != listed[-1]:
            listed.append(now)
            copy(index, kept[-1])
            kept.append(folder / str(len(kept)))

    def around(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            look()
            found = call(*arguments, **named)
            look()
            return found

        return called

    def halves(path: Path, content: bytes) -> int:
        write(path, content[: len(content) // 2])
        look()
        return write(path, content)

    write, copy = Path.write_bytes, shutil.copytree
    with monkeypatch.context() as hooked:
        for owner, name in BOUNDARIES:
            hooked.setattr(owner, name, around(getattr(owner, name)))
        hooked.setattr(Path, "write_bytes", halves)
        building.build(case.settings, embedder=ToyEmbedder())
    return kept[:-1]


@pytest.mark.parametrize("which", [0, 1], ids=["first", "another"])
def test_at_each_boundary(cases, which: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    case = cases[which]
    index = tmp_path / "index"
    if case.before is not None:
        shutil.copytree(case.settings.index, index)
    found = states(case.state(index), monkeypatch, tmp_path)
    assert len(found) > 20
    wrong = {state.name: said for state in found if (said := killing.trouble(case.state(state)))}
    assert not wrong


@pytest.mark.usefixtures("growing")
def test_at_each_boundary_of_what_is_added(cases, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _, case = cases
    case = replace(case, settings=replace(case.settings, batch=8))  # so that one batch is enough
    shutil.copytree(case.settings.index, tmp_path / "index")
    found = states(case.state(tmp_path / "index"), monkeypatch, tmp_path)
    assert snapshots.in_use(tmp_path / "index")[1].is_grown
    assert len(found) > 20
    wrong = {state.name: said for state in found if (said := killing.trouble(case.state(state)))}
    assert not wrong


def test_at_random_instants(cases, tmp_path: Path) -> None:
    assert not killing.random_kills(cases, 6, 2, tmp_path)


def test_all_that_is_switched_to_was_on_the_disk(cases, monkeypatch, tmp_path: Path) -> None:
    """After a power cut a disk may have lost whatever was not synced, and keep the new name all the same."""
    settings = cases[0].state(tmp_path / "index").settings
    content: dict[Path, object] = {}
    fsync, replaced, lost = os.fsync, Path.replace, []

    def synced(number: int) -> None:
        fsync(number)
        path = Path(f"/proc/self/fd/{number}").readlink()
        content[path] = sorted(each.name for each in path.iterdir()) if path.is_dir() else path.read_bytes()

    def switched(path: Path, to: Path) -> Path:
        if to.name == "CURRENT":
            name = path.read_text().split()[0]
            snapshot = settings.index / "snapshots" / name
            for each in [snapshot, *snapshot.rglob("*")]:
                now = sorted(at.name for at in each.iterdir()) if each.is_dir() else each.read_bytes()
                if (
                    content.get(each.resolve()) != now
                    and content.get(each.with_name(f".{each.name}.new")) != now
                ):
                    lost.append(each.name)
        return replaced(path, to)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", switched)
    building.build(settings, embedder=ToyEmbedder())
    assert snapshots.in_use(settings.index)[1].unembedded == 0
    assert lost == []
