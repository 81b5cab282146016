"""A follow-up without a sentence of its own to the last question with its part exchanged: "And when?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.index.embedding import Embedder
from rag.question.english.followups.mentions import Token, likeness, words_of
from rag.question.english.followups.past import Past
from rag.question.english.words import ASKING, AUXILIARIES, KIND, PREPOSITIONS

LIKE = 0.25
"""Least likeness of X in "What about X?" to what it takes the place of."""

LIKE_ALONE = 0.45
"""The same for "X?", which may well be a new topic, and is one of the readings."""

WORDS = 4
"""Of a follow-up without a verb at most."""

LONGEST = 8
"""The same after "What about"."""

_ADJUNCT = (
    r"(?:(?:since|until|from|in|on|at) )?(?:when|where|why|how(?: long| often)?"
    r"|(?:what|which) (?:year|date|day|month|century|time))"
)
_BARELY = re.compile(
    rf"(?P<ask>{_ADJUNCT}|how (?:many|much|come|so)|(?:by|with|to|for|from|of) (?:whom|who|what|which)"
    r"|by how (?:many|much)|whom?|what|which(?: ones?)?|why not)(?: else)?(?: exactly| precisely)?"
    r"(?: (?:is|was|were|did|does|do|has|have|would) (?:that|this|(?:it|he|she|they|that|this)"
    r" (?:do (?:that|it|so|this)|happen(?:ed)?|take place|come about)))?(?: exactly| precisely)?[\s?.!]*",
    re.IGNORECASE,
)
"""A question word alone, or with no more than "did that happen"."""

_ASKS_ADJUNCT = re.compile(rf"{_ADJUNCT}(?= (?:{'|'.join(sorted(AUXILIARIES))})\b)", re.IGNORECASE)
_ABOUT = re.compile(r"(?:what|how) about (?P<what>[^?.!;]+?)[\s?.!]*", re.IGNORECASE)
_TAIL = re.compile(r" (?:then|instead|too|as well|now)$", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:the )?(?:\w+(?:ir|on)d|\w+th|first|last|\d+(?:st|nd|rd|th))(?: one)?\b", re.I)
_YEAR = re.compile(r"\b(?:1\d{3}|20\d\d)\b")
_ASKED = re.compile(r"(?P<ask>how (?:many|much)|which|what|how) (?P<noun>[^?.!]+?)[\s?.!]*", re.IGNORECASE)


def question_word(asked: str, past: Past) -> tuple[str, ...]:
    """Ask the last question with another question word: "And when?"."""
    found = _BARELY.fullmatch(asked)
    if not found:
        return ()
    ask, old = found["ask"], _ASKS_ADJUNCT.match(past.question)
    if old and re.fullmatch(_ADJUNCT, ask, re.IGNORECASE):
        return (ask + past.question[old.end() :],)
    return (f"{past.question}, and {ask.lower()}?",)


def phrase(asked: str, past: Past, embedder: Embedder) -> tuple[str, ...]:
    """Put X of "What about X?", or of "X?" alone, where the last question has its like."""
    cue = _ABOUT.fullmatch(asked)
    new = _TAIL.sub("", cue["what"] if cue else asked.strip(" ?.!"))
    words = words_of(new)
    if not 0 < len(words) <= (LONGEST if cue else WORDS) or not is_phrase(words):
        return ()
    known = [each for each in past.mentions if each.bare.lower() in new.lower()]
    is_told = any(each.named or not new.lower().endswith(f" {each.bare.lower()}") for each in known)
    if is_told or not (cue or asked.endswith("?")):
        return ()
    lead = words[0].lower if words[0].lower in PREPOSITIONS and len(words) > 1 else ""
    core = new[words[1].start :] if lead else new
    places = [each for each in past.mentions if not lead or each.before == lead]
    if numbered := _numbered(core, past):
        return (numbered,)
    if _YEAR.fullmatch(core) or (lead and not places):
        return (f"{past.question} {new if lead else f'in {core}'}?",)
    near = zip(likeness(core, places, embedder), places, strict=True)
    best, old = max(near, key=lambda each: (each[0], -len(each[1].text)), default=(0.0, None))
    if old and best >= (LIKE if cue else LIKE_ALONE):
        exchanged = past.exchanged(core, old.start, old.end)
        return (exchanged,) if cue else (exchanged, asked)
    return (f"What about {past.linked(new, past.topic)}?", asked) if cue and past.topic else ()


def _numbered(core: str, past: Past) -> str:
    """Return the last question with another ordinal or year, with its noun where that is another too."""
    for pattern in (_ORDINAL, _YEAR):
        new, old = pattern.match(core), pattern.search(past.question)
        if new and old:
            noun = (each.end for each in past.mentions if each.start <= old.end() + 1 < each.end)
            end = old.end() if new.end() == len(core) else next(noun, old.end())
            return past.exchanged(core, old.start(), end)
    return ""


def is_phrase(words: Sequence[Token]) -> bool:
    """Say whether `words` are a noun phrase, with or without a preposition before it, and no sentence."""
    return not any(word.verb or word.lower in ASKING | AUXILIARIES | KIND.keys() for word in words)


def asked_for(asked: str, past: Past) -> tuple[str, ...]:
    """Complete a question without a verb: "How deep?", "How many officers?", "Which ship?"."""
    found = _ASKED.fullmatch(asked)
    topic, counted = past.topic, past.counted
    if not found or not topic or len(words_of(asked)) > WORDS:
        return ()
    ask, noun = found["ask"], found["noun"]
    if any(word.ends for word in words_of(noun)) and (ask.lower() != "how" or " " in noun):
        return ()
    if counted and past.question.lower().startswith(f"{ask.lower()} "):
        return (past.exchanged(f"{ask} {noun}", 0, counted.end),)
    if ask.lower() == "how":
        return (f"How {noun} {'are' if topic.plural else 'is'} {topic.definite}?",)
    return (f"{ask} {past.linked(noun, topic)}?",)
