"""What a snapshot was built from and with, as its manifest says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FORMAT = 9
"""Raised whenever the files of a snapshot change their meaning, or articles are read in another way."""

BOUND = 4
"""The format from which CURRENT names the manifest's SHA-256 too."""

_OF_ARTICLES = ("articles.", "copies.", "words/")
"""How the files of a snapshot begin that depend on the articles alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What decides the content of a snapshot beside the articles; another recipe needs another build."""

    model: str
    model_sha256: str
    language: str
    passage_tokens: int
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Removed:
    """What stands in the files of a snapshot and is gone: nothing that is asked for finds it."""

    articles: Sequence[int] = ()
    """Their numbers, ascending."""
    passages: int = 0
    sentences: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a snapshot was built from and with."""

    recipe: Recipe
    created: str
    """UTC, ISO 8601; the machine's clock said so, and nothing depends on it."""
    corpus: str
    """The folder of articles, as it was named."""
    files: Mapping[str, str]
    """Path inside the corpus to SHA-256, of every file that was looked at."""
    unread: Mapping[str, str]
    """What could not be read, and why."""
    articles: int
    passages: int
    sentences: int
    dimension: int
    checksums: Mapping[str, str]
    """The snapshot's own files to SHA-256."""
    hashed: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Of its large files, what `rag.index.parts.state_of` said of them when they were hashed."""
    states: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Of the files that were looked at, bytes and time of change; older snapshots keep none."""
    embedded: int | None = None
    """Passages that have a vector; None in older snapshots, where all have one."""
    sealed: str | None = None
    """The snapshot whose rows these are, where they were written for an earlier one; see `linked`."""
    removed: Removed = Removed()
    """What its files hold beside the articles, passages and sentences that are counted here."""
    added: int = 0
    """Rows for passages that were added to what was written anew, removed ones too."""

    @property
    def numbers(self) -> int:
        """How many numbers articles have had; those that were added later have the higher ones."""
        return self.articles + len(self.removed.articles)

    @property
    def is_grown(self) -> bool:
        """Whether anything was added or removed since it was written anew."""
        return bool(self.added or self.removed.articles)

    @property
    def rows(self) -> int:
        """How many rows its files have for passages."""
        return self.passages + self.removed.passages

    @property
    def of_articles(self) -> dict[str, str]:
        """Those of the files that are the same whatever vectors there are, to SHA-256."""
        return {name: sha256 for name, sha256 in self.checksums.items() if name.startswith(_OF_ARTICLES)}

    @property
    def unembedded(self) -> int:
        """How many passages have no vector yet."""
        return 0 if self.embedded is None else self.passages - self.embedded


def manifest_of(found: Mapping[str, Any]) -> Manifest:
    """Return the manifest that asdict made `found` of. Raises TypeError or KeyError for anything else."""
    parts = {
        "recipe": Recipe(**found["recipe"]),
        "checksums": dict(found["checksums"]),
        "removed": Removed(**found.get("removed", {})),
    }
    return Manifest(**{**found, **parts})
