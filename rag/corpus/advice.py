"""What is missing or odd in the articles to words: its likely cause, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rag.corpus.corrections import FILE
from rag.corpus.filters import file_of
from rag.corpus.health import EXAMPLES, Fact, Group, Health


def summary(health: Health) -> Iterator[str]:
    """Yield what is missing or odd, in a few lines; nothing where nothing is."""
    lacking = [_lack(fact, sum(kind.count for kind in kinds)) for fact, kinds in health.lacking.items()]
    if lacking:
        yield f"of {_articles(health)} {', '.join(lacking)}"
    if health.titles:
        title, more = health.titles[0], _more(health.titles, "title")
        yield f"{title.count:,} articles are called “{title.name}”{more}"
    if health.templates:
        code, more = health.templates[0], _more(health.templates, "piece")
        yield f"code of a template is left in {code.examples[0]}: {code.name}{more}"
    if health.left_out:
        line, more = health.left_out[0], _more(health.left_out, "line")
        yield f"“{line.name}” is left out of {line.count:,} articles{_where(line)} as page furniture{more}"
    if health.lines:
        line, more = health.lines[0], _more(health.lines, "line")
        yield f"“{line.name}” stands in {line.count:,} articles{_where(line)}{more}"
    if health.idle:
        yield f"{FILE} speaks of {_listed(health.idle)}, which {_are(health.idle)} not there"


def _articles(health: Health) -> str:
    return "1 article" if health.articles == 1 else f"{health.articles:,} articles"


def findings(health: Health) -> Iterator[tuple[str, str]]:
    """Yield each thing that is missing or odd with its likely cause and what to do: a subject, and a text."""
    for fact, kinds in health.lacking.items():
        for kind in kinds:
            yield (
                fact,
                f"of {_articles(health)} {_lack(fact, kind.count)}, from {kind.name}, such as"
                f" {', '.join(kind.examples)}: {cause(fact, kind.name)}. {step(fact, kind)}",
            )
    for title in health.titles:
        yield (
            "title",
            f"{title.count:,} articles are called “{title.name}”, such as {', '.join(title.examples)}:"
            ' likely the name of their site. rag set ID --title "..."',
        )
    for code in health.templates:
        yield (
            "template",
            f"{code.name} is left in {code.count:,} {'article' if code.count == 1 else 'articles'}, such as"
            f" {', '.join(code.examples)}: likely saved before the page's script filled it in. Save it anew",
        )
    for line in health.left_out:
        yield (
            "furniture",
            f"“{line.name}” is left out of {line.count:,} of {line.of:,} articles{_where(line)}, such as"
            f" {', '.join(line.examples)}: it repeats around their texts. To have it searched and quoted,"
            f' list it as keep under [files."FOLDER"] in {FILE}',
        )
    for line in health.lines:
        yield (
            "line",
            f"“{line.name}” stands in {line.count:,} of {line.of:,} articles{_where(line)}, such as"
            f" {', '.join(line.examples)}: it may be page furniture. List it as drop, or as keep to be told"
            f' no more, under [files."FOLDER"] in {FILE}',
        )
    for name in health.idle:
        yield (
            "gone",
            f"{FILE} speaks of {name}, which is not there: it was removed or renamed. Change it there",
        )


def _lack(fact: Fact, count: int) -> str:
    return f"{count:,} {_LACK[fact][count != 1]}"


def _more(groups: Sequence[Group], noun: str) -> str:
    more = len(groups) - 1
    return f" (and {more:,} more {noun}{'' if more == 1 else 's'})" if more else ""


def _where(line: Group) -> str:
    return f" of {line.within}" if line.within else " in the top folder"


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:EXAMPLES])
    return f"{shown} and {len(names) - EXAMPLES:,} more" if len(names) > EXAMPLES else shown


def cause(fact: Fact, kind: str) -> str:
    """Return why articles from files of this kind are likely to be without a fact."""
    return _CAUSES.get((fact, kind)) or _CAUSES[fact, ""]


def step(fact: Fact, group: Group) -> str:
    """Return what to do about articles that are without a fact."""
    first = group.examples[0]
    one = f"rag set {_quoted(first)} --{fact} {_VALUES[fact]}"
    if group.name == "tables":
        where = f'[files."{file_of(first)}".columns] in {FILE}'
        return f'Name the column under {where}: {fact} = "..."; or set it: {one}'
    if fact in ("source", "author"):
        return f'{one}; for a whole folder {fact} = "..." under [files."FOLDER"] in {FILE}'
    if fact == "date" and group.name in ("web pages", "text files", "Markdown files"):
        return f'{one}; where 03/04/2025 is not clear, dates = "day" or "month" in {FILE}'
    return one


def _quoted(id_: str) -> str:
    return id_ if re.fullmatch(r"[\w./@:+-]+", id_) else "'" + id_.replace("'", "'\\''") + "'"


_LACK: Mapping[Fact, tuple[str, str]] = {
    "date": ("has no date", "have no date"),
    "title": ("is called by the name of its file", "are called by the names of their files"),
    "author": ("has no author", "have no author"),
    "source": ("has no source", "have no source"),
}
"""Of one article, and of more."""
_VALUES: Mapping[Fact, str] = {"date": "2025-04-11", "title": '"..."', "author": '"..."', "source": '"..."'}

_CAUSES: Mapping[tuple[Fact, str], str] = {
    ("date", "text files"): "no line at the top gives one, such as: Published: 14 August 2025",
    ("date", "Markdown files"): "no date in their front matter or in a line at the top",
    ("date", "web pages"): "the pages name none, or one that may be two days, such as 03/04/2025",
    ("date", "PDF files"): "a PDF says when the file was made, not when the article was published",
    ("date", "Word files"): "a Word file says when it was saved, not when the article was published",
    ("date", "tables"): "no column of dates is known, or its days may be two, such as 03/04/2025",
    ("date", ""): "their files give none",
    ("title", "tables"): "no column of titles is known, or it is empty",
    ("title", "PDF files"): "neither the file nor the first lines of its text give one",
    ("title", ""): "their files give none, or the very same",
    ("author", "tables"): "no column of authors is known, or it is empty",
    ("author", ""): "their files name none",
    ("source", "web pages"): "the pages do not name their site",
    ("source", "tables"): "no column of sources is known, or it is empty",
    ("source", ""): "their files name none",
}
"""By fact and kind of file."""


def as_json(health: Health) -> dict[str, Any]:
    """Return `health` as plain dictionaries and lists, with the cause and the step of what is lacking."""
    return {
        "articles": health.articles,
        "lacking": {
            fact: {
                "count": sum(kind.count for kind in kinds),
                "kinds": [
                    {"kind": kind.name, "count": kind.count, "examples": list(kind.examples)}
                    | {"cause": cause(fact, kind.name), "step": step(fact, kind)}
                    for kind in kinds
                ],
            }
            for fact, kinds in health.lacking.items()
        },
        "titles": [
            {"title": each.name, "count": each.count, "examples": list(each.examples)}
            for each in health.titles
        ],
        "templates": [
            {"code": each.name, "count": each.count, "examples": list(each.examples)}
            for each in health.templates
        ],
        "left_out": [_line(each) for each in health.left_out],
        "lines": [_line(each) for each in health.lines],
        "corrections_without_article": list(health.idle),
        "unread": dict(health.unread),
    }


def _line(group: Group) -> dict[str, Any]:
    return {
        "line": group.name,
        "count": group.count,
        "of": group.of,
        "within": group.within,
        "examples": list(group.examples),
    }
