"""A question to its kind: someone's words, a list, a comparison, one article, the collection itself.

Most kinds are worded in forms.txt; those that depend on how words are built are tables of patterns here. A
question that fits none is an ordinary one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from rag.question.english import forms
from rag.question.english.forms import Wording

Name: TypeAlias = Literal[
    "speech",
    "list",
    "steps",
    "comparison",
    "parts",
    "definition",
    "abbreviation",
    "summary",
    "overview",
    "people",
    "timeline",
    "new",
    "disagreements",
    "catalogue",
    "metadata",
    "greeting",
    "help",
    "pasted",
]


NAMES: tuple[Name, ...] = get_args(Name)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a question asks for, with the words that say so."""

    name: Name
    parts: Mapping[str, str]
    """By name; see the groups of the pattern that fits."""


def _table(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_POLITE = re.compile(
    r"(?:please,? |(?:can|could|would|will) you (?:please )?(?=(?:tell|show|give|list|name|find|say|explain"
    r"|describe|compare|outline|recap|sum|summari[sz]e|enumerate|write)\b)"
    r"|i(?:[’']d| would) like (?:to (?:see|know) )?|do you know |tell me,? |i want (?:to (?:see|know) )?)+",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:[\s?.!]|,? (?:please|thanks|thank you))+$", re.IGNORECASE)

# Somebody's words; "said" where only words will do. A document, or who writes it, is quoted by what it
# states: the treaty "bans", researchers "found".

_HEARD = r"(?!(?:articles?|documents?|texts?|passages?|papers?|posts?|chapters?|flag|plaque)\b)"
_SPEAKER = (
    r"(?!(?:he|she|they|it|we|i|you|this|that|people|some)\b)"
    rf"(?P<speaker>{_HEARD}[^\W_][\w’'.-]*(?: {_HEARD}[\w’'.-]+){{0,5}}?)"
)
_WRITING = (
    r"(?:stud(?:y|ies)|research(?:ers)?|scientists|reports?|surveys?|polls?|laws?|the (?:bill|act)|treaty"
    r"|constitution|amendment|agreement|convention|charter|declaration|rules?|guidelines|bible|koran|books?)"
)
SPEECHES = _table(
    rf"what (?:did|does|do|has|have) (?P<speaker>(?:(?!say\b)[\w’'.-]+ ){{0,4}}{_WRITING}) (?:say|said)\b.*",
    rf"what (?:did|does|do|has|have|had) {_SPEAKER} (?:(?P<said>say|said)|think|thought|claim|tell|told"
    r"|announce|argue|warn|promise|predict|write|written|answer|reply|comment|insist|admit|deny|declare|recommend|criticise|criticize"
    r"|remark)\b.*",
    rf"how (?:did|does|has) {_SPEAKER} (?:describe|explain|react to|respond to|comment on|feel about)\b.*",
    rf"what (?:is|was|were|are) {_SPEAKER}[’']s? (?:view|opinion|reaction|stance|position|reasoning|message"
    r"|warning|objection|comment|argument|reply)s?\b.*",
    rf"(?:tell me )?what {_SPEAKER} (?P<said>said|says) (?:about|on) .*",
    rf"what (?:is|was) {_SPEAKER} quoted as saying.*",
    rf"quot(?:es?|ations?) (?:from|by) {_SPEAKER}",
    rf"in {_SPEAKER}[’']s? (?:own )?words,? .*",
    rf"according to {_SPEAKER}, .*",
    rf".*,? according to {_SPEAKER}",
)

BEFORE: tuple[tuple[Name, tuple[re.Pattern[str], ...]], ...] = (("speech", SPEECHES),)
"""Looked at before the forms of the file, in this order; a pattern has to fit the whole question."""

FORMS = [
    (name, form)
    for form in forms.read((Path(__file__).parent / "forms.txt").read_text(encoding="utf-8"))
    for name in NAMES
    if name == form.kind
]
"""Looked at then."""


def without_courtesy(question: str) -> str:
    """Return `question` without "Could you tell me" and the like in front of it."""
    found = _POLITE.match(question)
    return question[found.end() :] if found else question


def read(question: str, *, is_limited: bool = False) -> Kind | None:
    """Return the kind of `question`; None for an ordinary one.

    `is_limited` when words of time were taken out of it: "Which articles are (from 2024)?" asks for them.
    """
    asked = without_courtesy(" ".join(question.split()))
    text = _ENDING.sub("", asked)
    if " " not in text:  # "many thanks" is no question with thanks behind it
        text = asked.strip(" ?.!")
    for name, patterns in BEFORE:
        for pattern in patterns:
            if found := pattern.fullmatch(text):
                return Kind(name, {part: value.strip() for part, value in found.groupdict().items() if value})
    wording = Wording.of(text)
    for name, form in FORMS:
        if (is_limited or not form.is_limited) and (parts := wording.parts(form)) is not None:
            return Kind(name, parts)
    return None
