"""The tree of a page to the facts that it states of its article: in JSON-LD, <meta>, beside its headline."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from rag.corpus.formats.facts import dates
from rag.corpus.formats.html.dom import Element, events
from rag.corpus.formats.text.characters import one_line

PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "article.published", "date"),
    *(
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.issued",
        "pubdate",
        "publishdate",
        "publish-date",
    ),
    *("publication_date", "parsely-pub-date", "sailthru.date", "citation_publication_date"),
)
"""Names of <meta> elements that give the date of publication."""
TITLE = ("dc.title", "dcterms.title", "og:title", "twitter:title", "citation_title", "parsely-title", "title")
AUTHOR = (
    *("dc.creator", "dcterms.creator", "author", "article:author", "article:author_name", "parsely-author"),
    *("sailthru.author", "citation_author", "byl"),
)
SOURCE = ("og:site_name", "dc.publisher", "application-name")

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

_MARK = re.compile(r"\s+(?:[|\-–—:·•»@_]+|::)\s+|\s*[|»]\s*|:\s+")
_BY = re.compile(r"\s*(?:(?:written |posted |story |text )?by|von|par|por|di)\b:?\s+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\d@<>|{}/\\:!?\n]{1,60}")
_NO_NAME = re.compile(
    r"(?:follow|username|admin|administrator|author|authors|staff|editor|by|guest|unknown|share|updated|view)\b"
    r"|.*\b(?:follow|updated|published|posted|comments?|ago|minutes?|editor|writer|reporter|correspondent|senior"
    r"|contributor|columnist|journalist|professor|director|desk)\b",
    re.IGNORECASE,
)
_BYLINES = frozenset({"author", "authorname", "authors", "byauthor", "byline", "fn"})
"""Words of classes of a byline."""
_BETWEEN = re.compile(r"\s*(?:[,;&|•·/]|\s(?:and|und|et|y|e|edited by|with)\s)\s*", re.IGNORECASE)

_LABEL = re.compile(
    r"\b(?:(?P<later>(?:last |zuletzt )?(?:updated?|modified|edited|revised|reviewed|corrected|aktualisiert)"
    r"|mis à jour|actualizado|aggiornato|atualizado)|published|posted|first published|created)\b",
    re.IGNORECASE,
)
_AROUND = frozenset({"aside", "footer", "nav"})
_COMMENT = re.compile(r"(?<![a-z])(?:comments?|disqus|related|recommended|sidebar)(?![a-z])", re.IGNORECASE)
_BLOCKS = frozenset("article br dd div dt h1 h2 h3 h4 h5 h6 header hr li p section table td tr ul".split())

LONGEST_LINE = 160
"""Characters of a line beside the headline that gives a date; a longer one is prose."""
MOST_BYLINES = 20
"""That are looked at, and pieces of text of each."""
NEAR = 12
"""Lines behind the headline that may give its date, and above it a third as many."""


def facts_of(root: Element, *, address: str | None) -> dict[str, str]:
    """Return the facts that the page states, by the names of Article's fields, as it writes them."""
    metas = _metas(root)
    linked = _linked(root)
    lines = list(_near_headline(root))
    url = _url(root, metas, linked) or address or ""
    source = _first(metas, SOURCE) or _name(linked.get("publisher")) or _host(url)
    found = {
        "title": _title(root, metas, linked, source),
        "published": next(filter(dates.lone, _dates(root, metas, linked)), "") or _visible_date(lines),
        "source": source,
        "author": _author(root, metas, linked, lines),
        "url": url,
        "language": root.get("lang") or "",
    }
    return {name: value for name, value in found.items() if value}


def told_in_json(root: Element) -> str:
    """Return the text of the article as JSON-LD tells it, for a page that scripts would fill."""
    body = _linked(root).get("articleBody")
    return body if isinstance(body, str) else ""


def _metas(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = (meta.get("content") or "").strip()
        for name in ("property", "name", "itemprop"):
            for word in (meta.get(name) or "").lower().split():
                if content:
                    found.setdefault(word.replace("dcterm:", "dcterms.").replace("dc:", "dc."), []).append(
                        content
                    )
    return found


def _first(metas: Mapping[str, list[str]], names: Iterable[str]) -> str:
    return next((one_line(metas[name][0]) for name in names if name in metas), "")


def _linked(root: Element) -> dict[str, Any]:
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
            waiting.extend(value[name] for name in _INSIDE if name in value)


def _name(value: object) -> str:
    """Return the names of people or of a publisher, as JSON-LD has them."""
    if isinstance(value, str):
        return "" if value.startswith(("http:", "https:")) else one_line(value)
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(each) for each in value if not isinstance(each, list))))
    if isinstance(value, dict):
        name = value.get("name")
        return _name(name) if isinstance(name, str) else ""
    return ""


def _url(root: Element, metas: Mapping[str, list[str]], linked: Mapping[str, object]) -> str:
    stated = [link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "") == "canonical"]
    stated += [*metas.get("og:url", []), str(linked.get("url", ""))]
    return next((each.strip() for each in stated if each.strip().startswith(("http://", "https://"))), "")


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.rpartition("@")[2].removeprefix("www.")
    except ValueError:  # no address
        return ""


def _title(root: Element, metas: Mapping[str, list[str]], linked: Mapping[str, object], source: str) -> str:
    heads = [one_line("".join(head.itertext())) for head in root.iter("h1")]
    page = next((one_line("".join(title.itertext())) for title in root.iter("title")), "")
    shown = next((head for head in heads if head and head.casefold() in page.casefold()), "")
    title = _first(metas, TITLE) or shown or _name(linked.get("headline")) or page or next(iter(heads), "")
    return _without_site(title, heads, source)


def _without_site(title: str, heads: list[str], source: str) -> str:
    """Return `title` without the name of its site, which stands behind or before a mark."""
    heads_said = {head.casefold() for head in heads}
    marks = list(_MARK.finditer(title))
    parts = [(title[: mark.start()], title[mark.end() :]) for mark in marks]
    for before, after in [*parts[::-1], *((after, before) for before, after in parts)]:
        if before.casefold() in heads_said or (source and after.casefold() == source.casefold()):
            return before
    cut = [part for mark, part in zip(marks, parts, strict=True) if mark[0].strip() in {"|", "»", "·", "::"}]
    if cut and len(cut[-1][0].split()) > 3:
        return cut[-1][0]
    return title


def _author(
    root: Element, metas: Mapping[str, list[str]], linked: Mapping[str, object], lines: list[str]
) -> str:
    stated = [_name(linked.get("author")), *(", ".join(metas.get(name, [])) for name in AUTHOR)]
    for text in stated:
        if names := _names(text):
            return names
    bylines = (each for each in root.iter("a", "address", "div", "p", "span", "strong") if _is_byline(each))
    for element in islice(bylines, MOST_BYLINES):
        if names := _names(" ".join(islice(element.itertext(), MOST_BYLINES))):
            return names
    return next((names for line in lines if _BY.match(line) and (names := _names(line))), "")


def _is_byline(element: Element) -> bool:
    told = element.attrib
    if not told:
        return False
    is_named = told.get("rel") == "author" or "author" in (told.get("itemprop") or "").split()
    words = re.split(r"[\s_-]+", (told.get("class") or "").lower())
    return (is_named or not _BYLINES.isdisjoint(words)) and not any(map(_is_around, element.iterancestors()))


def _names(text: str) -> str:
    """Return the names of a byline, without what stands around them; empty for what is none."""
    text = _BY.sub("", re.sub(r"\([^()]*(?:/|@)[^()]*\)", "", one_line(text)), count=1)
    found = []
    for part in _BETWEEN.split(text):
        name = part.strip(" .")
        if not _NAME.fullmatch(name) or _NO_NAME.match(name) or len(name.split()) > 6:
            break
        found.append(name)
    return ", ".join(dict.fromkeys(found))


def _dates(root: Element, metas: Mapping[str, list[str]], linked: Mapping[str, object]) -> Iterator[str]:
    for name in ("datePublished", "dateCreated"):
        if isinstance(date := linked.get(name), str):
            yield date
    for name in PUBLISHED:
        yield from metas.get(name, ())
    for time in root.iter("time"):
        if time.get("itemprop") == "datePublished" or "pubdate" in time.attrib:
            yield time.get("datetime") or ""


def _near_headline(root: Element) -> Iterator[str]:
    """Yield the lines beside the headline, with times as they are in full, the headline's own first."""
    above: deque[str] = deque(maxlen=NEAR // 3)
    below: list[str] = []
    is_below = False
    for line, is_headline in _lines(root):
        is_prose = len(line) > LONGEST_LINE or (len(line) > 60 and line.endswith((".", "!", "?", "”", '."')))
        if is_headline and not is_below:
            is_below = True
        elif is_below:
            if is_prose or len(below) == NEAR:
                break
            below.append(line)
        elif not is_prose:
            above.append(line)
    yield from below
    if is_below:
        yield from reversed(above)


def _lines(root: Element) -> Iterator[tuple[str, bool]]:
    """Yield the lines of a page, and whether each is a headline."""
    words: list[str] = []
    around = 0
    inside: Element | None = None
    is_headline = False
    for event, element, is_seen in events(root):
        tag = element.tag
        if _is_around(element):
            around += 1 if event == "start" else -1
        if tag in _BLOCKS and (line := " ".join("".join(words).split())):
            yield line, is_headline
            words = []
        if tag == "h1":
            is_headline = event == "start"
        if event == "start" and is_seen and not around and inside is None:
            words.append(element.text or "")
            if tag == "time" and dates.lone(element.get("datetime") or ""):
                later = " updated " if element.get("itemprop") == "dateModified" else " "
                words[-1] = f"{later}{dates.lone(element.get('datetime') or '')} "
                inside = element
        elif event == "end":
            inside = None if inside is element else inside
            if not around and inside is None:
                words.append(element.tail or "")


def _is_around(element: Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in _AROUND or (
        element.tag not in {"html", "body", "main", "article"} and _COMMENT.search(names) is not None
    )


def _visible_date(lines: Iterable[str]) -> str:
    """Return the date of publication that stands beside the headline, never one of a change."""
    for line in lines:
        labels = list(_LABEL.finditer(line))
        starts = [label.start() for label in labels] + [len(line)]
        labelled = [
            line[label.end() : starts[at + 1]] for at, label in enumerate(labels) if not label["later"]
        ]
        for text in [*labelled, line[: starts[0]]]:
            if day := dates.within(text):
                return day.isoformat()
    return ""
