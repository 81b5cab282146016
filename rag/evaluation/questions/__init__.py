"""A file of questions to labelled Questions: JSON lines, a BEIR folder, or SQuAD.

`read` picks the reader. A BEIR folder and a SQuAD file bring their own articles, a file of JSON lines is
about the articles of the settings; `own_articles` tells which.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rag.corpus.folder import is_beir
from rag.errors import QuestionsError
from rag.evaluation.questions import beir, lines, squad
from rag.evaluation.questions.labelled import LabelledQuestion, Place
from rag.settings import Settings

__all__ = ["LabelledQuestion", "Place", "brings_articles", "home", "read", "with_own_articles"]


def read(path: Path | str) -> tuple[LabelledQuestion, ...]:
    """Return the questions of the file or folder at `path`, in their order.

    Raises QuestionsError with the file and the line that is wrong.
    """
    path = Path(path)
    if path.is_dir():
        if not is_beir(path):
            raise QuestionsError(
                f"{path} is not a BEIR folder: that holds corpus.jsonl, queries.jsonl and qrels/."
                " Name a file of questions otherwise"
            )
        found = beir.read(path)
    else:
        found = squad.read(path)[1] if squad.is_squad(path) else lines.read(path)
    if not found:
        raise QuestionsError(f"{path} holds no question; write one a line, see docs/testing.md")
    return found


def brings_articles(path: Path) -> bool:
    """Say whether the questions at `path` are about articles of their own."""
    return path.is_dir() or squad.is_squad(path)


def home(path: Path, environment: Mapping[str, str]) -> Path:
    """Return where the articles and the index of the collection at `path` are kept between runs."""
    cache = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = path.resolve()
    return cache / "footnote" / f"{place.stem}-{hashlib.sha256(str(place).encode()).hexdigest()[:8]}"


def with_own_articles(settings: Settings, path: Path, *, index: Path | None, kept: Path) -> Settings:
    """Return `settings` over the articles that the collection at `path` brings.

    Its index is the folder `index`, or in the folder `kept`, as are the articles taken out of a SQuAD file.
    """
    corpus = path
    if not path.is_dir():
        corpus = kept / "corpus"
        squad.write_articles(path, corpus)
    return replace(settings, corpus=corpus, index=index or kept)
