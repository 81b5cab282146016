"""Lines of a PDF to its blocks: paragraphs, headings, items, rows, captions and notes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from rag.corpus.formats.pdf import grids
from rag.corpus.formats.pdf.columns import Row
from rag.corpus.formats.pdf.glyphs import Box
from rag.types import BlockKind

_BULLET = re.compile(r"[•▪●◦■□‣⁃∙·✓✔➢►▶–—*-] ?(?=\S)|o (?=[A-Z])")
_SURE_BULLET = re.compile(r"[•▪●◦■□‣⁃∙✓✔➢►▶]")
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})\)|(?:\d{1,3}|[a-z]|[ivx]{1,5})\.) (?=\S)")
_ITEM_START = re.compile(rf"{_BULLET.pattern}|{_NUMBERED.pattern}")
_CLOSED = re.compile(r"[.!?:;][”\"’')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹,]*$")
_SECTION = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}|[A-Z](?:\.\d{1,2}){0,3})\.? +(?=[^\W\d_])"
)
_CAPTION = re.compile(
    r"(?P<label>(?:extended data |supplementary |supp(?:l)?\.? )?"
    r"(?:figures?|fig\.|fig|tables?|tab\.|scheme|plate|chart|exhibit|box|algorithm|listing|map|photo"
    r"|abbildung|abb\.|tabelle|tableau|figura|tabla|cuadro)"
    r"[ \u00a0]?(?:[A-Z]{0,2}\.?\d{1,3}(?:[.-]\d{1,2})?[a-z]?|[IVX]{1,5}))(?P<end>\s?[.:|—–]|(?=\s|$))",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\d{1,3}|[*∗†‡§¶‖#]+|[a-z](?= [A-Z])) ?\S")
_STOPPED = re.compile(r"[.,;]$")
_ABBREVIATED = re.compile(r"(?:etc|vs|al|Inc|Co|Ltd|[A-Z])\.$")
_TITLES = re.compile(
    r"(?:abstract|summary|introduction|background|methods?|results?|discussion|conclusions?|references|bibliography"
    r"|works cited|literature cited|notes|acknowledge?ments?|appendix(?: [a-z])?|literatur(?:verzeichnis)?"
    r"|références|bibliographie|referencias|bibliografía|riferimenti)\.?",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?<![.\s])(?:\s?\.){4,}+\s*+(?:\d+|[ivxl]+)\s*$")

LONGEST_HEADING = 180
"""Characters."""


@dataclass(slots=True, eq=False)
class Block:
    """Lines that belong together."""

    rows: list[Row]
    kind: BlockKind = "paragraph"
    level: int = 0
    starts_indented: bool = False
    texts: list[str] = field(default_factory=list)
    """Of a table, its rows as they are to be read; else the lines."""

    @property
    def page(self) -> int:
        """Where it begins."""
        return self.rows[0].page

    @property
    def size(self) -> float:
        """Points: what most of its letters have."""
        letters: Counter[float] = Counter()
        for row in self.rows:
            letters[row.size] += len(row.text)
        return letters.most_common(1)[0][0]

    @property
    def is_bold(self) -> bool:
        """Whether all its lines are mostly bold."""
        return all(row.style.bold for row in self.rows)

    @property
    def text(self) -> str:
        """Its lines, joined by blanks, hyphens as they stand."""
        return " ".join(row.text for row in self.rows)

    @property
    def ends_short(self) -> bool:
        """Whether its last line leaves room at the end."""
        last = self.rows[-1]
        return last.x1 < last.right - 0.12 * (last.right - last.left)


@dataclass(frozen=True, slots=True)
class Body:
    """How the text of a document looks."""

    size: float
    font: str
    bold: bool
    leading: float
    """Points from one base line to the next."""


def body_of(rows: Sequence[Row]) -> Body:
    """Return the size, font and leading that most of the text has."""
    letters: Counter[tuple[float, str, bool]] = Counter()
    for row in rows:
        letters[row.size, row.style.font, row.style.bold] += len(row.text)
    (size, font, bold), _ = letters.most_common(1)[0]
    steps = Counter(
        round((below.y - above.y) * 2) / 2
        for above, below in pairwise(rows)
        if above.region == below.region and above.page == below.page and above.size == below.size == size
        if 0.8 * size < below.y - above.y < 3 * size
    )
    return Body(size, font, bold, steps.most_common(1)[0][0] if steps else 1.2 * size)


def blocks(rows: Sequence[Row], rules: Mapping[int, Sequence[Box]], body: Body) -> list[Block]:
    """Return the blocks of a document in reading order."""
    found: list[Block] = []
    for (page, _), region in groupby(rows, key=lambda row: (row.page, row.region)):
        found += _region(list(region), rules.get(page, ()), body)
    _mark_notes(found, rules, body)
    _level(found, body)
    return found


def is_label(block: Block, body: Body) -> bool:
    """Say whether a few small words are those of an axis or of a part of a figure."""
    small = block.size < 0.94 * body.size
    return small and len(block.text) < 60 and len(block.rows) < 3 and not _CLOSED.search(block.text)


def _region(rows: list[Row], rules: Sequence[Box], body: Body) -> Iterator[Block]:
    at = 0
    for start, end in grids.tables(rows):
        yield from _parted(rows[at:start], rules, body)
        texts = grids.texts(rows[start:end], rules)
        yield Block(rows[start:end], "row", texts=texts)
        at = end
    yield from _parted(rows[at:], rules, body)


def _parted(rows: list[Row], rules: Sequence[Box], body: Body) -> Iterator[Block]:
    """Yield the blocks of lines that stand one below the other."""
    held: list[Row] = []
    for number, row in enumerate(rows):
        following = rows[number + 1] if number + 1 < len(rows) else None
        if held and _begins(held, row, following, rules, body):
            yield _block(held, body)
            held = []
        held.append(row)
    if held:
        yield _block(held, body)


def _begins(held: list[Row], row: Row, following: Row | None, rules: Sequence[Box], body: Body) -> bool:
    """Say whether `row` begins a block, and does not go on with `held`."""
    above = held[-1]
    size = min(row.size, above.size)
    step = row.y - above.y
    usual = max(body.leading * row.size / body.size, 1.12 * row.size)
    leading = held[1].y - held[0].y if len(held) > 1 else usual
    if step > 1.3 * leading + 0.5 or abs(row.size - above.size) > 0.06 * size:
        return not _goes_on_in_other_letters(above, row, step)
    return (
        (row.style.bold != above.style.bold and (len(held) == 1 or row.style.bold))
        or any(
            above.y < rule.y0 < row.y - 0.3 * size and rule.x0 < row.x1 and rule.x1 > row.x0 for rule in rules
        )
        or _starts_item(row, held)
        or (_CAPTION.match(row.text) is not None and _CLOSED.search(above.text) is not None and len(held) > 1)
        or _begins_after_short_line(held, row, body)
        or _begins_by_indent(held, row, following)
    )


def _begins_after_short_line(held: list[Row], row: Row, body: Body) -> bool:
    above = held[-1]
    room = (above.right - above.x1) / max(above.right - above.left, 1)
    if room < 0.12 or row.text[0].islower():
        return False
    return _CLOSED.search(above.text) is not None or (
        room > 0.3 and len(held) == 1 and row.size <= 1.08 * body.size
    )


def _begins_by_indent(held: list[Row], row: Row, following: Row | None) -> bool:
    """Say whether a line begins a paragraph because it stands more to the right, or an entry that hangs."""
    above = held[-1]
    size = min(row.size, above.size)
    indent = row.x0 - above.x0
    if len(held) < 2 or row.text[0].islower():
        return False
    if 0.7 * size < indent < 6 * size:
        goes_back = following is None or following.x0 < row.x0 - 0.5 * size
        return goes_back and _CLOSED.search(above.text) is not None
    return indent < -0.7 * size and held[0].x0 < above.x0 - 0.7 * size


def _goes_on_in_other_letters(above: Row, row: Row, step: float) -> bool:
    """Say whether a line goes on with the one above though its letters differ, as those of code do."""
    return (
        step < 1.4 * max(row.size, above.size)
        and abs(row.size - above.size) <= 0.15 * above.size
        and row.text[0].islower()
        and not _SENTENCE_END.search(above.text)
        and abs(row.x0 - above.x0) < 1
    )


def _starts_item(row: Row, held: list[Row]) -> bool:
    if _SURE_BULLET.match(row.text):
        return True
    if not _ITEM_START.match(row.text):
        return False
    # A line of prose may begin with "5. " by chance; then the one above is full and goes on.
    above = held[-1]
    short = above.x1 < above.right - 0.12 * (above.right - above.left)
    return short or (
        _CLOSED.search(above.text) is not None
        and (row.x0 != above.x0 or _ITEM_START.match(held[0].text) is not None)
    )


def _block(rows: list[Row], body: Body) -> Block:
    block = Block(rows, texts=[row.text for row in rows])
    text = block.text
    first = rows[0]
    block.starts_indented = len(rows) > 1 and first.x0 > rows[1].x0 + 0.5 * first.size
    caption = _CAPTION.match(text)
    if all(_LEADERS.search(row.text) for row in rows):
        block.kind = "reference"
    elif caption and _is_caption(caption, block, body):
        block.kind = "caption"
    elif _is_heading(block, body):
        block.kind = "heading"
    elif _is_item(block):
        block.kind = "item"
    return block


def _is_item(block: Block) -> bool:
    text, first = block.text, block.rows[0]
    if _SURE_BULLET.match(text) or (_ITEM_START.match(text) and not text[0].isalpha()):
        return True
    return _NUMBERED.match(text) is not None and first.x0 > first.left + 0.5 * first.size


def _is_caption(match: re.Match[str], block: Block, body: Body) -> bool:
    if match["end"].strip():
        return True
    first = block.rows[0].segments[0].words[0].style
    return (
        match.end() == len(block.text)
        or (first.bold and not body.bold)
        or block.size < 0.95 * body.size
        or (block.text[match.end() :].lstrip()[:1].isupper() and first.font != body.font)
    )


def _is_heading(block: Block, body: Body) -> bool:
    text = block.text
    letters = [letter for letter in text if letter.isalpha()]
    if (
        not 3 <= len(letters) <= LONGEST_HEADING
        or len(block.rows) > 4
        or text[0].islower()
        or (_STOPPED.search(text) and not _ABBREVIATED.search(text))
        or len(letters) < 0.5 * len(text.replace(" ", ""))
    ):
        return False
    if block.size > 1.08 * body.size:
        return len(text.split()) > 1 or len(letters) > 3
    if block.is_bold and not body.bold and block.size >= 0.88 * body.size:
        return len(block.rows) <= 3
    capitals = len(letters) > 4 and sum(map(str.isupper, letters)) > 0.85 * len(letters)
    other_font = block.rows[0].style.font != body.font
    numbered = _SECTION.match(text) is not None and (capitals or other_font)
    worded = other_font and len(text) < 80 and len(letters) > 0.85 * len(text.replace(" ", ""))
    named = (capitals or worded or _TITLES.fullmatch(text) is not None) and block.ends_short
    return block.size >= 0.88 * body.size and len(block.rows) == 1 and len(text) < 100 and (numbered or named)


def _mark_notes(found: Sequence[Block], rules: Mapping[int, Sequence[Box]], body: Body) -> None:
    """Make notes of what stands small, or below a short line, at the foot of a column."""
    columns: dict[tuple[int, int], list[Block]] = defaultdict(list)
    for block in found:
        columns[block.page, block.rows[0].region].append(block)
    lowest: dict[int, float] = {}
    tables: dict[int, list[float]] = defaultdict(list)
    for block in found:
        if block.kind == "row":
            tables[block.page].append(block.rows[0].y)
        lowest[block.page] = max(lowest.get(block.page, 0.0), block.rows[-1].y)
    for (page, _), column in columns.items():
        end = column[-1].rows[-1].y
        if end < 0.6 * lowest[page] or any(0 < top - end < 60 for top in tables[page]):
            continue  # above the foot of the page, or the heads of a table
        first = len(column)
        while first and _may_be_note(column[first - 1], rules.get(page, ()), body):
            first -= 1
        if 0 < first < len(column) and column[first - 1].kind == "heading":
            first += _NOTE_MARK.match(column[first].text) is None  # the text of a section in small print
        notes = column[first:]
        lines = sum(len(block.rows) for block in notes)
        if lines > max(12, 0.6 * sum(len(block.rows) for block in column)):  # an appendix in small print
            continue
        for block in notes:
            block.kind, block.level = "note", 0


def _may_be_note(block: Block, rules: Sequence[Box], body: Body) -> bool:
    if block.kind in ("row", "caption", "heading"):
        return False
    if block.size <= 0.93 * body.size:
        return True
    return _below_rule(block, rules) and _NOTE_MARK.match(block.text) is not None


def _below_rule(block: Block, rules: Sequence[Box]) -> bool:
    """Say whether a line that is shorter than its column stands right above."""
    first = block.rows[0]
    return any(
        0 < first.y - rule.y0 < 3 * first.size
        and rule.x0 < first.x0 + 3 * first.size
        and 20 < rule.x1 - rule.x0 < 0.7 * max(first.right - first.left, 150)
        for rule in rules
    )


def _level(found: Sequence[Block], body: Body) -> None:
    """Give headings their level: by their number, else by how large they are."""
    headings = [block for block in found if block.kind == "heading"]
    looks = sorted({(-round(block.size), not block.is_bold) for block in headings})
    for block in headings:
        numbered = _SECTION.match(block.text)
        if numbered and numbered["number"][0].isdigit():
            block.level = numbered["number"].count(".") + 1
        else:
            block.level = min(looks.index((-round(block.size), not block.is_bold)) + 1, 6)
    items = [block for block in found if block.kind == "item"]
    for above, below in pairwise(items):
        deeper = below.rows[0].x0 - above.rows[0].x0
        if above.rows[0].region == below.rows[0].region and above.page == below.page:
            step = 1 if deeper > 0.9 * body.size else -1 if deeper < -0.9 * body.size else 0
            below.level = max(0, above.level + step)
