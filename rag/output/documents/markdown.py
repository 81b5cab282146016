"""Entries to Markdown with footnotes (`[^1]`, as GitHub, Pandoc and most note programs read them).

Whatever comes from a question or an article goes through `plain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import category

from rag.output.bold import Stretch
from rag.output.documents.entry import Entry, Line, Note, Words

_MARKS = re.compile(r"[\\`*_{}\[\]<>&|~$^#]|!$|(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.IGNORECASE)
"""What is a mark anywhere in a line or before a footnote's, and where an address becomes a link by itself."""

_START = re.compile(r"(?=[-+=:])|\d{1,9}(?=[.)](?:\s|$))")
"""What is a mark at the start of a line, or goes before it: lists, lines below headings, definitions."""


def write(entries: Sequence[Entry], words: Words) -> str:
    """Return `entries` as Markdown: a heading a question, a paragraph or list item a sentence."""
    alone = len(entries) == 1
    parts = [] if alone else [f"# {plain(words.conversation)}"]
    for entry in entries:
        parts += _entry(entry, heading="#" if alone else "##")
    return "\n\n".join(parts) + "\n"


def _entry(entry: Entry, *, heading: str) -> Iterator[str]:
    yield f"{heading} {plain(entry.question)}"
    if entry.short_answer:
        yield f"**{plain(entry.short_answer)}**"
    yield from map(plain, entry.leads)
    if entry.lines:
        items = "\n".join(map(_item, entry.lines)).strip()
        yield from [items] if entry.listed else map(_sentence, entry.lines)
    if entry.checked:
        yield plain(entry.checked)
    if entry.notes:
        yield "\n".join(map(_note, entry.notes))


def _item(line: Line) -> str:
    head = f"\n**{plain(line.head)}**\n\n" if line.head else ""
    return f"{head}- {f'**{plain(line.value)}** ' if line.value else ''}{_sentence(line)}"


def _sentence(line: Line) -> str:
    return _begun(_bold(line.words)) + "".join(f"[^{note.number}]" for note in line.notes)


def _bold(words: Sequence[Stretch]) -> str:
    """Return `words` with stars around what is bold, where Markdown takes these for marks and no others.

    It does around a letter or digit, and around another sign next to a gap or to punctuation
    (left-flanking and right-flanking delimiter runs, CommonMark 0.31).
    """
    found = ""
    for at, (text, is_bold) in enumerate(words):
        after = words[at + 1].text if at + 1 < len(words) else " "
        is_mark = _opens(found[-1:], text) and _opens(after[:1], text[::-1])
        found += f"**{_escaped(text)}**" if is_bold and is_mark else _escaped(text)
    return found.strip()


def _opens(outside: str, text: str) -> bool:
    """Say whether stars between the sign `outside` and the begin of `text` belong to `text`."""
    is_apart = not outside or outside.isspace() or category(outside)[0] == "P"
    return text[:1].isalnum() or (is_apart and not text[:1].isspace())


def _note(note: Note) -> str:
    title = f"[{plain(note.title)}](<{_address(note.link)}>)" if note.link else plain(note.title)
    return f"[^{note.number}]: “{plain(note.quote)}” {title}, {plain(note.facts)}"


def plain(text: str) -> str:
    """Return `text` on one line, so that Markdown shows it letter by letter."""
    return _begun(_escaped(text).strip())


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda found: f"\\{found[0]}", re.sub(r"\s+", " ", text))


def _begun(line: str) -> str:
    """Return `line`, whose other marks are escaped, without a mark at its start."""
    start = _START.match(line)
    return f"{start[0]}\\{line[start.end() :]}" if start else line


def _address(link: str) -> str:
    """Return `link` without what would end it."""
    return re.sub(r"[\s<>\\]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), link)
