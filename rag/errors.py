"""What can go wrong, in words a reader can act on.

RagError                 shown as it is, without a traceback
├── SettingError         a setting is unknown or outside its range
├── CorpusError          the folder of articles is missing or holds nothing readable
├── ReadingError         one file cannot be read; the build names it and goes on
├── WebError             an address cannot be fetched, or not by us
├── IntakeError          the corpus cannot be changed so
├── FilterError          a filter cannot be read, names what no article has, or leaves no article
├── QuestionsError       a file of test questions has a mistake, or does not fit the articles
├── ModelError           the embedding model is missing or its weights are not the expected ones
└── SnapshotError        the index is missing, damaged or made with other settings
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

LONGEST = 2000
"""Characters of a line of a message; the settings that there are, in one, take about half."""


class RagError(Exception):
    """Something the reader can put right; the message says what, where and how."""

    def __str__(self) -> str:
        """Return the message, a line and perhaps an indented list below it, as it can be shown anywhere."""
        return "\n  ".join(map(_shown, super().__str__().split("\n  ")))


def _shown(line: str) -> str:
    """Return `line`, cut where it repeats far too much of what was given, without control characters."""
    cut = line if len(line) <= LONGEST else f"{line[: LONGEST // 2]} ... {line[-LONGEST // 2 :]}"
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in cut)


class SettingError(RagError):
    """A setting is unknown or has a value outside its range."""


class CorpusError(RagError):
    """The folder of articles is missing or holds nothing readable."""


class ReadingError(RagError):
    """One file cannot be read."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What of a file was not used, though the rest of it was read."""

    said: str
    """Reads on from the path and "is read in part: "."""


class WebError(RagError):
    """An address cannot be fetched, or not by us."""


class IntakeError(RagError):
    """The corpus cannot be changed so."""


class FilterError(RagError):
    """A filter cannot be read, names what no article has, or leaves no article."""


class QuestionsError(RagError):
    """A file of test questions has a mistake, or does not fit the articles."""


class ModelError(RagError):
    """The embedding model is missing or is not the one the index was built with."""


class SnapshotError(RagError):
    """The index is missing, damaged or made with other settings."""

    @classmethod
    def damaged(cls, part: Path) -> Self:
        """Return the error for a `part` of the index that cannot be used."""
        return cls(f"{part} is missing or damaged; build the index anew with: rag build")

    @classmethod
    def mismatched(cls, folder: Path) -> Self:
        """Return the error for a snapshot in `folder` whose parts are of several builds."""
        return cls(f"the parts of {folder} do not belong together; build the index anew with: rag build")
