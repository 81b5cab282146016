"""A text that begins with a header to the facts of that and the text below it."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parsedate
from typing import TypeAlias

from rag.corpus.formats.facts import dates
from rag.corpus.formats.facts.bylines import given_first

Headed: TypeAlias = tuple[dict[str, str], str]
"""Facts by the names of Article's fields, and the text they are about."""

_FIELD = re.compile(r"([A-Za-z][A-Za-z-]{0,40}):(.*(?:\n[ \t]+\S.*)*)(?:\n|$)")
"""A name and its value, which goes on in lines that are indented (RFC 5322, 2.2.3)."""
_ENVELOPE = re.compile(r"\s*(?:From \S+ .*\d{4}\n)?")
"""Of a mail in an mbox."""
_SENDER = re.compile(r"([^<\[]*)[<\[][^<>\[\]]*[>\]]|\S{1,99}(?: at \S{1,99})? \((.*)\)|\S{1,99}@\S{1,99}")
"""Jane Doe <jane@daily.example>, jane at daily.example (Jane Doe), or the address alone."""

_START = re.compile(r"^\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG E[^*]{1,400}\*{3}$", re.M | re.I)
_END = re.compile(
    r"(?:^End of (?:the )?Project Gutenberg(?:.+\n){1,4}\n)?^\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG E",
    re.M | re.I,
)
"""Of the book, above the licence; a line that says the same in words may stand over it."""
_OF_BOOK = re.compile(r"^(Title|Author|Language): *(.*(?:\n[ \t]+\S.*)*)", re.M)


def without_head(text: str) -> Headed:
    """Return what the header of a clean `text` says, and the text it is about: all where there is none."""
    return _mail(text) or _book(text) or ({}, text)


def _mail(text: str) -> Headed | None:
    """Read a mail or a memorandum, which says at its top whom it is from and what it is about."""
    at = _ENVELOPE.match(text).end()  # type: ignore[union-attr]  # matches nothing too
    said: dict[str, str] = {}
    while field := _FIELD.match(text, at):
        said.setdefault(field[1].lower(), _decoded(" ".join(field[2].split())))
        at = field.end()
    subject = said.get("subject", said.get("re"))
    sender = said.get("from", "").replace('"', "")
    is_mail = "@" in sender or (subject is not None and {"from", "to"} & said.keys())
    if not is_mail or not text[at:].strip():
        return None
    address = _SENDER.fullmatch(sender)
    name = (address[1] or address[2] or "") if address else sender
    facts = {
        "title": subject or "",
        "author": given_first(name.strip(" '")),
        "published": _day(said.get("date", said.get("sent", ""))),
    }
    return {field: value for field, value in facts.items() if value}, text[at:]


def _book(text: str) -> Headed | None:
    """Read a book of Project Gutenberg, which stands between two lines and has their licence around it."""
    start = _START.search(text)
    said = dict(_OF_BOOK.findall(text[: start.start()])) if start else {}
    if not start or "Title" not in said:
        return None
    own = text[start.end() :]
    if end := _END.search(own):
        own = own[: end.start()]
    facts = {name.lower(): " ".join(value.split()) for name, value in said.items()}
    return (facts, own.strip("\n")) if own.strip() else None


def _decoded(value: str) -> str:
    """Return a value without the code of signs that are no ASCII: =?utf-8?q?K=C3=B6ln?= (RFC 2047)."""
    try:
        return str(make_header(decode_header(value))) if "=?" in value else value
    except (HeaderParseError, LookupError, ValueError):
        return value


def _day(said: str) -> str:
    """Return the day of a mail, whose year may have two digits and whose zone may be told twice."""
    if dates.day(said) or not (parts := parsedate(said[:99])):
        return said
    year, month, day = parts[:3]
    return f"{year:04}-{month:02}-{day:02}"
