"""The scripts of JSON-LD in a page to what they say of its article."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from rag.corpus.formats.html.dom import Element
from rag.corpus.formats.html.inside import spoken
from rag.corpus.formats.text.characters import one_line

_ARTICLES = re.compile(
    r"(?:\w*Article|\w*BlogPosting|SocialMediaPosting|DiscussionForumPosting|Report|Review)"
)
_PAGES = re.compile(r"(?:\w*Page|)")
"""Types of what may tell of the article on it; empty for what has no type."""
_WRAPPED = re.compile(
    r"\A\s*(?:/[/*]\s*)?(?:<!\[CDATA\[|<!--)(?:\s*\*/)?|(?:/[/*]\s*)?(?:\]\]>|-->)(?:\s*\*/)?\s*\Z"
)
"""What hides a script from browsers that know none."""
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")


def said(root: Element) -> dict[str, Any]:
    """Return what JSON-LD says of the article; of several the one that has the page's headline."""
    articles, pages = [], []
    for script in root.iter("script"):
        if (script.get("type") or "").lower().startswith("application/ld+json"):
            for value in _values(script.text or ""):
                kinds = value.get("@type", "")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _ARTICLES.fullmatch(kind) for kind in kinds):
                    articles.append(value)
                elif any(isinstance(kind, str) and _PAGES.fullmatch(kind) for kind in kinds):
                    pages.append(value)
    heads = {one_line("".join(head.itertext())).casefold() for head in root.iter("h1", "title")}
    for article in articles:
        if any(str(article.get("headline", "\0")).casefold() in head for head in heads):
            return article
    found: dict[str, Any] = {}
    for value in reversed([*articles[:1], *pages]):
        found.update(value)
    return found


def name(value: object) -> str:
    """Return the names of people or of a publisher, as JSON-LD has them."""
    if isinstance(value, str):
        return "" if value.startswith(("http:", "https:")) else one_line(spoken(value))
    if isinstance(value, list):
        return ", ".join(filter(None, (name(each) for each in value if not isinstance(each, list))))
    if isinstance(value, dict):
        said = value.get("name")
        return name(said) if isinstance(said, str) else ""
    return ""


def _values(script: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a script that tell of the page itself, and not of what it mentions."""
    try:
        waiting = deque([json.loads(_WRAPPED.sub("", script), strict=False)])
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[inside] for inside in _INSIDE if inside in value)
