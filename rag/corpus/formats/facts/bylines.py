"""Titles and authors, as pages and feeds give them, without what the page adds to them."""

from __future__ import annotations

import re

from rag.corpus.formats.facts.values import strings

_ROLES = (
    "analyst anchor columnist contributor correspondent critic editor editor-at-large editor-in-chief fellow"
    " freelancer intern journalist photographer producer reporter staff writer"
)
"""What the last word of a role is: "Senior Political Editor"."""

LONGEST = 1000
"""Characters of a byline that is looked into."""

_BEFORE_SITE = r"\s+[|•·»:–—-]{1,2}\s+"
_BY = re.compile(r"^(?:(?:written|posted|words|story|article|report) )?by(?:: *| +)", re.IGNORECASE)
_EMAIL = re.compile(
    r"[\s,]*[(<\[]?(?:e-?mail: *)?[^\s@<>()\[\],;]+@[\w-]+(?:\.[\w-]+)+[)>\]]?", re.IGNORECASE
)
_HANDLE = re.compile(r"(?:\s*[(\[]?(?<!\w)@\w+[)\]]?)")
_BUTTON = re.compile(
    r"[\s,]+(?:follow(?:ing)?|username|view profile|see profile|more by this author)$", re.IGNORECASE
)
_LONE = re.compile(
    r"follow(?:ing)?|username|admin(?:istrator)?|view profile|unknown|anonymous", re.IGNORECASE
)
_PARTS = re.compile(r"(\s*(?:[,;|•·/]|\s[–—-]\s)\s*)")
_ROLE = re.compile(
    rf"(?:[\w’'&-]+ ){{0,5}}(?:{'|'.join(_ROLES.split())})s?(?: (?:at|for|of|in) .{{1,40}})?", re.IGNORECASE
)
_SLUG = re.compile(r"[^\W\d_]{1,20}(?:[-_][^\W\d_]{1,20}){1,3}")
"""A name as a program's key for a person: jane-doe, jane_doe."""
_SMALL = frozenset("al bin da de del della den der di do dos du el la le ten ter van von y".split())
"""Parts of names that are not capitalised within one."""
_FAMILY_FIRST = re.compile(
    rf"^((?:(?:{'|'.join(sorted(_SMALL))}) ){{0,2}}[^,\s]+), ([^,]{{1,40}})$", re.IGNORECASE
)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def without_site(title: str, source: str) -> str:
    """Return `title` without the name of the site behind it, where that is the `source`."""
    name = re.escape(re.sub(r"^the ", "", source.strip(), flags=re.IGNORECASE))
    bare = re.sub(rf"{_BEFORE_SITE}(?:the )?{name}$", "", title.strip(), flags=re.IGNORECASE) if name else ""
    return bare or title


def given_first(name: str) -> str:
    """Return one person's name with the family behind the rest: Varga, Ilse is Ilse Varga."""
    return _FAMILY_FIRST.sub(r"\2 \1", name)


def authors(said: str, source: str = "") -> str:
    """Return the names of a byline: without "By", addresses, buttons, roles and the name of the `source`.

    A role or the source stays where nobody else is named: a site may have its author's name.
    """
    if len(said) > LONGEST:
        return said
    listed = strings(said)
    said = ", ".join(listed) if listed is not None else re.sub(r"\s*\n\s*", ", ", said.strip())
    said = _URL.sub("", _EMAIL.sub("", _BY.sub("", " ".join(said.split()))))
    said = _HANDLE.sub("", said)
    while (shorter := _BUTTON.sub("", said)) != said:
        said = shorter
    parts = _PARTS.split(said)
    names = [
        (between, _named(part))
        for between, part in zip(["", *parts[1::2]], parts[::2], strict=True)
        if part and not _LONE.fullmatch(part)
    ]
    site = source.strip().casefold()
    people = [each for each in names if not _is_role(each[1]) and each[1].casefold() != site] or names
    return "".join(f"{between}{part}" for between, part in people).removeprefix(
        people[0][0] if people else ""
    )


def _named(part: str) -> str:
    """Return the name that a key such as jane-doe stands for; any other part as it is."""
    if not (part.islower() and _SLUG.fullmatch(part)):
        return part
    first, *more = re.split("[-_]", part)
    return " ".join([first.capitalize(), *(word if word in _SMALL else word.capitalize() for word in more)])


def _is_role(part: str) -> bool:
    return _ROLE.fullmatch(part) is not None
