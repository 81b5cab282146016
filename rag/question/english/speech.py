"""Whose words a sentence reports: "Healey said", "he added", "“...,” the minister told the BBC".

The rules are English. A sentence that reports nobody's words, or says not whose, is nobody's.
"""

from __future__ import annotations

import re
from typing import Literal

from rag.index.sentences import split_sentences
from rag.question.english.words import PERSON, any_of

LOOKED_BACK = 800
"""Characters before a sentence in which "he" is looked for."""

NEAR = 8
"""Words between a speaker and the verb at most: "Healey, the British defence secretary, said"."""

_SAID = "say said says told tells wrote writes thought thinks spoke speaks taught teaches tweeted posted"
_STEMS = (
    "add argu claim warn repli reply respond answer announc insist stat declar predict promis explain"
    " acknowledg admit admitt deni deny describ call reject suggest propos not observ comment remark"
    " conclud believ report stress vow pledg urg demand criticis criticiz condemn prais point reiterat"
    " confirm estimat calculat object jok ask question blam assert maintain theoris theoriz recommend"
    " advis accus assum agree hint"
)
SAYING = re.compile(rf"\b(?:{any_of(_SAID)}|{any_of(_STEMS)}(?:e?d|e?s))\b")
_ADDED = re.compile(
    r", (?:say|tell|writ|not|add|stat|warn|argu|claim|insist|explain|call|declar|stress|describ|accus)ing\b"
)
"""What a sentence's subject says besides what it does: "Only the BBC made a reference, noting that"."""
_OPINION = re.compile(
    r"\b(?:message|view|opinion|words?|position|statement|speech|remarks?|reply|answer|warning|argument)\b"
)
_QUOTE = re.compile(r"[“\"][^”\"]{3,}[”\"]?")
_OFFICES = any_of(
    f"{PERSON} author authors official officials paper newspaper team researchers scientists report study"
    " company group agency ministry"
)
_PRONOUN = re.compile(
    rf"\b(?:he|she|they|his|her|their|the (?:[a-z-]+ ){{0,2}}{_OFFICES})\b",
    re.IGNORECASE,
)
_STARTS_WITH_PRONOUN = re.compile(
    r"(?:\W*(?:But|And|Then|Later|In|At|On|Of|To|So|When|After|As)\b[\w ,]{0,20}?)?"
    rf"\W*{_PRONOUN.pattern}",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_SUBJECT = re.compile(rf"(?:\b[A-Z][\w-]+|\b(?:he|she|they|who|{_OFFICES})) (?:also |has |have )?$")
"""Before a verb that reports words, and not a view of the text itself: "than a peace be agreed"."""


def voice(speaker: str, sentence: str, before: str) -> Literal[-1, 0, 1]:
    """Say whose words `sentence` reports: 1 the `speaker`'s, -1 somebody else's, 0 nobody's.

    `before` is the text in front of it, where the one that it calls "he" is named.
    """
    name = _name(speaker)
    unquoted = _QUOTE.sub(lambda found: "“" + " " * (len(found[0]) - 2) + "”", sentence)
    if re.search(
        rf"(?:\baccording to|[,”] (?:says|said)) (?:\w+ ){{0,3}}{name.pattern}", unquoted, re.IGNORECASE
    ):
        return 1
    heard = [
        _who(name, unquoted[: found.start()], before)
        for found in SAYING.finditer(unquoted)
        if not re.search(r"\b(?:his|her|their|its) $", unquoted[: found.start()])  # "his declared goal"
    ]
    heard += [
        _who(name, unquoted[: found.start()], before, near=len(unquoted))
        for found in _ADDED.finditer(unquoted)
    ]
    heard += [
        _who(name, unquoted[: found.end()], before)
        for found in _OPINION.finditer(unquoted)
        if re.search(r"(?:\b(?:his|her|their)|[’']s) (?:\w+ )?\w+$", unquoted[: found.end()], re.IGNORECASE)
    ]
    if not heard and unquoted != sentence:  # a quotation and nothing else goes on where one began
        heard = [_who(name, "he", before)] if not re.search(r"\w", unquoted) else []
    return 1 if 1 in heard else -1 if -1 in heard else 0


def is_author(speaker: str) -> bool:
    """Say whether `speaker` is whoever wrote the article."""
    return re.fullmatch("(?:the )?(?:author|writer|article|journalist)s?", speaker, re.IGNORECASE) is not None


def author_speaks(sentence: str) -> Literal[-1, 0, 1]:
    """Say whether `sentence` reports its author's words: 1, somebody else's: -1, or nobody's: 0."""
    if re.search(r"\b(?:its|the) author\b", sentence):
        return voice("author", sentence, "")
    says = any(_SUBJECT.search(sentence[: found.start()]) for found in SAYING.finditer(sentence))
    return -1 if says or _QUOTE.search(sentence) else 0


def _who(name: re.Pattern[str], words: str, before: str, *, near: int = NEAR) -> Literal[-1, 0, 1]:
    """Say who stands in the last words of `words`, before a verb: 1 the one with `name`, -1 somebody else."""
    clause = re.split(r"[;:“”]", words)[-1] or words
    last = " ".join(clause.split()[-near:])
    if found := list(_PRONOUN.finditer(last)):
        since = last[found[-1].end() :]
        if not _NAME.search(since):
            return 1 if name.search(last[: found[-1].start()]) else _antecedent(name, before)
    if name.search(last):
        return 1
    return -1 if _NAME.search(last) else 0


def _antecedent(name: re.Pattern[str], before: str) -> Literal[-1, 1]:
    """Say whether the one that is called "he" after `before` is the one with `name`."""
    text = before[-LOOKED_BACK:]
    for start, end in reversed(split_sentences(text)):
        said = text[start:end]
        if name.search(said):
            return 1
        if _NAME.search(said[1:]) and not _STARTS_WITH_PRONOUN.match(said):
            return -1
    return -1


def mentions(text: str, speaker: str) -> bool:
    """Say whether `text` has the name of `speaker`."""
    return _name(speaker).search(text) is not None


def _name(speaker: str) -> re.Pattern[str]:
    """Return what finds `speaker`: by the last name, or by the last word of an office or a body.

    One of capitals may have points or not, and is no common word: "the U.S.", "the US", not "us".
    """
    last = re.findall(r"[\w-]+", re.sub(r"[’']s\b|(?<=\b\w)\.", "", speaker))[-1]
    if last.isupper():
        letters = r"\.?".join(map(re.escape, last))
        return re.compile(rf"(?-i:\b{letters}\b)")
    return re.compile(rf"\b{re.escape(last)}\b", re.IGNORECASE)
