"""What files call the fields of an Article."""

from __future__ import annotations

import re
from collections.abc import Collection

from rag.corpus.formats import hints

NAMES = {
    "id": ("id", "_id", "docid", "doc_id", "guid", "uuid"),
    "title": ("title", "headline", "subject", "heading"),
    "text": (
        *("text", "body", "content", "article", "contents", "maintext", "fulltext", "bodytext"),
        *(
            "page_content",
            "article_body",
            "paragraphs",
            "sections",
            "passage",
            "context",
            "story_text",
            "story",
        ),
        *(
            "abstract",
            "summary",
            "description",
            "excerpt",
            "synopsis",
            "teaser",
            "snippet",
        ),  # if nothing longer
        *("deck", "dek", "standfirst", "lead", "lede", "intro", "subtitle", "subheading", "subheadline"),
    ),
    "published": (
        *("date", "published", "published_at", "published_date", "pub_date", "pubdate", "publish_date"),
        *("publication_date", "date_published", "date_publish", "datetime", "created_at", "timestamp"),
    ),
    "source": ("source", "publisher", "publication", "site", "sitename", "site_name", "outlet", "newspaper"),
    "author": ("author", "authors", "byline", "writer", "creator", "reporter", "journalist", "by"),
    "url": ("url", "link", "permalink", "href", "web_url"),
    "language": ("language", "lang"),
}
"""What files call the fields of an Article, the first that is there wins; publishedAt is published_at."""

DECKS = NAMES["text"][-9:]
"""Names of what pages show between their title and their text."""

SUMMARIES = frozenset(NAMES["text"][NAMES["text"].index("abstract") :])
"""Names of texts that are shorter than the article's own."""

_PARTS: dict[str, tuple[str, str]] = {
    "title": ("title headline heading", ""),
    "text": ("text body content contents", "full main plain raw clean cleaned html page"),
    "published": (
        "date published datetime timestamp posted created",
        "publication publish pub time at on utc gmt local release released issue issued first"
        " original display",
    ),
    "source": ("source publisher outlet newspaper", "name domain site"),
    "author": ("author authors byline writer writers reporter journalist", "name names full s"),
    "url": ("url link permalink", "web page canonical source original"),
    "language": ("language lang", "code"),
}
"""Of names that are made of several words, those of which one has to be there, and those that may be."""

_OF_ARTICLES = frozenset("article articles news post story document doc entry item the".split())
"""What stands before any of these: article_title, News Source."""

_EXACT = {name: (field, rank) for field, names in NAMES.items() for rank, name in enumerate(names)}
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"[\s_./:-]+")


def plain_name(name: str) -> str:
    """Return the `name` of a field as NAMES has it: "Published At" and publishedAt are published_at."""
    humped = _HUMP.sub("_", name.strip()).replace("(", "_").replace(")", "").lower()
    started = "_" if humped.startswith("_") else ""
    return started + _BETWEEN.sub("_", humped).strip("_")


def field_of(name: str) -> tuple[str, int] | None:
    """Return the field that a file calls by this `name`, and its rank among the names of that, best first."""
    name = plain_name(name)
    if name in _EXACT:
        return _EXACT[name]
    words = set(name.split("_")) - _OF_ARTICLES
    for field, (core, others) in _PARTS.items():
        if words & set(core.split()) and words <= {*core.split(), *others.split()}:
            before = [rank for rank, known in enumerate(NAMES[field]) if known in SUMMARIES]
            return field, min(before, default=len(NAMES[field]))
    return None


def fields_of(names: Collection[str]) -> dict[str, list[str]]:
    """Return which of the `names` are of each field, best first; before all, what footnote.toml says."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        if known := field_of(name):
            found.setdefault(known[0], []).append((known[1], name))
    ranked = {
        field: [name for _, name in sorted(each, key=lambda ranked: ranked[0])]
        for field, each in found.items()
    }
    said = {field: name for field, name in hints.now().columns.items() if name in names}
    for field, name in said.items():
        ranked = {known: [each for each in held if each != name] for known, held in ranked.items()}
        ranked[field] = [name, *ranked.get(field, [])]
    return ranked
