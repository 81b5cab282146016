"""Lines below a title to the names of the authors in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.corpus.formats.facts import dates
from rag.corpus.formats.pdf.blocks import Block
from rag.corpus.formats.pdf.segments import Segment, main_style, text_of
from rag.corpus.formats.pdf.words import Style, Word

_MEMBER = re.compile(
    r",? (?:(?:senior|student|graduate student|life|associate) )?(?:member|fellow),?"
    r" (?:ieee|acm|aaai|osa|aiaa)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:(?:[dl]|dell)[’'])?[^\W\d_a-zß-öø-ÿ][\w.’'`´-]*")
_PARTICLE = re.compile(
    r"(?:de|da|do|dos|di|du|del|della|der|den|van|von|zu|la|le|el|al|bin|ibn|ten|ter|y|e|dela|’t|'t)"
)
PLACE = re.compile(
    r"\b(?:univ\w*|dep(?:artmen)?ts?|departament\w*|dipartimento|d[ée]partement|institut\w*|istituto|school"
    r"|college|école|hochschule|högskola|facult\w*|labs?|laborator\w*|center|centre"
    r"|research|inc|corp\w*|ltd|llc|plc|asa|gmbh|hospital|academy|division|group|company|foundation|ministry"
    r"|agency|street|road|avenue|square|box|usa|uk|united kingdom|germany|france|china|japan|canada|italy"
    r"|spain|india|e-?mail|correspond\w*|received|accepted|published|editors?|edited|abstract|journal"
    r"|proceedings|conference|volume|vol|issue|copyright|rights|press|science|sciences|engineering"
    r"|technology|systems|computing|computer|software|version|draft|report|article|open|access|review"
    r"|letter|paper|licen[sc]e|états|contact|information|member|fellow|student|keywords?|terms|contents?"
    r"|projet|thème|project|team|workshop|symposium|society|national|international|state|city|california"
    r"|new york|massachusetts|london|paris|boston|google|microsoft|ibm|\w+\.(?:com|edu|net|org))\b",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻*∗†‡§¶‖#]+|(?<=[a-zà-ÿ])\d+(?:,\d+)*"
    r"|(?<=\s)(?:\d+|(?![ye] [^\W\d_a-z])[a-z])(?:,(?:\d+|[a-z]))*(?=[\s,;]|$)"
)
_MONTH = rf"(?:{'|'.join(dates.MONTHS)}|{'|'.join(f'{month[:3]}' for month in dates.MONTHS)}|Sept)\.?"
DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?[ -](?:of )?{_MONTH},?[ -]\d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
)
_BY = re.compile(
    r"^\W*(?:(?:by|von|par|por)\b:? +|and )|\band$"
    rf"|(?:,? (?:on|revised|draft))?,? (?:{DATE}|{_MONTH},? \d{{4}})$",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r",? (?i:and) |[,;]|,? und |[&·•|]|\s{3,}")
_MAY_PART_NAMES = re.compile(r" (?:et|y|e) ")
"""Between names or, in Rafael Pérez y Pérez, within one."""
_BETWEEN_WORDS = re.compile(r"[ ~]+|(?<=\.)(?=[^\W\d_])")
_DEGREES = re.compile(
    r",? \b(?:Ph\.? ?D|M\.? ?D|M\.? ?Sc|B\.? ?Sc|Dr|Prof|FACC|MPH|MBA|Jr|Sr)\b\.?(?=,|;|$| )", re.IGNORECASE
)

CERTAIN = 8
"""Names in a list that is none of places: "Eric EJ DeWitt" is one."""
MANY = 3
"""Names in a list, beside which one may be that of a group."""
FARTHEST = 1.5
"""Times the size of its letters, from one word of a name to the next on a page that was recognised."""
ALIKE = 0.04
"""Of the size: how much the letters of two names may differ; those of a page that was recognised do."""


def authors(before: Sequence[Block], title: Sequence[Block]) -> list[str]:
    """Return the names below the title, in the order of reading; all have the letters of the first."""
    if not title:
        return []
    last, low = title[-1].page, title[-1].rows[-1].y
    parts = [
        (row.page, round(row.y / 4), words[0].x0, words)
        for block in before
        if block not in title
        for row in block.rows
        if row.page > last or row.y > low
        for words in _apart(row.segments)
    ]
    lines: list[tuple[Style, str]] = []
    is_open = False
    for *_, whole in sorted(parts, key=lambda part: part[:3]):
        words = [word for word in whole if not word.raised]
        text = text_of(words) if words else ""
        if not any(map(str.isalpha, text)):
            continue
        look = main_style(words)
        if is_open and not _is_alike(look, lines[-1][0]):  # the foot of a page
            continue
        if lines and (_goes_on(lines[-1][1], text) or (is_open and _may_end_name(text))):
            lines[-1] = (lines[-1][0], f"{lines[-1][1]}{_between(lines[-1][1], text)}{text}")
        else:
            lines.append((look, text))
        # a list whose names have marks goes on where the last has none
        is_open = len(words) < len(whole) and not whole[-1].raised and whole[-1].text[-1:] != ","
    said = letters(" ".join(block.text for block in title))
    lines = [(look, text) for look, text in lines if letters(text) not in said]
    return _alike(lines, names_in) or _alike(lines, _before_place)


def letters(text: str) -> str:
    """Return the letters and digits of `text` in small letters, by which two lines are the same."""
    return "".join(filter(str.isalnum, text.casefold()))


def _apart(segments: Sequence[Segment]) -> list[list[Word]]:
    """Return the words of each stretch of a line, those of a name as one though they stand far apart."""
    found: list[list[Word]] = []
    for segment in segments:
        near = found and segment.x0 - found[-1][-1].x1 < FARTHEST * segment.size
        if near and not (is_name(text_of(found[-1])) and is_name(text_of(segment.words))):
            found[-1] = [*found[-1], *segment.words]
        else:
            found.append(segment.words)
    return found


def _alike(lines: Sequence[tuple[Style, str]], names_of: Callable[[str], list[str]]) -> list[str]:
    """Return the names in lines that look as the first one with a name does."""
    found: list[str] = []
    style: Style | None = None
    for look, text in lines:
        if style and not _is_alike(look, style):
            continue
        names = names_of(text)
        style = style or (look if names else None)
        found += [name for name in names if name not in found]
    return found


def _is_alike(one: Style, other: Style) -> bool:
    return abs(one.size - other.size) <= ALIKE * other.size and one.bold == other.bold


def _before_place(line: str) -> list[str]:
    """Return the one name of a line that goes on with its place: Jane Doe, University of Utrecht."""
    first, *places = _parts(line) or [""]
    is_one = is_name(first) and not PLACE.search(first) and "@" not in line
    return [_cased(first)] if is_one and places and PLACE.search(places[0]) else []


def _between(above: str, below: str) -> str:
    """Return what parts two lines of names: nothing but a blank where a name may go on."""
    last, first = _BETWEEN_NAMES.split(above)[-1], _BETWEEN_NAMES.split(below)[0]
    return ", " if is_name(last.strip()) and is_name(first.strip()) else " "


def _may_end_name(text: str) -> bool:
    """Say whether a line may begin with the end of a name: it is no place, and no list of other names."""
    return PLACE.search(text) is None and "@" not in text and len(names_in(text)) < 2


def _goes_on(above: str, below: str) -> bool:
    """Say whether a list of names goes on in the next line."""
    return (
        above.count(",") > 1
        and not PLACE.search(f"{above} {below}")
        and re.search(r",|\band\b", below) is not None
    )


def names_in(line: str) -> list[str]:
    """Return the names in a line that holds nothing else."""
    parts = _parts(line)
    many = len(parts) >= CERTAIN
    names = [part for part in parts if is_name(part, may_be_short=many) and not PLACE.search(part)]
    places = sum(PLACE.search(part) is not None for part in parts)
    of_places = places > 1 or (places == 1 and len(names) < MANY)
    if not names or len(names) < 0.7 * len(parts) or of_places or "@" in line:
        return []
    group = parts[:1] if len(names) >= MANY and PLACE.search(parts[0]) else []  # no place comes first
    return [*group, *map(_cased, names)]


def _parts(line: str) -> list[str]:
    """Return what a line of names lists, without marks, degrees and memberships."""
    line = _MEMBER.sub("", _DEGREES.sub("", _MARKS.sub("", _BY.sub("", line))))
    parts = [part.strip(" .,;:*()") for part in _BETWEEN_NAMES.split(line)]
    apart = [(part, _MAY_PART_NAMES.split(part)) for part in parts if len(part) > 1]
    return [each for part, names in apart for each in (names if all(map(is_name, names)) else [part])]


def is_name(part: str, *, may_be_short: bool = False) -> bool:
    """Say whether `part` is somebody's name; one of two capitals in it may be an abbreviation's."""
    words = [word for word in _BETWEEN_WORDS.split(part) if word]
    return (
        2 <= len(words) <= 6
        and len(part) < 60
        and _NAME.fullmatch(words[0]) is not None
        and _NAME.fullmatch(words[-1]) is not None
        and all(_NAME.fullmatch(word) or _PARTICLE.fullmatch(word) for word in words)
        and not any(map(str.isdigit, part))
        and words[0].casefold() != "the"
        and any(len(word.strip(".")) > 1 for word in words)
        and (
            may_be_short
            or part == part.upper()
            or not any(len(word) == 2 and word.isalpha() and word.isupper() for word in words)
        )
    )


def _cased(name: str) -> str:
    if name == name.upper() and len(name) > 4:
        return " ".join(
            word.capitalize() if len(word.strip(".")) > 1 and "." not in word else word
            for word in name.split()
        )
    return name
