"""What the sample articles answer to many questions, by the toy model: compared with a file that was read.

It says little of quality: whatever of the answers changes is noticed. After a change that is meant, write it
anew and read the difference:

    python -m pytest tests/unit/answer/test_golden.py --renew-golden && git diff
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from conftest import ROOT, ToyEmbedder

from rag.build import build
from rag.chat import Chat
from rag.settings import Settings
from rag.types import Answer, Listing, Outcome, Statement, Unanswered

FILE = Path(__file__).parent / "golden" / "answers.txt"
SETS = ("questions", "kinds", "disagreements")
SHOWN = 60
"""Characters of a quote, beside its length."""


def test_all_is_answered_as_it_was(tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    settings = Settings(corpus=ROOT / "corpus", index=tmp_path / "index", reader=False)
    build(settings, embedder=ToyEmbedder())
    chat = replace(Chat.open(settings, ToyEmbedder()), today=lambda: date(2026, 3, 1))
    files = [ROOT / "tests" / "retrieval" / f"{name}.jsonl" for name in SETS]
    labelled = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    asked = {json.loads(line)["question"] for line in labelled}
    lines = [f"{each}\t{json.dumps(told(chat.ask(each)), ensure_ascii=False)}" for each in sorted(asked)]
    golden(FILE, "\n".join(lines) + "\n")


def told(outcome: Outcome) -> dict[str, Any]:
    """Return what `outcome` says, without what is empty."""
    said: dict[str, Any] = {"is": type(outcome).__name__}
    if isinstance(outcome, Listing):
        articles = [each.id for each in outcome.articles]
        said |= {"lead": outcome.lead, "articles": articles, "of": outcome.total}
    if isinstance(outcome, Answer):
        said |= {
            "likely": outcome.likely,
            "short": outcome.short_answer,
            "quotes": [quoted(each) for each in outcome.statements],
            "sides": [side.value for side in outcome.sides],
            "uncovered": outcome.uncovered_sides,
        }
    if isinstance(outcome, Answer | Unanswered):
        said |= {"confidence": f"{outcome.confidence:.2f}", "missing": outcome.missing}
        said["closest"] = [hit.passage.article.id for hit in outcome.closest[:3]]
    return {name: value for name, value in said.items() if value}


def quoted(statement: Statement) -> str:
    """Return the beginning of a statement, its length, what is bold of it, and where its quote stands."""
    citation = statement.citations[0]
    bold = ",".join(f"{start}-{end}" for start, end in statement.highlights)
    place = f"{citation.article.id}:{citation.start}-{citation.end}"
    text = f"{statement.text[:SHOWN]!r} {len(statement.text)}"
    return f"{statement.label or ''} {text} [{bold}] {place}".strip()
