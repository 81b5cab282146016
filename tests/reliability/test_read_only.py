"""An index that its reader may not write, or that another user built, is asked like any other."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.build import build
from rag.settings import Settings

NOBODY = 65534
"""Another user, who built the index."""

BOUND = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"] if os.getuid() == 0 else []
"""Runs a command as a root whom permissions stop like any other user. (Another user may not be let into the
folder where this Python lies.)"""

COMMAND = """
import sys
from pathlib import Path
from conftest import ToyEmbedder
from rag import build, chat
from rag.index import recipes
from rag.__main__ import main

toy = ToyEmbedder()
build.load_embedder = chat.load_embedder = lambda settings: toy
recipes.locate = lambda name, downloads: Path()
recipes.fingerprint = lambda name, folder: toy.fingerprint
sys.exit(main(sys.argv[1:]))
"""

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def kept(settings: Settings, toy) -> Iterator[Settings]:
    """The small corpus and its index where another user may look, but not write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = replace(settings, corpus=folder / "corpus", index=folder / "index")
        shutil.copytree(settings.corpus, kept.corpus)
        build(kept, embedder=toy)
        paths = [folder, *folder.rglob("*")]
        for path in paths:
            path.chmod(path.stat().st_mode & ~0o222 | (0o055 if path == folder else 0))
            if BOUND:
                os.chown(path, NOBODY, NOBODY)
        yield kept
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.fixture
def rag(kept: Settings, root: Path) -> Command:
    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RAG_")}
        environment |= {
            "PYTHONPATH": os.pathsep.join(map(str, (root, root / "tests"))),
            "RAG_CORPUS": str(kept.corpus),
            "RAG_INDEX": str(kept.index),
            "RAG_PASSAGE_TOKENS": str(kept.passage_tokens),
            "RAG_READER": "0",
        }
        return subprocess.run(
            [*BOUND, sys.executable, "-c", COMMAND, *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=environment | more,
            cwd=kept.corpus.parent,
        )

    return run


def test_it_is_asked(rag: Command) -> None:
    found = rag("ask", "What is Bread baked from?")
    assert found.stderr == ""
    assert "Bread is baked from flour and water." in found.stdout


def test_the_doctor_finds_nothing_wrong_with_it(rag: Command) -> None:
    found = rag("doctor")
    lines = [line for line in found.stdout.splitlines() if line.split()[1] in ("index", "fresh")]
    assert [line[:2] for line in lines] == ["ok", "ok"], found.stdout + found.stderr


def test_a_build_says_in_one_line_that_it_cannot_be_written(rag: Command, kept: Settings) -> None:
    found = rag("build")
    assert (found.returncode, found.stdout) == (1, "")
    [line] = found.stderr.splitlines()
    assert line.startswith(f"rag: {kept.index}")
    assert "cannot be written" in line
    assert "RAG_INDEX" in line


def test_a_part_that_may_not_be_read_is_named(rag: Command, kept: Settings) -> None:
    [database] = kept.index.rglob("articles.sqlite")
    database.chmod(0)
    found = rag("ask", "What is Bread baked from?")
    [line] = found.stderr.splitlines()
    assert f"{database} cannot be read (Permission denied); let this user read it" in line


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_the_words_are_as_readable_as_the_umask_lets_them(
    settings: Settings, toy, umask: int, mode: int
) -> None:
    before = os.umask(umask)
    try:
        build(settings, embedder=toy)
    finally:
        os.umask(before)
    [words] = settings.index.glob("snapshots/*/words")
    assert {stat.S_IMODE(file.stat().st_mode) for file in words.iterdir()} == {mode}
