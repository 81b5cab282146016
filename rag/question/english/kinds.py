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

# Two things, and what is compared about them where it is said.

_SIDE = r"(?:(?!\b(?:or|and|than)\b)[^,;?]){1,60}?"
_PAIR = rf"(?P<one>{_SIDE}),? (?:or|and) (?P<other>{_SIDE})"
_DEGREE = r"(?!(?:ever|never|other|rather|under|over|after)\b)(?:more|less|fewer|better|worse|[a-z]{2,}er)"
_EXTREME = r"(?:most|least|first|last|best|worst|[a-z]{2,}est)"
_BE = r"(?:is|was|are|were)"
_DO = r"(?:did|does|do|has|have)"
_DOES = r"(?:(?:ever|[a-z]+ly) )?(?-i:[a-z]+) (?:(?:much|far|even|any) )?(?:an? |the )?"
"""A verb before a degree, of one word: two would take "Titanic carry" from "the Titanic"."""
_NO_THING = (
    r"(?![£$€]?\d|an? (?:hundred|thousand|million|billion)\b"
    r"|(?:expected|thought|predicted|planned|usual|normal|average|before|ever|now|last|we|you|they)\b)"
)
"""After "than" comes nothing to compare with: "lower than expected", "higher than 100"."""
_DIFFER = r"(?:differ(?:ent)?|compare)"
COMPARISONS = _table(
    rf"(?:what(?:[’']s| {_BE}) )?(?:the )?(?:main |key |biggest )?(?:differences?|similarit(?:y|ies))"
    rf"(?: in (?P<aspect>.+?))? between {_PAIR}",
    rf"what (?:distinguishes|separates) (?P<one>{_SIDE}) from (?P<other>{_SIDE})",
    rf"what do {_PAIR} have in common",
    rf"in (?:what|which) ways? {_BE} (?P<one>{_SIDE}) (?:un)?like (?P<other>{_SIDE})",
    rf"how (?:{_DO}|{_BE}) (?P<one>{_SIDE}) {_DIFFER} (?:from|to|with|than) (?P<other>{_SIDE})"
    r"(?: in (?P<aspect>[\w ]+))?",
    rf"how (?:{_DO}|{_BE}) {_PAIR} {_DIFFER}(?: in (?P<aspect>[\w ]+))?",
    rf"compare (?:the )?(?P<aspect>[\w -]+?) (?:of|in|between) (?P<one>{_SIDE}) (?:and|with|to|against)"
    rf" (?:that (?:of|in) )?(?P<other>{_SIDE})",
    rf"compare (?P<one>{_SIDE}) (?:and|with|to|against) (?P<other>{_SIDE})",
    rf"(?P<one>(?!wh|how\b){_SIDE}) (?:vs\.?|versus) (?P<other>{_SIDE})(?: (?:on|in|for) (?P<aspect>.+))?",
    rf"(?:which|who|what) (?P<aspect>[^,:]*?\b(?:{_DEGREE}|{_EXTREME})\b[^,:]*)"
    rf"[,:] (?P<one>{_SIDE}),? or (?P<other>{_SIDE})",
    rf"(?:which|who|what) {_BE} (?P<aspect>{_DEGREE}(?: [a-z-]+)??|{_EXTREME}) (?P<one>{_SIDE}) or"
    rf" (?P<other>{_SIDE})",
    rf"(?:{_BE}|{_DO}) (?P<one>{_SIDE}) or (?P<other>{_SIDE}) (?:[a-z]+ )?"
    rf"(?P<aspect>first|last|{_DEGREE}(?: [a-z]+)?)",
    rf"{_BE} (?P<one>{_SIDE}) (?:much |far |any |a lot |a bit )?(?P<aspect>{_DEGREE}(?: [a-z-]+)?) than"
    rf" {_NO_THING}(?P<other>{_SIDE})",
    rf"{_DO} (?P<one>{_SIDE}) (?P<aspect>{_DOES}{_DEGREE}(?: [a-z]+)?) than {_NO_THING}(?P<other>{_SIDE})",
)

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

# Several things.

_PLURAL = (
    r"(?:people|women|men|children"
    r"|(?!(?:does|was|has|is|its|this|goes|says|makes|takes|gives|happens|means)\b)"
    r"[a-z-]+(?:[^\Wsui]s|ies|oes|sses|ches))"
)
LISTS = _table(
    r"(?:list|name|enumerate)(?: (?:all|some|the|a few|me|two|three|four|five))+ .+",
    r"give (?:me )?(?:examples|a list) of .+",
    rf"give (?:me )?(?:some|two|three|four|five|ten) {_PLURAL}\b.*",
    r"what (?:else|evidence) .+",
    rf"(?:which|what) (?:[a-z-]+ ){{0,2}}{_PLURAL}(?: (?:of|in|on|from|with) (?:[\w’'-]+ ){{0,4}}?[\w’'-]+)?"
    r" (?:are|were|do|did|have|had|can|could|will|would|should|must|may)\b.*",
    rf"which (?:[a-z-]+ )?{_PLURAL} [a-z]+ .+",
    rf"what (?:(?:kinds|types|sorts) of .+|(?:kind|type|sort) of {_PLURAL}\b.+)",
    rf"(?:what|who|which) (?:are|were) (?:the|some)(?: of the)? (?:[\w’'-]+ ){{0,4}}?{_PLURAL}\b.*",
)

BEFORE: tuple[tuple[Name, tuple[re.Pattern[str], ...]], ...] = (
    ("comparison", COMPARISONS),
    ("speech", SPEECHES),
)
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
    return Kind("list", {}) if any(pattern.fullmatch(text) for pattern in LISTS) else None
