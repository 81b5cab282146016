"""The first page of an article to its title, authors, date and address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.corpus.formats.facts import dates
from rag.corpus.formats.pdf.blocks import Block, Body
from rag.corpus.formats.pdf.columns import Row
from rag.corpus.formats.pdf.segments import main_style, text_of
from rag.corpus.formats.pdf.words import Style

_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|untitled.*|about:blank|(?:slide|page|document) ?\d*|\W*"
    r"|.*\.(?:docx?|pptx?|indd|pdf|tex|qxd|dvi|ps|rtf|odt|html?|eps|fm)|[\w./-]*\d[\w./-]*|pii:? .*|doi:? .*"
    r"|https?://.*|file:.*)",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    r",? (?:(?:senior|student|graduate student|life|associate) )?(?:member|fellow),?"
    r" (?:ieee|acm|aaai|osa|aiaa)\b",
    re.IGNORECASE,
)
_BROKEN_ADDRESS = re.compile(r"(?<=[./_-])\s+(?=[a-z0-9])")
_AUTHOR = re.compile(r"[^@\\/()\s]+(?: [^@\\/()\s]+)+")
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
        r"\bby (?:[^\W\d_][\w.’'-]* ){1,6}on DATE",
    )
)
_LONE = re.compile(rf"\W*(?:\w+day,? )?({_DATE})\W*", re.IGNORECASE)
_DATE_WITHIN = re.compile(_DATE, re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w.’'`´-]*")
_PARTICLE = re.compile(
    r"(?:de|da|do|dos|di|du|del|della|der|den|van|von|zu|la|le|el|al|bin|ibn|ten|ter|y|e|dela|’t|'t)"
)
_PLACE = re.compile(
    r"\b(?:univ\w*|dep(?:artmen)?ts?|institut\w*|school|college|facult\w*|labs?|laborator\w*|center|centre|research|inc"
    r"|corp\w*|ltd|gmbh|hospital|academy|division|group|company|foundation|ministry|agency|street|road|avenue|box"
    r"|usa|uk|germany|france|china|japan|canada|italy|spain|india|e-?mail|correspond\w*|received|accepted|published"
    r"|editors?|edited|abstract|journal|proceedings|conference|volume|vol|issue|copyright|rights|press|science"
    r"|sciences|engineering|technology|systems|computing|computer|software|version|draft|report|article|open|access"
    r"|review|letter|licen[sc]e|états|contact|information|member|fellow|student|keywords?|contents?|project|team|workshop|symposium|society"
    r"|national|international|state|city|california|new york|massachusetts|london"
    r"|paris|boston|google|microsoft|ibm)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻*∗†‡§¶‖#]+|(?<=[a-zà-ÿ])\d+(?:,\d+)*|(?<=\s)(?:\d+|[a-z])(?:,(?:\d+|[a-z]))*(?=[\s,;]|$)"
)
_BY = re.compile(rf"^\W*(?:(?:by|von|par|por)\b:? +|and )|,? on {_DATE}$|\band$", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r",? (?i:and) |[,;]|,? und | et | y |[&·•|]|\s{3,}")
_BETWEEN_WORDS = re.compile(r"[ ~]+|(?<=\.)(?=[^\W\d_])")
_DEGREES = re.compile(
    r",? \b(?:Ph\.? ?D|M\.? ?D|M\.? ?Sc|B\.? ?Sc|Dr|Prof|FACC|MPH|MBA|Jr|Sr)\b\.?(?=,|;|$| )", re.IGNORECASE
)

LONGEST = 2_000
"""Characters of a title or of names in the file's own facts; a paper may have more authors."""
MOST_PAGES = 5
"""That names and addresses fill before the text begins: some papers have hundreds of authors."""
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
    pages: Sequence[Sequence[Row]],
    body: Body,
    *,
    given: Mapping[str, str],
    aside: str,
    height: float,
) -> Front:
    """Return what the first page says, or the first ones where names and addresses fill it.

    `given` is the file's own facts, `aside` the text in the first page's margin.
    """
    found = Front()
    first = [block for block in blocks if block.page == blocks[0].page]
    said = given.get("Title", "")[:LONGEST].strip()
    found.title = _title(first, body, said, height)
    title = " ".join(_whole(block) for block in found.title)
    if not title and said and not _NO_TITLE.fullmatch(said):
        found.facts["otherwise"] = said
    if title:
        found.facts["title"] = said if _letters(said) == _letters(title) and said != said.upper() else title
    before = _above_text(first, found.title)
    last = blocks[0].page
    if not any(map(_begins_text, first)) and (over := _over_pages(blocks, found.title)):
        before, last = over, over[-1].page
    names = _authors(before, found.title)
    text = "\n".join(row.text for page in pages for row in page if row.page <= last)
    own = given.get("Author", "")[:LONGEST].strip()
    listed = [name.strip() for name in re.split(r"[,;]| and | & ", own) if name.strip()]
    are_named = all(_is_name(name) and name.split()[-1].casefold() in text.casefold() for name in listed)
    if listed and are_named and len(listed) >= len(names):
        names = listed
    if names:
        found.facts["author"] = ", ".join(names)
    elif _AUTHOR.fullmatch(own):
        found.facts["file_author"] = own
    found.apart = [block for block in before if block not in found.title]
    if day := _day(text, aside, found.apart):
        found.facts["published"] = day
    if match := _DOI.search(_BROKEN_ADDRESS.sub("", f"{text}\n{aside}")):
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
    prose = [block for block in first if _is_prose(block) and len(block.rows) > 2]
    if len(_letters(said)) > 8:
        for number, block in enumerate(high):
            if _letters(_whole(block)) == _letters(said):
                return [block]
            pair = high[number : number + 2]
            if len(pair) == 2 and _letters(_whole(pair[0]) + _whole(pair[1])) == _letters(said):
                return pair
    worded = [
        block for block in high if _is_title(block, body) and not any(_is_below(block, p) for p in prose)
    ]
    worded = worded[:1] + [block for block in worded[1:] if not all(_names(row.text) for row in block.rows)]
    if not worded:
        high = [block for block in high if not any(_is_below(block, p) for p in prose)]
        return next(([above] for above, below in pairwise(high) if _is_above_names(above, below)), [])
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


def _is_below(block: Block, prose: Block) -> bool:
    """Say whether a block stands below text, and so is no title."""
    over = any(row.x0 < block.rows[0].x1 and row.x1 > block.rows[0].x0 for row in prose.rows)
    return over and prose.rows[-1].y < block.rows[0].y


def _is_above_names(block: Block, below: Block) -> bool:
    """Say whether a block is the title because it stands right above the authors."""
    return (
        len(block.text.split()) > 2
        and not _DATE_WITHIN.search(block.text)
        and bool(_names(below.rows[0].text))
    )


def _over_pages(blocks: Sequence[Block], title: Sequence[Block]) -> list[Block]:
    """Return the blocks below the title before the text begins on a later page, names first among them."""
    found: list[Block] = []
    for block in blocks:
        if block in title:
            continue
        if block.page >= blocks[0].page + MOST_PAGES:
            return []
        if _begins_text(block):
            return found if found and _authors(found, title) else []
        found += [block] if block.kind not in ("caption", "row") else []
    return []


def _begins_text(block: Block) -> bool:
    return _ABSTRACT.match(block.text) is not None or (
        block.kind in ("paragraph", "item") and len(block.rows) > 2 and _is_prose(block)
    )


def _above_text(first: Sequence[Block], title: Sequence[Block]) -> list[Block]:
    """Return the blocks before the text begins: before an abstract, a list below the title, or prose."""
    if not title:
        return []
    top, low = title[0].rows[0].y, title[-1].rows[-1].y
    left, right = (
        min(row.x0 for block in title for row in block.rows),
        max(row.x1 for block in title for row in block.rows),
    )
    below = [
        block
        for block in first
        if block not in title
        and block.rows[0].y > low
        and block.rows[0].x0 < right
        and block.rows[0].x1 > left
    ]
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
    """Return the names below the title, in the order of reading; all have the letters of the first."""
    found: list[str] = []
    if not title:
        return found
    last, low = title[-1].page, title[-1].rows[-1].y
    parts = [
        (row.page, round(row.y / 4), segment.x0, [word for word in segment.words if not word.raised])
        for block in before
        if block not in title
        for row in block.rows
        if row.page > last or row.y > low
        for segment in row.segments
    ]
    lines: list[tuple[Style, str]] = []
    for *_, words in sorted(parts, key=lambda part: part[:3]):
        text = text_of(words) if words else ""
        if text and lines and _goes_on(lines[-1][1], text):
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {text}")
        elif text:
            lines.append((main_style(words), text))
    style: Style | None = None
    for look, text in lines:
        if style and (abs(look.size - style.size) > 0.3 or look.bold != style.bold):
            continue
        names = _names(text)
        style = style or (look if names else None)
        found += [name for name in names if name not in found]
    return found


def _goes_on(above: str, below: str) -> bool:
    """Say whether a list of names goes on in the next line."""
    return (
        above.count(",") > 1
        and not _PLACE.search(f"{above} {below}")
        and re.search(r",|\band\b", below) is not None
    )


def _names(line: str) -> list[str]:
    """Return the names in a line that holds nothing else."""
    line = _MEMBER.sub("", _DEGREES.sub("", _MARKS.sub("", _BY.sub("", line))))
    parts = [part.strip(" .,;:*()") for part in _BETWEEN_NAMES.split(line)]
    parts = [part for part in parts if len(part) > 1]
    names = [part for part in parts if _is_name(part)]
    if not names or len(names) < 0.7 * len(parts) or _PLACE.search(line) or "@" in line:
        return []
    return [_cased(name) for name in names]


def _is_name(part: str) -> bool:
    words = [word for word in _BETWEEN_WORDS.split(part) if word]
    return (
        2 <= len(words) <= 6
        and len(part) < 60
        and _NAME.fullmatch(words[0]) is not None
        and _NAME.fullmatch(words[-1]) is not None
        and all(_NAME.fullmatch(word) or _PARTICLE.fullmatch(word) for word in words)
        and not any(map(str.isdigit, part))
        and any(len(word.strip(".")) > 1 for word in words)
        and (
            part == part.upper()
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
