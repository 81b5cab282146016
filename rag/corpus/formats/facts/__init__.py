"""A text and the facts its file gives to an Article.

Facts are written as the file has them; they become a date, a code or an address only here, for all formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import PurePosixPath
from typing import TypeAlias

from rag.corpus.formats.facts import datelines, dates, languages
from rag.corpus.formats.facts.bylines import authors, without_site
from rag.corpus.formats.facts.fields import field_of, fields_of
from rag.corpus.formats.facts.values import words
from rag.corpus.formats.text import references
from rag.corpus.formats.text.characters import one_line
from rag.corpus.formats.text.lines import Line, cleaned, joined, lines_of
from rag.errors import ReadingError
from rag.types import Article

Facts: TypeAlias = Mapping[str, str]
"""What a file says about its article, by the names of Article's fields."""

_LABELLED = re.compile(r"([A-Za-z][A-Za-z _-]{1,20}): +(\S.*)")
_WORD = r"(?:[^\W\d_a-z][\w.’'-]*|de|da|di|du|van|von|der|den|la|le|al|bin|and|&)"
_BYLINE = re.compile(
    rf"(?:(?:[Ww]ritten|[Pp]osted|[Pp]ublished) )?[Bb]y:? +((?=[^\W\d_a-z]){_WORD}(?:,? {_WORD}){{0,11}})"
)
_BETWEEN = re.compile(r"\s*[,|•·–—-]\s*|\s+(?:on\s+|at\s+)?")
"""Between who wrote an article and when: "By Jane Doe, 3 March 2026"."""
_URL = re.compile(r"https?://[^\s\ud800-\udfff]+")  # half a surrogate pair cannot be stored
_CLOSED = re.compile(r"(?<![.\s][A-Z])[.,;:…—–-][”\"’')\]]*$")
_ASKED = re.compile(r"[?!][”\"’')\]]*$")
_ENDED = re.compile(r"[^\W\d_]{2}[.!?][”\"’')\]]*(?=\s|$)")
_TAGS = re.compile(r"(?:\s+#[^\W\d]\w*)+$")
"""Behind a text: "It rained. #weather"."""

LONGEST_BYLINE = 120
"""Characters of one that says the day too."""

LONGEST_HEADLINE = 200
"""Characters; the longest of the 3,786 headlines of the RealTimeQA news corpus have about 150."""

LONGEST_QUESTION = 80
"""Characters of a headline that ends in ? or !; 80 of 4,456 titles of posts and news do, in 72 at most."""


def named(values: Mapping[str, object]) -> dict[str, str]:
    """Return what `values` gives under any of the names that `fields` knows, in words."""
    found = {
        field: [given for name in names if (given := words(values[name]))]
        for field, names in fields_of(values).items()
    }
    if len(found.get("published", ())) > 1:  # only what is no date gives way: "n/a" does not hide the next
        found["published"].sort(key=lambda given: dates.given(one_line(given)) is None)
    return {field: given[0] for field, given in found.items() if given}


def article(
    id: str,
    text: str | Iterable[Line],
    given: Facts,
    *,
    otherwise: Facts | None = None,
    untitled: str = "",
) -> Article:
    """Return the clean article; `given` outranks what its top lines say, which outrank `otherwise`.

    Without any title it is called `untitled`, or after its file. The `text` of a file without structure comes
    as it is, any other as its lines.

    Raises ReadingError when no text is left.
    """
    lines = cleaned(lines_of(text) if isinstance(text, str) else _parted(text))
    known = {**(otherwise or {}), **given}
    full = one_line(known.get("title", ""))
    top, first = _top(lines, full, without_site(full, one_line(known.get("source", ""))))
    facts = {**(otherwise or {}), **top, **given}
    source = one_line(facts.get("source", ""))
    author = one_line(authors(facts.get("author", ""), source))
    rest = lines[first:]
    if not isinstance(text, str):  # what has no structure gets none from its facts
        rest = list(references.marked(datelines.set_apart(rest, author, source)))
    body, blocks = joined(rest)
    if not body:
        raise ReadingError("holds no text")
    url = _web_address(facts.get("url", ""))
    stated = (dates.given(one_line(each.get("published", ""))) for each in (given, top, otherwise or {}))
    published = next(filter(None, stated), None)
    return Article(
        id=id,
        title=without_site(one_line(facts.get("title", "")), source) or untitled or title_of_file(id),
        text=body,
        published=published or (dates.in_address(url) if url else None) or dates.in_name(id),
        source=source or None,
        author=author or None,
        url=url,
        language=languages.code(facts.get("language", "")),
        blocks=blocks,
    )


def title_of_file(id: str) -> str:
    """Return the file's name made readable: news/my_article-2.txt is "My article 2"."""
    name = " ".join(re.split(r"[\s_-]+", PurePosixPath(id).stem)).strip()
    return name[:1].upper() + name[1:]


def _parted(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield `lines`; a paragraph that begins with a fact or has a label in each line ends at its breaks."""
    for line in lines:
        first, *more = line.text.strip().split("\n")
        if (
            more
            and line.kind == "paragraph"
            and (_facts(one_line(first)) or all(map(_LABELLED.fullmatch, (first, *more))))
        ):
            yield replace(line, text=first)
            yield from (replace(line, text=each, gap=False) for each in more)
        else:
            yield line


def _top(lines: Sequence[Line], title: str, bare: str) -> tuple[dict[str, str], int]:
    """Return the facts that the first lines give, and the number of the first that is prose.

    The title may stand there again, as it is given or `bare` of its site.
    """
    facts: dict[str, str] = {}
    said = {title.casefold(), bare.casefold()} - {""}
    for number, line in enumerate(lines):
        if one_line(line.text).casefold() in said:
            continue
        if found := _facts(line.text):
            facts = found | facts
        elif not title and _is_headline(lines[number : number + 2]):
            facts["title"] = title = line.text
        else:
            return _beside(lines[number:]) | facts, number
        title = title or facts.get("title", "")
        said = said or {one_line(title).casefold()} - {""}
    return facts, len(lines)


def _beside(lines: Sequence[Line]) -> dict[str, str]:
    """Return the facts of the paragraph that `lines` begin with, where each of its lines has a label."""
    below = takewhile(lambda line: not line.gap, lines[1:])
    named = [_LABELLED.fullmatch(line.text) for line in (lines[0], *below)]
    found = [_labelled(*match.groups()) for match in named if match]
    return dict(filter(None, reversed(found))) if all(named) else {}


def _facts(line: str) -> dict[str, str]:
    """Return what `line` is there to say, such as {"author": "Jane Doe"}; nothing for prose."""
    line = line.strip()
    if dates.lone(line):
        return {"published": line}
    if match := _BYLINE.fullmatch(line):
        return {"author": match[1]}
    if _URL.fullmatch(line):
        return {"url": line}
    if code := languages.label(line):
        return {"language": code}
    if match := _LABELLED.fullmatch(line):
        return dict(filter(None, [_labelled(*match.groups())]))
    return _signed(line)


def _signed(line: str) -> dict[str, str]:
    """Return who wrote an article and when, where `line` says no more than that."""
    if len(line) > LONGEST_BYLINE or "by" not in line.lower():
        return {}
    for between in _BETWEEN.finditer(line):
        before, behind = line[: between.start()], line[between.end() :]
        for name, day in ((before, behind), (behind, before)):
            if (match := _BYLINE.fullmatch(name)) and dates.lone(day):
                return {"author": match[1], "published": day}
    return {}


def _labelled(name: str, value: str) -> tuple[str, str] | None:
    """Read a line such as "Source: The Daily News"; None when its value is not of that kind."""
    field, _ = field_of(name) or (None, 0)
    understood = {
        "title": True,
        "source": len(value) <= 80 and not _CLOSED.search(value),
        "author": len(value) <= 80 and not _CLOSED.search(value),
        "published": dates.day(value) is not None,
        "url": _URL.fullmatch(value) is not None,
        "language": languages.code(value) is not None,
    }
    return (field, value) if field and understood.get(field) else None


def _is_headline(lines: Sequence[Line]) -> bool:
    """Say whether the first line is short, has no closing full stop and does not go on below."""
    line, *below = lines
    if line.kind not in ("paragraph", "heading"):  # a row, an item, code
        return False
    if not below or len(line.text) > LONGEST_HEADLINE or _CLOSED.search(line.text):
        return False
    if line.kind == "paragraph" and _is_prose(line.text):
        return False
    [following] = below
    if following.gap or line.kind == "heading" or _facts(following.text):
        return True
    # What goes on in lower case is a sentence, broken by the width of a page.
    return not following.text[0].islower() and (
        len(following.text) > LONGEST_HEADLINE / 2
        or (len(following.text) > len(line.text) and _CLOSED.search(following.text) is not None)
    )


def _is_prose(line: str) -> bool:
    """Say whether a line is prose: closed but for its tags, or a question or cry longer than titles are."""
    if _CLOSED.search(_TAGS.sub("", line)):
        return True
    return bool(_ASKED.search(line)) and (len(line) > LONGEST_QUESTION or len(_ENDED.findall(line)) > 2)


def _web_address(text: str) -> str | None:
    return text.strip() if _URL.fullmatch(text.strip()) else None
