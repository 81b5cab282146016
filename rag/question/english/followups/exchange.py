"""A follow-up that exchanges one part of the last question: "And when?", "What about France?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.index.embedding import Embedder
from rag.question.english.followups.mentions import Mention, Word, mentions, words_of
from rag.question.english.followups.past import COUNTING, LONGEST, Past
from rag.question.english.followups.vocabulary import ASKING, AUXILIARIES, KIND, OF_SOMETHING, PREPOSITIONS

PARALLEL = 0.25
"""Least likeness (see `_likeness`) of X in "What about X?" to what it takes the place of."""

PARALLEL_ALONE = 0.45
"""The same for "X?", which may well be a new topic."""

SHARED_WORD = 0.3
"""Likeness that a word in both adds: "Apollo 12" for "Apollo 11"."""

NAMES = 0.1
"""Likeness that two names gain, and that a name and another noun lose."""

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


def question_word(asked: str, past: Past) -> str | None:
    """Ask the last question with another question word: "And when?"."""
    found = _BARELY.fullmatch(asked)
    if not found:
        return None
    ask = found["ask"]
    if re.fullmatch(_ADJUNCT, ask, re.IGNORECASE):
        if old := _ASKS_ADJUNCT.match(past.question):
            return ask + past.question[old.end() :]
        if past.first in AUXILIARIES:
            return f"{ask} {past.question[0].lower()}{past.question[1:]}"
    if ask.lower() == "who" and re.search(r"\b(?:is|are|was|were|been)\b", past.question):
        ask = "by whom"
    return f"{past.question}, and {ask.lower()}?"


_ABOUT = re.compile(r"(?:what|how) about (?P<what>[^?.!;]+?)[\s?.!]*", re.IGNORECASE)
_TAIL = re.compile(r" (?:then|instead|too|as well|now)$", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th))"
    r"(?: one)?\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1\d{3}|20\d\d)\b")


def parallel(asked: str, past: Past, embedder: Embedder) -> str | None:
    """Put X of "What about X?", or of "X?" alone, where the last question has its like."""
    cue = _ABOUT.fullmatch(asked)
    new = _TAIL.sub("", cue["what"] if cue else asked.strip(" ?.!"))
    words = words_of(new)
    if not 0 < len(words) <= (LONGEST if cue else 4) or not is_phrase(words):
        return None
    if not cue and not asked.endswith("?"):
        return None
    lead = words[0].lower if words[0].lower in PREPOSITIONS and len(words) > 1 else ""
    core = new[words[1].start :] if lead else new
    for pattern in (_ORDINAL, _YEAR):
        if pattern.fullmatch(core) and (old := pattern.search(past.question)):
            return _put(core, past, old.start(), old.end())
    if known := next((each for each in past.mentions if each.bare.lower() in core.lower()), None):
        return _narrowed(core, known, past)
    places = [each for each in past.mentions if not lead or each.before == lead]
    if _YEAR.fullmatch(core) or (lead and not places):
        return f"{past.question} {new if lead else f'in {core}'}?"
    return _swapped(new, core, places, past, embedder, least=PARALLEL if cue else PARALLEL_ALONE)


def is_phrase(words: Sequence[Word]) -> bool:
    """Say whether `words` are a noun phrase, with or without a preposition before it, and no sentence."""
    return not any(word.verb or word.lower in ASKING | AUXILIARIES | KIND.keys() for word in words)


def _put(new: str, past: Past, start: int, end: int) -> str:
    return f"{past.question[:start]}{new}{past.question[end:]}?"


def _narrowed(core: str, known: Mention, past: Past) -> str | None:
    """Put "Norwegian soldiers" where the last question has "soldiers"; a name in it stands alone."""
    if (
        known.named
        or not core.lower().endswith(f" {known.bare.lower()}")
        or core.lower() == known.text.lower()
    ):
        return None
    if any(word.lower in PREPOSITIONS for word in words_of(core)):
        return None
    return _put(core, past, known.start, known.end)


def _swapped(
    new: str, core: str, places: Sequence[Mention], past: Past, embedder: Embedder, *, least: float
) -> str | None:
    """Put `core` at the likest of `places`, if there is a like one; a cost or a size is "of" the topic."""
    of_something = words_of(core)[-1].lower in OF_SOMETHING
    if of_something:
        places = [each for each in places if each.bare.lower() in OF_SOMETHING]
    likeness = _likeness(core, places, embedder)
    best = max(range(len(places)), key=lambda at: likeness[at], default=None)
    if best is not None and likeness[best] >= least:
        return _put(core, past, places[best].start, places[best].end)
    return f"What about {new} of {past.topic.definite}?" if of_something and past.topic else None


def _likeness(core: str, places: Sequence[Mention], embedder: Embedder) -> list[float]:
    """Return how well `core` could stand at each of `places`: cosine, and what SHARED_WORD and NAMES add."""
    if not places:
        return []
    vectors = embedder.embed_questions([core, *(each.text for each in places)])
    named = any(each.named for each in mentions(core))
    own = {word.lower for word in words_of(core)} - {"the"}
    return [
        float(cosine)
        + (NAMES if named and each.named else -NAMES if named or each.named else 0)
        + SHARED_WORD * bool(own & set(each.bare.lower().split()))
        for cosine, each in zip(vectors[1:] @ vectors[0], places, strict=True)
    ]


_HOW = re.compile(r"how (?P<measure>\w+)[\s?.!]*", re.IGNORECASE)
_HOW_IT_IS = re.compile(r"how \w+(?= (?:is|are|was|were)\b)", re.IGNORECASE)


def measure(asked: str, past: Past) -> str | None:
    """Complete "How deep?": of what the last question measures, or of its topic."""
    found = _HOW.fullmatch(asked)
    if not found or not past.topic:
        return None
    if old := _HOW_IT_IS.match(past.question):
        return f"How {found['measure']}{past.question[old.end() :]}"
    return f"How {found['measure']} {'are' if past.topic.plural else 'is'} {past.topic.definite}?"


_COUNTED = re.compile(r"(?P<ask>how (?:many|much)|which|what) (?P<noun>[^?.!]+?)[\s?.!]*", re.IGNORECASE)


def counted(asked: str, past: Past) -> str | None:
    """Complete "How many officers?", a question without a verb."""
    found = _COUNTED.fullmatch(asked)
    if not found or not past.topic or len(words_of(asked)) > 4:
        return None
    ask, noun = found["ask"], found["noun"]
    if any(word.ends for word in words_of(noun)):
        return None
    start = COUNTING.match(past.question)
    place = next((each for each in past.mentions if start and each.start == start.end()), None)
    if place and not place.named and past.question.lower().startswith(f"{ask.lower()} "):
        return _put(f"{ask} {noun}", past, 0, place.end)
    if known := next((each for each in past.mentions if each.bare.lower() == noun.lower()), None):
        return f"{ask} {past.described(known).removeprefix('the ')}?"
    if past.topic.person or ask.lower() in ("which", "what"):
        return f"{past.question}, and {ask.lower()} {noun}?"
    return f"{ask} {noun} {past.place(past.topic)}?"
