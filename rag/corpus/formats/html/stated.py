"""The tree of a page to the facts that it states of its article: in JSON-LD, <meta>, beside its headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from urllib.parse import urlsplit

from rag.corpus.formats.facts import dates
from rag.corpus.formats.html import linked, metas
from rag.corpus.formats.html.beside import Page, shown_date
from rag.corpus.formats.html.dom import Element, words_of
from rag.corpus.formats.html.metas import Metas
from rag.corpus.formats.text.characters import one_line

_MARK = re.compile(r"\s+(?:[|\-–—:·•»@_]+|::)\s+|\s*[|»]\s*|:\s+")
_BY = re.compile(r"\s*(?:(?:written |posted |story |text )?by|von|par|por|di)\b:?\s+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\d@<>|{}/\\:!?\n]{1,60}")
_NO_NAME = re.compile(
    r"(?:follow|username|admin|administrator|author|authors|staff|editor|by|guest|unknown|share|updated|view)\b"
    r"|.*\b(?:follow|updated|published|posted|comments?|ago|minutes?|editor|writer|reporter|correspondent|senior"
    r"|contributor|columnist|journalist|professor|director|desk)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,;&|•·/]|\s(?:and|und|et|y|e|edited by|with)\s)\s*", re.IGNORECASE)

_ORGANISATION = re.compile(r"the\b|.*\b(?:for|of)\b|.*\w\.(?:com|net|org)\b", re.IGNORECASE)
"""How what stands beside a name begins that is no other person's."""
_IS_UTC = re.compile(r"(?<![+-]\d)\d:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:Z|UTC|GMT|[+-]00:?00)?$", re.IGNORECASE)
"""How a time ends that may be another day's where the page was published."""

PIECES = 20
"""Of text in a byline that are read."""


def facts_of(root: Element, *, address: str | None) -> dict[str, str]:
    """Return the facts that the page states, by the names of Article's fields, as it writes them."""
    page = Page(root)
    meta = Metas(page)
    said = linked.said(root)
    lines = page.lines()
    url = _url(root, meta, said) or address or ""
    source = meta.first(metas.SOURCE) or linked.name(said.get("publisher")) or _host(url)
    dated = [each for name in ("datePublished", "dateCreated") if isinstance(each := said.get(name), str)]
    found = {
        "title": _title(root, meta, said, source),
        "published": _published(
            [*dated, *meta.dates(), *page.times()], shown_date(lines), meta.for_machines("published")
        ),
        "source": source,
        "author": _author(page, meta, said, lines),
        "url": url,
        "language": root.get("lang") or "",
    }
    return {name: value for name, value in found.items() if value}


def told_in_json(root: Element) -> str:
    """Return the text of the article as JSON-LD tells it, for a page that scripts would fill."""
    body = linked.said(root).get("articleBody")
    return body if isinstance(body, str) else ""


def _url(root: Element, meta: Metas, said: Mapping[str, object]) -> str:
    stated = [link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "") == "canonical"]
    stated += [*meta.all("og:url"), str(said.get("url", ""))]
    return next((each.strip() for each in stated if each.strip().startswith(("http://", "https://"))), "")


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.rpartition("@")[2].removeprefix("www.")
    except ValueError:  # no address
        return ""


def _title(root: Element, meta: Metas, said: Mapping[str, object], source: str) -> str:
    heads = [one_line(words_of(head)) for head in root.iter("h1")]  # without the sign of its address
    page = next((one_line("".join(title.itertext())) for title in root.iter("title")), "")
    shown = next((head for head in heads if head and head.casefold() in page.casefold()), "")
    title = (
        meta.first(metas.TITLE) or shown or linked.name(said.get("headline")) or page or next(iter(heads), "")
    )
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


def _author(page: Page, meta: Metas, said: Mapping[str, object], lines: Iterable[str]) -> str:
    found: list[str] = []
    for text in chain(
        (linked.name(said.get("author")), *meta.authors()),
        (" ".join(islice(element.itertext(), PIECES)) for element in page.bylines()),
        (line for line in lines if _BY.match(line)),
    ):
        if names := _names(text):
            if " " in names or not names.islower():
                return names
            found.append(names)  # somebody's key, unless nothing better is told
    return next(iter(found), "")


def _names(text: str) -> str:
    """Return the names of a byline, without what stands around them; empty for what is none."""
    text = _BY.sub("", re.sub(r"\([^()]*(?:/|@)[^()]*\)", "", one_line(text)), count=1)
    found: list[str] = []
    for part in _BETWEEN.split(text):
        name = part.strip(" .")
        if found and _ORGANISATION.match(name):
            continue
        if not _NAME.fullmatch(name) or _NO_NAME.match(name) or len(name.split()) > 6:
            break
        found.append(name)
    return ", ".join(dict.fromkeys(found))


def _published(stated: Sequence[str], shown: str, for_machines: Sequence[str]) -> str:
    """Return the date of publication, of a time in UTC the day that the page shows or tells elsewhere."""
    known = [each for said in stated if dates.given(each := one_line(said))]
    if not known:
        return next(filter(dates.given, (shown, *map(one_line, for_machines))), "")
    told = dates.given(known[0])
    if told and (_IS_UTC.search(known[0]) or known[0].isdigit()):  # as programs count the time
        for other in filter(None, (shown, *(each for each in known if not _IS_UTC.search(each)))):
            if (day := dates.given(other)) and abs((day - told).days) == 1:
                return other
    return known[0]
