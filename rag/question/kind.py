"""The kinds of questions that are answered in their own way, whatever their language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

KindName: TypeAlias = Literal[
    "list",
    "steps",
    "comparison",
    "parts",
    "definition",
    "abbreviation",
    "summary",
    "view",
    "overview",
    "people",
    "timeline",
    "new",
    "disagreements",
    "catalogue",
    "metadata",
    "greeting",
    "help",
    "pasted",
]

NAMES: tuple[KindName, ...] = get_args(KindName)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a question asks for, with the words that say so."""

    name: KindName
    parts: Mapping[str, str]
    """By name; see the slots of the form that fits."""
