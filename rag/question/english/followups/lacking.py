"""A follow-up that lacks what it is about to one that names it: "Who was the captain?", "How many died?"."""

from __future__ import annotations

import re

from rag.question.english.followups.mentions import Mention, telling, words_of
from rag.question.english.followups.past import Past
from rag.question.english.followups.vocabulary import (
    ANYONE,
    ASKING,
    HAPPENED,
    OF_SOMETHING,
    PREPOSITIONS,
    ROLES,
    SORTS,
)
from rag.question.english.words import MONTH

_MORE = re.compile(
    r"(?:(?:can|could|would) you )?(?:please )?(?:tell me|say|explain|give me|show me)?\s?"
    r"(?:some |a bit |a little )?"
    r"(?:more(?: details| information)?|elaborate|go on|continue|(?:any|some)thing (?:else|more)|what else)"
    r"(?:(?: about| on) (?:that|this|it|them))?(?: please)?[\s?.!]*",
    re.IGNORECASE,
)
_DONE = re.compile(r"(?P<start>(?:when|where|why|how) (?:is|are|was|were)) \w+ed\W*", re.IGNORECASE)
_DID = re.compile(r"\bdid the (?P<role>\w+)\b(?! of\b)", re.IGNORECASE)
_POINTING = ("this", "that", "these", "those")
_DATED = re.compile(
    r"\b(?:today|yesterday|tonight|(?:this|last|past) (?:morning|night|week|weekend|month|year)"
    rf"|(?:in|on|since) (?:{MONTH}|\d))",
    re.IGNORECASE,
)
"""A time, of which "What happened?" asks the news."""
_DEFINES = re.compile(r"what(?:['’]s| is| are) (?:an? .+|[\w-]+[\s?.!]*)", re.IGNORECASE)
"""A question for what a word means: "What is a senator?", "What is mass?"."""
_CALLED = frozenset("called named known".split())


def more(asked: str, past: Past) -> str | None:
    """Complete "Tell me more about that" with all that the last question names."""
    if not _MORE.fullmatch(asked) or not past.topic:
        return None
    names = dict.fromkeys(each.text for each in past.mentions if each.named)
    return f"Tell me more about {' and '.join(names) or past.topic.definite}"


def noun(asked: str, past: Past) -> str | None:
    """Complete a question whose only noun is one of "the movement", "the captain", "the cost"."""
    own = [each for each in telling(asked) if each.bare.lower() not in ANYONE]
    if not past.topic or any(each.named and each.bare.lower() not in ROLES for each in own):
        return None
    if _DEFINES.fullmatch(asked):
        return None
    for each in own:
        if full := _full_name(each, asked, past):
            start = (
                asked.lower().rindex(each.before, 0, each.start) if each.before in _POINTING else each.start
            )
            return f"{asked[:start]}{full}{asked[each.end :]}"
    if len(own) != 1 or _has_complement(own[0], asked):
        return None
    words = own[0].bare.lower().split()
    acts = any(word.verb and word.lower not in _CALLED for word in words_of(asked))
    did = _DID.search(asked)
    needs = (len(words) <= 2 and words[-1] in OF_SOMETHING and not acts) or (
        did and did["role"].lower() in ROLES
    )
    return f"{asked[: own[0].end]} of {past.topic.definite}{asked[own[0].end :]}" if needs else None


def subject(asked: str, past: Past) -> str | None:
    """Complete a question without a noun: "When was opened?", "How many died?"."""
    words = words_of(asked)
    own = [each for each in telling(asked) if each.bare.lower() not in ANYONE]
    if not past.topic or not words or own:
        return None
    if done := _DONE.fullmatch(asked):
        return f"{done['start']} {past.topic.definite}{asked[done.end('start') :]}"
    happened = HAPPENED & {word.lower for word in words}
    if happened <= {"happened", "happen"} and _DATED.search(asked):
        return None
    if happened and len(words) <= 6 and words[0].lower in ASKING:
        return f"{asked.rstrip(' ?.!')} {past.place(past.topic)}?"
    return None


def _full_name(each: Mention, asked: str, past: Past) -> str | None:
    """Return what "the movement" or "that ship" is called, when it is one that was mentioned."""
    pointing = each.before in _POINTING
    if not (pointing or each.text != each.bare) or " " in each.bare or _has_complement(each, asked):
        return None
    sort = each.bare.lower()
    for known in past.mentions:
        if known.bare.lower().endswith(f" {sort}"):
            return known.definite
    main = next((known for known in past.mentions if known.named and known.person < 0.8), None)
    if main and sort in SORTS and (pointing or re.search(rf"\bthe {sort}\b", past.answer, re.IGNORECASE)):
        return main.text
    return None


def _has_complement(each: Mention, asked: str) -> bool:
    """Say whether the noun has what it needs: "the capital of France", "the captain who"."""
    after = [word.lower for word in words_of(asked[each.end :])[:1]]
    return bool(after) and after[0] in (PREPOSITIONS | {"that", "who", "which", "whose"}) - {"like"}
