"""A saved web page to an Article; nothing is fetched."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from rag.corpus.formats import dates, foreign
from rag.corpus.formats.characters import BYTE_ORDER_MARKS, decode
from rag.corpus.formats.dom import raised
from rag.corpus.formats.facts import article
from rag.corpus.formats.markup import plain
from rag.types import Article

PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
)
"""Names of <meta> elements that give the date of publication."""

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_-]+)""")
_SAVED = r"<!-- saved from url=\(\d{4,}\)(\S+) -->"
# Each stops where another tag begins, so that nothing is looked at for every tag before it.
_LANGUAGE = re.compile(r"""<html\b[^<>]*?\blang\s*=\s*["']?([A-Za-z-]+)""", re.IGNORECASE)
_CAPTION = re.compile(
    r"<figcaption\b[^<>]*>((?:(?!</?figcaption\b).)*+)</figcaption>", re.DOTALL | re.IGNORECASE
)
_FIGURE = re.compile(r"</?figure\b[^<>]*>", re.IGNORECASE)


def read(content: bytes, id: str) -> Article:
    """Return the page's article with the facts that its markup states."""
    charset = _CHARSET.search(re.sub(_SAVED.encode(), b"", content[:2048]))
    page = decode(content, declared=charset[1].decode("ascii") if charset else None)
    told = re.search(_SAVED, page[:2048])
    with foreign.parser("web page"):
        text, facts = _text(page), _facts(page, address=told[1] if told else None)
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


def _text(page: str) -> str:
    import trafilatura  # noqa: PLC0415 - slow to import

    page = raised(page)  # trafilatura forgets what is a superscript
    # It drops every <figure> too; the captions are facts of the article. With images on, it also
    # keeps the captions that other elements hold.
    captioned = _FIGURE.sub("", _CAPTION.sub(lambda caption: f"<p>{plain(caption[1])}</p>", page))
    found = trafilatura.extract(captioned, output_format="html", include_comments=False, include_images=True)
    return plain(found or page)


def _facts(page: str, *, address: str | None) -> dict[str, str]:
    import trafilatura  # noqa: PLC0415 - slow to import

    # A page may leave <html> out, and trafilatura then sees none in it.
    tree = trafilatura.load_html(page if "<html" in page[:4096].lower() else f"<html>{page}")
    if tree is None:
        return {}
    found = trafilatura.extract_metadata(tree, default_url=address, extensive=False)
    language = _LANGUAGE.search(page)
    facts = {
        "title": found.title,
        "published": next(filter(dates.lone, _dates(tree)), None),
        "source": found.sitename,
        "author": found.author,
        "url": found.url,
        "language": language[1] if language else None,
    }
    return {name: value for name, value in facts.items() if value}


def _dates(tree: Any) -> Iterator[str]:
    """Yield the dates that the page states, the most reliable first.

    trafilatura's own date can be any date in the text or today's limit; a citation needs the stated one.
    """
    stated = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content")
        for meta in reversed(tree.xpath("//meta[@content]"))
    }
    yield from (stated[name] for name in PUBLISHED if name in stated)
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from _in_json_ld(script)
    yield from tree.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime")
    yield from tree.xpath("//*[self::article or self::main]//time[not(ancestor::p or @itemprop)]/@datetime")


def _in_json_ld(script: str) -> Iterator[str]:
    try:
        waiting = deque([json.loads(script)])
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.popleft()
        if isinstance(value, dict):
            if isinstance(value.get("datePublished"), str):
                yield value["datePublished"]
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
