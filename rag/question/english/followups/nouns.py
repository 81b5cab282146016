"""A follow-up that lacks what it is about to one that names it: "Who was the captain?", "How many died?".

Such a question may as well stand alone, so it is always one of the readings; evidence decides.
"""

from __future__ import annotations

import re

from rag.index.embedding import Embedder
from rag.question.english.followups.mentions import Mention, likeness, mentions, telling, words_of
from rag.question.english.followups.past import COUNTING, Past
from rag.question.english.words import ASKING, KIND, POINTING, PREPOSITIONS

_MORE = re.compile(
    r"(?:(?:can|could|would) you )?(?:please )?(?:tell me|say|explain|give me|show me)?\s?"
    r"(?:some |a bit |a little )?"
    r"(?:more(?: details| information)?|elaborate|go on|continue|(?:any|some)thing (?:else|more)|what else)"
    r"(?:(?: about| on) (?:that|this|it|them))?(?: please)?[\s?.!]*",
    re.IGNORECASE,
)
_DONE = re.compile(r"(?P<start>(?:when|where|why|how) (?:is|are|was|were)) \w+ed\W*", re.IGNORECASE)
"""Without a subject: "When was opened?"."""
_TIME = re.compile(r"\b(?:today|yesterday|tonight|night|week|weekend|month|year|\d+)\b", re.IGNORECASE)
"""A time, of which "What happened?" asks the news."""

SHORT = 6
"""Words of a question without a noun that can still lean on another."""


def more(asked: str, past: Past) -> tuple[str, ...]:
    """Complete "Tell me more about that" with all that the last question names."""
    if not _MORE.fullmatch(asked) or not past.topic:
        return ()
    names = dict.fromkeys(each.text for each in mentions(past.question) if each.named)
    return (f"Tell me more about {' and '.join(names) or past.topic.definite}",)


def alone(asked: str, past: Past, embedder: Embedder) -> tuple[str, ...]:
    """Say what "the captain", "that ship" or "How many died" belong to."""
    own = [each for each in telling(asked) if not COUNTING.fullmatch(asked[: each.start])]
    topic, words = past.topic, words_of(asked)
    if not topic or any(word.lower in KIND.keys() - POINTING for word in words):
        return ()
    lacking = [each for each in own if _lacks(each, asked)]
    if named := [(each, called) for each in lacking if (called := past.called(each))]:
        return (_put(asked, *named[0]),)
    if len(own) > 1 or any(each.named for each in mentions(asked)):
        return ()
    if lacking:
        noun = own[0]
        owned = [] if " " in noun.bare else _owned(noun, topic, past, embedder)
        return (*(_put(asked, noun, full) for full in owned), asked)
    if done := _DONE.fullmatch(asked):
        return (f"{done['start']} {topic.definite}{asked[done.end('start') :]}",)
    leans = words and words[0].lower in ASKING and len(words) <= SHORT and not _TIME.search(asked)
    return (f"{asked.rstrip(' ?.!')} {past.place(topic)}?", asked) if leans and not own else ()


def _put(asked: str, noun: Mention, full: str) -> str:
    """Return the question with `full` in place of `noun` and the "that" before it."""
    start = noun.start - len(noun.before) - 1 if noun.before in POINTING else noun.start
    return f"{asked[:start]}{full}{asked[noun.end :]}"


def _owned(noun: Mention, topic: Mention, past: Past, embedder: Embedder) -> list[str]:
    """Return what `noun` may be of: the `topic` and the name that is most like it, the likelier first."""
    owners = [topic, *(each for each in past.mentions if each.named and each != topic)]
    near = likeness(noun.bare, owners, embedder)
    order = sorted(range(len(owners)), key=lambda at: -near[at])
    likest = next((owners[at] for at in order if at), None)
    linked = [past.linked(f"the {noun.bare}", topic)]
    if likest:
        linked.insert(1 if order[0] == 0 else 0, f"the {noun.bare} of {likest.definite}")
    return linked


def _lacks(each: Mention, asked: str) -> bool:
    """Say whether it is "the captain" or "that ship": not "the captain who", "the largest planet"."""
    after = words_of(asked[each.end :])[:1]
    told = bool(after) and after[0].lower in (PREPOSITIONS | {"that", "who", "which", "whose"}) - {
        "like",
        "as",
    }
    is_definite = each.before in POINTING or each.text != each.bare
    return is_definite and not told and not each.bare.split()[0].endswith("est")
