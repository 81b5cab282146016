"""The marked sentences of tests/unit/index/sentences.txt to rows; its first lines say how it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parent / "unit" / "index" / "sentences.txt"


@dataclass(frozen=True, slots=True)
class Row:
    """A short text and where its sentences end."""

    kind: str
    language: str
    text: str
    ends: frozenset[int]
    """Where one ends, besides the last."""
    open_ends: frozenset[int]
    """Where one may end or not."""
    is_known_miss: bool

    def faults(self, spans: list[tuple[int, int]]) -> tuple[frozenset[int], frozenset[int]]:
        """Return the ends that `spans` miss, and those that they have too many."""
        found = {end for _, end in spans if self.text[end:].strip()} - self.open_ends
        return self.ends - found, frozenset(found - self.ends)


def rows(table: str) -> Iterator[Row]:
    kind = ""
    for line in table.split("\n\n", 1)[1].splitlines():
        if line.startswith("# "):
            kind = line.removeprefix("# ")
        elif line:
            yield row(line, kind)


def row(line: str, kind: str = "") -> Row:
    is_known_miss, line = line.startswith("?"), line.removeprefix("?")
    language, line = (line[1:3], line[4:]) if line.startswith("@") else ("en", line)
    text = ""
    marked: dict[str, set[int]] = {"|": set(), "¦": set()}
    for letter in line.replace("\\n", "\n"):
        if letter in marked:
            marked[letter].add(len(text))
        else:
            text += letter
    return Row(kind, language, text, frozenset(marked["|"]), frozenset(marked["¦"]), is_known_miss)


def marked(spans: list[tuple[int, int]], text: str) -> str:
    """Return `text` as the table writes it."""
    for _, end in reversed(spans):
        if text[end:].strip():
            text = f"{text[:end]}|{text[end:]}"
    return text.replace("\n", "\\n")
