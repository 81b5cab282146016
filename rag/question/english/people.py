"""A sentence to those it names, and what it says that they are: "the British defence secretary, John Healey".

Names are runs of words with capitals. What stands before one or, between commas, behind it says who somebody
is: where it ends in, or holds, a word for what people are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.index.sentences import Span
from rag.question.english.speech import SAYING
from rag.question.english.words import CALENDAR, FUNCTION, LEADS, TITLE, WEEKDAY, any_of

NEAR = 90
"""Characters before a name in which its office is looked for."""

_INITIAL = r"(?:(?:[A-Z]\.)+ )?"
_WORD = rf"{_INITIAL}(?!{WEEKDAY}\b)[A-Z](?:[’'][A-Z])?[\w-]*(?<!-)"
_LINK = (
    r"(?:[“\"‘'](?:[A-Z]\w+)[”\"’'] )?"
    r"(?:(?:of the|of|de la|del|de|da|di|du|van der|van den|van|von|der|den|bin|ibn|al) )?"
)
_RUN = re.compile(rf"(?<![\w@#.’'-]){_WORD}(?: {_LINK}{_WORD})*")
_OFFICES = (
    "politician actor actress president minister secretary scientist writer author singer player"
    " journalist engineer physicist mathematician lawyer judge senator general composer painter poet"
    " philosopher king queen emperor explorer doctor physician chemist biologist astronomer economist"
    " inventor director activist professor soldier officer artist musician rapper comedian founder CEO"
    " historian mountaineer astronaut architect leader governor mayor spokesman spokeswoman"
    " spokesperson chairman coach chef businessman executive analyst expert commander chief"
    " premier chancellor ambassador lieutenant captain admiral bishop pope prince princess candidate adviser"
    " footballer"
)
_OFFICE = (
    rf"(?:\w+-)?(?:(?i:{any_of(_OFFICES)})"
    r"|[a-z]+(?:ist|ian|[b-np-tv-z]man|woman|person))(?![\w-])"
)
_IS_OFFICE = re.compile(_OFFICE)
_NAMELESS = FUNCTION | LEADS | CALENDAR | frozenset("former late photo image video read americans".split())
"""Words that with a capital name nobody and nothing."""
_TITLE = re.compile(rf"(?:Sir|Dame|Lord|Lady|{TITLE})(?:\. | |$)")
_LIMITS = re.compile(
    rf"(?!first\b){any_of(' '.join(FUNCTION))}|{SAYING.pattern}"
    r"|\w+(?:ed|ing|ly)|[^\w’'.-]+.*|[a-z’'-]+[.?!]|\w{3,}[.?!]|.*[,;:)(”“\"][.?!]*"
)
"""Words before which what somebody is cannot have begun."""
_PART = r"(?!(?:not|and(?! [A-Z])|or|who|which|that|said|says|told|was|were|is|are)\b)[\w’'&-]+(?:\.\w+)*"
_NO_ROLE = any_of("in on at by to of for from with as after under before when while but then where what how")
_END = r"(?=[,.;)]|$| (?:and|who|but|which)\b)(?!, [A-Z])"
_FURTHER = rf"(?: (?:of|for|at|in|on|to) {_PART}(?: {_PART}){{0,6}})?"
_AFTER = re.compile(
    rf"(?:, (?:\d+, )?(?:who (?:is|was|became) )?|(?: \([^)]*\))? (?:is|was|became) )"
    rf"(?!{_NO_ROLE}\b)(?P<role>(?:{_PART} ){{0,8}}?{_OFFICE}{_FURTHER}{_END}"
    rf"|(?<=, )(?:the|an?|his|her|its|their|[A-Z]\w+[’']s) {_PART}(?: {_PART}){{0,9}}{_END})"
)


def names_in(text: str) -> Iterator[Span]:
    """Yield where `text` names somebody or something, titles and offices aside, in order.

    A word that only begins a sentence, and stands elsewhere in small letters, is no name.
    """
    small = frozenset(re.findall(r"(?<![\w’'-])[a-z][\w-]*", text))
    for found in _RUN.finditer(text):
        start, end = found.span()
        first = re.match(r"[\w-]+", found[0])
        if first and _begins(text, start) and first[0].lower() in _NAMELESS | small:
            start += first.end() + 1
        if start < end:
            start = _past_office(text, start, end)
        if end - start > 1 and text[start:end].lower() not in _NAMELESS:
            yield start, end


def is_office(role: str) -> bool:
    """Say whether a word of `role` is for what people are."""
    return _IS_OFFICE.search(role) is not None


def role_of(text: str, start: int, end: int) -> Span | None:
    """Return where `text` says what the one is who is named from `start` to `end`; None where it does not."""
    line = max(text.rfind("\n", 0, start) + 1, start - NEAR)
    words = list(re.finditer(r"\S+", text[line:start]))
    while words and _TITLE.fullmatch(words[-1][0]):
        words.pop()
    office = next((at for at in (-1, -3, -4) if len(words) >= -at and _ends_office(words[at:])), None)
    if office is not None:
        first = len(words) + office
        is_small = words[office][0][0].islower()
        while first and not _LIMITS.fullmatch(words[first - 1][0]):
            if not is_small and words[first - 1][0].islower() and "-" not in words[first - 1][0]:
                break  # "shows UK Defence Secretary John Healey"
            first -= 1
        is_apart = words[-1][0].endswith(",")  # "the British defence secretary, John Healey"
        if not is_apart or (first and words[first - 1][0].lower() in ("the", "a", "an")):
            return line + words[first].start(), line + words[-1].end() - is_apart
    found = _AFTER.match(text, end)
    return found.span("role") if found and not SAYING.search(found["role"]) else None


def _ends_office(words: list[re.Match[str]]) -> bool:
    """Say whether `words` are an office, or one "of Defence" or "of the House"."""
    said = [word[0].strip(",") for word in words]
    is_of = len(said) == 1 or (said[1] == "of" and said[-1][:1].isupper())
    return is_of and _IS_OFFICE.fullmatch(said[0]) is not None


def _begins(text: str, at: int) -> bool:
    """Say whether a sentence, a quotation or a line begins at `at`."""
    return re.search(r"(?:^|[.?!:\n][\"'“‘”’)\s]*|[“\"‘(])$", text[max(0, at - 4) : at]) is not None


def _past_office(text: str, start: int, end: int) -> int:
    """Return where the name begins in a run of capitals that says first what its bearer is."""
    named = text[start:end]
    offices = [found for found in _IS_OFFICE.finditer(named) if found.end() < len(named)]
    if offices:
        behind = named[offices[-1].end() :].split()
        if behind[0] != "of":
            start += offices[-1].end() + 1
        elif len(behind) > 3:  # "Minister of Defence Rustem Umerov"
            start = end - len(" ".join(behind[-2:]))
    title = _TITLE.match(text, start, end)
    return title.end() if title else start
