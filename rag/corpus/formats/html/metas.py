"""The <meta> elements of a page to what they say of its article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from rag.corpus.formats.facts import named
from rag.corpus.formats.facts.bylines import given_first
from rag.corpus.formats.facts.fields import field_of
from rag.corpus.formats.html.beside import Page
from rag.corpus.formats.html.dom import Element
from rag.corpus.formats.text.characters import one_line

PUBLISHED = (
    *("article:published_time", "og:article:published_time", "article.published", "date"),
    *("dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "datepublished"),
)
"""Names of <meta> elements that give the date of publication, before any others that sound like it."""
TITLE = ("dc.title", "dcterms.title", "og:title", "twitter:title", "citation_title", "parsely-title", "title")
AUTHOR = (
    *("dc.creator", "dcterms.creator", "author", "article:author", "article:author_name"),
    *("citation_author", "byl"),
)
SOURCE = ("og:site_name", "dc.publisher", "application-name")

_BY_PERSON = frozenset({"dc.creator", "dcterms.creator", "citation_author"})
"""Names that are there once for each person, whose family name may stand before a comma."""
_MAKER = re.compile(r"[A-Za-z]+(?:[.:]|-(?=author)|[-_](?=\w+[-_]))")
"""Whose name it is: sailthru.date, parsely-author, parsely-pub-date; revision-date is a date of its own."""
_STORIES = frozenset({"article", "post", "story"})
"""What a <meta> in JSON calls a page with an article, as Parse.ly does."""


class Metas:
    """What the <meta> elements of a page say."""

    def __init__(self, page: Page) -> None:
        """Read them; what the parts of a page say of other articles stays out."""
        self._said: dict[str, list[str]] = {}
        self._fields: dict[str, set[str]] = {}  # by name
        self._objects: list[dict[str, str]] = []
        ranks: dict[str, int] = {}
        for meta in page.root.iter("meta"):
            content = (meta.get("content") or "").strip()
            if content and not (meta.get("itemprop") and page.is_of_another(meta)):
                self._see(meta, content, ranks)

    def _see(self, meta: Element, content: str, ranks: dict[str, int]) -> None:
        if content.startswith("{"):
            self._objects += _object(content)
            return
        for rank, kind in enumerate(("property", "name", "itemprop")):
            for written in (meta.get(kind) or "").split():
                name = written.lower().replace("dcterm:", "dcterms.").replace("dc:", "dc.")
                if ranks.setdefault(name, rank) > rank:  # a property outranks a name
                    del self._said[name]
                    ranks[name] = rank
                if ranks[name] == rank:
                    self._said.setdefault(name, []).append(content)
                    if name not in self._fields:
                        self._fields[name] = _fields(written) | _fields(name)

    def first(self, names: Iterable[str]) -> str:
        """Return what is said under the first of these `names` that is there."""
        return next((one_line(self._said[name][0]) for name in names if name in self._said), "")

    def all(self, name: str) -> list[str]:
        """Return all that is said under a name."""
        return self._said.get(name, [])

    def dates(self) -> list[str]:
        """Return what may be the date of publication, best first."""
        known = [said for name in PUBLISHED for said in self._said.get(name, ())]
        return [*known, *self._others("published", PUBLISHED)]

    def authors(self) -> list[str]:
        """Return what may be the names of the authors, best first."""
        known = [_people(name, self._said[name]) for name in AUTHOR if name in self._said]
        return [*known, *self._others("author", AUTHOR), *self.for_machines("author")]

    def for_machines(self, field: str) -> list[str]:
        """Return what objects in JSON say of a `field`, which nobody sees."""
        return [each[field] for each in self._objects if field in each]

    def _others(self, field: str, known: Sequence[str]) -> list[str]:
        """Return what is said under other names like those of `field`, the maker's before it or not."""
        return [
            ", ".join(said)
            for name, said in self._said.items()
            if name not in known and field in self._fields[name]
        ]


def _fields(name: str) -> set[str]:
    """Return the field that a `name` sounds like, with its humps."""
    known = field_of(name) or field_of(_MAKER.sub("", name, count=1))
    return {known[0]} if known else set()


def _people(name: str, said: Sequence[str]) -> str:
    """Return the names in `said`, the family's last."""
    if name in _BY_PERSON:
        said = [given_first(one_line(each)) for each in said]
    return ", ".join(said)


def _object(content: str) -> list[dict[str, str]]:
    """Return what a <meta> says that holds a JSON object about an article."""
    with suppress(ValueError, RecursionError):
        value = json.loads(content)
        if isinstance(value, dict) and str(value.get("type")).lower() in _STORIES:
            return [named(value)]
    return []
