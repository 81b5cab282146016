"""Marks that only some dialects of Markdown know, to those of the common one."""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from rag.corpus.formats.markdown.templates import code_spans

_BOXES = {" ": "☐", "x": "☑", "X": "☑"}

_REFERENCE = r"\[(?:\\?\[)?(?:link|ref|xref)(?:\\?\])?\](?:\(#[^()\s]{0,200}\))?"

_BLOCK = re.compile(
    r"<(/?)(?:article|aside|blockquote|center|details|div|fieldset|figure|footer|header|main|section)\b"
    r"([^<>\n]{0,500})(?<!/)>"
)
_IS_MARKDOWN = re.compile(r"\bmarkdown\b(?![ ]*=[ ]*[\"']?0)")

_HEADING = re.compile(r"^(#{1,6}[^\n]*?)[ ]*\{[.#][^{}\n]{0,200}\}[ ]*#*[ ]*$", re.MULTILINE)
"""Of goldmark (Hugo) and Pandoc."""

_DEFINED = re.compile(r"^[ ]{0,3}\[([^\[\]\n]{1,200})\]:", re.MULTILINE)
_LABEL = r"\[((?:[^\[\]\n]|\n(?!\s*\n)){%d,200})\]"
_LABELLED = re.compile(rf"(?<![\w\]!\\])(?=\[[^\[\]]*[^\W\d_]){_LABEL % 1}{_LABEL % 0}(?![\[(:\w])")

_ATTRIBUTE = r"[.#][A-Za-z][\w:-]*|[\w-]+=(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}')"
_ATTRIBUTES = rf"\{{[ ]*(?:{_ATTRIBUTE})(?:[ ]+[^\s{{}}][^{{}}\n]{{0,200}})?[ ]*\}}"

_PICTURE = (
    r"(?:</?a\b[^>]{0,1000}>|<img\b[^>]{0,1000}>"
    r"|\[?!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)(?:\]\([^)\n]{0,500}\))?)"
)
_RULES: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # kramdown (Jekyll): a list that becomes the table of contents, what is commented out, attributes
    (
        "{:",
        re.compile(r"^[ ]*(?:[-*+]|1\.)[^\n]{0,200}\n[ ]*\{:[ ]?toc[^\n}]{0,200}\}[ ]*$", re.MULTILINE),
        "",
    ),
    ("{::", re.compile(r"\{::comment\}(?:(?!\{:).){0,20000}\{:/(?:comment)?\}", re.DOTALL), ""),
    ("{:", re.compile(r"\{:{1,2}/?[^{}\n]{0,500}\}"), ""),
    ("*[", re.compile(r"^[ ]*\*\[[^\]\n]{1,100}\]:[^\n]*$", re.MULTILINE), ""),
    # goldmark (Hugo) and Pandoc: attributes behind a link or code, or on a line of their own
    ("{", re.compile(r"(?<=[\])`])\{[.#][^{}\n]{0,200}\}"), ""),
    # and of Python-Markdown (MkDocs), with blanks, at the end of a line too
    ("{", re.compile(r"(?<=[\])])\{[ ]*[\w-]{2,}=[^{}\s][^{}\n]{0,200}\}"), ""),
    ("{", re.compile(rf"(?<=[\])*]){_ATTRIBUTES}|(?<=\S)[ ]+{_ATTRIBUTES}[ ]*$", re.MULTILINE), ""),
    (
        "{",
        re.compile(
            r"^[ ]*\{(?:[.#][\w-]+|[\w-]+=\"[^\"\n]{0,200}\")(?:[ ][^{}\n]{0,200})?\}[ ]*$", re.MULTILINE
        ),
        "",
    ),
    ("[", re.compile(r"^[ ]*\[\[?_?toc_?\]?\][ ]*$", re.MULTILINE | re.IGNORECASE), ""),
    # what parts two blocks, and what converters make of a break in a verse
    ("^", re.compile(r"^[ ]*\^[ ]*$", re.MULTILINE), ""),
    ("* * *", re.compile(r"(?<=[^\s*])\* \* \*[ ]*\n(?:[ ]*\{:[^{}\n]{0,200}\}[ ]*\n)?\s{0,20}"), "<br>\n"),
    # bold type of editors that show it, which ends behind a blank or in front of a word: **Fire: **it burns
    (
        "**",
        re.compile(
            r"(?<![\w*\\])\*\*(?=[^\s*])([^*\n]{1,300}?)(?:([ ]{1,9})\*\*|(?<=[^\w\s])\*\*(?=\w))(?!\*)"
        ),
        r"<strong>\1</strong>\2",
    ),
    ("****", re.compile(r"(?<!\*)\*{4}(?=[^*\n])([^*\n]{1,300})\*{4}(?!\*)"), r"\1"),
    # WordPress: a picture and its caption, and what it puts in the place of a name and its settings
    (
        "/caption",
        re.compile(
            rf"\\?\[caption\b[^\]\n]{{0,500}}\]((?:\s*{_PICTURE}){{0,4}})"
            r"((?:(?!\\?\[/?caption\b).){0,2000})\\?\[/caption\\?\]",
            re.DOTALL,
        ),
        r"\n\n\1\n\n\2\n\n",
    ),
    (
        "[",
        re.compile(
            r"\\?\[(?:[a-z][\w-]{1,30}(?:[ ]+[\w-]{1,30}=\"[^\"\n]{0,500}\"){1,20}[ ]*/?"
            r"|(?:embed|tweet|vimeo|youtube)[ =]+https?://[^\]\n]{1,500}?)\\?\](?![\[(:])"
        ),
        "",
    ),
    # templates of Ruby and JavaScript (ERB, EJS)
    ("<%", re.compile(r"<%[^\n%]{0,500}%>"), ""),
    # references within the text that have no words of their own: ([link](#figure-2)), [↩](#up)
    ("[", re.compile(rf"[ ]?\((?:see )?{_REFERENCE}(?:(?:[,;]| and) {_REFERENCE}){{0,20}}\)"), ""),
    ("](", re.compile(r"\[(?<!!\[)[^\w\[\]\n]{1,3}\]\(#[^()\s]{0,200}\)"), ""),
    # GitHub: boxes to tick, and what kind of notice a quotation is
    (
        "] ",
        re.compile(r"^([ >]*(?:[-*+]|\d{1,9}[.)])[ ]+)\[([ xX])\](?=[ ])", re.MULTILINE),
        lambda m: m[1] + _BOXES[m[2]],
    ),
    (
        "[!",
        re.compile(r"^([ >]*>[ ]*)\[!(\w{1,30})\][+-]?[ ]*$", re.MULTILINE),
        lambda m: f"{m[1]}**{m[2].capitalize()}**  ",
    ),
    # Obsidian: a notice with a title of its own, on a line of its own unless its sentence goes on
    (
        "[!",
        re.compile(r"^([ >]*>[ ]*)\[!\w{1,30}\][+-]?[ ]+(\S[^\n]*)(\n[ ]*>[ ]*(?=[^\s>a-z]))?", re.MULTILINE),
        lambda m: m[1] + m[2] + (f"  {m[3]}" if m[3] else ""),
    ),
    # Obsidian: links by the names of pages, what is embedded, marked or hidden
    ("![[", re.compile(r"!\[\[[^\[\]\n]{1,300}\]\](?![\[(:])"), ""),
    ("[[", re.compile(r"\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\](?![\[(:])"), r"\1"),
    ("==", re.compile(r"(?<![=\w])==(?=\S)([^=\n]{1,500})(?<=\S)==(?![=\w])"), r"\1"),
    ("%%", re.compile(r"(?<![\w%])%%[^%]{1,2000}%%(?![\w%])"), ""),
    # MDX (Docusaurus, Astro): what it loads and hands on, and what is commented out
    ("import ", re.compile(r"^import [^\n]{0,500}[\"'][^\"'\n]{1,200}[\"'];?[ ]*$", re.MULTILINE), ""),
    ("export ", re.compile(r"^export (?:const|default|let) [^\n]{0,1000}[;})\]][ ]*$", re.MULTILINE), ""),
    ("{/*", re.compile(r"\{/\*(?:(?!\*/).){0,5000}\*/\}", re.DOTALL), ""),
    # Material for MkDocs: tabs, which are read as notices are
    ("===", re.compile(r"^([ ]*)===[+!]?[ ]+\"", re.MULTILINE), r'\1!!! tab "'),
    # ::: warning Be still
    (":::", re.compile(r"^[ ]*:{3,}[ ]*$", re.MULTILINE), ""),
    (
        ":::",
        re.compile(
            r"^[ ]*:{3,}[ ]*[\w-]*(?:\{[^{}\n]{0,200}\})?[ ]*\[?([^\n{\]]*)\]?(?:\{[^{}\n]{0,200}\})?$",
            re.MULTILINE,
        ),
        r"\1\n",
    ),
)
"""What is replaced by what, with a sign that stands in all of it: to see that there is none is quick."""


def common(text: str) -> str:
    """Return `text` with the marks of dialects taken away or replaced; its code stays as it is."""
    text = _without_heading_attributes(_with_blocks_opened(text))
    labels = {match[1].casefold() for match in _DEFINED.finditer(text)}
    parts = []
    at = 0
    for start, end in [*code_spans(text), (len(text), len(text))]:
        parts += [_without_labels(_common(text[at:start]), labels), text[start:end]]
        at = end
    return "".join(parts)


def _without_labels(prose: str, known: Container[str]) -> str:
    """Return `prose` with the words alone of links whose address stands in another file: [words][label]."""
    return _LABELLED.sub(lambda link: link[0] if (link[2] or link[1]).casefold() in known else link[1], prose)


def _without_heading_attributes(text: str) -> str:
    """Return `text` without the attributes of its headings, which may hold code: # What is `x`? {#what}."""
    code = code_spans(text) if "{" in text else []

    def bare(line: re.Match[str]) -> str:
        return line[0] if any(start <= line.start() < end for start, end in code) else line[1]

    return _HEADING.sub(bare, text)


def _common(prose: str) -> str:
    for sign, pattern, replacement in _RULES:
        if sign in prose:
            prose = pattern.sub(replacement, prose)
    return prose


def _with_blocks_opened(text: str) -> str:
    """Return `text` with blank lines around tags in HTML whose inside is Markdown too: <div markdown="1">.

    To CommonMark all is HTML that follows a tag up to the next blank line.
    """
    if not _IS_MARKDOWN.search(text):
        return text
    code = code_spans(text)
    parts: list[str] = []
    at, depth = 0, 0
    for tag in _BLOCK.finditer(text):
        if any(start <= tag.start() < end for start, end in code):
            continue
        if depth or (not tag[1] and _IS_MARKDOWN.search(tag[2])):
            depth += -1 if tag[1] else 1
            parts += [text[at : tag.start()], "\n\n", tag[0], "\n\n" if depth else ""]
            at = tag.end()
    return "".join([*parts, text[at:]])
