"""A question's names and numbers, and the texts that hold them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from rag.question.english.words import CALENDAR, DETERMINERS, MONTH, PREPOSITIONS, TITLE
from rag.question.phrases import holds, plain

HEADLINE = 3
"""Capitals after the first word from which on a question may be set like a headline."""

_TITLE = re.compile(rf"\b{TITLE}\b\.? (?=[A-Z])")
_INITIAL = re.compile(r"\b([A-Z])\.(?= [A-Z])")

TYPO = 0.8
"""Similarity (Ratcliff and Obershelp) from which on two names with the same first letter are one name with
a typing mistake: "Krugmen" and "Krugman", but not "Iran" and "Iraq"."""

_WORD = re.compile(r"\d[\d,.]*\d(?![^\W_])|[^\W_]+(?:['.][^\W_]+|-[A-Z0-9][^\W_]*)*")
"""A number, or a word with its apostrophes and with what has a capital behind a hyphen."""

_BOUND = re.compile(
    rf"(?i:\b(?:since|before|after|until|till|by|between|from|to|and)) (?:{MONTH} |[a-z]+ )?"
    r"(?P<year>(?:19|20)\d\d)\b"
)
"""A year that bounds when something was, as "since 2024", but not as "to SRCCON 2018"."""

DIGITS = 3
"""Of a number from which on it names something: a year, a sum."""

_NUMBER = re.compile(r"\d[\d,.]*")
_SHORT = re.compile(r"[A-HJ-Z]|\d\d?")
"""What goes on with a name: "John F Kennedy", "Apollo 12". A lone "I" is somebody asking."""

_TENS = ("", *"X XX XXX XL L LX LXX LXXX XC".split())
_ONES = ("", *"I II III IV V VI VII VIII IX".split())
"""Of Roman numerals."""

_ENDINGS = frozenset(["", *"s n ns an ans ian ians ean eans ese ish i is e es a y ain en ens er ers".split()])
"""What a place's name and its people's differ in: Ukrain-e and Ukrain-ian."""
STEM = 4
"""Letters that they have in common at least."""

INITIALS = 3
"""Letters up to which initials are looked for in capitals only."""

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
        "world war 1|world war i|world war one|wwi|first world war|great war",
        "world war 2|world war ii|world war two|wwii|second world war",
    )
)
"""Names of the same that their letters do not show to be so."""


def named(question: str) -> tuple[str, ...]:
    """Return the names in `question` (runs of capitalised words), and its numbers of three digits or more.

    The capital at the start of a sentence says nothing, nor do those of a question set like a headline or
    in capitals. A shorter number right after a name belongs to it ("Apollo 12"). Years that bound a
    time ("since 2024") are not among them: the text need not say them.
    """
    question = _INITIAL.sub(r"\1", _TITLE.sub("", plain(question).strip()))
    words = list(_WORD.finditer(question))
    is_headline = _is_headline([word[0] for word in words])
    is_shouted = is_headline and question.isupper()
    bounds = {match.start("year") for match in _BOUND.finditer(question)}
    found: list[str] = []
    end = None  # of the name that may go on
    for word in words:
        goes_on = end is not None and question[end : word.start()] == " " and not found[-1].endswith("'s")
        if goes_on and _SHORT.fullmatch(word[0]):
            found[-1] = f"{found[-1]} {word[0]}"
            end = word.end() if word[0].isupper() else None
        elif not is_shouted and _is_name(word[0], starts=is_headline or _starts(question, word.start())):
            if goes_on:
                found[-1] = f"{found[-1]} {word[0]}"
            else:
                found.append(word[0])
            end = word.end()
        else:
            end = None
            if _NUMBER.fullmatch(word[0]) and len(word[0]) >= DIGITS and word.start() not in bounds:
                found.append(word[0])
    return tuple(dict.fromkeys(re.sub("'s$", "", name) for name in found))


def _is_headline(words: Sequence[str]) -> bool:
    rest = [word for word in words[1:] if word not in PREPOSITIONS | DETERMINERS and not word[0].isdigit()]
    return len(rest) >= HEADLINE and all(word[0].isupper() for word in rest)


def _is_name(word: str, *, starts: bool) -> bool:
    if not word[0].isupper() or len(word) == 1 or word.casefold() in CALENDAR:
        return False
    return word.isupper() if starts else True


def _starts(question: str, at: int) -> bool:
    """Say whether a sentence starts at `at`."""
    return re.search(r"(?:^|[.?!:]\s+)[\"'(]*$", question[:at]) is not None


def missing_names(names: Iterable[str], text: str) -> tuple[str, ...]:
    """Return those of `names` that `text` does not hold in any form, by initials, or by the last name."""
    text = plain(text)
    return tuple(name for name in names if not _is_held(name, text))


def _is_held(name: str, text: str) -> bool:
    if name[0].isdigit():
        return holds(re.sub(r"(?<=\d),(?=\d)", "", text), [name.replace(",", "")])[0]
    numbered = re.fullmatch(r"(.+) (\d+)", name)
    if numbered and not any(_stands(form, text) for form in _aliases(name)):
        return _is_held(numbered[1], text) and _is_numbered(numbered[1].split()[-1], int(numbered[2]), text)
    last = re.split("[ -]", re.sub(r" [IVX]+$", "", name))[-1]
    if any(_stands(form, text) for form in (name, last, *_aliases(name), *_aliases(last))):
        return True
    words = {word for word in _WORD.findall(text.replace("-", " ")) if word[0] == last[0]}
    return any(_is_form(last.casefold(), word.casefold()) for word in words) or (
        name.isupper() and _initials(name, text)
    )


def _is_numbered(name: str, number: int, text: str) -> bool:
    """Say whether `text` has the `number` after `name`, where others may come first: "Apollo 11 and 12"."""
    before = rf"(?<!\w){re.escape(name)}\w?[\W_](?:[\dIVXLC]+(?:, | (?:and|or|to|through) ))*"
    forms = "|".join(filter(None, (str(number), _TENS[number // 10] + _ONES[number % 10])))  # no Roman zero
    return re.search(rf"{before}(?:{forms})(?!\w)", text, re.IGNORECASE) is not None


def _aliases(name: str) -> Iterator[str]:
    """Yield the other names of what `name` names; initials in capitals, for "us" is a common word."""
    for group in _ALIASES:
        if name.casefold() in group:
            yield from (form.upper() if len(form.replace(".", "")) <= INITIALS else form for form in group)


def _stands(name: str, text: str) -> bool:
    """Say whether `name` stands in `text` as it is, in any case but for initials outside a file's name."""
    same_case = name.isupper() and len(name) <= INITIALS
    form = re.escape(name) + (rf"|(?<=\w\.){re.escape(name.lower())}" if same_case else "")
    return re.search(rf"(?<!\w)(?:{form})(?!\w)", text, 0 if same_case else re.IGNORECASE) is not None


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
