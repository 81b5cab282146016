"""A saved web page to an Article; nothing is fetched."""

from __future__ import annotations

import re

from rag.corpus.formats import foreign
from rag.corpus.formats.facts import article
from rag.corpus.formats.html import dom, stated, story
from rag.corpus.formats.html.inside import seen
from rag.corpus.formats.html.markup import lines_in
from rag.corpus.formats.text.characters import BYTE_ORDER_MARKS, decode
from rag.corpus.formats.text.lines import Line
from rag.types import Article

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_-]+)""")
_SAVED = r"<!-- saved from url=\(\d{4,}\)(\S+) -->"


def read(content: bytes, id: str) -> Article:
    """Return the page's article with the facts that it states."""
    charset = _CHARSET.search(re.sub(_SAVED.encode(), b"", content[:2048]))
    page = decode(content, declared=charset[1].decode("ascii") if charset else None)
    told = re.search(_SAVED, page[:2048])
    with foreign.parser("web page"):
        root = dom.tree(page)
        if root is None:
            return article(id, "", {})
        facts = stated.facts_of(root, address=told[1] if told else None)
        text = _lines(page, root) or seen(stated.told_in_json(root))
    return article(id, text, facts)


def saved(content: bytes, address: str, charset: str | None) -> bytes:
    """Return a page with lines above it that tell its address, as browsers do, and its encoding where known.

    `read` takes the address for the article's where the page itself gives none.
    """
    address = re.sub(r"\s", "", address).replace("--", "-%2D")  # "--" would end the comment
    head = f"<!-- saved from url=({len(address):04}){address} -->\n"
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return mark + head.encode(encoding) + content[len(mark) :]
    named = f'<meta charset="{charset}">\n' if charset and re.fullmatch(r"[A-Za-z0-9_-]+", charset) else ""
    return (named + head).encode() + content


def _lines(page: str, root: dom.Element) -> list[Line]:
    """Return the lines of the article, without headings at the end, whose text was foreign."""
    import trafilatura  # noqa: PLC0415 - slow to import

    verdict = trafilatura.extract(page, include_comments=False) or ""
    found = lines_in(story.article_in(root, verdict))
    while len(found) > 1 and found[-1].kind == "heading":
        found.pop()
    if any(line.kind != "heading" for line in found) or (whole := dom.tree(page)) is None:
        return found
    return lines_in(whole)  # so little prose that none of it is known: a short page is read whole
