"""A follow-up that lacks what it is about to one that names it: "Who was the captain?", "How many died?".

Such a question may as well stand alone, so it is always one of the readings; evidence decides.
"""

from __future__ import annotations

import re

from rag.question.english.followups.mentions import Mention, mentions, telling, words_of
from rag.question.english.followups.past import COUNTING, Past
from rag.question.english.words import ASKING, KIND, POINTING, PREPOSITIONS

_MORE = re.compile(
    r"(?:(?:can|could|would) you )?(?:please )?(?:(?:tell|give|show) me )?(?:some |a bit )?"
    r"(?:more(?: details| information)?|elaborate|go on|continue|anything else|what else)"
    r"(?: (?:about|on) (?:that|this|it|them))?(?: please)?[\s?.!]*",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b(?:today|yesterday|tonight|night|week|weekend|month|year|\d+)\b", re.IGNORECASE)
"""A time, of which "What happened?" asks the news."""

SHORT = 6
"""Words of a question without a noun that can still lean on another."""


def more(asked: str, past: Past) -> tuple[str, ...]:
    """Complete "Tell me more about that"."""
    return (f"Tell me more about {past.topic.definite}",) if _MORE.fullmatch(asked) and past.topic else ()


def alone(asked: str, past: Past) -> tuple[str, ...]:
    """Say what "the captain", "that ship" or "How many died" belong to."""
    own = [each for each in telling(asked) if not COUNTING.fullmatch(asked[: each.start])]
    topic, words = past.topic, words_of(asked)
    is_told = len(own) > 1 or any(each.named for each in mentions(asked))
    if not topic or is_told or any(word.lower in KIND.keys() - POINTING for word in words):
        return ()
    if own:
        noun = own[0]
        if not _lacks(noun, asked) or " " in noun.bare:
            return ()
        is_topic = noun.bare.lower() in topic.bare.lower()  # "that movement"
        called = past.called(noun)
        meant = called or (topic.definite if is_topic else past.linked(f"the {noun.bare}", topic))
        start = noun.start - len(noun.before) - 1 if noun.before in POINTING else noun.start
        reading = f"{asked[:start]}{meant}{asked[noun.end :]}"
        return (reading,) if called else (reading, asked)
    leans = words and words[0].lower in ASKING and len(words) <= SHORT and not _TIME.search(asked)
    return (f"{asked.rstrip(' ?.!')} {past.place(topic)}?", asked) if leans else ()


def _lacks(each: Mention, asked: str) -> bool:
    """Say whether it is "the captain" or "that ship": not "the captain who", "the largest planet"."""
    after = words_of(asked[each.end :])[:1]
    told = bool(after) and after[0].lower in (PREPOSITIONS | {"that", "who", "which", "whose"}) - {
        "like",
        "as",
    }
    is_definite = each.before in POINTING or each.text != each.bare
    return is_definite and not told and not each.bare.split()[0].endswith("est")
