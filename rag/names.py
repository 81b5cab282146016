"""A question's names and numbers, and the texts that hold them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from rag.phrases import plain

HEADLINE = 0.6
"""Share of capitalised words from which on a question is set like a headline: capitals then name nothing."""

TYPO = 0.8
"""Similarity (Ratcliff and Obershelp) from which on two names that start and end about alike are one name
with a typing mistake: "Krugmen" and "Krugman", but not "Iran" and "Iraq"."""

_WORD = re.compile(r"\d[\d,.]*\d(?![^\W_])|[^\W_]+(?:['.][^\W_]+|-[A-Z0-9][^\W_]*)*")
"""A number, or a word with its apostrophes and with what has a capital behind a hyphen."""

_BOUND = re.compile(
    r"\b(?:since|before|after|until|till|by|between|from|to|and) (?:\w+ )?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""A year that bounds when something was, as "since 2024"."""

DIGITS = 3
"""Of a number from which on it names something: a year, a sum."""

_ENDINGS = frozenset(["", *"s n ns an ans ian ians ean eans ese ish i is e es a y ain en ens er ers".split()])
"""What a place's name and its people's differ in: Ukrain-e and Ukrain-ian."""
STEM = 4
"""Letters that they have in common at least."""

INITIALS = 3
"""Letters up to which initials are looked for in capitals only."""

_CALENDAR = frozenset(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)
"""Written with a capital, but no names: a text may say the day in another way."""

_ALIASES = tuple(
    frozenset(group.split("|"))
    for group in (
        "uk|u.k|britain|british|united kingdom",
        "us|u.s|usa|u.s.a|america|american|americans|united states",
        "eu|e.u|european union",
        "un|u.n|united nations",
        "uae|emirati|united arab emirates",
        "france|french|frenchman|frenchmen",
        "spain|spanish|spaniard|spaniards",
        "netherlands|dutch|holland",
        "denmark|danish|dane|danes",
        "sweden|swedish|swede|swedes",
        "switzerland|swiss",
        "greece|greek|greeks",
        "wales|welsh",
        "turkey|turkish|turk|turks|türkiye",
        "philippines|filipino|filipinos|philippine",
        "ireland|irish",
        "poland|polish|pole|poles",
        "covid|covid-19|coronavirus",
    )
)
"""Names of the same that their letters do not show to be so."""


def named(question: str) -> tuple[str, ...]:
    """Return the names in `question` (runs of capitalised words), and its numbers of three digits or more.

    The capital at the start of a sentence says nothing, nor do those of a question set like a headline.
    Years that bound a time ("since 2024") are not among them: the text need not say them.
    """
    question = plain(question)
    words = list(_WORD.finditer(question))
    headline = sum(word[0][0].isupper() for word in words) > HEADLINE * len(words)
    bounds = {match.start("year") for match in _BOUND.finditer(question)}
    found: list[str] = []
    end = None  # of the name that may go on
    for word in words:
        if _is_name(word[0], starts=_starts(question, word.start()) or headline):
            if end is not None and question[end : word.start()] == " ":
                found[-1] = f"{found[-1]} {word[0]}"
            else:
                found.append(word[0])
            end = word.end()
            continue
        end = None
        if re.fullmatch(r"\d[\d,.]*", word[0]) and len(word[0]) >= DIGITS and word.start() not in bounds:
            found.append(word[0])
    return tuple(dict.fromkeys(re.sub("'s$", "", name) for name in found))


def _is_name(word: str, *, starts: bool) -> bool:
    if not word[0].isupper() or len(word) == 1 or word.casefold() in _CALENDAR:
        return False
    return word.isupper() if starts else True


def _starts(question: str, at: int) -> bool:
    """Say whether a sentence starts at `at`."""
    return re.search(r"(?:^|[.?!:]\s+)[\"'(]*$", question[:at]) is not None


def unheld(names: Iterable[str], text: str) -> tuple[str, ...]:
    """Return those of `names` that `text` does not hold in any form, by initials, or by the last name."""
    text = plain(text)
    return tuple(name for name in names if not _is_held(name, text))


def _is_held(name: str, text: str) -> bool:
    if name[0].isdigit():
        return _stands(name.replace(",", ""), re.sub(r"(?<=\d),(?=\d)", "", text))
    last = re.split("[ -]", re.sub(r" [IVX]+$", "", name))[-1]
    if any(_stands(form, text) for form in (name, last, *_aliases(name), *_aliases(last))):
        return True
    words = {word for word in _WORD.findall(text.casefold()) if word[0] == last[0].casefold()}
    return any(_is_form(last.casefold(), word) for word in words) or (
        name.isupper() and _initials(name, text)
    )


def _aliases(name: str) -> Iterator[str]:
    """Yield the other names of what `name` names; initials in capitals, for "us" is a common word."""
    for group in _ALIASES:
        if name.casefold() in group:
            yield from (form.upper() if len(form.replace(".", "")) <= INITIALS else form for form in group)


def _stands(name: str, text: str) -> bool:
    """Say whether `name` stands in `text` as it is, whatever the case of any but initials."""
    same_case = name.isupper() and len(name) <= INITIALS
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, 0 if same_case else re.IGNORECASE) is not None


def _is_form(one: str, other: str) -> bool:
    """Say whether both are forms of one name, or one is the other mistyped."""
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    if common >= STEM and {one[common:], other[common:]} <= _ENDINGS:
        return True
    near = abs(len(one) - len(other)) <= 1 and min(len(one), len(other)) > STEM
    return near and difflib.SequenceMatcher(None, one, other).ratio() >= TYPO


def _initials(name: str, text: str) -> bool:
    """Say whether words of `text` that follow each other have the letters of `name` as initials."""
    between = r"[\w’'-]*(?: (?:of|the|for|and|on|in))* "
    return re.search(rf"(?<!\w){between.join(map(re.escape, name))}", text) is not None
