"""Whose words a sentence reports: its author's, or somebody else's."""

from __future__ import annotations

import re
from typing import Literal

from rag.question.english.words import any_of

_SAID = "say said says told tells wrote writes thought thinks spoke speaks taught teaches tweeted posted"
_STEMS = (
    "add argu claim warn repli reply respond answer announc insist stat declar predict promis explain"
    " acknowledg admit admitt deni deny describ call reject suggest propos not observ comment remark"
    " conclud believ report stress vow pledg urg demand criticis criticiz condemn prais point reiterat"
    " confirm estimat calculat object jok ask question blam assert maintain theoris theoriz recommend"
    " advis accus assum agree hint"
)
SAYING = re.compile(rf"\b(?:{any_of(_SAID)}|{any_of(_STEMS)}(?:e?d|e?s))\b")
_QUOTE = re.compile(r"[“\"][^”\"]{3,}[”\"]?")
_AUTHOR = re.compile(r"\b(?:its|the) author\b", re.IGNORECASE)


def author_speaks(sentence: str) -> Literal[-1, 0, 1]:
    """Say whether `sentence` reports its author's words: 1, somebody else's: -1, or nobody's: 0."""
    unquoted = _QUOTE.sub("", sentence)
    if author := _AUTHOR.search(unquoted):
        return 1 if SAYING.search(unquoted, author.end()) else 0
    return -1 if SAYING.search(unquoted) or unquoted != sentence else 0
