"""An article's blocks to what stands around a place of its text: its block, its section, its page."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from rag.types import Article, Block, BlockKind


def place_of(article: Article, offset: int) -> int | None:
    """Return the number of the block that `offset` is in; None between two, or without structure."""
    at = bisect_right(article.blocks, offset, key=lambda block: block.start) - 1
    return at if at >= 0 and offset < article.blocks[at].end else None


def block_at(article: Article, offset: int) -> Block | None:
    """Return the block that `offset` is in."""
    at = place_of(article, offset)
    return None if at is None else article.blocks[at]


def kind_at(article: Article, offset: int) -> BlockKind:
    """Return the kind of the block that `offset` is in; a paragraph where the structure is not known."""
    block = block_at(article, offset)
    return block.kind if block else "paragraph"


def section_at(article: Article, offset: int) -> tuple[str, ...]:
    """Return the headings that `offset` stands under, the outermost first; of a heading, those above it."""
    at = bisect_right(article.blocks, offset, key=lambda block: block.start)
    above: list[Block] = []
    level = None
    for place in range(at - 1, -1, -1):
        block = article.blocks[place]
        if block.kind == "heading" and (level is None or block.level < level):
            level = block.level
            if offset >= block.end:
                above.append(block)
            if level <= 1:
                break
    return _texts(article, reversed(above))


def sections(article: Article) -> Iterator[tuple[str, ...]]:
    """Yield what `section_at` returns for each block of `article`, in one pass over them."""
    above: list[Block] = []
    for block in article.blocks:
        if block.kind == "heading":
            above = [each for each in above if each.level < block.level]
        yield _texts(article, above)
        if block.kind == "heading":
            above.append(block)


def below_heading(article: Article, start: int, end: int) -> int:
    """Return where the text from `start` to `end` goes on below the headings that it begins with."""
    at = max(0, bisect_right(article.blocks, start, key=lambda block: block.start) - 1)
    for block in article.blocks[at:]:
        if block.kind != "heading" and block.end > start:
            return max(start, block.start) if block.start < end else start
    return start


def page_at(article: Article, offset: int) -> int | None:
    """Return the page that the block at or before `offset` begins on; None where the file tells none."""
    at = bisect_right(article.blocks, offset, key=lambda block: block.start) - 1
    return article.blocks[at].page if at >= 0 else None


def lead_of(article: Article, offset: int) -> Block | None:
    """Return what leads to the text at `offset`, None for text that stands by itself.

    That is for the item of a list the item it belongs to, or what the list follows; for a quotation the
    paragraph before it, where that ends in a colon: "Ann Lee said:"; for the beginning of a paragraph the
    question that stands before it, as in an interview.
    """
    at = place_of(article, offset)
    if at is None or article.blocks[at].kind == "paragraph":
        return _question_before(article, offset)
    block, before = article.blocks[at], reversed(article.blocks[:at])
    if block.kind == "quotation":
        lead = next((each for each in before if each.kind != "quotation"), None)
        is_said = lead is not None and article.text[lead.start : lead.end].endswith(":")
        return lead if lead and lead.kind == "paragraph" and is_said else None
    if block.kind != "item":
        return None
    lead = next((each for each in before if each.kind != "item" or each.level < block.level), None)
    return lead if lead and lead.kind in ("item", "paragraph", "heading") else None


def _question_before(article: Article, offset: int) -> Block | None:
    """Return the paragraph or heading before `offset` when it asks and another one begins there."""
    before = article.text[:offset]
    end = len(before.rstrip())
    start = before.rfind("\n", 0, end) + 1
    if "\n" not in before[end:] or not before[start:end].rstrip("\"'”’»)").endswith(("?", "？", "؟")):
        return None
    block = block_at(article, start) or Block(start, end, "paragraph")
    return block if block.kind in ("paragraph", "heading") else None


def written(blocks: Sequence[Block]) -> str:
    """Return `blocks` as text, which is empty for none."""
    rows = [[each.start, each.end, each.kind, each.level, each.page] for each in blocks]
    return json.dumps(rows) if rows else ""


def read(text: str) -> tuple[Block, ...]:
    """Return the blocks that `written` gave as `text`. Raises ValueError or TypeError for any other."""
    return tuple(Block(*row) for row in json.loads(text)) if text else ()


def _texts(article: Article, headings: Iterable[Block]) -> tuple[str, ...]:
    return tuple(article.text[each.start : each.end] for each in headings)
