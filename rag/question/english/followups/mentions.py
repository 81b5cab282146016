"""A text to what it mentions: names and noun phrases, in the order they stand.

A tagger would be another model: a run of words without a function word or a verb is a noun phrase, and a name
when it has capitals. Questions are often typed without any, so names are only preferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.index.embedding import Embedder
from rag.question.english.people import names_in
from rag.question.english.words import AUXILIARIES, DETERMINERS, DO, FUNCTION, PLACES, VAGUE, VERBS

_WORD = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:[.'’&/+-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_NUMBER = re.compile(r"[\d.,]+")
_SENTENCE = re.compile(r"(?:^|[.?!:]\s+)[\"“'(]*$")
_LINK = re.compile(
    r" (?P<of>&|of|de|van|von|al|bin) | and |(?P<aside>, and )"
    r"|, (?=[A-Z][^,.?!]*(?:, [A-Z][^,.?!]*)*,? and [A-Z])"
)
"""What names are joined by: "Bank of England"; several: "Whittingham, Goodenough and Yoshino"."""

_ASIDE = re.compile(r"^(\S+ \S+) of .*| [“\"]\w+[”\"](?= )")
"""Where the bearer of a full name is from, and a nickname within it."""

SHARED_WORD = 0.3
"""Likeness that a word in both adds: "Apollo 12" for "Apollo 11"."""

NAMES = 0.1
"""Likeness that two names gain, and that a name and another noun lose."""

LONG = 4
"""Letters of a word above which "ed", "ly" or "ing" at its end tell what it is: not of "red" or "king"."""

MOST_OF_A_PERSON = 4
"""Words of a person's name: "President Gamal Abdel Nasser"."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word and its place."""

    text: str
    start: int
    end: int
    capital: bool
    """Whether it is written as a name: with a capital that its place does not ask for, or with a digit."""
    verb: bool
    """Whether it is a verb or an adverb, as far as a table, its ending or its place tells."""
    ends: bool
    """Whether no noun phrase holds it: a verb or a function word."""

    @property
    def lower(self) -> str:
        """The word as the tables have it."""
        return self.text.lower().replace("’", "'")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a noun phrase as it stands in a text."""

    text: str
    """With the article "the" before it, where there is one, without a possessive ending."""
    start: int = field(compare=False)
    end: int = field(compare=False)
    named: bool
    """Whether it is written with capitals or digits."""
    joint: bool = False
    """Whether it names several: "Britain and France"."""
    before: str = field(default="", compare=False)
    """The word before it, in lower case; empty at the start of a sentence."""

    @property
    def bare(self) -> str:
        """The mention without its article."""
        return re.sub(r"^the ", "", self.text, flags=re.IGNORECASE)

    @property
    def definite(self) -> str:
        """The mention as it is spoken of again: of "a storm" or "which storm", "the storm"."""
        added = self.before in ("a", "an", "many", "much", "which", "what") and not self.named
        return f"the {self.text}" if added else re.sub("^The (?!.* the )", "the ", self.text)

    @property
    def plural(self) -> bool:
        """Whether it looks like a plural, or names several."""
        last = self.text.split()[-1].lower()
        return self.joint or last == "people" or bool(re.search(r"(?<![sui'’])s$", last.removesuffix("ics")))

    @property
    def vague(self) -> bool:
        """Whether it names nothing that a later question could mean: a number, a date, a "kind"."""
        return all(word.lower() in VAGUE or _NUMBER.fullmatch(word) for word in self.bare.split())

    @property
    def person(self) -> int:
        """How much it looks like a person's name: 2 as a full one does, 1 as a single word may, or 0."""
        words = self.text.split()
        if any(_POSSESSIVE.search(word) for word in words[:-1]):
            return 0  # "Jay's Treaty"
        is_place = self.before in PLACES or (self.before == "of" and len(words) == 1)
        if not self.named or self.joint or self.text != self.bare or is_place:
            return 0
        is_name = all(word[0].isupper() and not word.isupper() for word in words)
        return min(len(words), 2) if is_name and len(words) <= MOST_OF_A_PERSON else 0


def words_of(text: str) -> list[Token]:
    """Return the words of `text`."""
    words: list[Token] = []
    shouted = text.isupper()
    for found in _WORD.finditer(text):
        known = found[0].lower().replace("’", "'")
        starts = _SENTENCE.search(text, 0, found.start()) is not None
        capital = not found[0][0].islower() and not shouted
        noun = bool(words) and words[-1].lower in DETERMINERS  # "the cause", "a plan"
        verb = not noun and (known in VERBS if starts else not capital and _is_verb(known))
        function = (not capital or starts) and (known in FUNCTION or _POSSESSIVE.sub("", known) in FUNCTION)
        ends = verb or function
        words.append(
            Token(found[0], found.start(), found.end(), capital and not (starts and ends), verb, ends)
        )
    for at, word in enumerate(words):
        if word.lower in {"who", *AUXILIARIES} and (place := _bare_verb(words, at)):
            words[place] = replace(words[place], verb=True, ends=True)
    return words


def _is_verb(word: str) -> bool:
    return word in VERBS or (word.endswith(("ed", "ly", "ing")) and len(word) > LONG)


def _bare_verb(words: Sequence[Token], at: int) -> int:
    """Return where a verb stands that no table has: "did the Eagle dock", "who owns it". 0 without one."""
    if words[at].lower == "who":
        return at + 1 if words[at + 1 :] and not (words[at + 1].ends or words[at + 1].capital) else 0
    first = at + 2 if words[at + 1 : at + 2] and words[at + 1].lower in DETERMINERS else at + 1
    last = next((later for later in range(first, len(words)) if words[later].ends), len(words))
    if words[at].lower not in DO or (last < len(words) and words[last].verb):
        return 0
    return max((later for later in range(first + 1, last) if not words[later].capital), default=0)


def mentions(text: str) -> tuple[Mention, ...]:
    """Return what `text` mentions, in the order it stands."""
    words = words_of(text)
    found = (_within(text, words, first, last) for first, last in _runs(text, words))
    return tuple(_joined(text, found))


def telling(text: str) -> tuple[Mention, ...]:
    """Return the mentions of `text` that a later question can mean."""
    return tuple(each for each in mentions(text) if not each.vague)


def named_in(answer: str) -> Iterator[Mention]:
    """Yield the names in a text that answers, each for itself."""
    for start, end in names_in(answer):
        before = re.search(r"(?<![^ ])\w+(?= $)", answer[:start])
        name = _ASIDE.sub(r"\1", answer[start:end])
        yield Mention(name, start, end, True, before=before[0].lower() if before else "")


def main(found: Sequence[Mention]) -> Mention | None:
    """Return what a question with these mentions is about: a name, else what something is "of"."""
    kinds = ((each.named, each.before in ("of", "between", "about"), " " in each.bare) for each in found)
    return max(zip(kinds, reversed(range(len(found))), found, strict=True), default=(None,))[-1]


def likeness(text: str, places: Sequence[Mention], embedder: Embedder) -> list[float]:
    """Return how well `text` could stand at each of `places`: cosine, and what SHARED_WORD and NAMES add."""
    if not places:
        return []
    vectors = embedder.embed_questions([text, *(each.text for each in places)])
    named = any(each.named for each in mentions(text))
    own = {word.lower for word in words_of(text)} - {"the"}
    return [
        float(cosine)
        + (NAMES if named and each.named else -NAMES if named or each.named else 0)
        + SHARED_WORD * bool(own & set(each.bare.lower().split()))
        for cosine, each in zip(vectors[1:] @ vectors[0], places, strict=True)
    ]


def _runs(text: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the places, first and after last, of words that follow one another and may be a noun phrase."""
    first = 0
    for at, word in enumerate(words):
        if first < at and (word.ends or text[words[at - 1].end : word.start] != " "):
            yield first, at
            first = at
        if word.ends:
            first = at + 1
    if first < len(words):
        yield first, len(words)


def _within(text: str, words: Sequence[Token], first: int, last: int) -> Mention:
    """Return the mention in a run: the name at its end, or all of it without what says nothing."""
    capital = [at for at in range(first, last) if words[at].capital]
    while last - first > 1 and words[last - 1].lower in VAGUE and last - 1 not in capital:
        last -= 1  # "Is American football similar"
    while last - 1 in capital and (first not in capital or not set(range(first, last)) <= set(capital)):
        first += 1  # "the German housewife Melitta Bentz"
    start, leading = words[first].start, [word.lower for word in words[max(0, first - 2) : first]]
    if leading[-1:] == ["the"] and text[start - 1] == " ":
        leading.pop()
        start = words[first - 1].start
    owner = _POSSESSIVE.search(words[last - 1].text)
    end = words[last - 1].end - (len(owner[0]) if owner else 0)
    before = "" if _SENTENCE.search(text, 0, start) else leading[-1] if leading else ""
    return Mention(text[start:end], start, end, bool(capital), before=before)


def _joined(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield `found` with names that belong together as one: "Bank of England", "Britain and France"."""
    kept: Mention | None = None
    for each in found:
        link = _LINK.match(text, kept.end) if kept and kept.named and each.named else None
        if kept and link and link.end() == each.start and not (link["aside"] and kept.before in PLACES):
            joint = kept.joint or not link["of"]
            kept = Mention(text[kept.start : each.end], kept.start, each.end, True, joint, kept.before)
        else:
            yield from filter(None, [kept])
            kept = each
    yield from filter(None, [kept])
