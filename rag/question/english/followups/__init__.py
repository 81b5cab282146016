"""Turns and a follow-up as typed to the questions that stand alone it may mean, best first.

By rules, for English. A question that names what it is about stays as it is, whatever was asked before it;
only one that lacks something takes it from the last turns. Where a rule cannot tell, it leaves several
readings, of which evidence chooses. One of them is shown to the reader, so each has to read like a question
that a person could have typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from rag.index.embedding import Embedder
from rag.question.english.followups import fragments, nouns, pronouns
from rag.question.english.followups.mentions import words_of
from rag.question.english.followups.past import Past
from rag.question.english.words import ASKING, AUXILIARIES
from rag.types import Turn

READINGS = 3
"""That are tried at most."""

_LEAD = re.compile(
    r"(?:(?:and|but|or|so|also|ok(?:ay)?|i see|hmm|by the way|then)\b(?! far\b)[,.!:;]*\s+"
    r"|(?:well|now|thanks|thank you|yes|no|great|interesting)[,.!:;]+\s+)+(?=\w)",
    re.IGNORECASE,
)
"""What a follow-up may begin with before it asks."""


def standalone(question: str, turns: Sequence[Turn], embedder: Embedder) -> tuple[str, ...]:
    """Return what `question` may mean after `turns`, best first; itself where it leaves out nothing.

    It comes without line breaks, and `turns` in the order they were asked.
    """
    if not turns:
        return (question,)
    past, asked = Past.of(turns), _without_lead(question)
    rules = (
        partial(nouns.more, asked, past),
        partial(fragments.question_word, asked, past),
        partial(fragments.phrase, asked, past, embedder),
        partial(fragments.asked_for, asked, past),
        partial(pronouns.spelled_out, asked, past),
        partial(nouns.alone, asked, past),
    )
    found = next(filter(None, (rule() for rule in rules)), (asked,))
    kept = (question if each.strip(" ?.!") == asked.strip(" ?.!") else _tidy(each) for each in found)
    return tuple(dict.fromkeys(kept))[:READINGS]


def _without_lead(question: str) -> str:
    """Return `question` without "Ok, and"; "And France?" as the "What about France?" that it is."""
    lead = _LEAD.match(question)
    if not lead:
        return question
    rest = question[lead.end() :]
    joins = re.search(r"\b(?:and|or)\b", lead[0], re.IGNORECASE)
    return (
        f"What about {rest}" if joins and rest.endswith("?") and fragments.is_phrase(words_of(rest)) else rest
    )


def _tidy(question: str) -> str:
    """Return `question` with a capital at its start and, where it asks, a question mark at its end."""
    text = re.sub(r"\s+(?=[?,.!])", "", " ".join(question.split()))
    if not text.endswith("?") and words_of(text)[0].lower in ASKING | AUXILIARIES:
        text = text.rstrip(".!") + "?"
    return text[0].upper() + text[1:]
