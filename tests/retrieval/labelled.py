"""The labelled questions that lie beside this file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def questions(name: str) -> list[dict[str, Any]]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
