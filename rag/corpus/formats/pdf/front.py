"""The first page of an article to its title, authors, date and address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.corpus.formats.facts import dates
from rag.corpus.formats.facts.bylines import given_first
from rag.corpus.formats.pdf.blocks import Block, Body
from rag.corpus.formats.pdf.columns import Row
from rag.corpus.formats.pdf.names import DATE, PLACE, authors, is_name, letters, names_in

_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|untitled.*|about:blank|(?:slide|page|document) ?\d*|\W*"
    r"|.*\.(?:docx?|pptx?|indd|pdf|tex|qxd|dvi|ps|rtf|odt|html?|eps|fm)|[\w./-]*\d[\w./-]*|pii:? .*|doi:? .*"
    r"|https?://.*|file:.*)",
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
_DATES = tuple(
    re.compile(form.replace("DAY", f"(?P<day>{DATE})"), re.IGNORECASE)
    for form in (
        r"\b(?:first )?(?:e?published(?: online)?(?: on)?(?: first)?|publication(?: date)?|publ\. online)"
        r"\W{0,3}\s*(?:on |as [\w ]{1,40} )?(?:\w+day,? )?DAY",
        r"\b(?:available online|posted(?: online)?|advance access publication|epub|released?|issued)"
        r"\W{0,3}\s*DAY",
        r"\bversion posted(?: online)?:? DAY",
        r"arxiv:\S+ (?:\[[^\]]{2,20}\] )?DAY",
        r"\(?\bdated?:? DAY",
        r"\bby (?:[^\W\d_][\w.’'-]* ){1,6}on DAY",
    )
)
_LONE = re.compile(rf"\W*(?:\w+day,? )?({DATE})\W*", re.IGNORECASE)
_DATE_WITHIN = re.compile(DATE, re.IGNORECASE)
_OPEN = re.compile(r"\b(?:an?|and|for|from|in|of|on|or|the|through|to|with)\s*$")
"""The end of a line that a title cannot end with."""
_JOURNAL = re.compile(
    r"(?:the )?(?:[\w&-]+ ){0,3}(?:journal|transactions|proceedings|bulletin|annals|lecture notes|letters)"
    r" (?:of|on|in|for)\b.*|.* (?:journal|letters|magazine|bulletin)",
    re.IGNORECASE,
)
"""What stands above a title in letters that may be larger."""

LONGEST = 2_000
"""Characters of a title or of names in the file's own facts; a paper may have more authors."""
MOST_PAGES = 5
"""That names and addresses fill before the text begins: some papers have hundreds of authors."""
LARGER = 1.15
"""Times the letters of what stands above it: names are never larger than their title."""
NARROWEST_TEXT = 0.4
"""Of the width of the text: a column beside it that is narrower is none of it."""
LONGEST_MARK = 2
"""Letters of what a line holds alone that is no word: "y z", the marks of two notes."""
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
    said = _MARKS_AT_END.sub("", given.get("Title", "")[:LONGEST].strip())
    found.title = _title(first, body, said, height)
    title = " ".join(_whole(block) for block in found.title)
    if not title and said and not _NO_TITLE.fullmatch(said):
        found.facts["otherwise"] = said
    if title:
        found.facts["title"] = said if letters(said) == letters(title) and said != said.upper() else title
    before = _above_text(first, found.title)
    last = blocks[0].page
    if not any(map(_begins_text, first)) and (over := _over_pages(blocks, found.title)):
        before, last = over, over[-1].page
    margin = _in_margin(first, found.title, body)
    names = authors([block for block in before if block not in margin], found.title)
    text = "\n".join(row.text for page in pages for row in page if row.page <= last)
    own = given.get("Author", "")[:LONGEST].strip()
    listed = [name.strip() for name in re.split(r"[,;]| and | & ", own) if name.strip()]
    are_named = all(
        is_name(name) and not PLACE.search(name) and name.split()[-1].casefold() in text.casefold()
        for name in listed
    )
    if listed and are_named and len(listed) >= len(names):
        names = listed
    if names:
        found.facts["author"] = ", ".join(names)
    elif _AUTHOR.fullmatch(own):
        found.facts["file_author"] = " and ".join(map(given_first, own.split(" and ")))
    found.apart = [block for block in before if block not in found.title]
    if day := _day(text, aside, found.apart):
        found.facts["published"] = day
    found.apart += [block for block in margin if block not in found.apart]
    if match := _DOI.search(_BROKEN_ADDRESS.sub("", f"{text}\n{aside}")):
        found.facts["url"] = f"https://doi.org/{match[0].rstrip('.,;:)]')}"
    return found


def _whole(block: Block) -> str:
    parts = ""
    for row in block.rows:
        text = _MARKS_AT_END.sub("", row.text) if row is block.rows[-1] else row.text
        if parts[-1:] in ("-", "\u2010"):
            parts = (parts[:-1] if text[:1].islower() else parts) + text
        else:
            parts = f"{parts} {text}" if parts else text
    return _MARKS_WITHIN.sub("", parts)


_MARKS_AT_END = re.compile(r"(?<=[^\W\d])(?: [*∗†‡§¶‖]+|[⁰¹²³⁴⁵⁶⁷⁸⁹*∗†‡§¶‖#]+)$")

_MARKS_WITHIN = re.compile(r"(?<=[^\W\d]{3})[∗†‡§¶‖⁰¹²³⁴⁵⁶⁷⁸⁹]+ ?(?=[ :,])")


def _title(first: Sequence[Block], body: Body, said: str, height: float) -> list[Block]:
    """Return the blocks of the title: the file's own name for it where the page has it, else the largest."""
    high = [
        block
        for block in first
        if block.rows[0].y < HIGHEST * height
        and block.kind not in ("row", "caption")
        and sum(map(str.isalpha, block.text)) > LONGEST_MARK
    ]
    prose = [block for block in first if _is_prose(block) and len(block.rows) > 2]
    if len(letters(said)) > 8:
        for number, block in enumerate(high):
            if letters(_whole(block)) == letters(said):
                return [block]
            pair = high[number : number + 2]
            if len(pair) == 2 and letters(_whole(pair[0]) + _whole(pair[1])) == letters(said):
                return pair
    clear = [block for block in high if not any(_is_below(block, p) for p in prose)]
    worded = [block for block in clear if _is_title(block, body)]
    worded = [block for block in worded if not _JOURNAL.fullmatch(_whole(block))] or worded
    worded = worded[:1] + [
        block
        for block in worded[1:]
        if block.size > LARGER * worded[0].size or not all(names_in(row.text) for row in block.rows)
    ]
    if not worded:
        above_names = (above for above, below in pairwise(clear) if _is_above_names(above, below, body))
        if found := next(above_names, None):
            return [found]
        worded = list(filter(_is_in_capitals, clear))
    if not worded:
        return []
    largest = max(block.size for block in worded)
    best = [block for block in worded if block.size > 0.97 * largest]
    return _gone_on(best, high[high.index(best[0]) :], largest)


def _gone_on(best: Sequence[Block], blocks: Sequence[Block], size: float) -> list[Block]:
    """Return the first of `blocks`, which is the title's, with the next two as far as the title goes on."""
    title = [blocks[0]]
    for block in blocks[1:3]:
        gap = block.rows[0].y - title[-1].rows[-1].y
        is_as_large = abs(block.size - size) < 0.03 * size
        goes_on = (
            block in best
            or title[-1].text.rstrip().endswith(":")
            or (is_as_large and (block.text[:1].islower() or _OPEN.search(title[-1].text) is not None))
        )
        if not goes_on or gap >= 2.2 * block.size or _ABSTRACT.match(block.text):
            break
        title.append(block)
    return title


def _is_title(block: Block, body: Body) -> bool:
    words = [word for word in block.text.split() if sum(map(str.isalpha, word)) > 1]
    larger = block.size > 1.12 * body.size or (
        block.is_bold and not body.bold and block.size >= 0.99 * body.size
    )
    fewest = 2 if block.size > 1.3 * body.size else 3
    many = len(words) >= fewest or len(letters(block.text)) > 12
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


def _is_above_names(block: Block, below: Block, body: Body) -> bool:
    """Say whether a block is the title because it stands right above the authors, by few words if large."""
    return (
        (len(block.text.split()) > 2 or block.size > 1.3 * body.size)
        and not _DATE_WITHIN.search(block.text)
        and bool(names_in(below.rows[0].text))
    )


def _is_in_capitals(block: Block) -> bool:
    """Say whether a block can be a title though no larger than the text: no name is, and no short heading."""
    words = [word for word in block.text.split() if len(letters(word)) > 1]
    return block.text.isupper() and len(words) > 3 and not names_in(_whole(block))


def _over_pages(blocks: Sequence[Block], title: Sequence[Block]) -> list[Block]:
    """Return the blocks below the title before the text begins on a later page, names first among them."""
    found: list[Block] = []
    for block in blocks:
        if block in title:
            continue
        if block.page >= blocks[0].page + MOST_PAGES:
            return []
        if _begins_text(block):
            return found if found and authors(found, title) else []
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
    starts = [
        block.rows[0].y
        for block in first
        if block not in title and block.rows[0].y > low
        if _ABSTRACT.match(block.text)
        or (
            block.rows[0].x0 < right
            and block.rows[0].x1 > left
            and (block.kind == "item" or _is_prose(block))
        )
    ]
    end = min(starts, default=low)
    return [
        block
        for block in first
        if block not in title
        and block.kind != "caption"
        and (block.rows[0].y < top or (low < block.rows[0].y and block.rows[-1].y < end - 1))
    ]


def _in_margin(first: Sequence[Block], title: Sequence[Block], body: Body) -> list[Block]:
    """Return what stands in a narrow column beside the title and the text: a licence, dates, places."""
    rows = [row for block in title for row in block.rows]
    if not rows:
        return []
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    below = [
        row
        for block in first
        if len(block.rows) > 2 and _is_prose(block) and abs(block.size - body.size) < 0.06 * body.size
        for row in block.rows
        if row.x0 < right and row.x1 > left
    ]
    left, right = min([left, *(row.x0 for row in below)]), max([right, *(row.x1 for row in below)])
    return [
        block
        for block in first
        if block.size <= 1.02 * body.size
        and (max(row.x1 for row in block.rows) < left or min(row.x0 for row in block.rows) > right)
        and max(row.right - row.left for row in block.rows) < NARROWEST_TEXT * (right - left)
    ]


def _is_prose(block: Block) -> bool:
    """Say whether most words are in small letters, as those of names and addresses are not."""
    words = [word for word in block.text.split() if word[0].isalpha()]
    small = sum(not word[0].isupper() for word in words)
    if len(words) > 30:
        return small > 0.5 * len(words)
    return len(words) > 5 and small > 0.5 * len(words) and PLACE.search(block.text[:60]) is None


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
