"""The code of templates in a Markdown file to what its reader sees: Liquid, shortcodes of Hugo and Zola."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

LONGEST_TAG = 5_000
"""Characters; what is longer is no tag whose end somebody forgot to look for."""

FENCE = "~" * 11
"""Around what a tag shows as code; longer than any that people write."""

_OPENING = re.compile(r"\{\{\{|\{\{[<%]?|\{%")
_CLOSINGS = {"{%": "%}", "{{": "}}", "{{<": ">}}", "{{%": "%}}", "{{{": "}}}"}
_NAME = re.compile(r"[\w./-]*")
_ARGUMENT = re.compile(r"""([\w-]+)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”)""")
_STRING = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)')\s*(?:\||$)""")
_ASSIGNED = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')\s*$""")
_FENCED = re.compile(r"(?:[ >]|[-*+][ ]|\d+[.)][ ])*(`{3,}|~{3,})")
_TICKS = re.compile(r"(?<!`)(`{1,9})(?!`)(?:(?!\n[ ]*\n)[^`]|(?!\1(?!`))`+){1,1000}?(?<!`)\1(?!`)")
_IN_ADDRESS = re.compile(r"""(?:\]\(\s*<?|\]:[ \t]*<?|=["']?)[^\s()<>"']*$""")

_SKIPPED = frozenset("comment capture for tablerow schema javascript stylesheet script style css".split())
"""Blocks whose inside no reader sees, or sees as often as data tell that are not in the file."""
_RAW = ("raw", "verbatim")
_BRANCHING = frozenset("if unless case ifchanged".split())
_BRANCHES = frozenset("else elsif elseif".split())
_CODE = re.compile(r"highlight|code(?:block|-toggle)?|sourcecode|prism|mermaid|plantuml|console|terminal")
_LIQUID = frozenset(
    "assign capture case comment for highlight if include include_relative link post_url raw unless".split()
)
_CAPTIONS, _WORDS = ("caption", "title", "alt"), ("text", "label", "title", "caption")
_ONLY_WORDS = re.compile(r"""[\w./-]+(?:\s+(?:"[^"]*"|'[^']*'|“[^”]*”))+""")
_QUOTED = re.compile(r""""([^"]*)"|'([^']*)'|“([^”]*)”""")
_PROSE = re.compile(r"\s*[^\s\w]*\w+(?:\W+\w+){3,}.*[.!?…][\"'”’)\]*_]*\s*", re.DOTALL)
"""A sentence at least, which no setting is."""
_PLAIN_WORDS = re.compile(r"[^\W\d_]+(?:[ ’'-][^\W\d_]+){0,5}")
"""No address, no number of a picture: fig-170."""

_NOTHING = "\0"
"""Where a tag shows nothing that we know of; no text that is read has this character."""
_MARKS = f" >*-{_NOTHING}"
_ALONE = re.compile(rf"^([ ]*){_NOTHING}(?=[ ]*$)", re.MULTILINE)
"""A line with nothing else; an empty one would end a table in HTML."""
_EMPTIED = re.compile(rf"[ ]?\((?=[^()\n]*{_NOTHING})(?:[^()\w\n]*[^\W\d_]+)?[^()\w\n]*\)")
"""Brackets in which a tag left one word at most: "(see )"."""


@dataclass(frozen=True, slots=True)
class _Tag:
    start: int
    end: int
    kind: Literal["tag", "shortcode", "value", "escaped"]
    inside: str
    name: str
    """Of what begins or ends."""
    closes: bool = False


@dataclass(slots=True)
class _Block:
    name: str
    is_skipped: bool
    is_code: bool


def resolved(text: str, values: Mapping[str, str], *, is_run: bool) -> str:
    """Return `text` without the code of templates, `values` being what its front matter says.

    In a listing it stands to be read, unless a program runs the file: Jekyll runs what stands in listings too
    where it is not between {% raw %}, and Hugo does its shortcodes.
    """
    if not _OPENING.search(text):
        return text
    return _Template(text, values).resolved(is_run=is_run)


def code_spans(text: str) -> list[tuple[int, int]]:
    """Return where code stands in Markdown, in order: between fences, and between ticks in a line."""
    found: list[tuple[int, int]] = []
    start, fence, at, prose = 0, "", 0, 0
    for line in text.splitlines(keepends=True):
        mark = _FENCED.match(line)
        if mark and not fence:
            found += _ticked(text, prose, at)
            start, fence = at, mark[1]
        elif mark and mark[1].startswith(fence) and not line[mark.end() :].strip(" \n`~"):
            fence, prose = "", at + len(line)
            found.append((start, prose))
        at += len(line)
    if fence:
        found.append((start, at))
    else:
        found += _ticked(text, prose, at)
    return found


def _ticked(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _TICKS.finditer(text, start, end))


class _Template:
    """Reads the tags of a text in order."""

    def __init__(self, text: str, values: Mapping[str, str]) -> None:
        self._text = text
        self._values = {f"page.{name}": escape(value) for name, value in values.items()}
        self._code = code_spans(text)
        self._tags = list(_tags(text))
        self._closings = Counter(tag.name for tag in self._tags if tag.closes)
        self._out: list[str] = []
        self._open: list[_Block] = []

    def resolved(self, *, is_run: bool) -> str:
        """Return the text that is left."""
        is_liquid = is_run and any(
            tag.name in _RAW or (tag.name in _LIQUID and not self._in_code(tag.start)) for tag in self._tags
        )
        at, raw = 0, ""
        for tag in self._tags:
            if raw and not (tag.closes and tag.name == raw):
                continue
            if (
                not raw
                and self._in_code(tag.start)
                and not (is_run and _runs_in_code(tag, is_liquid=is_liquid))
            ):
                continue
            self._say(self._text[at : tag.start])
            at = tag.end
            if tag.name in _RAW:
                raw = tag.name if not tag.closes and self._closings[tag.name] else ""
            else:
                self._read(tag)
            self._closings[tag.name] -= tag.closes
        self._say(self._text[at:])
        said = _ALONE.sub(r"\1<!-- -->", "".join(self._out))
        return _EMPTIED.sub("", said).replace(_NOTHING, "")

    def _in_code(self, at: int) -> bool:
        place = bisect_right(self._code, (at, len(self._text))) - 1
        return place >= 0 and at < self._code[place][1]

    def _say(self, text: str) -> None:
        if text and not (self._open and self._open[-1].is_skipped):
            self._out.append(text)

    def _read(self, tag: _Tag) -> None:
        if tag.kind == "escaped":  # {{</* ref */>}} is there to be read as {{< ref >}}
            self._say(tag.inside)
        elif tag.closes:
            self._close(tag)
        elif tag.name in _BRANCHES and self._open and self._open[-1].name in _BRANCHING:
            self._open[-1].is_skipped = True
        elif tag.kind == "value":
            self._say(self._value(tag.inside) or _NOTHING)
        elif tag.name == "assign":
            if match := _ASSIGNED.match(tag.inside.partition("assign")[2].strip()):
                self._values[match[1]] = match[2] or match[3] or ""
        elif self._closings[tag.name] > 0:
            self._begin(tag)
        else:
            self._show(tag)

    def _begin(self, tag: _Tag) -> None:
        """Begin what another tag ends."""
        is_skipped = tag.name in _SKIPPED or bool(self._open and self._open[-1].is_skipped)
        is_box = tag.inside.strip(" -") == "highlight"  # of no language
        is_code = not is_skipped and not is_box and _CODE.fullmatch(tag.name) is not None
        if is_code:
            self._fence()
        elif title := _argument(tag.inside, ("title", "summary")):
            self._say(f"\n\n<p><strong>{escape(title)}</strong></p>\n\n")
        self._open.append(_Block(tag.name, is_skipped, is_code))

    def _close(self, tag: _Tag) -> None:
        place = next((k for k in range(len(self._open) - 1, -1, -1) if self._open[k].name == tag.name), None)
        if place is not None:
            is_code = self._open[place].is_code
            del self._open[place:]
            if is_code:
                self._fence()

    def _fence(self) -> None:
        line = "".join(self._out[-3:]).rpartition("\n")[2]
        fits = len(line) < 4 and not line.strip(
            " >"
        )  # further in, Markdown takes it for a part of the listing
        self._say(FENCE if fits else f"\n{FENCE}")
        self._say("\n")

    def _value(self, inside: str) -> str:
        if match := _STRING.match(inside):
            return self._in_place(match[1] or match[2] or "")
        if call := re.match(r"\s*[\w-]+\(", inside):  # a shortcode of Zola's
            return self._in_place(_argument(inside[call.end() :], (*_CAPTIONS, *_WORDS)))
        return self._in_place(self._values.get(inside.strip(" -"), ""))

    def _show(self, tag: _Tag) -> None:
        """Say the words that a picture, a button or the like is given, or the sentences."""
        paragraph = "".join(self._out[-8:]).rpartition("\n\n")[2]
        line = paragraph.rpartition("\n")[2]
        is_alone = not line.strip(_MARKS) and re.compile(r"[ ]*(?:\n|\Z)").match(self._text, tag.end)
        if is_alone and (words := _argument(tag.inside, _CAPTIONS)):
            self._say(f"\n\n<figure><figcaption>{escape(words)}</figcaption></figure>\n\n")
        elif is_alone and (told := list(filter(_PROSE.fullmatch, _arguments(tag.inside).values()))):
            self._say("\n\n".join(["", *told, ""]))
        elif tag.name == "param":
            self._say(self._in_place(self._values.get(f"page.{tag.inside.split()[-1]}", "")))
        else:
            spoken = "" if is_alone else _spoken(tag)
            if not re.search(r"\w", paragraph) and not (line.strip() and spoken[:1].isupper()):
                spoken = (
                    ""  # it stands before the words: an icon, unless it is the name that an item is about
                )
            words = _argument(tag.inside, _WORDS) or spoken
            self._say(self._in_place(escape(words)) or _NOTHING)

    def _in_place(self, words: str) -> str:
        """Return `words`, or a sign where an address stands: no reader sees that, but a link needs one."""
        return "#" if _IN_ADDRESS.search("".join(self._out[-4:])[-200:]) else words


def _tags(text: str) -> Iterator[_Tag]:
    at = 0
    while opening := _OPENING.search(text, at):
        mark = opening[0]
        end = text.find(_CLOSINGS[mark], opening.end(), opening.end() + LONGEST_TAG)
        if end < 0:
            at = opening.end()
            continue
        at = end + len(_CLOSINGS[mark])
        yield _tag(mark, text[opening.end() : end], opening.start(), at)


def _tag(mark: str, inside: str, start: int, end: int) -> _Tag:
    if mark in ("{{<", "{{%") and inside.lstrip().startswith("/*") and inside.rstrip().endswith("*/"):
        shown = inside.strip(" -")[2:-2]
        return _Tag(start, end, "escaped", f"{mark}{shown}{_CLOSINGS[mark]}", "")
    if mark in ("{{", "{{{"):
        return _Tag(start, end, "value", inside, "")
    told = inside.strip(" -\n")
    match = _NAME.match(told.lstrip("/ "))
    name = match[0] if match else ""
    if mark == "{%":
        closes = name.startswith("end")
        name = name.removeprefix("end") if closes else name
    else:
        closes = told.startswith("/")
    return _Tag(start, end, "tag" if mark == "{%" else "shortcode", inside, name, closes)


def _runs_in_code(tag: _Tag, *, is_liquid: bool) -> bool:
    """Say whether a tag does its work inside a listing: Hugo's do, and in Jekyll all but those of Go."""
    if tag.kind in ("escaped", "shortcode") or tag.name in _RAW:
        return True
    return is_liquid and not (tag.kind == "value" and tag.inside.lstrip(" -")[:1] in (".", "$"))


def _spoken(tag: _Tag) -> str:
    """Return the last words that a tag between words is given, and nothing else: {% term 'carriage' %}."""
    inside = tag.inside.strip(" -\n")
    given = ["".join(each) for each in _QUOTED.findall(inside)] if _ONLY_WORDS.fullmatch(inside) else [""]
    return given[-1] if _PLAIN_WORDS.fullmatch(given[-1]) else ""


def _argument(inside: str, names: Sequence[str]) -> str:
    """Return the first argument of these names."""
    given = _arguments(inside)
    return next((given[name] for name in names if given.get(name)), "")


def _arguments(inside: str) -> dict[str, str]:
    """Return what a tag is given by name, in order."""
    return {match[1]: next(filter(None, match.groups()[1:]), "") for match in _ARGUMENT.finditer(inside)}
