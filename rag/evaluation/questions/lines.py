"""A file of JSON lines to Questions; a line that is wrong is named with its number."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rag.corpus.formats.text.characters import decode
from rag.errors import QuestionsError, ReadingError
from rag.evaluation.questions.labelled import LabelledQuestion
from rag.question.typed import LONGEST_QUESTION

EXPECTATIONS = ("article", "also", "quote", "answer")
"""Keys that say what is right; "duplicates" names further articles."""

KEYS = ("question", *EXPECTATIONS, "unanswerable", "why", "id", "note")
"""What a line may hold; "why" and "note" are for its author."""


def read(path: Path) -> tuple[LabelledQuestion, ...]:
    """Return the question of each line. Raises QuestionsError for the first line that is wrong."""
    return tuple(numbered(text_of(path), path).values())


def text_of(path: Path) -> str:
    """Return what the file holds. Raises QuestionsError when it is not text or cannot be read."""
    try:
        return decode(path.read_bytes())
    except (OSError, ReadingError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise QuestionsError(f"{path} cannot be read: {reason}") from None


def numbered(text: str, path: Path) -> dict[int, LabelledQuestion]:
    """Return the questions of `text` by line, from 1; `path` names it in what is raised for a wrong line."""
    found: dict[int, LabelledQuestion] = {}
    names: set[str] = set()
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            question = _question(line, number)
            if question.text in seen:
                raise QuestionsError(f"asks the same as line {seen[question.text]}; delete one of them")
            if question.id in names:
                raise QuestionsError(f"has the id {question.id} of an earlier line; give it another")
        except QuestionsError as error:
            raise QuestionsError(f"{path}, line {number}: {error}") from None
        seen[question.text] = number
        names.add(question.id)
        found[number] = question
    return found


def _question(line: str, number: int) -> LabelledQuestion:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionsError(f"is not JSON ({error}); write one object a line") from None
    if not isinstance(given, dict):
        raise QuestionsError('is not a JSON object; write {"question": ...}')
    _refuse_unknown(given)
    text = " ".join(_texts(given, "question", "a string", most=1)[:1])
    unanswerable = given.get("unanswerable", False)
    if not isinstance(unanswerable, bool):
        raise QuestionsError("unanswerable is true or false, without quotes")
    expected = [key for key in EXPECTATIONS if _texts(given, key, "a string or a list of strings")]
    if unanswerable and expected:
        raise QuestionsError(f"is unanswerable and yet has {' and '.join(expected)}; delete one or the other")
    if not text:
        drafted = "quote" if "quote" in expected else "article"
        hint = f"write one that the {drafted} answers, or delete the line" if expected else "write one"
        raise QuestionsError(f"the question is empty; {hint}")
    if len(text) > LONGEST_QUESTION:
        raise QuestionsError(f"the question has {len(text):,} characters; {LONGEST_QUESTION:,} are read")
    for quote in _texts(given, "quote", ""):
        if " " not in quote:
            raise QuestionsError(f"the quote is the one word {quote}; copy the sentence that holds it")
    if not unanswerable and not expected:
        raise QuestionsError(
            'says nothing of the answer; add "article", "quote" or "answer", or "unanswerable": true'
        )
    articles = _texts(given, "article", "") + _texts(given, "also", "")
    return LabelledQuestion(
        text,
        " ".join(_texts(given, "id", "a string", most=1)) or str(number),
        dict.fromkeys(articles, 1),
        tuple(_texts(given, "quote", "")),
        tuple(_texts(given, "answer", "")),
        unanswerable=unanswerable,
    )


def _refuse_unknown(given: Mapping[str, Any]) -> None:
    for key in given:
        if key not in KEYS:
            near = difflib.get_close_matches(key.lower(), KEYS, n=1)
            hint = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(KEYS)}"
            raise QuestionsError(f'"{key}" is not known; {hint}')
    if "question" not in given:
        raise QuestionsError('has no "question"; add one')


def _texts(given: Mapping[str, Any], key: str, kind: str, *, most: int | None = None) -> list[str]:
    """Return what `key` gives, on one line each, without empty ones; a number counts as its digits."""
    value = given.get(key)
    values = [] if value is None else value if isinstance(value, list) and most is None else [value]
    if not all(isinstance(each, str | int | float) and not isinstance(each, bool) for each in values):
        raise QuestionsError(f"{key} is {json.dumps(value, ensure_ascii=False)}; write {kind}")
    return [text for each in values if (text := " ".join(str(each).split()))]
