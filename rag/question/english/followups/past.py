"""Turns to what a follow-up can lean on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question.english.followups.mentions import Mention, main, mentions, telling, words_of
from rag.question.english.followups.vocabulary import AUXILIARIES, DO, PREPOSITIONS, SURFACES
from rag.types import Turn

RECALLED = 3
"""Turns that are looked back at; what is meant is nearly always in the last one."""

READ = 1500
"""Characters of a question or an answer in which a name is looked for."""

LONGEST = 8
"""Words of a description that is put into another question at most."""

COUNTING = re.compile(r"(?:how (?:many|much)|which|what) (?:(?:other|more|new) )?", re.IGNORECASE)
"""Before the noun that a question asks for: "How many soldiers"."""

_ADDED = re.compile(r", and (?:[^\s,?]+ ){0,2}[^\s,?]+(?=[\s?.!]*$)", re.IGNORECASE)
"""What an earlier "And when?" has added to a question."""


@dataclass(frozen=True, slots=True)
class Past:
    """What was asked last and what it mentions."""

    question: str
    """Without its end mark."""
    mentions: tuple[Mention, ...]
    """Of the question; those that a follow-up can mean."""
    said: tuple[Mention, ...]
    """Names of its answer that the question lacks."""
    answer: str
    older: tuple[tuple[Mention, ...], ...]
    """Mentions of the questions before it, latest first."""

    @classmethod
    def of(cls, turns: Sequence[Turn]) -> Past:
        """Return what the last few of `turns`, at least one, leave to lean on."""
        last, *older = turns[: -RECALLED - 1 : -1]
        question = _ADDED.sub("", last.question[:READ]).rstrip(" ?.!")
        answer = last.answer[:READ]
        return cls(
            question,
            telling(question),
            tuple(each for each in telling(answer) if each.named and each.text not in question),
            answer,
            tuple(telling(turn.question[:READ]) for turn in older),
        )

    @property
    def first(self) -> str:
        """The question's first word, in lower case."""
        return next((word.lower for word in words_of(self.question)), "")

    @property
    def topic(self) -> Mention | None:
        """What it is about, or what the question before was; None when that cannot be told."""
        return next((found for each in (self.mentions, *self.older) if (found := main(each))), None)

    def place(self, mention: Mention) -> str:
        """Return `mention` after the question's own preposition ("on the Moon"), else after "in" or "on"."""
        if mention.before in ("at", "on", "during", "near", "under"):
            return f"{mention.before} {mention.definite}"
        return f"{'on' if SURFACES & set(mention.text.lower().split()) else 'in'} {mention.definite}"

    def described(self, mention: Mention) -> str:
        """Return a mention of the question so that it is told by itself: "the soldiers that Britain has"."""
        rest = self.question[mention.end :].strip()
        words = words_of(rest)
        if mention.named or mention not in self.mentions or not 0 < len(words) <= LONGEST or "," in rest:
            return mention.definite
        noun = f"the {mention.bare}"
        if COUNTING.fullmatch(self.question[: mention.start]):
            return f"{noun} that {_subject_first(rest)}"
        if words[0].lower in PREPOSITIONS and not any(
            word.verb or word.lower in AUXILIARIES for word in words
        ):
            return f"{noun} {rest}"
        return mention.definite

    @property
    def matter(self) -> str:
        """What the question says that somebody talked "about"; empty when it says nothing of the kind."""
        found = re.search(r"\babout (?P<matter>.+)", self.question, re.IGNORECASE)
        return found["matter"] if found and 1 <= len(words_of(found["matter"])) <= LONGEST else ""

    @property
    def counted(self) -> str:
        """What the question asks for, described: "How many soldiers", "Which ship"; empty for another one."""
        start = COUNTING.match(self.question)
        wanted = next((each for each in self.mentions if start and each.start == start.end()), None)
        return self.described(wanted) if wanted else ""


def _subject_first(clause: str) -> str:
    """Return "has Britain trained" as "Britain has trained"; a clause that begins otherwise as it is."""
    words = words_of(clause)
    subject = next((each for each in mentions(clause) if words[0].end + 1 == each.start), None)
    if words[0].lower not in AUXILIARIES or subject is None:
        return clause
    helper = "" if words[0].lower in DO else f" {words[0].text}"
    return f"{subject.text}{helper}{clause[subject.end :]}"
