"""A follow-up with pronouns to those with the names that they can stand for, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from rag.question.english.followups.mentions import Mention, Token, telling, words_of
from rag.question.english.followups.past import FULL, Past
from rag.question.english.words import AUXILIARIES, BE, KIND, OWNING, PLACES, PLACING, PREPOSITIONS

_BREAK = re.compile(
    r"[,;.?!–—]|\s-\s|\b(?:and|but|or|because|while|if|when|after|before|since|although|though|until|that|so"
    r"|than|as|whether|how|why|what|where|who|which)\b",
    re.IGNORECASE,
)
"""Where another clause begins."""

_EMPTY = re.compile(
    r"\bit(?:'s| is| was)? (?:(?!in |on |at |and |or )\w+ ){1,2}?"
    r"(?:that|if|when|to (?:\w+ )+?\w+|for (?:\w+ )+to)\b"
    r"|\bit (?:takes?|took|costs?|means?) (?:to \w+ \w+|(?!to )(?:\w+ )+?to\b)"
    r"|\b(?:make|made|find|found) it \w+ .*?\bto\b|\bfar is it (?:from .+ )?to\b"
    r"|\bit (?:(?:ever )?(?:snow|rain)|(?:seems?|turns out|comes to|like to|called (?:an?|the))\b)"
    r"|\b(?:is|was) it that\b|\btime is it\b"
    r"|\bit (?:so )?(?:cold|hot|warm|dark|like)? ?(?:in )?(?:the )?(?:winter|spring|summer|autumn)\b",
    re.IGNORECASE,
)
"""An "it" that stands for nothing: "Is it true that", "How long does it take to bake bread".

Where nothing follows "to build", it is what is built.
"""

_MATTER = re.compile(r"(?<=\babout )\S.*")
"""What somebody said something "about"."""


def spelled_out(asked: str, past: Past) -> tuple[str, ...]:
    """Put names where pronouns stand that the question itself does not explain; nothing where it has none.

    With a name of its own ("How hot is it on Venus?", "Why did they leave Troy?") it may stand alone too, as
    may "he" where nobody was named.
    """
    words, own = words_of(asked), telling(asked)
    but = {each.definite for each in own}
    meant: dict[str, tuple[Token, list[str]]] = {}
    for at, word in enumerate(words):
        kind = KIND.get(word.lower, "")
        refers = kind and kind not in meant and _refers(asked, words, at)
        if refers and not _is_explained(asked, words, at, own):
            others = replace(past, mentions=tuple(each for each in past.mentions if each.definite not in but))
            if found := [each for each in dict.fromkeys(_meant(words, at, others)) if each not in but]:
                meant[kind] = word, found
                but.add(found[0])
    readings = [_put(asked, meant.values(), choice) for choice in (0, 1)] if meant else []
    nobody = not any(past.person(each) for each in chain(past.mentions, past.said, *past.older))
    is_doubtful = ("he" in meant and nobody and own) or any(
        each.named and ("they" in meant or ("it" in meant and each.before in PLACING)) for each in own
    )
    return (*readings, asked) if is_doubtful else tuple(readings)


def _put(asked: str, meant: Iterable[tuple[Token, Sequence[str]]], choice: int) -> str:
    """Return the question with one of its names, or the last that there is, for each pronoun."""
    text = asked
    for word, names in sorted(meant, key=lambda each: -each[0].start):
        text = f"{text[: word.start]}{names[min(choice, len(names) - 1)]}{text[word.end :]}"
    return text


def _owns(words: Sequence[Token], at: int) -> bool:
    """Say whether the pronoun stands before its noun."""
    after = words[at + 1 : at + 2]
    return words[at].lower in OWNING and bool(after) and (words[at].lower != "her" or not after[0].ends)


def _refers(asked: str, words: Sequence[Token], at: int) -> bool:
    """Say whether the pronoun can mean something that was said before."""
    word, before = words[at], words[at - 1].lower if at else ""
    match word.lower:
        case "it":
            return not any(each.start() <= word.start < each.end() for each in _EMPTY.finditer(asked))
        case "that" | "this":
            return at == len(words) - 1 and before in BE | PREPOSITIONS
        case "there":
            return at == len(words) - 1 and before not in AUXILIARIES
    return True


def _is_explained(asked: str, words: Sequence[Token], at: int, own: Sequence[Mention]) -> bool:
    """Say whether the question's `own` mentions hold what it means: "Which state said it would ...?".

    In its own clause a pronoun means nobody else who is named there, unless it says whose something is.
    """
    word, after = words[at], words[at + 1 : at + 2]
    clause = bool(after) and (after[0].verb or after[0].lower in AUXILIARIES)
    subject = clause or (bool(after) and word.lower in ("he", "she", "they"))
    embedded = subject and at > 0 and words[at - 1].lower not in AUXILIARIES
    return any(
        _owns(words, at) or embedded or _BREAK.search(asked, each.end, word.start)
        if each.end <= word.start
        else "," in asked[word.end : each.start] and at < 3  # "When it was opened, how long was the canal?"
        for each in own
    )


def _meant(words: Sequence[Token], at: int, past: Past) -> Iterator[str]:
    """Yield what can stand for the pronoun, the likeliest first."""
    kind, before = KIND[words[at].lower], words[at - 1].lower if at else ""
    owner = "’s" if _owns(words, at) or words[at].lower in ("hers", "theirs") else ""
    if kind == "it" and before == "about" and (matter := _MATTER.search(past.question)):
        yield matter[0]
    single = {each.definite for each in past.mentions if not each.plural}
    for text in _SOURCES[kind](past):
        if kind == "they" and before == "of" and text in single:
            yield f"those in {text}"  # "How many of them"
        elif kind == "there" and before in ("get", "go", "come", "travel"):
            yield re.sub(r"^\w+", "to", text)
        else:
            yield f"{text}’" if owner and text.endswith("s") else text + owner


def _people(past: Past) -> Iterator[str]:
    """Yield whom "he" can mean: who was asked about, before anybody whom only the answer names.

    "Who led them?" asks for the one of the answer; "Who is Jonas Brekk?" does not.
    """
    full, single = ([each for each in past.mentions if past.person(each) == size] for size in (FULL, 1))
    answered = sorted((each for each in past.said if past.person(each)), key=lambda each: -past.person(each))[
        :1
    ]
    if past.first in ("who", "which", "whose"):
        asked = [
            each for each in past.mentions if each.before in BE and (past.person(each) or not each.named)
        ]
        tiers = [full, [each for each in asked if each.text == each.bare] or answered, single]
    else:
        tiers = [full, single + answered]
    tiers += [[each for each in past.mentions if not each.plural and each.before not in PLACES]]
    yield from (each.definite for each in next(filter(None, tiers), []))


def _things(past: Past) -> Iterator[str]:
    """Yield what "it" can mean: what was asked about, else what the answer or an earlier question names."""
    answered = [each for each in past.said if not past.person(each)]
    for found in (past.mentions, answered, *past.older):
        fit = [
            each
            for each in found
            if past.person(each) < FULL and not each.joint and (each.named or not each.plural)
        ]
        if fit:
            rank = min(_rank(each, past) for each in fit)
            yield from (each.definite for each in fit if _rank(each, past) == rank)
            return


def _rank(each: Mention, past: Past) -> tuple[bool, bool, bool]:
    """Return how far a mention is from what its question is about: one that says where comes last."""
    return each.before in PLACING, not each.named, past.person(each) > 0


def _several(past: Past) -> Iterator[str]:
    """Yield whom or what "they" can mean: several that were asked about, or all whom the answer names."""
    found = [*(each.definite for each in past.mentions if each.plural), *filter(None, [past.group])]
    yield from found or [each.definite for each in past.mentions if each.named][:1]


def _places(past: Past) -> Iterator[str]:
    """Yield where "there" can be, after its preposition."""
    found = [each for each in (*past.mentions, *past.said) if past.person(each) < FULL]
    found.sort(key=lambda each: each.before not in PLACING)
    yield from (past.place(each) for each in found if each.named or each.before in PLACING)


_SOURCES: dict[str, Callable[[Past], Iterator[str]]] = {
    "he": _people,
    "it": _things,
    "they": _several,
    "there": _places,
}
