"""A text to what it mentions: names and noun phrases, in the order they stand.

A tagger would be another model: a run of words without a function word or a verb is a noun phrase, and a name
when it has capitals. Questions are often typed without any, so names are only preferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.question.english.followups.vocabulary import (
    ASKING,
    AUXILIARIES,
    DETERMINERS,
    DO,
    IRREGULAR,
    KIND,
    NOUNS,
    OTHER,
    PREPOSITIONS,
    ROLES,
    THINGS,
    VAGUE,
    VERBS,
)

_WORD = re.compile(r"[^\W_]+(?:[.'’&/+-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_YEAR = re.compile(r"1\d{3}|20\d\d")
_BETWEEN = (" and ", " & ", " of ", " de ", " van ", " von ")
"""What names are joined by: "Bank of England"."""

_BEFORE_A_PERSON = frozenset("by about with for from to of than like".split())
"""Prepositions before people; before a name, another one makes it a place or a time."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place."""

    text: str
    start: int
    end: int
    verb: bool
    """Whether it is a verb or an adverb, as far as a table and endings tell."""
    ends: bool
    """Whether no noun phrase holds it: a verb or a function word."""

    @property
    def lower(self) -> str:
        """The word as the tables have it."""
        return self.text.lower().replace("’", "'")

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital or a digit."""
        return not self.text[0].islower()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a noun phrase as it stands in a text."""

    text: str
    """With the article "the" before it, where there is one, without a possessive ending."""
    start: int = field(compare=False)
    end: int = field(compare=False)
    named: bool
    """Whether it is written with capitals or digits."""
    before: str = field(default="", compare=False)
    """The word before it, in lower case; empty at the start of a sentence."""

    @property
    def bare(self) -> str:
        """The mention without its article."""
        return re.sub(r"^the ", "", self.text, flags=re.IGNORECASE)

    @property
    def definite(self) -> str:
        """The mention as it is spoken of again: "a storm" is "the storm"."""
        return f"the {self.text}" if self.before in ("a", "an") and not self.named else self.text

    @property
    def joint(self) -> bool:
        """Whether it names several, as in "Britain and France"."""
        return self.named and " and " in self.text

    @property
    def plural(self) -> bool:
        """Whether it looks like a plural, or names several."""
        last = self.text.split()[-1].lower()
        return self.joint or last in IRREGULAR or bool(re.search(r"(?<![sui'’])s$", last.removesuffix("ics")))

    @property
    def vague(self) -> bool:
        """Whether it names nothing that a later question could mean: a date, a "kind"."""
        if self.before == "how" and not self.named:
            return True
        return all(word.lower() in VAGUE or _YEAR.fullmatch(word) for word in self.bare.split())

    @property
    def person(self) -> float:
        """How likely it is a person, 0 to 1, by its form and the words beside it."""
        words = self.bare.split()
        if any(word.lower().rstrip(".") in ROLES for word in [*words, self.before]):
            return 1.0
        other = self.text != self.bare or self.before in PREPOSITIONS - _BEFORE_A_PERSON
        if not self.named or self.joint or other:
            return 0.0
        if any(not word[0].isupper() or word.isupper() or word.lower() in THINGS for word in words):
            return 0.0
        return 0.8 if len(words) in (2, 3) else 0.5


def words_of(text: str) -> list[Word]:
    """Return the words of `text`."""
    words: list[Word] = []
    for found in _WORD.finditer(text):
        noun = bool(words) and words[-1].lower in DETERMINERS  # "the cause", "a plan"
        verb = not noun and _is_verb(found[0])
        acronym = len(found[0]) > 1 and found[0].isupper() and not text.isupper()  # the US, the WHO
        ends = not acronym and (verb or _is_function_word(found[0]))
        words.append(Word(found[0], found.start(), found.end(), verb, ends))
    return words


def _is_function_word(text: str) -> bool:
    whole = text.lower().replace("’", "'")
    return any(
        word in PREPOSITIONS or word in ASKING or word in AUXILIARIES or word in KIND or word in OTHER
        for word in (whole, _POSSESSIVE.sub("", whole))
    )


def _is_verb(text: str) -> bool:
    if not text[0].islower():  # a name
        return False
    stem = text.removesuffix("s")
    ending = len(text) > 3 and text.endswith(("ed", "ly", "ing"))
    return text in VERBS or ((ending or (stem != text and stem in VERBS)) and text not in NOUNS)


def mentions(text: str) -> tuple[Mention, ...]:
    """Return what `text` mentions, in the order it stands."""
    words = words_of(text)
    found = (each for first, last in _runs(text, words) if (each := _within(text, words, first, last)))
    return tuple(_joined(text, found))


def telling(text: str) -> tuple[Mention, ...]:
    """Return the mentions of `text` that a later question can mean."""
    return tuple(each for each in mentions(text) if not each.vague)


def main(found: Sequence[Mention]) -> Mention | None:
    """Return what a question with these mentions is about: a name, else what something is "of"."""
    return max(
        found,
        key=lambda each: (
            each.named,
            each.before in ("of", "between", "about"),
            " " in each.bare,
            -each.start,
        ),
        default=None,
    )


def _runs(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the places, first and after last, of words that follow one another and may be a noun phrase."""
    first = 0
    for at, word in enumerate(words):
        if first < at:
            known = words[at - 1]
            dated = at - 1 > first and _YEAR.fullmatch(known.text)  # "in July 2025 Macron"
            apart = text[known.end : word.start] != " "
            if word.ends or apart or dated or _POSSESSIVE.search(known.text):
                yield first, at
                first = at
        if word.ends:
            first = at + 1
    if first < len(words):
        yield first, len(words)


def _within(text: str, words: Sequence[Word], first: int, last: int) -> Mention | None:
    """Return the mention in a run: the name at its end, or all of it."""
    capital = [at for at in range(first, last) if words[at].capital]
    verb = first == 0 and _is_verb(words[0].lower) and not any(word.verb for word in words[1:2])
    if capital == [0] and (last > 1 or verb):  # a capital at the start says nothing
        capital = []
        first += verb
    last = _without_verb(words, first, last, named=bool(capital))
    while last - first > 1 and words[last - 1].lower in VAGUE and last - 1 not in capital:
        last -= 1  # "Is American football similar"
    if first >= last:
        return None
    if capital and capital[-1] == last - 1:  # "president Macron"
        first = capital[0]
    return _mention(text, words, first, last, named=bool(capital))


def _without_verb(words: Sequence[Word], first: int, last: int, *, named: bool) -> int:
    """Return where a run ends whose last word is a bare verb that no table has: "did the Eagle dock"."""
    if not any(word.lower in DO for word in words[max(0, first - 2) : first]):
        return last
    if last < len(words) and (words[last].verb or words[last].lower in AUXILIARIES):
        return last
    if named:
        return next((at for at in range(first + 1, last) if not words[at].capital), last)
    return max(first + 1, last - 1)


def _mention(text: str, words: Sequence[Word], first: int, last: int, *, named: bool) -> Mention:
    start = words[first].start
    near = words[max(0, first - 3) : first]
    leading = [word.lower for word in near if not re.search(r"[.?!]\s", text[word.end : start])]
    if leading[-1:] == ["the"]:
        leading.pop()
        start = words[first - 1].start
    if leading[-1:] == ["of"] and leading[-2:-1] in (["outside"], ["inside"], ["because"], ["instead"]):
        leading.pop()
    owner = _POSSESSIVE.search(words[last - 1].text)
    end = words[last - 1].end - (len(owner[0]) if owner else 0)
    return Mention(text[start:end], start, end, named, leading[-1] if leading else "")


def _is_office(mention: Mention) -> bool:
    """Say whether it has no name, but what follows "of" has: "the President of France", "the GDP of Italy".

    A title begins with a capital: "The Lord of the Rings".
    """
    last = mention.text.split()[-1]
    if mention.text.startswith("The "):
        return False
    return last.lower() in ROLES or (len(last) > 1 and last.isalpha() and last.isupper())


def _joined(text: str, found: Iterator[Mention]) -> Iterator[Mention]:
    """Yield `found` with names that belong together as one: "Bank of England", "Britain and France"."""
    kept: Mention | None = None
    for each in found:
        between = text[kept.end : each.start] if kept else ""
        if kept and between == " of " and _is_office(kept):
            kept = replace(kept, named=False)
        if kept and kept.named and each.named and between in _BETWEEN:
            kept = Mention(text[kept.start : each.end], kept.start, each.end, named=True, before=kept.before)
            continue
        if kept:
            yield kept
        kept = each
    if kept:
        yield kept
