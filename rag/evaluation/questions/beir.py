"""A BEIR folder (Thakur et al., 2021) to Questions: queries.jsonl with the judgments in qrels/."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rag.corpus.formats.text.characters import one_line
from rag.errors import QuestionsError
from rag.evaluation.questions.labelled import LabelledQuestion

FIRST = ("test.tsv", "dev.tsv")
"""Judgments that are looked for, before any others in the order of their names."""


def read(folder: Path) -> tuple[LabelledQuestion, ...]:
    """Return the queries that a judgment finds relevant articles for.

    Raises QuestionsError for a bad line.
    """
    judgments = _judgments(folder / "qrels")
    return tuple(question for question in _queries(folder / "queries.jsonl", judgments) if question.articles)


def article_id(name: str) -> str:
    """Return the id that the article called `name` in corpus.jsonl has here."""
    return f"corpus.jsonl#{one_line(name)}"


def _judgments(folder: Path) -> dict[str, dict[str, int]]:
    """Return the grade of each relevant article by query."""
    names = sorted(path.name for path in folder.glob("*.tsv"))
    chosen = next((name for name in (*FIRST, *names) if name in names), None)
    if chosen is None:
        raise QuestionsError(f"{folder} holds no .tsv file; put the judgments there as test.tsv")
    found: dict[str, dict[str, int]] = {}
    for number, line in _lines(folder / chosen):
        fields = line.rstrip("\r").split("\t")
        if number == 1 and fields[-1].strip() in {"score", "relevance"}:
            continue
        if len(fields) != 3 or not fields[2].strip().lstrip("-").isdigit():
            raise QuestionsError(
                f"{folder / chosen}, line {number}: is not query, article and a whole grade with tabs between"
            )
        if (grade := int(fields[2])) > 0:
            found.setdefault(fields[0].strip(), {})[article_id(fields[1])] = grade
    return found


def _queries(path: Path, judgments: Mapping[str, Mapping[str, int]]) -> Iterator[LabelledQuestion]:
    for number, line in _lines(path):
        try:
            given = json.loads(line)
            name, text = str(given["_id"]).strip(), " ".join(given["text"].split())
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise QuestionsError(f'{path}, line {number}: is not {{"_id": ..., "text": ...}}') from None
        if not text:
            raise QuestionsError(f"{path}, line {number}: the text is empty")
        answers = _answers(given.get("metadata"))
        yield LabelledQuestion(text, name, judgments.get(name, {}), answers=answers, is_judged_in_part=True)


def _answers(metadata: Any) -> tuple[str, ...]:
    """Return the short answers that a query's metadata has under "answer"; none for most collections."""
    given = metadata.get("answer") if isinstance(metadata, dict) else None
    values = given if isinstance(given, list) else [given]
    return tuple(text for each in values if isinstance(each, str) and (text := one_line(each)))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of `path` that hold something, with their numbers."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(f"{path} cannot be read: {error}") from None
    # Not splitlines: U+2028 may stand inside a JSON string.
    yield from ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
