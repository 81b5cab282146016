"""Turns to what a follow-up can lean on: what was asked about, and whom the answer named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from rag.index.sentences import split_sentences
from rag.question.english.followups.mentions import Mention, main, named_in, telling, words_of
from rag.question.english.words import PLACING
from rag.types import Turn

RECALLED = 3
"""Turns that are looked back at; what is meant is nearly always in the last one."""

READ = 1500
"""Characters of a question or an answer in which a name is looked for."""

COUNTING = re.compile(r"(?:how (?:many|much)|which|what) (?:(?:other|more|new) )?", re.IGNORECASE)
"""Before the noun that a question asks for: "How many soldiers"."""

_OF = re.compile(r" of (?P<name>.+)$")

FULL = 2
"""What `Past.person` gives a full name."""


@dataclass(frozen=True, slots=True)
class Past:
    """What was asked last, what it mentions, and what its answer names."""

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
        question = last.question[:READ].rstrip(" ?.!")
        answer = last.answer[:READ]
        asked = tuple(chain.from_iterable(map(_with_inner, telling(question))))
        said = tuple(
            each
            for each in named_in(answer)
            if each.bare not in question
            and not any(known.bare in each.text for known in asked if known.named)
        )
        return cls(question, asked, said, answer, tuple(telling(turn.question[:READ]) for turn in older))

    @property
    def first(self) -> str:
        """The question's first word, in lower case."""
        return next((word.lower for word in words_of(self.question)), "")

    @property
    def topic(self) -> Mention | None:
        """What it is about, or what the question before was; None when that cannot be told."""
        return next((found for each in (self.mentions, *self.older) if (found := main(each))), None)

    def person(self, mention: Mention) -> int:
        """Return how much it looks like a person's name; a word of one has no small letters elsewhere."""
        small = re.findall(r"(?<![\w’'-])[a-z][\w-]*", f"{self.question} {self.answer}")
        return 0 if {*mention.bare.lower().split()} & {*small} and mention.named else mention.person

    @property
    def group(self) -> str:
        """Those whom the answer names together, all of them; empty where it names no two."""
        for start, end in split_sentences(self.answer):
            sentence = self.answer[start:end]
            people = [each.text for each in named_in(sentence) if self.person(each) == FULL]
            if len(people) > 1:
                return f"{', '.join(people[:-1])} and {people[-1]}"
            if joint := next((each for each in telling(sentence) if each.joint), None):
                return joint.text
        return ""

    @property
    def counted(self) -> Mention | None:
        """What the question asks for by "How many soldiers" or "Which ship"."""
        start = COUNTING.match(self.question)
        return next((each for each in self.mentions if start and each.start == start.end()), None)

    def exchanged(self, new: str, start: int, end: int) -> str:
        """Return the question with `new` from `start` to `end`."""
        return f"{self.question[:start]}{new}{self.question[end:]}?"

    def called(self, noun: Mention) -> str:
        """Return the name that the answer has behind the `noun` that was asked for: "the ship Ever Given"."""
        is_asked_for = self.counted and self.counted.bare.lower() == noun.bare.lower()
        named = re.search(rf"\b{re.escape(noun.bare.lower())} ([A-Z]\w*(?: [A-Z0-9]\w*)*)", self.answer)
        return named[1] if named and is_asked_for else ""

    def linked(self, noun: str, topic: Mention) -> str:
        """Return `noun` with the `topic` it belongs to: "the captain of the Titanic", "deaths in Peru"."""
        return f"{noun} {topic.before if topic.before in PLACING else 'of'} {topic.definite}"

    def place(self, mention: Mention) -> str:
        """Return `mention` after the question's own preposition ("on the Moon"), else after "in"."""
        return f"{mention.before if mention.before in PLACING else 'in'} {mention.definite}"


def _with_inner(mention: Mention) -> Iterator[Mention]:
    """Yield `mention` and, where it has one, what it is of: "President of France" and "France"."""
    yield mention
    if inner := _OF.search(mention.text):
        start = mention.start + inner.start("name")
        yield replace(mention, text=inner["name"], start=start, joint=False, before="of")
