"""What a person asks for to a Filter, and a Filter back to words."""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import date

from rag.errors import FilterError
from rag.types import Filter

NAMES_SHOWN = 5
"""Names listed when none is near to the one that is not known."""

_TABLE = re.compile(r"(.+?\.(?:json|jsonl|ndjson|csv|tsv))#", re.IGNORECASE)
"""The start of the id of a table's row."""

_BETWEEN_NAMES = re.compile(r",? (?:and|&) |[,;] ")


def filter_of(
    *,
    since: str | None = None,
    until: str | None = None,
    sources: Iterable[str] = (),
    authors: Iterable[str] = (),
    articles: Iterable[str] = (),
    collections: Iterable[str] = (),
) -> Filter | None:
    """Return the filter that is asked for, None when nothing is.

    A day is given as 2026, 2026-03 or 2026-03-05: `since` its first day, `until` its last. Raises FilterError
    for a day that is none and when `since` is after `until`.
    """
    first = _day("since", since, last=False) if since else None
    final = _day("until", until, last=True) if until else None
    if first and final and first > final:
        raise FilterError(f"since {since} is after until {until}; swap them")
    asked = Filter(
        since=first,
        until=final,
        sources=_names(sources),
        authors=_names(authors),
        articles=_names(articles),
        collections=tuple(name.strip("/") for name in _names(collections)),
    )
    return None if asked == Filter() else asked


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in given if name.strip()))


def _day(bound: str, text: str, *, last: bool) -> date:
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text.strip(), re.ASCII)
    try:
        if not found:
            raise ValueError
        year, month = int(found[1]), int(found[2] or (12 if last else 1))
        return date(year, month, int(found[3] or (calendar.monthrange(year, month)[1] if last else 1)))
    except (ValueError, calendar.IllegalMonthError):
        raise FilterError(f"{bound} {text} is not a date; write 2026, 2026-03 or 2026-03-05") from None


def described(asked: Filter) -> str:
    """Return what `asked` lets pass, in words: "from CNN or BBC, published since 2026-03-01"."""
    named = (
        ("from", asked.sources),
        ("by", asked.authors),
        ("called", asked.articles),
        ("in", asked.collections),
    )
    parts = [f"{word} {' or '.join(names)}" for word, names in named if names]
    if asked.since and asked.until:
        parts.append(f"published between {asked.since} and {asked.until}")
    elif asked.since or asked.until:
        parts.append(f"published since {asked.since}" if asked.since else f"published until {asked.until}")
    return ", ".join(parts)


def collections_of(ids: Iterable[str]) -> set[str]:
    """Return the sub-folders and tables that articles with these `ids` lie in."""
    found: set[str] = set()
    for id_ in ids:
        inner = collection_of(id_)
        while inner and inner not in found:
            found.add(inner)
            inner = inner.rpartition("/")[0]
    return found


def collection_of(id_: str) -> str:
    """Return the sub-folder or table that the article with this id lies in; empty in the top folder."""
    table = _TABLE.match(id_)
    return table[1] if table else id_.rpartition("/")[0]


def file_of(id_: str) -> str:
    """Return the path of the file that the article with this id is from."""
    folder = collection_of(id_)
    return folder if id_.startswith(f"{folder}#") else id_


def ids_within(collection: str) -> tuple[str, str]:
    """Return the first id that an article in `collection` can have, and the first after those."""
    table = _TABLE.fullmatch(f"{collection}#")
    return (f"{collection}#", f"{collection}$") if table else (f"{collection}/", f"{collection}0")


def people(author: str) -> list[str]:
    """Return the names in a byline: "Jane Doe, John Smith and Ann Lee" are three, "Doe, Jane" is one."""
    names = _BETWEEN_NAMES.split(author)
    return names if all(" " in name for name in names) else [author]


def spelled(noun: str, wanted: Sequence[str], known: Iterable[str], *, any_case: bool) -> list[str]:
    """Return the `known` names that are `wanted`, with `any_case` in each spelling they have.

    An author's are also the bylines shared with others. Raises FilterError for a name that is not known, with
    near ones; `noun` says what it names.
    """
    spellings: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for name in known:
        for called in dict.fromkeys([name, *people(name)] if noun == "author" else [name]):
            key = called.casefold() if any_case else called
            spellings.setdefault(key, []).append(name)
            shown.setdefault(key, called)
    found: list[str] = []
    for name in wanted:
        key = name.casefold() if any_case else name
        if key not in spellings:
            raise unknown(noun, name, list(shown.values()))
        found += spellings[key]
    return found


def unknown(noun: str, name: str, known: Sequence[str]) -> FilterError:
    """Return the error for a `name` that no `noun` has, with near ones of the `known`."""
    return FilterError(f"no {noun} {name}; {_hint(name, noun, known)}")


def _hint(name: str, noun: str, known: Sequence[str]) -> str:
    """Return what may have been meant by `name`."""
    folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(name.casefold(), folded, n=3)
    near = near or [each for each in folded if name.casefold() in each][:3]
    if near:
        return f"did you mean {' or '.join(folded[each] for each in near)}?"
    if not known:
        return f"the articles have no {noun}"
    some = sorted(known)
    return f"known are {', '.join(some[:NAMES_SHOWN])}{', ...' if len(some) > NAMES_SHOWN else ''}"
