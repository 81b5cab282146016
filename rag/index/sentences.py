"""Text to sentences, with exact character offsets.

A library proposes where sentences end. What it gets wrong is decided here at each full stop from the words on
either side of it.
"""

from __future__ import annotations

import re
from functools import lru_cache

import sentencex

from rag.index.abbreviations import BEFORE_NAMES, BEFORE_NUMBERS, BEFORE_WORDS, LISTS, UNITS

Span = tuple[int, int]

STRETCH = 4_000
"""Characters of a line that are split at once: of a row of opening quotes, sentencex 1.0.32 looks at each for
every other. The longest sentences have some hundreds."""

LOOK_BACK = 1_000
"""Characters in front of a full stop that are searched for an open quotation."""

LONGEST_LABEL = 40
"""Characters of what numbers the next sentence: "Step 1.", "IV."."""

LONGEST_ABBREVIATION = 10
"""Characters, without its full stop."""

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_LETTER = re.compile(r"\w")
_RUN = re.compile(r"[.!?…‽]+[”\"’'»)\]]*(?!\s*[a-z,;]|\s*:(?!\d)|(?<=\d\.)\d)")
"""Where a sentence may end, told at a glance from most of the full stops that end none."""
_STOP = re.compile(
    r"[.!?…‽]+[”\"’'»)\]]*"
    r"(?P<mark>(?:\d{1,3}(?:[,–-]\d{1,3}){0,9}|[⁰¹²³⁴-⁹]{1,9}|[*†‡]{1,9}"
    r"|(?:\[[^\[\]\n]{1,24}\]|:\d{1,4}(?:[,:–-]\d{1,4}){0,9}){1,9})(?!\S)"
    r"|(?P<apart>(?: ?\[(?:\d{1,3}|\.\.\.|…)\]){1,9}(?!\S)))?"
    "(?P<picture> ?[\U0001f000-\U0001faff][\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]{0,9})?"
    r"(?=(?P<gap>[^\S\n]*)(?:[“\"‘'«„(\[¿¡]*(?P<next>[^\W_][\w’'-]*))?)"
)
"""The same with what belongs to its sentence, note marks and pictures, up to nine, and the word behind."""

_MARK = r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,6}|[IVXLC]{1,6}|[^\W\d_])(?:\.|[)\]]\.?)"
_LABEL = re.compile(
    rf"{_MARK}|(?:[^\W\d_]\.){{2,}}|[^\W\d_a-z][^\W\d_]*\s(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLC]{{1,5}}|[A-Z])\."
)
"""A whole sentence to the library, but it only names the next: "1.", "N.B.", "Step 1."."""
_FIRST_ITEM = re.compile(r"[:;]\s+[(\[]?[1aAiI][.)]$")
_ITEM = re.compile(r"[(\[]?(?:[ivxlc]{1,6}|[a-z])(?:[)\]]\s|\.\s+[^\W\d_a-z])|(?:cf|ibid)\.\s")
"""A sentence that may start in lower case: an item (not "e. g. bread"), a reference."""

_NUMBER = re.compile(
    r"\(?\d|[#§]|[A-Z]\d|[B-HJ-Z]\b(?![.’'])|[IVXLC]+\b(?![.’'])|A\b(?=[,.;)]| (?:of|to|is|and)\b)"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d"
)
"""What "Fig.", "App." or "Tues." numbers: "3", "B", "IV", "Oct. 3"; "A" and "I" are mostly words."""
_HOUR = re.compile(r"[ap]\.?m\.?", re.IGNORECASE)
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")
_CLIPPED = re.compile(r"[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xz]{1,5}")
"""Without a vowel no capitalised word of English is whole: Bldg, Cllr, Sqn."""
_ORDINAL = re.compile(
    r"\b(?:[Dd](?:er|ie|as|em|en|es)|[IiAa]m|[Vv]om|[Zz]u[mr]|[Bb]eim|[Ii]ns|und|bis|[Ee]ine?[mnrs]?)"
    r" \d{1,3}\.$"
)
"""German: behind an article or a preposition "2." is "second", whatever noun follows."""
_SELF = re.compile(r"I(?:['’]\w+)?")
_WHOLE = re.compile(r"(?:[^\W\d_]{2,}(?:[’'-][^\W\d_]+)*|[\d.,]*\d|.*[”\"»)\]])")
"""A word, a number or the end of a quotation, no part of an address or the name of a file."""
_QUOTED = re.compile(r"[。！？｡．…][」』”’）】》]+$")
_PARTICLE = re.compile(r"[\u3041-\u309f]")
_FIRST_WORD = re.compile(r"[\"“‘'«„(\[]*([\w’']{1,40})")

_OPENERS = frozenset(
    "Nobody Neither Few Each Either Nothing Everything Something Anything Someone Anyone Ibid Cf".split()
)
"""Words that the library does not count among those that open sentences."""
_BULLETS = str.maketrans(dict.fromkeys("•▪▫◦●○■□‣⁃∙", "-"))
"""Behind any other mark of an item the library ends no sentence."""
_OPENING, _CLOSING = "\"“‘'«„([", "”\"’'»)]"
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
_NONE: frozenset[str] = frozenset()


def split_sentences(text: str, language: str = "en") -> list[Span]:
    """Return the sentences of `text` as spans without outer white space, in order.

    Every character that is not white space lies in exactly one span. A line break always ends a sentence:
    the readers join wrapped lines, so those that remain are headings, captions and list entries.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        spans += _in_line(text, *line.span(), language)
    return spans


def sentences_before(text: str, start: int) -> list[Span]:
    """Return the sentences of `text` that stand before `start` in its paragraph, in order."""
    paragraph = text.rfind("\n", 0, start) + 1
    return [(paragraph + first, paragraph + last) for first, last in split_sentences(text[paragraph:start])]


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span from `start` to `end` of `text` without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _in_line(text: str, start: int, end: int, language: str) -> list[Span]:
    spans: list[Span] = []
    had_words = False  # of the last span
    for stop in _ends(text, start, end, language):
        while text[start].isspace():
            start += 1
        has_words = text[start].isalpha() or _LETTER.search(text, start, stop) is not None
        if spans and not (has_words and had_words and not _continues(text, spans[-1], start, language)):
            spans[-1] = (spans[-1][0], stop)
            had_words = had_words or has_words
        else:
            spans.append((start, stop))
            had_words = has_words
        start = stop
    return spans


def _ends(text: str, start: int, end: int, language: str) -> list[int]:
    """Return where the library ends a sentence, behind its note marks, and where it should have."""
    ends = set(_proposed(text, start, end, language))
    line = start
    for run in _RUN.finditer(text, start, end):
        stop = run.end()
        if stop in ends and (stop == end or (text[stop] == " " and text[stop + 1].isalpha())):
            start = stop
            continue
        place = _STOP.match(text, run.start(), end)
        if place is None or run.start() < start:  # or it is part of a note mark: "[...]"
            continue
        stop = place.end()
        found = ends.intersection(range(run.start() + 1, stop + 1))
        ends -= found
        if place["apart"] and text[line] == "[":  # a list of such numbers, no notes
            start = place.start("apart")
        elif (found and (stop == end or text[stop].isspace())) or _is_missed(text, start, place, language):
            start = stop
        else:
            continue
        ends.add(start)
    ends.add(end)
    return sorted(ends)


def _proposed(text: str, start: int, end: int, language: str) -> list[int]:
    """Return where the library ends a sentence; a long line is given to it in stretches.

    A stretch begins with the last sentence of the one before, which may have been cut.
    """
    ends: list[int] = []
    while start < end:
        stop = end if end - start <= STRETCH else _last_blank(text, start, start + STRETCH)
        pieces = sentencex.segment(language, text[start:stop].translate(_BULLETS))
        if stop < end and len(pieces) > 1:
            stop -= len(pieces.pop())
        for piece in pieces:
            # The mark that opens the next sentence is left with the one before.
            is_open = piece[-1] in _OPENING and piece[-2:-1].isspace()
            ends.append(start + len((piece[:-1] if is_open else piece).rstrip()))
            start += len(piece)
        start = stop
    return ends


def _last_blank(text: str, start: int, end: int) -> int:
    """Return where the last blank before `end` ends, `end` itself where there is none."""
    blank = text.rfind(" ", start, end)
    return end if blank < 0 else blank + 1


def _is_missed(text: str, start: int, place: re.Match[str], language: str) -> bool:
    """Tell whether the sentence from `start` ends at `place`, where the library sees no end."""
    following = place["next"]
    if following is None or following[0].islower():
        return False
    before = _last_word(text, start, place.start())
    if not (place["gap"] or place["picture"]):
        ends = _lacks_space(text, before, place, language)
    elif place["mark"]:
        is_decimal = place["mark"][0].isdigit() and before[-1:].isdigit()
        ends = not (is_decimal or (place["mark"][0].isdigit() and _is_abbreviation(before, language)))
    else:
        ends = bool(place["picture"]) or (
            following[0].isupper() and _closes(text, start, before, place, language)
        )
    return ends and not _is_open(text, max(start, place.end() - LOOK_BACK), place.end())


def _is_open(text: str, start: int, stop: int) -> bool:
    """Tell whether a quotation or a bracket that opens behind `start` is still open at `stop`."""
    piece = text[start:stop]
    return piece.count('"') % 2 == 1 or any(piece.count(left) > piece.count(right) for left, right in _PAIRS)


def _last_word(text: str, start: int, stop: int) -> str:
    """Return what stands before `stop` up to a blank, without the marks that open it."""
    return text[max(start, stop - LONGEST_LABEL) : stop].rpartition(" ")[2].lstrip("\u00a0\"“‘'«„([¿¡")


def _lacks_space(text: str, before: str, place: re.Match[str], language: str) -> bool:
    """Tell whether the blank behind a sentence is missing: not in "Node.js" and "U.S.Army"."""
    following = place["next"]
    is_word = following[0].isupper() and (following[1:].islower() or len(following) == 1)
    behind = text[place.end("next") : place.end("next") + 1]
    if not is_word or behind.strip(" ,\n" if place[0] == "." else " ,\n.!?") or not _WHOLE.fullmatch(before):
        return False
    if place[0][0] != "." or place[0][-1] in _CLOSING or before[-1] in _CLOSING:
        return True
    is_common = before[0].islower() or before[-1].isdigit() or _opens(following, language)
    return is_common and not _is_abbreviation(before, language)


def _closes(text: str, start: int, before: str, place: re.Match[str], language: str) -> bool:
    """Tell whether a sentence ends at `place`, a capital behind it, though the library goes on."""
    stops = place[0].rstrip(_CLOSING)
    if stops[-1] == "…":
        return not _SELF.fullmatch(place["next"])
    if len(stops) == len(place[0]):
        return stops == "." and _ends_with(text, before, place, language)
    if place[0][-1] in ")]":
        return text[start : place.start()].lstrip()[:1] in ("(", "[")
    return _opens(place["next"], language)


def _ends_with(text: str, before: str, place: re.Match[str], language: str) -> bool:
    """Tell whether the abbreviation `before` ends its sentence."""
    if before in LISTS.get(language, _NONE):
        return True
    if before in UNITS.get(language, _NONE) and text[: place.start() - len(before)][-2:].strip().isdigit():
        return True
    if before in BEFORE_NAMES.get(language, _NONE) or before in BEFORE_WORDS.get(language, _NONE):
        return False
    if before in BEFORE_NUMBERS.get(language, _NONE):
        return _NUMBER.match(text, place.start("next")) is None
    return language == "en" and place["next"] in _OPENERS


@lru_cache(maxsize=4096)
def _opens(word: str, language: str) -> bool:
    """Tell whether `word` opens sentences more than names; the library knows such words of English alone."""
    return language == "en" and (
        word in _OPENERS or len(sentencex.segment("en", f"Telmar Co. {word} is")) > 1
    )


@lru_cache(maxsize=4096)
def _is_abbreviation(word: str, language: str) -> bool:
    """Tell whether `word` is known as an abbreviation, here or to the library."""
    tables = (BEFORE_NAMES, BEFORE_NUMBERS, BEFORE_WORDS)
    return (
        (len(word) < 2 and not word.isdigit())
        or any(word in table.get(language, _NONE) for table in tables)
        or len(sentencex.segment(language, f"{word}. Xa")) == 1
    )


def _continues(text: str, before: Span, at: int, language: str) -> bool:
    """Tell whether the sentence `before` goes on with what starts at `at`."""
    start, stop = before
    if text[at].islower():
        return _ITEM.match(text, at) is None
    if stop == at:  # whether a blank is missing there has been told by the places found
        return _is_reported(text, stop, language) if text[at].isalpha() else _goes_on(text, stop)
    if text[stop - 1] == "." and _binds(text, start, stop, at, language):
        return True
    if stop - start <= LONGEST_LABEL and _LABEL.fullmatch(text, start, stop):
        return True
    return text[stop - 2] in "1aAiI" and _FIRST_ITEM.search(text, stop - 6, stop) is not None


def _goes_on(text: str, stop: int) -> bool:
    """Tell whether no letter and no quotation follows at once: "who is he?: our guess"."""
    return text[stop - 1] in ".!?…‽" + _CLOSING and text[stop] not in _OPENING


def _is_reported(text: str, stop: int, language: str) -> bool:
    """Tell whether a quotation without a blank behind it is followed by its clause: 「…。」と言った."""
    is_quoted = _QUOTED.search(text, stop - 3, stop) is not None
    return is_quoted and (language != "ja" or _PARTICLE.match(text, stop) is not None)


def _binds(text: str, start: int, stop: int, at: int, language: str) -> bool:
    """Tell whether the word that ends at `stop` with a full stop needs the one at `at` behind it."""
    word = _last_word(text, start, stop - 1)
    if len(word) > LONGEST_ABBREVIATION:
        return False
    if word in BEFORE_NAMES.get(language, _NONE) or (
        len(word) == 1 and word.isupper() and not word.isascii()
    ):
        return True
    if word in BEFORE_NUMBERS.get(language, _NONE) and _NUMBER.match(text, at):
        return True
    if word in BEFORE_WORDS.get(language, _NONE) or (language == "en" and _CLIPPED.fullmatch(word)):
        return not _opens(_first_word(text, at), language)
    if language == "de":
        return word.isdigit() and _ORDINAL.search(text, max(start, stop - 12), stop) is not None
    return _HOUR.fullmatch(word) is not None and _DAY.match(text, at) is not None


def _first_word(text: str, at: int) -> str:
    """Return the word at `at`, without the marks around it."""
    found = _FIRST_WORD.match(text, at)
    return found[1] if found else ""
