"""Answers, as `rag.output.json.as_json` has them, to a document with numbered footnotes.

entry.py      what a document says of an answer, whatever its format
markdown.py   as Markdown
html.py       as a page of HTML that stands alone
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, get_args

from rag.output.documents import html, markdown
from rag.output.documents.entry import ENGLISH, Words, entries

Format: TypeAlias = Literal["markdown", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

__all__ = ["FORMATS", "Format", "Words", "document"]


def document(answers: Sequence[dict[str, Any]], format: Format, words: Words = ENGLISH) -> str:
    """Return one or more `answers`, each from `as_json`, as a document that ends with a line's end."""
    if format == "json":
        return json.dumps(answers[0] if len(answers) == 1 else answers, ensure_ascii=False, indent=2) + "\n"
    write = markdown.write if format == "markdown" else html.write
    return write(entries(answers, words), words)
