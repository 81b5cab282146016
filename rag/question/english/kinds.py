"""A question to its kind: someone's words, a list, a comparison, one article, the collection itself.

All of it is tables of patterns; a question that fits none is an ordinary one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

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

# Which articles: how a question for them begins, and what it goes on with.

_MANY = r"(?:news )?(?:articles|documents|papers|posts|stories|reports|texts)"
_ONE = r"(?:news )?(?:article|document|paper|post|piece|report|story|text)"
_NEW = r"(?P<newest>newest|latest|most recent|recent|new)"
_HERE = r"in (?:the|your|this) (?:collection|index|library)"
_HAVE = rf"(?:do (?:you|we) have|have you got|are there|are {_HERE})"

OVERVIEWS = _table(
    r"what (?:can|could|should|may) i ask(?: you)?(?: about)?(?: here)?",
    r"(?:what|which) (?:topics|subjects|themes) (?:do (?:the|your|these) articles|do you|can i ask) .*",
    r"(?:what|which) (?:topics|subjects|themes) are (?:there|here|covered)"
    rf"(?: (?:here|{_HERE}|(?:in|by) (?:the|your|these) articles))?",
    r"what do you know(?: about)?|what do you have",
    rf"what(?:[’']s| is) (?:in )?(?:here|{_HERE})",
    r"what (?:are (?:all )?(?:the|your|these) articles about|do (?:the|your|these) articles cover)",
)
"""The whole question is what there is."""

HEADS = _table(
    rf"(?:which|what)(?: {_NEW})? {_MANY}(?: {_HAVE}| (?:are|were)(?= ))?",
    rf"(?:which|what) (?:are|is) (?:the|your)(?: \d+)? {_NEW} {_MANY}",
    rf"how many {_MANY}(?: {_HAVE}| (?:are|were)(?= ))?",
    rf"(?:list|show|find|give)(?: me)?(?: (?:all|the|every|your|some|any|a list of))*(?: {_NEW})? {_MANY}",
    rf"(?:do (?:you|we) have|have you got|(?:is|are) there)(?: (?:any|an|a|some|more))* (?:{_MANY}|{_ONE})",
    r"(?:do you have|have you got)(?: (?:anything|something))(?= (?:on|about)\b)",
    rf"(?:what(?:[’']s| is)|anything) (?P<newest>new)(?: here| {_HERE})?(?=$)",
    rf"(?:the )?{_NEW} {_MANY}|{_MANY}(?=$| (?:on|about|by|from)\b)",
)
"""How a question for articles begins."""

_PUBLISHED = r"(?: that| which)?(?: (?:are|were|have been))?(?: (?:published|written|dated|added))?"
_NAME = r"[\w’'&.-]+(?: [\w’'&.-]+){0,5}?"
_NAME_ENDS = r"(?= (?:on|about|by|from|that|which|published)\b|$)"
PARTS = _table(
    rf"(?: that| which)?(?: (?:are|come|were))? from (?:the )?(?P<source>{_NAME}){_NAME_ENDS}",
    rf"(?: that| which)?(?: (?:are|were))?(?: written)? by (?P<author>{_NAME}){_NAME_ENDS}",
    r"(?: that| which)?(?: (?:are|is|were))? (?:on|about|regarding|concerning|related to|dealing with"
    rf"|deal with|talk about|discuss(?:ing)?|cover(?:ing)?) "
    rf"(?P<topic>(?!which\b|what\b|whom\b).+?){_PUBLISHED}$",
    r"(?: that| which)? (?:mention(?:ing)?|contain(?:ing)?) (?P<mention>.+)",
    rf" {_HAVE}$|(?= ){_PUBLISHED}$",
)
"""What such a question goes on with, in any order; a question with anything else is not one."""

# One article, named by its title or by what it is about.

_SUMMARISE = (
    r"(?:(?:summari[sz]e|sum up|tl;?dr(?: of)?|outline|recap)|(?:(?:give|write|show)(?: me)? )?(?:an?|the)? ?"
    r"(?:brief |short |quick )?(?:summary|overview|outline|gist) of)"
)
_OF = r"(?:on|about|called|titled|entitled|named)"
_IS = r"what(?:[’']s| is| was| does)"
_TOPIC = r"(?P<topic>(?!(?:the|your|this|that|an?|my|first|second|last|latest|whole|entire|full)\b).+)"
_QUOTED = r"[\"“'‘](?P<topic>[^\"“”]{4,})[\"”'’]"
SUMMARIES = _table(
    rf"{_SUMMARISE} (?:(?:the|your|that|this|an) )?{_ONE},? (?:{_OF} )?{_QUOTED}",
    rf"{_IS} (?:the )?(?:{_ONE},? )?(?:{_OF} )?{_QUOTED} (?:about|say)",
    rf"{_SUMMARISE} (?:(?:the|your|that|this|an) )?{_ONE} {_OF} (?P<topic>.+)",
    rf"{_SUMMARISE} (?:the |your )?{_TOPIC} {_ONE}",
    rf"{_IS} (?:the|your|that) {_ONE} {_OF} (?P<topic>.+) (?:about|say)",
    rf"what (?:the|your|that) {_ONE} {_OF} (?P<topic>.+) (?:is about|says)",
    rf"{_IS} the {_TOPIC} {_ONE} (?:about|say)",
)

# Two things, and what is compared about them where it is said.

_SIDE = r"(?:(?!\b(?:or|and|than)\b)[^,;?]){2,60}?"
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
    rf"what(?:[’']s| {_BE}) the (?:main |key |biggest )?differences?(?: in (?P<aspect>.+?))? between {_PAIR}",
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

_HEARD = r"(?!(?:articles?|documents?|texts?|passages?|flag|plaque)\b)"
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
    r"|announce|argue|warn|promise|predict|write|written|answer|reply|comment|insist|admit|deny|declare"
    r"|remark)\b.*",
    rf"how (?:did|does|has) {_SPEAKER} (?:describe|react to|comment on|feel about)\b.*",
    rf"what (?:is|was|were|are) {_SPEAKER}[’']s? (?:view|opinion|reaction|stance|message|warning"
    r"|comment|argument|reply)s?\b.*",
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
    rf"(?:which|what) (?:[a-z-]+ ){{0,2}}{_PLURAL}(?: (?:of|in|on|from|with) (?:[\w’'-]+ ){{0,4}}?[\w’'-]+)?"
    r" (?:are|were|do|did|have|had|can|could|will|would|should|must|may)\b.*",
    rf"which (?:[a-z-]+ )?{_PLURAL} [a-z]+ .+",
    r"what (?:kinds?|types?|sorts?) of .+",
    rf"(?:what|who|which) (?:are|were) (?:the|some)(?: of the)? (?:[\w’'-]+ ){{0,4}}?{_PLURAL}\b.*",
)

FORMS: tuple[tuple[Name, tuple[re.Pattern[str], ...]], ...] = (
    ("catalogue", OVERVIEWS),
    ("summary", SUMMARIES),
    ("comparison", COMPARISONS),
    ("speech", SPEECHES),
    ("list", LISTS),
)
"""Looked at in this order; a pattern has to fit the whole question."""


def without_courtesy(question: str) -> str:
    """Return `question` without "Could you tell me" and the like in front of it."""
    found = _POLITE.match(question)
    return question[found.end() :] if found else question


def read(question: str, *, is_limited: bool = False) -> Kind | None:
    """Return the kind of `question`; None for an ordinary one.

    `is_limited` when words of time were taken out of it: "Which articles are (from 2024)?" asks for them.
    """
    text = _ENDING.sub("", without_courtesy(" ".join(question.split())))
    for name, patterns in FORMS:
        for pattern in patterns:
            if found := pattern.fullmatch(text):
                return Kind(name, _given(found))
        if name == "catalogue" and (asked := _catalogue(text, is_limited=is_limited)):
            return asked
    return None


def _catalogue(text: str, *, is_limited: bool) -> Kind | None:
    """Return the kind of a question that is one of HEADS and then nothing but PARTS."""
    for head in HEADS:
        if begun := head.match(text):
            parts, at = _given(begun), begun.end()
            while at < len(text) and (part := _next_part(text, at, parts)):
                parts |= _given(part)
                at = part.end()
            is_asked = is_limited or parts or re.search(rf"\b(?:{_HAVE})$", text, re.IGNORECASE)
            if at == len(text) and is_asked:
                return Kind("catalogue", parts)
    return None


def _next_part(text: str, at: int, known: Mapping[str, str]) -> re.Match[str] | None:
    found = (part.match(text, at) for part in PARTS)
    return next((part for part in found if part and not _given(part).keys() & known.keys()), None)


def _given(found: re.Match[str]) -> dict[str, str]:
    return {name: value.strip() for name, value in found.groupdict().items() if value}
