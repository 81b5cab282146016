"""The first page of an article to its title, authors, date and address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rag.corpus.formats import dates
from rag.corpus.formats.pdf.blocks import Block, Body
from rag.corpus.formats.pdf.columns import Row

_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|untitled.*|about:blank|(?:slide|page|document) ?\d*|\W*"
    r"|.*\.(?:docx?|pptx?|indd|pdf|tex|qxd|dvi|ps|rtf|odt|html?|eps|fm)|[\w./-]*\d[\w./-]*|pii:? .*|doi:? .*"
    r"|https?://.*|file:.*)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"\W*|.*[@\\/].*|[\w-]*\d[\w-]*|(?:user|admin\w*|unknown|author|anonymous|owner|default)", re.IGNORECASE
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|{}\\^`]+")
_ABSTRACT = re.compile(
    r"(?:\W*(?:a ?b ?s ?t ?r ?a ?c ?t|summary|zusammenfassung|résumé|resumen|introduction|background)\b)"
    r"|(?:1|I)\.? +introduction\b",
    re.IGNORECASE,
)
_MONTH = rf"(?:{'|'.join(dates.MONTHS)}|{'|'.join(f'{month[:3]}' for month in dates.MONTHS)}|Sept)\.?"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?[ -](?:of )?{_MONTH},?[ -]\d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
)
_DATES = tuple(
    re.compile(form.replace("DATE", f"(?P<day>{_DATE})"), re.IGNORECASE)
    for form in (
        r"\b(?:first )?(?:e?published(?: online)?(?: on)?(?: first)?|publication(?: date)?|publ\. online)"
        r"\W{0,3}\s*(?:on |as [\w ]{1,40} )?(?:\w+day,? )?DATE",
        r"\b(?:available online|posted(?: online)?|advance access publication|epub|released?|issued)"
        r"\W{0,3}\s*DATE",
        r"\bversion posted(?: online)?:? DATE",
        r"arxiv:\S+ (?:\[[^\]]{2,20}\] )?DATE",
        r"\(?\bdated?:? DATE",
    )
)
_LONE = re.compile(rf"\W*(?:\w+day,? )?({_DATE})\W*", re.IGNORECASE)
_FIRST_NAMES = r"[^\W\d_a-zß-öø-ÿ][\w.’'`´-]*"
_PARTICLE = r"(?:de|da|do|dos|di|du|del|della|der|den|van|von|zu|la|le|el|al|bin|ibn|ten|ter|y|e|dela|’t|'t)"
_NAME = re.compile(rf"{_FIRST_NAMES}(?:[ ~]?(?:{_FIRST_NAMES}|{_PARTICLE}))*? ?{_FIRST_NAMES}")
_PLACE = re.compile(
    r"\b(?:univ\w*|dep(?:artmen)?ts?|institut\w*|school|college|facult\w*|labs?|laborator\w*|center|centre|research|inc"
    r"|corp\w*|ltd|gmbh|hospital|academy|division|group|company|foundation|ministry|agency|street|road|avenue|box"
    r"|usa|uk|germany|france|china|japan|canada|italy|spain|india|e-?mail|correspond\w*|received|accepted|published"
    r"|editors?|edited|abstract|journal|proceedings|conference|volume|vol|issue|copyright|rights|press|science"
    r"|sciences|engineering|technology|systems|computing|computer|software|version|draft|report|article|open|access"
    r"|review|letter|licen[sc]e|universit\w*|états|keywords?|contents?|project|team|workshop|symposium|society"
    r"|national|international|state|city|california|new york|massachusetts|london"
    r"|paris|boston|google|microsoft|ibm)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻*∗†‡§¶‖#]+|(?<=[a-zà-ÿ])\d+(?:,\d+)*|(?<=\s)(?:\d+|[a-z])(?:,(?:\d+|[a-z]))*(?=[\s,;]|$)"
)
_DEGREES = re.compile(
    r",? \b(?:Ph\.? ?D|M\.? ?D|M\.? ?Sc|B\.? ?Sc|Dr|Prof|FACC|MPH|MBA|Jr|Sr)\b\.?(?=,|;|$| )", re.IGNORECASE
)

HIGHEST = 0.65
"""Of the first page: below it, there is no title."""


@dataclass(slots=True)
class Front:
    """What the first page says of the article, and the lines that say nothing else."""

    facts: dict[str, str] = field(default_factory=dict)
    title: list[Block] = field(default_factory=list)
    apart: list[Block] = field(default_factory=list)
    """Names, addresses, the journal's own lines."""


def front(
    blocks: Sequence[Block],
    rows: Sequence[Row],
    body: Body,
    *,
    given: Mapping[str, str],
    aside: str,
    height: float,
) -> Front:
    """Return what the first page says; `given` is the file's own facts, `aside` its margin's text."""
    found = Front()
    first = [block for block in blocks if block.page == blocks[0].page]
    said = given.get("Title", "").strip()
    found.title = _title(first, body, said, height)
    title = " ".join(_whole(block) for block in found.title)
    if not title and said and not _NO_TITLE.fullmatch(said):
        found.facts["otherwise"] = said
    if title:
        found.facts["title"] = said if _letters(said) == _letters(title) and said != said.upper() else title
    before = _above_text(first, found.title, body)
    names = _authors(before, found.title)
    if not names and (author := given.get("Author", "")).strip() and not _NO_AUTHOR.fullmatch(author.strip()):
        names = [author.strip()]
        found.facts["file_author"] = author.strip()
    elif names:
        found.facts["author"] = ", ".join(names)
    found.apart = [block for block in before if block not in found.title]
    text = "\n".join(row.text for row in rows)
    if day := _day(text, aside, found.apart):
        found.facts["published"] = day
    if match := _DOI.search(f"{text}\n{aside}"):
        found.facts["url"] = f"https://doi.org/{match[0].rstrip('.,;:)]')}"
    return found


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _whole(block: Block) -> str:
    parts = ""
    for row in block.rows:
        text = _MARKS_AT_END.sub("", row.text) if row is block.rows[-1] else row.text
        joined = parts.endswith("-") and text[:1].islower()
        parts = parts[:-1] + text if joined else f"{parts} {text}" if parts else text
    return parts


_MARKS_AT_END = re.compile(r"(?<=[^\W\d])[⁰¹²³⁴⁵⁶⁷⁸⁹*∗†‡§¶‖#]+$")


def _title(first: Sequence[Block], body: Body, said: str, height: float) -> list[Block]:
    """Return the blocks of the title: the file's own name for it where the page has it, else the largest."""
    high = [
        block
        for block in first
        if block.rows[0].y < HIGHEST * height and block.kind not in ("row", "caption")
    ]
    if len(_letters(said)) > 8:
        for number, block in enumerate(high):
            if _letters(_whole(block)) == _letters(said):
                return [block]
            pair = high[number : number + 2]
            if len(pair) == 2 and _letters(_whole(pair[0]) + _whole(pair[1])) == _letters(said):
                return pair
    worded = [block for block in high if _is_title(block, body)]
    if not worded:
        return []
    largest = max(block.size for block in worded)
    best = [block for block in worded if block.size > 0.97 * largest]
    start = high.index(best[0])
    title = [best[0]]
    for block in high[start + 1 : start + 3]:
        gap = block.rows[0].y - title[-1].rows[-1].y
        if block in best and gap < 2.2 * block.size and not _ABSTRACT.match(block.text):
            title.append(block)
        else:
            break
    return title


def _is_title(block: Block, body: Body) -> bool:
    words = [word for word in block.text.split() if sum(map(str.isalpha, word)) > 1]
    larger = block.size > 1.12 * body.size or (
        block.is_bold and not body.bold and block.size >= 0.99 * body.size
    )
    fewest = 2 if block.size > 1.3 * body.size else 3
    many = len(words) >= fewest or len(_letters(block.text)) > 12
    return (
        larger
        and many
        and len(block.text) < 350
        and not _ABSTRACT.match(block.text)
        and not _DOI.search(block.text)
    )


def _above_text(first: Sequence[Block], title: Sequence[Block], body: Body) -> list[Block]:
    """Return the blocks before the text begins: before an abstract, a list below the title, or prose."""
    if not title:
        return []
    top, low = title[0].rows[0].y, title[-1].rows[-1].y
    below = [block for block in first if block not in title and block.rows[0].y > low]
    starts = [
        block.rows[0].y
        for block in below
        if _ABSTRACT.match(block.text) or block.kind == "item" or _is_prose(block)
    ]
    end = min(starts, default=low)
    return [
        block
        for block in first
        if block not in title
        and block.kind != "caption"
        and (block.rows[0].y < top or (low < block.rows[0].y and block.rows[-1].y < end - 1))
    ]


def _is_prose(block: Block) -> bool:
    """Say whether most words are in small letters, as those of names and addresses are not."""
    words = [word for word in block.text.split() if word[0].isalpha()]
    small = sum(not word[0].isupper() for word in words)
    if len(words) > 30:
        return small > 0.5 * len(words)
    return len(words) > 5 and small > 0.5 * len(words) and _PLACE.search(block.text[:60]) is None


def _authors(before: Sequence[Block], title: Sequence[Block]) -> list[str]:
    """Return the names below the title, in the order of reading."""
    found: list[str] = []
    if not title:
        return found
    low = title[-1].rows[-1].y
    rows = [row for block in before if block not in title for row in block.rows if row.y > low]
    rows.sort(key=lambda row: (round(row.y / 3), row.x0))
    missed = 0
    carried = ""
    for row in rows:
        for segment in row.segments if len(row.segments) > 1 else [None]:
            text = row.text if segment is None else " ".join(_seen(segment.words))
            names, whole = _names(f"{carried} {text}" if carried else text)
            if names:
                found += [name for name in names if name not in found]
                missed = 0
            else:
                missed += 1
            if not whole and found and missed > 6:
                return found
    return found


def _seen(words: Sequence[object]) -> list[str]:
    return [word.text for word in words if not word.raised]  # type: ignore[attr-defined]


def _names(line: str) -> tuple[list[str], bool]:
    """Return the names in a line that holds nothing else."""
    line = re.sub(r"^\W*(?:by|von|par|por)\b:? +", "", line, flags=re.IGNORECASE)
    line = _DEGREES.sub("", _MARKS.sub("", line))
    parts = [
        part.strip(" .,;:*()")
        for part in re.split(r",(?: and | & |)|;| and | und | et | y |[&·•|]|\s{3,}", line)
    ]
    parts = [part for part in parts if len(part) > 1]
    names = [part for part in parts if _is_name(part)]
    if not names or len(names) < 0.7 * len(parts) or _PLACE.search(line) or "@" in line:
        return [], False
    return [_cased(name) for name in names], True


def _is_name(part: str) -> bool:
    words = re.split(r"[ ~]+", part)
    return (
        2 <= len(words) <= 6
        and _NAME.fullmatch(part) is not None
        and not any(map(str.isdigit, part))
        and any(len(word.strip(".")) > 1 for word in words)
    )


def _cased(name: str) -> str:
    if name == name.upper() and len(name) > 6:
        return " ".join(
            word.capitalize() if len(word.strip(".")) > 1 and "." not in word else word
            for word in name.split()
        )
    return name


def _day(text: str, aside: str, apart: Sequence[Block]) -> str | None:
    """Return the day of publication as the page or its margin writes it."""
    joined = " ".join(f"{aside}\n{text}".split())
    for form in _DATES:
        for match in form.finditer(joined):
            if day := dates.day(_tidy(match["day"])):
                return day.isoformat()
    for block in apart:
        for row in block.rows:
            lone = _LONE.fullmatch(row.text)
            if lone and (day := dates.day(_tidy(lone[1]))):
                return day.isoformat()
    return None


def _tidy(day: str) -> str:
    return " ".join(day.replace(".,", ",").split())
