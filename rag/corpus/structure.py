"""An article's blocks to what stands around a place of its text: its block, its section, its page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from rag.types import Article, Block


def place_of(article: Article, offset: int) -> int | None:
    """Return the number of the block that `offset` is in; None between two, or without structure."""
    at = bisect_right(article.blocks, offset, key=lambda block: block.start) - 1
    return at if at >= 0 and offset < article.blocks[at].end else None


def block_at(article: Article, offset: int) -> Block | None:
    """Return the block that `offset` is in."""
    at = place_of(article, offset)
    return None if at is None else article.blocks[at]


def section_at(article: Article, offset: int) -> tuple[str, ...]:
    """Return the headings that `offset` stands under, the outermost first; of a heading, those above it."""
    above: list[Block] = []
    for heading in _headings(article, offset):
        above = [each for each in above if each.level < heading.level]
        if offset >= heading.end:
            above.append(heading)
    return tuple(article.text[each.start : each.end] for each in above)


def page_at(article: Article, offset: int) -> int | None:
    """Return the page that the block at or before `offset` begins on; None where the file tells none."""
    at = bisect_right(article.blocks, offset, key=lambda block: block.start) - 1
    return article.blocks[at].page if at >= 0 else None


def lead_of(article: Article, offset: int) -> Block | None:
    """Return what leads to the item of a list at `offset`: the item it belongs to, or what the list follows.

    None for what is no item.
    """
    at = place_of(article, offset)
    if at is None or article.blocks[at].kind != "item":
        return None
    level = article.blocks[at].level
    before = (block for block in reversed(article.blocks[:at]) if block.kind != "item" or block.level < level)
    lead = next(before, None)
    return lead if lead and lead.kind in ("item", "paragraph", "heading") else None


def _headings(article: Article, offset: int) -> Iterator[Block]:
    return (block for block in article.blocks if block.kind == "heading" and block.start <= offset)
