"""Blocks to the lines of an article: sentences whole over columns and pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.corpus.formats.pdf.blocks import Block, Body, blocks, body_of, is_label
from rag.corpus.formats.pdf.columns import Row
from rag.corpus.formats.pdf.edges import without_running_heads
from rag.corpus.formats.pdf.front import front
from rag.corpus.formats.pdf.glyphs import Box
from rag.corpus.formats.text.lines import Line
from rag.corpus.formats.text.references import REFERENCES
from rag.types import BlockKind

_AFTERWARDS = re.compile(
    r"(?:appendi(?:x|ces)|supplement|annex|anhang|annexe)\w*\b|[A-Z](?:\.\d+)*\.? +[A-Z]", re.IGNORECASE
)
_OPEN = re.compile(r"[.!?:][”\"’')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹,]*$")
_HYPHEN = re.compile(r"\b(?P<start>[^\W_]++)[-\u2010\u00ad]$")
_HYPHENS = ("-", "\u2010")
_NEXT = re.compile(r"[^\W\d_]+")
_CONJUNCTIONS = frozenset("and or to und oder bis et ou y e o".split())
"""What follows a hyphen that stands for a later word: pre- and postwar."""
_WORDS = re.compile(r"\w+(?:-\w+)*")


@dataclass(slots=True)
class _Line:
    """A line in the making."""

    texts: list[str]
    kind: BlockKind
    level: int
    page: int
    last: Block
    gap: bool = True


def lines(
    pages: Sequence[list[Row]],
    rules: Mapping[int, Sequence[Box]],
    *,
    given: dict[str, str],
    aside: str,
    height: float,
) -> tuple[list[Line], dict[str, str], dict[str, str]]:
    """Return the lines of an article, the facts that its first page gives, and those of the file itself."""
    kept = without_running_heads(pages)
    rows = [row for page in kept for row in page]
    if not rows:
        kept = list(pages)
        rows = [row for page in kept for row in page]
    body = body_of(rows)
    found = blocks(rows, rules, body)
    opening = front(found, pages, body, given=given, aside=aside, height=height)
    for block in opening.apart:
        block.kind, block.level = "reference", 0
    _mark_references(found)
    for block in found:
        if block.kind == "paragraph" and is_label(block, body):
            block.kind = "caption"
    words = _words(rows)
    made = _lines([block for block in found if block not in opening.title], body)
    names = ("title", "author", "published", "url")
    facts: dict[str, str] = {name: opening.facts[name] for name in names if name in opening.facts}
    otherwise = {
        name: opening.facts[key]
        for name, key in (("title", "otherwise"), ("author", "file_author"))
        if key in opening.facts
    }
    return (
        [Line(_text(line.texts, words), line.kind, line.level, line.page, line.gap) for line in made],
        facts,
        otherwise,
    )


def _mark_references(found: Sequence[Block]) -> None:
    """Make references of what stands below such a heading, to a heading of an appendix or of its look."""
    under: Block | None = None
    for block in found:
        is_head = block.kind == "heading" or (len(block.rows) == 1 and REFERENCES.fullmatch(block.text))
        if is_head and REFERENCES.fullmatch(block.text):
            under, block.kind, block.level = block, "heading", max(block.level, 1)
        elif under and block.kind == "heading" and _ends(under, block):
            under = None
        elif under and block.kind not in ("caption", "row"):
            block.kind, block.level = "reference", 0


def _ends(under: Block, heading: Block) -> bool:
    alike = abs(heading.size - under.size) <= 0.03 * under.size and heading.is_bold == under.is_bold
    same_font = heading.rows[0].style.font == under.rows[0].style.font
    return (
        heading.size > 1.03 * under.size
        or (alike and same_font)
        or _AFTERWARDS.match(heading.text) is not None
    )


def _lines(found: Sequence[Block], body: Body) -> list[_Line]:
    made: list[_Line] = []
    unfinished: _Line | None = None  # the last paragraph or item, which the next may go on with
    entry: _Line | None = None  # likewise of references and notes
    formulas: list[Block] = []  # that stand within a sentence, or do not
    for block in found:
        if (
            block.kind == "paragraph"
            and unfinished
            and _is_formula(block)
            and not _is_cut(unfinished.last, block)
        ):
            formulas.append(block)
            continue
        if block.rows[0].apart and block.kind != "row":
            made.append(_line(block))
            continue
        goes_on = block.kind == "paragraph" and unfinished is not None and _goes_on(unfinished, block, body)
        for formula in formulas:
            if goes_on and unfinished:
                unfinished.texts += formula.texts
            else:
                made.append(_line(formula))
        formulas = []
        if goes_on and unfinished:
            unfinished.texts += block.texts
            unfinished.last = block
            continue
        if entry and block.kind == entry.kind and _is_cut(entry.last, block) and block.text[0].islower():
            entry.texts += block.texts
            entry.last = block
            continue
        if block.kind == "row":
            made += [
                _Line([text], "row", 0, block.page, block, gap=number == 0)
                for number, text in enumerate(block.texts)
            ]
            continue
        made.append(
            _line(block, gap=not (block.kind == "item" and made and made[-1].kind in ("item", "paragraph")))
        )
        if block.kind in ("reference", "note"):
            entry = made[-1]
        elif block.kind in ("paragraph", "item") and _may_go_on(unfinished, block, body):
            unfinished = made[-1]
    return made + [_line(formula) for formula in formulas]


def _line(block: Block, *, gap: bool = True) -> _Line:
    return _Line(list(block.texts), block.kind, block.level, block.page, block, gap)


def _may_go_on(unfinished: _Line | None, block: Block, body: Body) -> bool:
    """Say whether the next paragraph may go on with `block`, and not with an older one that is still open.

    What stands between the two parts of a sentence may be paragraphs too: of a box, of a figure, small print.
    """
    if not unfinished or _OPEN.search(unfinished.last.rows[-1].text) or block.page > unfinished.last.page + 1:
        return True
    return abs(block.size - body.size) <= 0.06 * body.size and len(block.rows) > 1


def _is_formula(block: Block) -> bool:
    """Say whether a short block is more signs than words."""
    words = [word for word in _NEXT.findall(block.text) if len(word) > 2]
    return len(block.rows) <= 4 and sum(map(len, words)) < 0.4 * len(block.text.replace(" ", ""))


def _is_cut(above: Block, below: Block) -> bool:
    """Say whether a column or a page ends between two blocks."""
    one, other = above.rows[-1], below.rows[0]
    return one.page != other.page or one.region != other.region


def _goes_on(unfinished: _Line, block: Block, body: Body) -> bool:
    """Say whether a block goes on with a paragraph that a page, a column or a figure has cut."""
    last = unfinished.last
    text = last.rows[-1].text
    starts = block.text.lstrip("“\"‘'([")
    if not starts or block.kind == "item" or abs(block.size - last.size) > 0.1 * body.size:
        return False
    if starts[0].islower():
        return not _OPEN.search(text) or (_is_cut(last, block) and not last.ends_short)
    if _HYPHEN.search(text):
        return _is_cut(last, block)
    return (
        _is_cut(last, block) and not _OPEN.search(text) and not block.starts_indented and not last.ends_short
    )


def _words(rows: Sequence[Row]) -> set[str]:
    """Return the words of the text and its pairs with hyphens, but for those that line ends broke."""
    words: set[str] = set()
    is_broken = False
    for row in rows:
        found = _WORDS.findall(row.text)
        was_broken, is_broken = is_broken, _HYPHEN.search(row.text) is not None
        for word in found[1 if was_broken else 0 : -1 if is_broken else None]:
            words.add(word)
            words.update(map("-".join, pairwise(word.split("-"))))
    return words


def _text(texts: Sequence[str], words: set[str]) -> str:
    """Join lines, and the words that their ends have broken."""
    parts: list[str] = []
    for text in texts:
        broken = _HYPHEN.search(parts[-1]) if parts else None
        if broken and text[0].isalnum() and (rest := _WORDS.match(text)):
            parts[-1] = parts[-1][: broken.end("start")] + _between(broken, rest[0], words)
            parts.append(text)
        else:
            parts += [" ", text] if parts else [text]
    return "".join(parts)


def _between(broken: re.Match[str], rest: str, words: set[str]) -> str:
    """Return what stands between the start of a word that a line's end has broken and its `rest`.

    That is the hyphen where it is the word's own, by how the text elsewhere writes it.
    """
    start, sign = broken["start"], broken[0][-1]
    rest = rest.partition("-")[0]
    if sign not in _HYPHENS or start + rest in words or start.lower() + rest in words:
        return ""
    if rest in _CONJUNCTIONS:
        return f"{sign} "
    if not (rest[0].islower() and start.isalpha()) or f"{start}-{rest}" in words or len(start) == 1:
        return sign
    is_compound = broken.string[: broken.start()].endswith(_HYPHENS)
    if is_compound and start in words:
        return sign
    return sign if len(start) > 2 and len(rest) > 2 and {start, rest} <= words else ""
