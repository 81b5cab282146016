"""A Markdown file, or a page in HTML with front matter above it, to an Article."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.html_blocks import block_names
from markdown_it.rules_core import StateCore
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from rag.corpus.formats import foreign
from rag.corpus.formats.facts import article, dates, named, title_of_file
from rag.corpus.formats.html import markup
from rag.corpus.formats.html.inside import spoken
from rag.corpus.formats.markdown import dialects, front_matter, templates
from rag.corpus.formats.plain.paragraphs import is_labelled
from rag.corpus.formats.text.characters import decode, one_line, seen
from rag.corpus.formats.text.lines import Line
from rag.types import Article

_SAID_ABOVE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:---|\+\+\+|\{)")
_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[-_. T]+|$)")
_PAGES_OF_FOLDERS = ("index", "_index", "readme")
_PLACES = ("path", "url", "permalink", "slug")
"""What front matter calls the place of the page on its site, which holds the day on many."""

_TAG = re.compile(rf"\s*(?:<!--|</?(?:{'|'.join(block_names)})\b)", re.IGNORECASE)

DECK_LINES = 5
"""First lines of a text that are searched for its deck, which many authors repeat there."""


def read(content: bytes, id: str) -> Article:
    """Return the article as a reader sees it: no marks, links and images by their words.

    Below its title stands the deck of its front matter; a file without a body has the texts of that. Its day
    is the one it gives itself, else that of the name or folder of its file.
    """
    # Two blanks at the end of a line break it, and tabs indent code: these are cleaned away at the end only.
    said, body = front_matter.split(seen(decode(content).expandtabs(4)))
    return _article(said, body, id, _rendered)


def read_page(content: bytes, id: str) -> Article | None:
    """Return the article of a page in HTML with front matter, as a site is made of; None without any."""
    if not _SAID_ABOVE.match(content):  # what other pages are encoded in, they say themselves
        return None
    said, body = front_matter.split(seen(decode(content)))
    return _article(said, body, id, lambda text: text) if said else None


def _article(said: Mapping[str, object], body: str, id: str, html: Callable[[str], str]) -> Article:
    values = {name: _without_code(value) for name, value in said.items()}
    given = {field: spoken(fact) for field, fact in named(values).items() if field != "text"}
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    with foreign.parser("Markdown file"):
        lines = _lines(body, texts, html, is_run=bool(values))
        has_body = any(line.kind != "heading" for line in lines)
        if deck := "\n\n".join(front_matter.texts(values, has_body=has_body)):
            lines = _with_deck(lines, _lines(deck, texts, _rendered, is_run=True))
    title = next((line.text for line in lines if line.kind == "heading" and line.level == 1), "")
    if title:
        given.setdefault("title", title)
    name = _name(id)
    day = _day_of_place(id, [texts[name] for name in _PLACES if name in texts])
    return article(
        id,
        lines,
        given,
        otherwise={"published": day} if day else {},
        untitled=title_of_file(_DATED.sub("", name) or name),
    )


def _without_code(value: object) -> object:
    return templates.resolved(value, {}, is_run=True).strip() if isinstance(value, str) else value


def _lines(text: str, texts: Mapping[str, str], html: Callable[[str], str], *, is_run: bool) -> list[Line]:
    return markup.lines(html(templates.resolved(text, texts, is_run=is_run)), image_words=True)


def _rendered(text: str) -> str:
    html: str = _parser().render(dialects.common(text))
    return html


def _with_deck(lines: list[Line], deck: list[Line]) -> list[Line]:
    """Return `lines` with those of the `deck` below their title that do not begin the text as it is."""
    below = 1 if lines and lines[0].kind == "heading" and lines[0].level == 1 else 0
    first = " ".join(one_line(line.text) for line in lines[below : below + DECK_LINES]).casefold()
    return [
        *lines[:below],
        *(line for line in deck if one_line(line.text).casefold() not in first),
        *lines[below:],
    ]


@cache  # it is the same for all, and making it takes as long as reading a page
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin).use(admon_plugin)
    for mark in ("footnote_ref", "footnote_anchor"):  # the number of a note, and the way back from it
        parser.add_render_rule(mark, _unsaid)
    parser.core.ruler.push("indented_html", _unindent)
    parser.core.ruler.push("labelled_lines", _break_labelled)
    return parser


def _unindent(state: StateCore) -> None:
    """Take indented HTML for HTML, not for code, in a text that has more HTML than Markdown.

    A page made of HTML is indented as its templates are; an article that shows HTML tells about it.
    """
    html = [
        each
        for each in state.tokens
        if each.type == "html_block" or (each.type == "code_block" and _TAG.match(each.content))
    ]
    if 2 * sum(len(each.content) for each in html) > sum(len(each.content) for each in state.tokens):
        for each in html:
            each.type = "html_block"


def _break_labelled(state: StateCore) -> None:
    """Keep the lines of a paragraph that has a label in each: "Date: 12 March 2024", "**Author:** Jane Doe".

    A rule right below makes a heading of them, which nobody meant. All labels are capitalised or none is: a
    line of prose that holds a colon begins as its sentence goes on.
    """
    for opening, inline, closing in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        parts = inline.children or []
        said = "".join("\n" if part.tag == "br" else part.content for part in parts)
        lines = said.split("\n")
        if (
            len(lines) > 1
            and all(map(is_labelled, lines))
            and len({line[0].isupper() for line in lines}) == 1
        ):
            for part in parts:
                part.type = "hardbreak" if part.tag == "br" else part.type
            if opening.type == "heading_open":
                opening.tag = closing.tag = "p"


def _unsaid(*_: Any) -> str:
    return ""


def _name(id: str) -> str:
    """Return the name of the file, or of the folder whose page it is: storm/index.md is "storm"."""
    path = PurePosixPath(id)
    return path.parent.name if path.stem.lower() in _PAGES_OF_FOLDERS and path.parent.name else path.stem


def _day_of_place(id: str, places: Sequence[str]) -> str | None:
    """Return the day in the name of a file or folder, or in the place of its page."""
    for part in reversed(PurePosixPath(id).parts):
        if match := _DATED.match(part):
            return match[1]
    for place in (*places, str(PurePosixPath(id).with_suffix(""))):
        if (day := dates.in_address(f"/{place.strip('/')}/")) is not None:
            return day.isoformat()
        if match := _DATED.match(place.strip("/")):
            return match[1]
    return None
