"""A sentence and a term to how plainly it says what that is: "X is a ...", "X, a ...", "called X"."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.question.english.people import names_in, role_of
from rag.question.english.speech import SAYING
from rag.question.english.words import PREPOSITIONS, any_of

OPENING = 0.5
"""Of a sentence that only begins with "X is": what opens an article about X may define it so."""

_BE = r"(?:is|are|was|were)"
_OFTEN = r"(?: (?:also|now|still|usually|basically|simply))?"
_ASIDE = r"(?: \([^)]{1,80}\))?(?:, [^,]{3,80},)?"
_THING = r"(?:an?|the|any|one of|some|made (?:of|from))"
_POINTING = r"(?!(?:same|first|last|best|worst|latest|only|main|most|way|case|result|reason|time|subject)\b)"
_NAMED = r"(?:(?:defined|described) as|short for|the (?:name|term|word) for)"
_SAID = rf"(?:{_BE}{_OFTEN} {_NAMED}|means?|refers? to)\b"
_SEVERAL = (
    r"are (?:(?!\w+(?:ed|ing)\b|(?:as|in|of|on|at|to|by|not|also)\b)[a-z-]+ ){0,3}"
    r"(?!(?:as|is|was|does|has)\b)[a-z-]+[^\Ws]s\b"
)
"""Things are told by other things: "Heuristics are mental shortcuts"."""
_FOR = r"(?:(?:aim|seek|strive|work)s? to|(?:help|let|allow|enable|offer|provide|give|serve)s?)\b"
"""... and by what they are for: "The fund helps young glass blowers"."""
_CALLED = r"(?:called|named|termed|dubbed|known (?:\w+ )?as|referred to (?:\w+ )?as)(?: an?| the)? [\"“‘']?"

_RELATIVE = re.compile(r" (?:which|that|who|to) ")


def defines(sentence: str, term: str) -> float:
    """Return how plainly `sentence` says what `term` is, 0 to 1; 0 where it does not."""
    plain, opening, between, called, purpose, before = _patterns(term)
    sentence = before.sub("", sentence)
    if said := plain.search(sentence):
        return 0.7 if " also a" in said[0] else 1.0
    for start, end in names_in(sentence):
        if _is_meant(sentence[start:end], term) and role_of(sentence, start, end):
            return 1.0 - OPENING * start / len(sentence)
    if (found := between.search(sentence)) and not SAYING.search(_RELATIVE.split(found["thing"])[0]):
        return 0.7 if found["thing"].startswith("which") else 0.8
    if called.search(sentence) or purpose.search(sentence):
        return 0.6
    return OPENING if opening.search(sentence) else 0.0


def _is_meant(name: str, term: str) -> bool:
    """Say whether `name` is the `term`, or ends in it as in a last name."""
    return f" {name}".casefold().endswith(f" {term}".casefold())


@lru_cache
def _patterns(term: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds `term` defined plainly, perhaps, in passing, by what stands before it, by its use.

    The last finds it at the end of what stands before a sentence: "Through work funded by X, a team ...".
    """
    stem = re.escape(re.sub(r"^(?:an?|the) |(?<=\w\w\w)s$", "", term, flags=re.IGNORECASE))
    stem = re.sub(r"(?:y|ie)$", "(?:y|ie)", stem)
    meant = rf"(?<![\w-])[\"“‘']?{stem}(?:e?s)?[\"”’']?"
    begins = rf"^(?:[^,.;:]{{3,60}}[,:] )?(?:an?|the)? ?{meant}{_ASIDE}"
    patterns = (
        rf"{begins}(?:{_OFTEN} {_BE}{_OFTEN} {_THING} {_POINTING}|{_OFTEN} {_SAID}| {_SEVERAL}|: )",
        rf"^(?:an?|the)? ?{meant}{_ASIDE} {_BE} (?!not\b)",
        rf"{meant}(?:, |: | \(| (?:[–—-]|--) )(?:which {_BE} |that is, |short for |or )?"
        rf"(?P<thing>(?:{_THING} {_POINTING}|(?<=, )which (?!{_BE}\b))"
        rf"(?![^,.;()–—]*\b{_BE}\b)[^,.;()–—]{{3,150}})[,.;()–—]",
        rf"[\w,] {_CALLED}{stem}(?:e?s)?(?![\w-])",
        rf"(?:^|[,:] )(?:an?|the)? ?{meant}{_ASIDE}{_OFTEN} {_FOR}",
        rf"^{any_of(' '.join(PREPOSITIONS))}\b[^,;:]*{meant}, ",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
