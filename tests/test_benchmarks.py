"""The commands that measure: each can still be started, so that a published figure can be made again."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ONLY_COMPARED = ("quantulum3", "dateparser")
"""Libraries that the product was weighed against and does not need."""


@pytest.mark.parametrize("script", sorted((ROOT / "benchmarks").rglob("*.py")), ids=lambda path: path.stem)
def test_a_benchmark_finds_all_that_it_imports(script: Path, monkeypatch: pytest.MonkeyPatch):
    """As it is started: with its own folder to import from, and what is installed."""
    installed = [place for place in sys.path if not Path(place or ".").resolve().is_relative_to(ROOT)]
    environment = [place for place in sys.path if "site-packages" in place]
    monkeypatch.setattr(sys, "path", [str(script.parent), *installed, *environment])
    for name in [name for name in sys.modules if name.partition(".")[0] == "training"]:
        monkeypatch.delitem(sys.modules, name)
    try:
        runpy.run_path(str(script), run_name="imported")
    except ModuleNotFoundError as error:
        if error.name not in ONLY_COMPARED:
            raise
        pytest.skip(f"measures what is not installed: {error.name}")
