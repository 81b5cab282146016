"""A follow-up with pronouns to one with the names that they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question.english.followups.mentions import Mention, Word, telling, words_of
from rag.question.english.followups.past import Past
from rag.question.english.followups.vocabulary import AUXILIARIES, BE, KIND, OWNING, PREPOSITIONS, SUBORDINATE

LONGEST_THEY = 12
"""Words of a question in which "they" can mean what was asked before; a longer one mostly explains it."""

_BREAK = re.compile(
    r"[,;.?!–—]|\s-\s|\b(?:and|but|or|because|while|if|when|after|before|since|although|though|until|that|so"
    r"|than|as|whether|how|why|what|where|who|which)\b",
    re.IGNORECASE,
)
"""Where another clause begins."""

_SEASON = "(?:winter|spring|summer|autumn)"
_SOMEWHERE = "(?:in|on|at) (?:the )?(?-i:[A-Z])"
_EMPTY = re.compile(
    r"\bit(?:'s| is| was)? (?:\w+ly )?(?:true|possible|impossible|safe|legal|illegal|important|likely|better"
    r"|best|necessary|worth|okay|ok|common|normal|hard|easy|difficult|bad|good|healthy|dangerous|clear|known)"
    r" (?:\w+ )?(?:to \w+ \w+|for .*\bto|that|if|when)\b"
    r"|\bit (?:takes?|took|costs?) .*\b(?:to \w+ \w+|for)\b|\bwhat does it (?:take|mean) to\b"
    r"|\bit (?:ever )?(?:snow|rain)(?:s|ing)?\b|\bit (?:seems?|turns out|comes to)\b"
    rf"|\bit {_SEASON}\b|\bit (?:so )?(?:cold|hot|warm|dark) (?:in (?:the )?{_SEASON}|{_SOMEWHERE})"
    rf"|\bhow (?:cold|hot|warm|dark) is it {_SOMEWHERE}|\bit like (?:to\b|{_SOMEWHERE})"
    r"|\bhow far is it (?:from .+ )?to\b|\bit called (?:an?|the)\b|\btime is it\b|\b(?:is|was) it that\b",
    re.IGNORECASE,
)
"""An "it" that stands for nothing: "Is it true that", "How long does it take to bake bread".

Where nothing follows "to build", it is what is built.
"""

_PLACES = frozenset("in at on to from near into".split())
_ASIDE = frozenset("in at from to outside near by into with".split())


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun of a follow-up, with the words around it."""

    question: str
    words: Sequence[Word]
    """Of the question."""
    at: int
    """Its place among them."""

    @property
    def word(self) -> Word:
        """The pronoun itself."""
        return self.words[self.at]

    @property
    def kind(self) -> str:
        """Which pronouns mean the same as it: "he", "it", "they" or "there"."""
        return KIND[self.word.lower]

    @property
    def before(self) -> str:
        """The word before it, in lower case; empty at the start."""
        return self.words[self.at - 1].lower if self.at else ""

    @property
    def after(self) -> Word | None:
        """The word after it."""
        return self.words[self.at + 1] if self.at + 1 < len(self.words) else None

    @property
    def owns(self) -> bool:
        """Whether it stands before its noun."""
        if self.after is None or self.word.lower not in OWNING:
            return False
        return self.word.lower != "her" or not self.after.ends

    @property
    def refers(self) -> bool:
        """Whether it can mean something that was said before."""
        word, after = self.word, self.after
        match word.lower:
            case "it":
                empty = _EMPTY.finditer(self.question)
                return not any(each.start() <= word.start < each.end() for each in empty)
            case "that" | "this":
                alone = after is None or after.ends or self.question[word.end : after.start] != " "
                is_that = self.before in BE and self.at > 1  # but not "Is that true?"
                return alone and (is_that or self.before in PREPOSITIONS)
            case "there":
                return after is None and self.before not in AUXILIARIES
            case "they" | "them":
                return len(self.words) <= LONGEST_THEY
        return True

    def is_explained(self, own: Sequence[Mention]) -> bool:
        """Say whether the question's `own` mentions hold what it means: "Which state said it would ...?"."""
        after = self.after
        clause = after is not None and (after.verb or after.lower in AUXILIARIES)
        embedded = clause and self.before != "" and self.before not in AUXILIARIES
        for each in own:
            if each.person and not fit(self.kind, each):
                continue
            if each.end <= self.word.start:
                if self.owns or embedded or _BREAK.search(self.question, each.end, self.word.start):
                    return True
            elif self.words[0].lower in SUBORDINATE and "," in self.question[self.word.end : each.start]:
                return True
        return False


def named(asked: str, past: Past) -> str | None:
    """Put names where pronouns stand that the question itself does not explain."""
    words, own = words_of(asked), telling(asked)
    but = {each.definite for each in own}
    parts: list[str] = []
    done: set[str] = set()
    end = 0
    for at, word in enumerate(words):
        if word.lower not in KIND or KIND[word.lower] in done:
            continue
        pronoun = Pronoun(asked, words, at)
        if pronoun.refers and not pronoun.is_explained(own) and (meant := _meant(pronoun, past, but)):
            done.add(pronoun.kind)
            but.add(meant)
            parts += [asked[end : word.start], meant]
            end = word.end
    return "".join([*parts, asked[end:]]) if parts else None


def fit(kind: str, mention: Mention) -> float:
    """Return how well a pronoun of this kind can mean `mention`, 0 when it cannot."""
    match kind:
        case "he":
            return mention.person
        case "it":
            if mention.person == 1 or (mention.plural and not mention.named) or mention.joint:
                return 0.0
            aside = mention.named and mention.before in _ASIDE
            return 0.5 if mention.person == 0.8 or mention.plural or aside else 1.0
        case "they":
            return 1.0 if mention.plural else 0.5 if mention.named or mention.person else 0.0
    placed = mention.before in _PLACES
    return (placed + mention.named) / 2 if placed or mention.person < 0.8 else 0.0


def _meant(pronoun: Pronoun, past: Past, but: set[str]) -> str:
    """Return what stands for the pronoun, but none of `but`; empty when nothing fits."""
    if pronoun.kind == "it":
        matter = (past.counted if pronoun.before == "about" else "") or past.matter
        if matter and matter not in but:
            return matter
    for found in _sources(pronoun.kind, past):
        fitting = [each for each in found if fit(pronoun.kind, each) and each.definite not in but]
        if fitting:
            best = max(fitting, key=lambda each: (fit(pronoun.kind, each), each.named, -each.start))
            return _spoken(pronoun, best, past)
    return ""


def _sources(kind: str, past: Past) -> tuple[tuple[Mention, ...], ...]:
    """Return the mentions that a pronoun is looked for in, the likeliest first.

    "Who" and "which" ask for what only the answer names.
    """
    likeliest = [max((each.person for each in found), default=0.0) for found in (past.mentions, past.said)]
    by_answer = (
        (past.first == "who" or likeliest[1] > likeliest[0])
        if kind == "he"
        else (kind == "it" and past.first == "which")
    )
    last = (past.said, past.mentions) if by_answer else (past.mentions, past.said)
    return (*last, *past.older)


def _spoken(pronoun: Pronoun, meant: Mention, past: Past) -> str:
    """Return `meant` as it stands in place of the pronoun."""
    if pronoun.kind == "there":
        return past.place(meant)
    if pronoun.kind == "they" and pronoun.before == "of" and not meant.plural:  # "How many of them"
        return f"those {past.place(meant)}"
    text = past.described(meant)
    return text + ("’" if text.endswith("s") else "’s") if pronoun.owns else text
