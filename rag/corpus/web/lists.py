"""A feed or sitemap to the addresses it lists; the only door to feedparser.

Sitemaps are not parsed as XML: nothing in one can then name an entity, and a broken one still gives what it
has. feedparser resolves no external entity; a feed that declares entities of its own is refused.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urldefrag, urljoin

from rag.corpus.formats import foreign
from rag.corpus.formats.apart import LIMITS, Limits, Pool
from rag.corpus.formats.text.characters import decode
from rag.corpus.formats.worker import Record
from rag.corpus.web.get import LARGEST, Fetched, unpacked
from rag.errors import ReadingError, Remark, WebError

_PACKED = b"\x1f\x8b"
_ROOT = re.compile(rb"<([A-Za-z][\w:.-]*)")
_FEEDS = frozenset({b"rss", b"feed", b"rdf:RDF"})
_SITEMAPS = frozenset({b"urlset", b"sitemapindex"})

# Each begins at a mark and stops at the next "<", so that no text makes them look at the same place twice.
_ENTRY = re.compile(r"<(?:url|sitemap)(?=[\s>])")
_ADDRESS = re.compile(r"<loc>([^<]*(?:<!\[CDATA\[[^\]<]*)?)")
_CHANGED = re.compile(r"<lastmod>([^<]*)")


@dataclass(frozen=True, slots=True)
class Links:
    """What a feed or sitemap lists, each address once."""

    pages: tuple[str, ...] = ()
    """Newest first where it says when they changed, else in its order."""
    lists: tuple[str, ...] = ()
    """Further sitemaps, likewise."""


def links(found: Fetched, *, limits: Limits = LIMITS) -> Links | None:
    """Return what `found` lists, None when it is neither feed nor sitemap.

    Raises WebError for a hostile one, ReadingError for one that cannot be parsed within the `limits`.
    """
    content = unpacked(found.content, LARGEST) if found.content.startswith(_PACKED) else found.content
    first = _ROOT.search(content[:4096])
    root = first[1] if first else b""
    if root not in _FEEDS | _SITEMAPS:
        return None
    if root in _FEEDS and b"<!ENTITY" in content:
        raise WebError("is a feed that declares entities of its own, which no feed needs")
    with Pool(listed, limits) as pool:
        outcome = pool.find("\n".join((found.url, found.media, found.charset or "")), content)
    addresses = tuple(dict.fromkeys(_address(each) for each in outcome))
    return Links(lists=addresses) if root == b"sitemapindex" else Links(pages=addresses)


def _address(found: Record | ReadingError | Remark) -> str:
    if isinstance(found, ReadingError):
        raise found
    return found.said if isinstance(found, Remark) else found[0]


def listed(content: bytes, name: str) -> Iterator[Record]:
    """Yield the addresses in a feed or sitemap; `name` has a line each for its own, its type and encoding."""
    url, media, charset = name.split("\n")
    root = _ROOT.search(content[:4096])
    if root and root[1] in _FEEDS:
        addresses = _in_feed(content, f"{media}; charset={charset}" if charset else "")
    else:
        addresses = _in_sitemap(decode(content))
    return ((address,) for address in _whole(url, addresses))


def _in_feed(content: bytes, told: str) -> list[str]:
    """Return the address of each entry; `told` is the type with the encoding, where a server names it."""
    import feedparser  # noqa: PLC0415 - slow to import

    headers = {"content-type": told} if told else {}
    with foreign.parser("feed"):
        feed = feedparser.parse(
            BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    return [entry.get("link", "") for entry in feed.entries]


def _in_sitemap(text: str) -> list[str]:
    entries = []
    for entry in _ENTRY.split(text)[1:]:
        if address := _ADDRESS.search(entry):
            changed = _CHANGED.search(entry)
            named = html.unescape(address[1].replace("<![CDATA[", ""))
            entries.append((changed[1].strip() if changed else "", named))
    entries.sort(
        key=lambda entry: entry[0], reverse=True
    )  # dates as ISO 8601 writes them; the sort is stable
    return [named for _, named in entries]


def _whole(base: str, addresses: Iterable[str]) -> Iterator[str]:
    """Yield the web addresses among `addresses`, which may be relative to `base`."""
    whole = (_joined(base, address.strip()) for address in addresses if address.strip())
    return filter(_is_web_address, whole)


def _is_web_address(url: str) -> bool:
    return url.startswith(("http://", "https://")) and url.isprintable()  # it is shown in terminals


def _joined(base: str, address: str) -> str:
    try:
        return urldefrag(urljoin(base, address)).url
    except ValueError:  # such as a host in square brackets that is none
        return ""
