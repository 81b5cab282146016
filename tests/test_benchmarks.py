"""The commands that measure: each can still be started, so that a published figure can be made again."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ONLY_COMPARED = ("quantulum3", "dateparser")
"""Libraries that the product was weighed against and does not need."""


@pytest.mark.parametrize("script", sorted((ROOT / "benchmarks").rglob("*.py")), ids=lambda path: path.stem)
def test_a_benchmark_finds_all_that_it_imports(script: Path):
    try:
        runpy.run_path(str(script), run_name="imported")
    except ModuleNotFoundError as error:
        if error.name not in ONLY_COMPARED:
            raise
        pytest.skip(f"measures what is not installed: {error.name}")
