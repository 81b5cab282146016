"""A question to whether it asks for yes or no, or for a name, and a sentence to whether it denies."""

from __future__ import annotations

import re

from rag.question.english.words import AUXILIARIES, any_of

_DENYING = (
    "not no never none nobody nothing neither nor least lowest fewest rarely seldom hardly lacks?"
    " lacked lacking unable fails? failed except cannot"
)
_DENIAL = re.compile(rf"\b{any_of(_DENYING)}\b(?! (?:just|only|merely)\b)|n['’]t\b", re.IGNORECASE)
_BESIDE = re.compile(r"(?i)^why \w+(?:['’]t| not)|(?<=\w )(?:when|while|if|although|because) [^,.;?]*")
"""What needs no denial in an answer: what a reason is for, and a clause beside the main one."""
_YES_OR_NO = re.compile(rf"{any_of(' '.join(AUXILIARIES))}(?:n['’]t)?\b(?!.* or\b)", re.IGNORECASE)

_WHO = re.compile(
    r"(?i)(?:^|, |\band |\bby )(?:who|whom|whose)\b(?! (?:can|could|should|may|must|do|does|needs?|are)\b)"
)


def is_for_name(question: str) -> bool:
    """Say whether the name of somebody would answer `question`."""
    return _WHO.search(question) is not None


def is_for_yes_or_no(question: str) -> bool:
    """Say whether yes or no would answer `question`."""
    return _YES_OR_NO.match(question) is not None


def denies(text: str) -> bool:
    """Say whether `text` tells of, or asks for, what is not so."""
    return _DENIAL.search(_BESIDE.sub("", text)) is not None
