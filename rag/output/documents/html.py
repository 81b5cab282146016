"""Entries to a page of HTML that stands alone: no script, nothing loaded.

Whatever comes from a question or an article goes through `escape`; `<bdi>` keeps its direction of writing to
itself. Should anything else ever get in, the page's policy still lets no script run and nothing load.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from rag.output.bold import Stretch
from rag.output.documents.entry import Entry, Line, Note, Words


def write(entries: Sequence[Entry], words: Words) -> str:
    """Return `entries` as a page: a section a question, footnotes below its sentences."""
    style = (Path(__file__).parent / "document.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = entries[0].question if len(entries) == 1 else words.conversation
    return "\n".join(
        (
            f'<!doctype html><html lang="{escape(words.language)}"><head><meta charset="utf-8">',
            '<meta http-equiv="content-security-policy" content="default-src \'none\';'
            f" style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
            f"<title>{escape(title)}</title><style>{style}</style></head><body>",
            *([] if len(entries) == 1 else [f"<h1>{escape(words.conversation)}</h1>"]),
            *(line for entry in entries for line in _entry(entry, words, 1 if len(entries) == 1 else 2)),
            "</body></html>\n",
        )
    )


def _entry(entry: Entry, words: Words, level: int) -> Iterator[str]:
    yield f'<section><h{level} dir="auto">{escape(entry.question)}</h{level}>'
    if entry.short_answer:
        yield f'<p class="short" dir="auto"><strong>{escape(entry.short_answer)}</strong></p>'
    for lead in entry.leads:
        yield f'<p class="lead" dir="auto">{escape(lead)}</p>'
    if entry.lines:
        tag = "li" if entry.listed else "p"
        lines = [f'{_head(line)}<{tag} dir="auto">{_line(line)}</{tag}>' for line in entry.lines]
        yield from ["<ul>", *lines, "</ul>"] if entry.listed else lines
    if entry.checked:
        yield f'<p class="soft">✓ {escape(entry.checked)}</p>'
    if entry.notes:
        yield f"<h{level + 1}>{escape(words.sources)}</h{level + 1}>"
        yield f'<ol start="{entry.notes[0].number}">'
        yield from map(_note, entry.notes)
        yield "</ol>"
    yield "</section>"


def _head(line: Line) -> str:
    """Return the head over `line`, if any, between two lists."""
    return f'</ul><p dir="auto"><strong>{escape(line.head)}</strong></p><ul>' if line.head else ""


def _line(line: Line) -> str:
    value = f"<strong><bdi>{escape(line.value)}</bdi></strong> " if line.value else ""
    marks = "".join(f'<sup><a href="#note-{note.number}">{note.number}</a></sup>' for note in line.notes)
    return f"{value}<bdi>{''.join(map(_stretch, line.words))}</bdi>{marks}"


def _stretch(stretch: Stretch) -> str:
    return f"<strong>{escape(stretch.text)}</strong>" if stretch.is_bold else escape(stretch.text)


def _note(note: Note) -> str:
    title = f"<bdi>{escape(note.title)}</bdi>"
    if note.link:
        title = f'<a href="{escape(note.link)}" rel="noopener noreferrer">{title}</a>'
    return (
        f'<li id="note-{note.number}"><blockquote dir="auto">{escape(note.quote)}</blockquote>'
        f"<cite>{title}</cite>, <bdi>{escape(note.facts)}</bdi></li>"
    )
