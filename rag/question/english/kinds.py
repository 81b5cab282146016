"""A question to its kind: a list, a comparison, what one article or all of them hold.

Kinds are worded in forms.txt. A question that fits no form is an ordinary one.
"""

from __future__ import annotations

import re
from pathlib import Path

from rag.question.english.shapes import SHAPES
from rag.question.forms import Wording, forms_of
from rag.question.kind import NAMES, Kind

_POLITE = re.compile(
    r"(?:please,? |(?:can|could|would|will) you (?:please )?(?=(?:tell|show|give|list|name|find|say|explain"
    r"|describe|compare|outline|recap|sum|summari[sz]e|enumerate|write)\b)"
    r"|i(?:[’']d| would) like (?:to (?:see|know) )?|do you know |tell me,? |i want (?:to (?:see|know) )?)+",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:[\s?.!]|,? (?:please|thanks|thank you))+$", re.IGNORECASE)

FORMS = [
    (name, form)
    for form in forms_of((Path(__file__).parent / "forms.txt").read_text(encoding="utf-8"), SHAPES)
    for name in NAMES
    if name == form.kind
]
"""In the order of the file."""


def without_courtesy(question: str) -> str:
    """Return `question` without "Could you tell me" and the like in front of it."""
    found = _POLITE.match(question)
    return question[found.end() :] if found else question


def kind(question: str, *, is_limited: bool = False) -> Kind | None:
    """Return the kind of `question`; None for an ordinary one.

    `is_limited` when words of time were taken out of it: "Which articles are (from 2024)?" asks for them.
    """
    asked = without_courtesy(" ".join(question.split()))
    text = _ENDING.sub("", asked)
    if " " not in text:  # "many thanks" is no question with thanks behind it
        text = asked.strip(" ?.!")
    wording = Wording.of(text)
    for name, form in FORMS:
        if (is_limited or not form.is_limited) and (parts := wording.parts(form)) is not None:
            return Kind(name, parts)
    return None
