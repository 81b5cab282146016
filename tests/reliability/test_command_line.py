"""A digit changed on disk, with the real commands and the real model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]

QUESTION = "How far is the Moon from the Earth?"


@pytest.fixture
def rag(tmp_path: Path, root: Path) -> Command:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "moon.md").write_text(
        "---\ntitle: The Moon\n---\nThe Moon orbits the Earth. Its distance from the Earth is about 384,400"
        " kilometres.",
        encoding="utf-8",
    )

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RAG_")}
        found = subprocess.run(
            [sys.executable, "-m", "rag", *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=environment | {"PYTHONPATH": str(root)},
            cwd=tmp_path,
        )
        assert "Traceback" not in found.stderr
        return found

    return run


def a_digit_of_the_text(index: Path) -> None:
    [database] = index.rglob("articles.sqlite")
    database.write_bytes(database.read_bytes().replace(b"384,400", b"384,900"))


def the_name_of_the_snapshot(index: Path) -> None:
    (index / "CURRENT").write_bytes(b"\xff../..")


@pytest.mark.parametrize("damage", [a_digit_of_the_text, the_name_of_the_snapshot])
def test_what_is_damaged_is_not_quoted_and_is_repaired_as_the_doctor_says(
    rag: Command, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    assert rag("build").returncode == 0
    damage(tmp_path / "index")

    asked = rag("ask", QUESTION)
    assert (asked.returncode, asked.stdout) == (1, "")
    [line] = asked.stderr.splitlines()
    assert "damaged; build the index anew with: rag build" in line
    examined = rag("doctor")
    assert examined.returncode == 1
    assert any(line.startswith("!!") and "rag build" in line for line in examined.stdout.splitlines())

    assert "1 passage" in rag("build").stdout
    answer = json.loads(rag("ask", "--json", QUESTION).stdout)
    assert "384,400" in answer["statements"][0]["citations"][0]["quote"]
    assert rag("doctor").returncode == 0
