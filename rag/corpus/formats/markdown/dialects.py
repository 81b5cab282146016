"""Marks that only some dialects of Markdown know, to those of the common one."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.corpus.formats.markdown.templates import code_spans

_BOXES = {" ": "☐", "x": "☑", "X": "☑"}

_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # kramdown (Jekyll): a list that becomes the table of contents, what is commented out, attributes
    (re.compile(r"^[ ]*(?:[-*+]|1\.)[^\n]{0,200}\n[ ]*\{:[ ]?toc[^\n}]{0,200}\}[ ]*$", re.MULTILINE), ""),
    (re.compile(r"\{::comment\}(?:(?!\{:).){0,20000}\{:/(?:comment)?\}", re.DOTALL), ""),
    (re.compile(r"\{:{1,2}/?[^{}\n]{0,500}\}"), ""),
    (re.compile(r"^[ ]*\*\[[^\]\n]{1,100}\]:[^\n]*$", re.MULTILINE), ""),
    # goldmark (Hugo) and Pandoc: attributes behind a heading, a link or code, or on a line of their own
    (re.compile(r"^(#{1,6}[^\n]*?)[ ]*\{[.#][^{}\n]{0,200}\}[ ]*#*[ ]*$", re.MULTILINE), r"\1"),
    (re.compile(r"(?<=[\])`])\{[.#][^{}\n]{0,200}\}"), ""),
    (
        re.compile(
            r"^[ ]*\{(?:[.#][\w-]+|[\w-]+=\"[^\"\n]{0,200}\")(?:[ ][^{}\n]{0,200})?\}[ ]*$", re.MULTILINE
        ),
        "",
    ),
    (re.compile(r"^[ ]*\[\[?_?toc_?\]?\][ ]*$", re.MULTILINE | re.IGNORECASE), ""),
    # the inside of an HTML block that is Markdown too
    (re.compile(r"^([ ]*<\w[^<>\n]{0,500}\bmarkdown\b[^<>\n]{0,500}>)[ ]*$", re.MULTILINE), r"\1\n"),
    # GitHub: boxes to tick, and what kind of notice a quotation is
    (
        re.compile(r"^([ >]*(?:[-*+]|\d{1,9}[.)])[ ]+)\[([ xX])\](?=[ ])", re.MULTILINE),
        lambda m: m[1] + _BOXES[m[2]],
    ),
    (
        re.compile(r"^([ ]*>[ ]*)\[!(\w{1,30})\][+-]?[ ]*", re.MULTILINE),
        lambda m: f"{m[1]}**{m[2].capitalize()}**  ",
    ),
    # Material for MkDocs: tabs, which are read as notices are
    (re.compile(r"^([ ]*)===[+!]?[ ]+\"", re.MULTILINE), r'\1!!! tab "'),
    # ::: warning Be still
    (re.compile(r"^[ ]*:{3,}[ ]*$", re.MULTILINE), ""),
    (
        re.compile(
            r"^[ ]*:{3,}[ ]*[\w-]*(?:\{[^{}\n]{0,200}\})?[ ]*\[?([^\n{\]]*)\]?(?:\{[^{}\n]{0,200}\})?$",
            re.MULTILINE,
        ),
        r"\1\n",
    ),
)


def common(text: str) -> str:
    """Return `text` with the marks of dialects taken away or replaced; its code stays as it is."""
    parts = []
    at = 0
    for start, end in [*code_spans(text), (len(text), len(text))]:
        parts += [_common(text[at:start]), text[start:end]]
        at = end
    return "".join(parts)


def _common(prose: str) -> str:
    for pattern, replacement in _RULES:
        prose = pattern.sub(replacement, prose)
    return prose
