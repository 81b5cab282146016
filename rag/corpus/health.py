"""Articles to what is missing or odd in them; `advice` says what to do about it.

It looks at the articles as they are in the index, so it says what a question meets; nothing is read anew.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from rag.corpus import filters, repeated
from rag.corpus.corrections import Corrections
from rag.corpus.formats.facts import title_of_file
from rag.corpus.repeated import Repeated, Repeats
from rag.types import Article, Card

Fact: TypeAlias = Literal["date", "title", "author", "source"]

EXAMPLES = 3
"""Articles that are named for each finding."""

SAME_TITLE = 3
"""Articles of different text that share a title: two may be an article and its correction."""

MOST_LISTED = 20
"""Titles, and lines, that are listed, the most frequent first."""

KINDS = {
    **dict.fromkeys((".txt", ".text"), "text files"),
    **dict.fromkeys((".md", ".markdown"), "Markdown files"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "web pages"),
    ".pdf": "PDF files",
    ".docx": "Word files",
    ".epub": "EPUB files",
    **dict.fromkeys((".jsonl", ".ndjson", ".csv", ".tsv"), "tables"),
}
"""What people call the formats that are read."""

_TEMPLATE = re.compile(
    r"\{\{[^{}\n]{1,200}\}\}|\{%[^%{}\n]{1,200}%\}|<%[^%<>\n]{1,200}%>|\$\{[A-Za-z_][\w.]{0,100}\}"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that have something in common."""

    name: str
    """What they have: a kind of file, a title, a line, code."""
    count: int
    examples: tuple[str, ...]
    """The ids of the first few."""
    within: str = ""
    """Of a line, the source or the folder of its articles; empty for the top folder."""
    of: int = 0
    """Of a line, how many articles there are within."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is missing or odd in the articles of an index."""

    articles: int = 0
    lacking: Mapping[Fact, tuple[Group, ...]] = field(default_factory=dict)
    """Articles without a date, without a title of their own and so on, by kinds of files, most first."""
    titles: tuple[Group, ...] = ()
    """Titles that articles of different text share."""
    templates: tuple[Group, ...] = ()
    """Code of a template that was left in a text."""
    left_out: tuple[Group, ...] = ()
    """Lines that repeat across articles of one source or folder, and are left out as page furniture."""
    lines: tuple[Group, ...] = ()
    """Other lines that repeat so, and may be furniture."""
    idle: tuple[str, ...] = ()
    """Articles and patterns that footnote.toml speaks of, and that are not there."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """What was read in part or not at all, and why."""


def examine(
    articles: Iterable[Article],
    *,
    files: Iterable[str] = (),
    unread: Mapping[str, str] | None = None,
    corrections: Corrections | None = None,
    lines: Iterable[Repeated] | None = None,
) -> Health:
    """Return the health of `articles`, which come from `files`; each article is looked at once.

    `lines` are those that repeat in them, the most frequent first; they are counted here unless given.
    """
    corrections = corrections or Corrections()
    repeats = Repeats() if lines is None else None
    lacking: dict[Fact, dict[str, list[str]]] = {fact: defaultdict(list) for fact in LACKS}
    titles: dict[str, dict[int, str]] = defaultdict(dict)
    templates: dict[str, list[str]] = defaultdict(list)
    left_out = _LeftOut()
    ids = []
    for article in articles:
        ids.append(article.id)
        for fact, lacks in LACKS.items():
            if lacks(article):
                lacking[fact][kind_of(article.id)].append(article.id)
        titles[article.title].setdefault(hash(article.text), article.id)
        for code in _templates(article):
            templates[code].append(article.id)
        left_out.see(article)
        if repeats is not None:
            repeats.see(article)
    if repeats is not None:
        lines = repeats.found(corrections.hints)
    shared = {title: list(found.values()) for title, found in titles.items() if len(found) >= SAME_TITLE}
    return Health(
        articles=len(ids),
        lacking={fact: _groups(kinds) for fact, kinds in lacking.items() if kinds},
        titles=_groups(shared)[:MOST_LISTED],
        templates=_groups(templates)[:MOST_LISTED],
        left_out=left_out.groups(),
        lines=tuple(
            Group(each.line, len(each.holders), each.holders[:EXAMPLES], each.within, each.of)
            for each in islice(lines or (), MOST_LISTED)
        ),
        idle=tuple(corrections.idle(files, ids)),
        unread=unread or {},
    )


def kind_of(id_: str) -> str:
    """Return what people call the format of the file that the article with this id is from."""
    return KINDS.get(PurePosixPath(filters.file_of(id_)).suffix.lower(), "other")


def is_named_after_file(article: Article | Card) -> bool:
    """Say whether an article is called what it would be called if its file gave no title."""
    file = filters.file_of(article.id)
    if file == article.id:
        return article.title == title_of_file(file)
    name = article.id[len(file) + 1 :]
    page = urlsplit(name).path.removesuffix("/index.html") if name.startswith(("http://", "https://")) else ""
    return article.title in (f"{title_of_file(file)} {name}", title_of_file(page))


LACKS: Mapping[Fact, Callable[[Article | Card], bool]] = {
    "date": lambda article: article.published is None,
    "title": is_named_after_file,
    "author": lambda article: not article.author,
    "source": lambda article: not article.source,
}
"""Whether an article is without a fact."""


def _templates(article: Article) -> Iterator[str]:
    """Yield the code of templates in an article, each piece once; an article may show code as code."""
    if not any(sign in article.text or sign in article.title for sign in ("{{", "{%", "<%", "${")):
        return
    code = [(block.start, block.end) for block in article.blocks if block.kind == "code"]
    found = [
        match[0]
        for match in _TEMPLATE.finditer(article.text)
        if not any(start <= match.start() < end for start, end in code)
    ]
    yield from dict.fromkeys([*(match[0] for match in _TEMPLATE.finditer(article.title)), *found])


def _groups(found: Mapping[str, Sequence[str]]) -> tuple[Group, ...]:
    groups = [Group(name, len(ids), tuple(ids[:EXAMPLES])) for name, ids in found.items()]
    return tuple(sorted(groups, key=lambda group: (-group.count, group.name)))


class _LeftOut:
    """The lines that are left out of articles as furniture."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._sizes: Counter[str] = Counter()

    def see(self, article: Article) -> None:
        """Take an article into account."""
        within = repeated.within_of(article)
        self._sizes[within] += 1
        for line in dict.fromkeys(repeated.left_out(article)):
            self._found[within, line].append(article.id)

    def groups(self) -> tuple[Group, ...]:
        """Return all of them, the most frequent first."""
        found = [
            Group(line, len(ids), tuple(ids[:EXAMPLES]), within, self._sizes[within])
            for (within, line), ids in self._found.items()
        ]
        return tuple(sorted(found, key=lambda group: (-group.count, group.within, group.name)))
