"""Turns and a follow-up as typed to a question that stands alone.

By rules, for English. A question that names what it is about stays as it is, whatever was asked before it;
only one that lacks something takes it from the last turns. The result is shown to the reader, so it has to
read like a question that a person could have typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from rag.index.embedding import Embedder
from rag.question.english.followups import exchange, lacking, pronouns
from rag.question.english.followups.mentions import words_of
from rag.question.english.followups.past import Past
from rag.question.english.followups.vocabulary import ASKING, AUXILIARIES
from rag.types import Turn

_LEAD = re.compile(
    r"(?:(?:and|but|or|so|also|ok(?:ay)?|i see|hmm|by the way|then)\b(?! far\b)[,.!:;]*\s+"
    r"|(?:well|now|thanks|thank you|yes|no|great|interesting)[,.!:;]+\s+)+(?=\w)",
    re.IGNORECASE,
)
"""What a follow-up may begin with before it asks."""


def standalone(question: str, turns: Sequence[Turn], embedder: Embedder) -> str:
    """Return `question` with what it leaves out taken from `turns`; unchanged where it leaves out nothing.

    It comes without line breaks, and `turns` in the order they were asked.
    """
    if not turns:
        return question
    past = Past.of(turns)
    asked = _without_lead(question)
    rules = (
        partial(lacking.more, asked, past),
        partial(exchange.question_word, asked, past),
        partial(exchange.parallel, asked, past, embedder),
        partial(exchange.measure, asked, past),
        partial(exchange.counted, asked, past),
        partial(pronouns.named, asked, past),
        partial(lacking.noun, asked, past),
        partial(lacking.subject, asked, past),
    )
    found = next((found for rule in rules if (found := rule()) is not None), asked)
    return question if found.strip(" ?.!") == asked.strip(" ?.!") else _tidy(found)


def _without_lead(question: str) -> str:
    """Return `question` without "Ok, and"; "And France?" as the "What about France?" that it is."""
    lead = _LEAD.match(question)
    if not lead:
        return question
    rest = question[lead.end() :]
    joins = re.search(r"\b(?:and|or)\b", lead[0], re.IGNORECASE)
    return (
        f"What about {rest}" if joins and rest.endswith("?") and exchange.is_phrase(words_of(rest)) else rest
    )


def _tidy(question: str) -> str:
    """Return `question` with a capital at its start and, where it asks, a question mark at its end."""
    text = re.sub(r"\s+(?=[?,.!])", "", " ".join(question.split()))
    if not text.endswith("?") and words_of(text)[0].lower in ASKING | AUXILIARIES:
        text = text.rstrip(".!") + "?"
    return text[0].upper() + text[1:]
