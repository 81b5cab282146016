"""A file of JSON lines of one's own, changed a case at a time: every other line stays as it is.

What cannot be read is never written over, and what could not be read afterwards is not written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock

from rag.errors import QuestionsError
from rag.evaluation.questions import lines
from rag.evaluation.questions.labelled import LabelledQuestion
from rag.files import advice, replace_file
from rag.types import Citation

PATIENCE = 10.0
"""Seconds to wait for another who writes the same file; a write takes milliseconds."""

CARRIED = ("id", "note")
"""What an author wrote beside a case that outlasts its being replaced."""


def read(path: Path) -> tuple[LabelledQuestion, ...]:
    """Return the cases in the file at `path`, none without a file. Raises QuestionsError for a bad one."""
    return lines.read(path) if path.exists() else ()


def keep(path: Path, question: str, citations: Sequence[Citation]) -> str:
    """Write that `citations` answer `question` or, without any, that the articles don't.

    A new case comes last; one for a question that has a case takes its place, and the line that was there is
    returned. Raises QuestionsError.
    """
    case: dict[str, object] = {"question": question}
    if citations:
        case["article"] = _one_or_more([citation.article.id for citation in citations])
        case["quote"] = _one_or_more([" ".join(citation.quote.split()) for citation in citations])
    else:
        case["unanswerable"] = True

    def line(old: str) -> str:
        carried = {key: value for key, value in json.loads(old or "{}").items() if key in CARRIED}
        return json.dumps(carried | case, ensure_ascii=False)

    return _change(path, question, line)


def remove(path: Path, question: str, *, instead: str = "") -> None:
    """Take the case of `question` out of the file at `path`, or put the line `instead` in its place.

    Nothing happens when there is no such case. Raises QuestionsError.
    """
    _change(path, question, lambda old: instead if old else "")


def _change(path: Path, question: str, line: Callable[[str], str]) -> str:
    """Put for the line that asks `question`, which is returned, what `line` makes of it; empty is no line."""
    path = path.resolve()  # a link stays one
    asked = " ".join(question.split())
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=PATIENCE):
            text = lines.text_of(path) if path.exists() else ""
            rows = text.split("\n")
            known = lines.numbered(text, path).items()
            at = next((number - 1 for number, each in known if each.text == asked), None)
            old = "" if at is None else rows[at]
            new = line(old)
            if at is not None:
                rows[at : at + 1] = [new] if new else []
            elif new:
                rows = [*(rows if rows[-1].strip() else rows[:-1]), new, ""]
            changed = "\n".join(rows)
            lines.numbered(changed, path)
            if changed != text:
                replace_file(path, changed.encode())
            return old
    except (OSError, UnicodeEncodeError) as error:
        said = advice(error) if isinstance(error, OSError) else f"cannot be written: {error}"
        raise QuestionsError(f"{path} {said}") from None


def _one_or_more(texts: Sequence[str]) -> str | list[str]:
    """Return different `texts` as a line has them: one alone, more as a list."""
    found = list(dict.fromkeys(texts))
    return found[0] if len(found) == 1 else found
