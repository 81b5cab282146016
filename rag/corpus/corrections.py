"""footnote.toml beside the articles to what it corrects of them; the only door to tomlkit.

    [files."news/*.html"]           # a folder, a file, or a pattern in which * stands for anything
    source = "The Daily News"       # and author; "" says that there is none
    dates = "day"                   # 03/04/2025 is 3 April; "month": it is 4 March
    drop = ["Sign up here"]         # lines that are no part of the articles; keep: lines that are

    [files."shop.csv".columns]
    text = "Beschreibung"           # which column holds what

    [articles."news/storm.html"]    # one article: title, date, author, source, url
    date = 2025-04-11

What it says outranks what a file says, a later section an earlier one, and an article's own all others. The
files of the articles stay as they are.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Self, TypeAlias

from rag.corpus.formats.hints import Hints, plain_line
from rag.corpus.formats.text.characters import one_line
from rag.errors import SettingError
from rag.files import replace_file
from rag.types import Article

FILE = "footnote.toml"

LARGEST = 10_000_000
"""Bytes: some fifty thousand corrections."""

SETTABLE = ("title", "date", "author", "source", "url")
"""What of a single article can be corrected."""

FIELDS = {"date": "published"}
"""Names of an Article's fields where footnote.toml has others."""

Values: TypeAlias = Mapping[str, Any]
"""Fields of an Article to what they are to hold."""


@dataclass(frozen=True, slots=True)
class Section:
    """What is said of the files that a pattern matches."""

    pattern: str
    values: Values
    hints: Hints

    def matches(self, path: str) -> bool:
        """Say whether this is about the file at `path`."""
        name = self.pattern.strip("/")
        return name in ("", ".") or f"{path}/".startswith(f"{name}/") or fnmatchcase(path, name)


@dataclass(frozen=True, slots=True)
class Corrections:
    """What footnote.toml says."""

    sections: tuple[Section, ...] = ()
    articles: Mapping[str, Values] = field(default_factory=dict)
    sha256: str = field(default="", compare=False)
    """Of the file; empty where there is none. Two files may say the same."""

    @property
    def files(self) -> dict[str, str]:
        """The SHA-256 of the file by its name; nothing where there is none."""
        return {FILE: self.sha256} if self.sha256 else {}

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return what the file in `folder` says, nothing where there is none.

        Raises SettingError when it is not right, with what to change.
        """
        return cls._of(content(folder), folder / FILE)

    @classmethod
    def _of(cls, written: bytes, file: Path) -> Self:
        said = _parsed(written, file)
        _known(said, ("files", "articles"), f"{file} has")
        sections = tuple(
            _section(pattern, _table(about, f'{file} says of files."{pattern}"'), file)
            for pattern, about in _table(said.get("files", {}), f"{file} says of files").items()
        )
        articles = {
            id_: _values(_table(about, f'{file} says of articles."{id_}"'), _OF_ARTICLE, file, id_)
            for id_, about in _table(said.get("articles", {}), f"{file} says of articles").items()
        }
        return cls(sections, articles, hashlib.sha256(written).hexdigest() if written else "")

    def hints(self, path: str) -> Hints:
        """Return how the file at `path` is to be read."""
        found = Hints()
        for section in self.sections:
            if section.matches(path):
                more = section.hints
                keep = found.keep | more.keep
                found = Hints(
                    found.day_first if more.day_first is None else more.day_first,
                    {**found.columns, **more.columns},
                    (found.drop | more.drop) - keep,
                    keep,
                )
        return found

    def corrected(self, article: Article, path: str) -> Article:
        """Return the `article` of the file at `path` as it is to be."""
        values = {
            name: value
            for section in self.sections
            if section.matches(path)
            for name, value in section.values.items()
        }
        values.update(self.articles.get(article.id, {}))
        return replace(article, **values) if values else article

    def idle(self, paths: Iterable[str], ids: Iterable[str]) -> list[str]:
        """Return the articles and patterns that are spoken of, and are none of these `ids` and `paths`."""
        paths, ids = list(paths), set(ids)
        patterns = [each.pattern for each in self.sections if not any(map(each.matches, paths))]
        return [*patterns, *(id_ for id_ in self.articles if id_ not in ids)]


def content(folder: Path) -> bytes:
    """Return what is in the footnote.toml in `folder`, nothing where there is none. Raises SettingError."""
    file = folder / FILE
    try:
        if not file.is_file():
            return b""
        if file.stat().st_size > LARGEST:
            raise SettingError(f"{file} has more than {LARGEST:,} bytes; shorten it")
        return file.read_bytes()
    except OSError as error:
        raise SettingError(f"{file} cannot be read: {error.strerror or error}") from None


def correct(folder: Path, id_: str, wanted: Mapping[str, str]) -> None:
    """Write down in `folder` what the article with this id is to have; an empty value takes one back.

    Raises SettingError when a value cannot be one, or what is written there already is not right.
    """
    file, old = folder / FILE, content(folder)
    before = Corrections._of(old, file)
    values = {name: _written(name, text) for name, text in wanted.items()}
    meant = replace(before, articles=_meant(before.articles, id_, values))
    ways = (_with(old, id_, values, inline=inline) for inline in (False, True))
    new = next((way for way in ways if _read_back(way, file) == meant), None)
    if new is None:
        raise SettingError(
            f'{file} is written in a way that cannot be added to; add articles."{id_}" by hand'
        )
    if new.strip():
        replace_file(file, new)
    else:
        file.unlink(missing_ok=True)


def _meant(
    articles: Mapping[str, Values], id_: str, values: Mapping[str, str | date | None]
) -> dict[str, Values]:
    """Return what is said of `articles` once these `values` of one are, or are no more."""
    own = dict(articles.get(id_, {}))
    for name, value in values.items():
        if value is not None:
            own[FIELDS.get(name, name)] = value
        else:
            own.pop(FIELDS.get(name, name), None)
    others = {each: of for each, of in articles.items() if each != id_}
    return others | ({id_: own} if own else {})


def _read_back(written: bytes, file: Path) -> Corrections | None:
    try:
        return Corrections._of(written, file)
    except SettingError:
        return None


def set_of(folder: Path, id_: str) -> dict[str, str]:
    """Return which facts of the article with this id were corrected, and to what. Raises SettingError."""
    values = Corrections.read(folder).articles.get(id_, {})
    names = {FIELDS.get(name, name): name for name in SETTABLE}
    return {names[each]: "" if value is None else str(value) for each, value in values.items()}


def _with(old: bytes, id_: str, values: Mapping[str, str | date | None], *, inline: bool) -> bytes:
    """Return the file that is `old` with these `values` for an article, its comments and order kept.

    A new section is its own, or `inline`: which of them is right depends on how the others are written.
    """
    import tomlkit  # noqa: PLC0415 - only who writes needs it
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        document = tomlkit.parse(old.decode("utf-8-sig"))
        articles: Any = document.get("articles")
        if articles is None:
            articles = document["articles"] = tomlkit.table(is_super_table=True)
        entry: Any = articles.get(id_, tomlkit.inline_table() if inline else tomlkit.table())
        for name, value in values.items():
            if value is not None:
                entry[name] = value
            else:
                entry.pop(name, None)
        if entry and id_ not in articles:
            articles[id_] = entry
        if not entry and id_ in articles:
            del articles[id_]
        if not articles:
            del document["articles"]
        return tomlkit.dumps(document).encode()
    except (TOMLKitError, TypeError, AttributeError):
        return old


def _parsed(written: bytes, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(written.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SettingError(f"{file} is not UTF-8; save it in that encoding") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingError(f"{file} is not TOML: {error}") from None


def _table(found: object, what: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise SettingError(f"{what} {found!r}; that is no section")
    return found


def _known(found: Iterable[str], known: Iterable[str], what: str) -> None:
    """Raise SettingError for a name that is not `known`, with the nearest one."""
    known = list(known)
    for name in found:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
            raise SettingError(f"{what} {name}, which is unknown; {hint}")


def _section(pattern: str, said: Mapping[str, Any], file: Path) -> Section:
    about = f'{file}: files."{pattern}"'
    _known(said, (*_OF_FILES, *_HINTS), f"{about} has")
    values = {name: value for name, value in said.items() if name in _OF_FILES}
    hints = {
        as_hint: read(said[name], f"{about}.{name}")
        for name, (as_hint, read) in _HINTS.items()
        if name in said
    }
    return Section(pattern, _values(values, _OF_FILES, file, pattern), Hints(**hints))


def _values(said: Mapping[str, Any], known: Mapping[str, Checked], file: Path, name: str) -> Values:
    _known(said, known, f'{file}: "{name}" has')
    return {
        FIELDS.get(each, each): known[each](value, f'{file}: "{name}".{each}') for each, value in said.items()
    }


Checked: TypeAlias = Callable[[Any, str], Any]
"""What stands in footnote.toml, and what that is called in a message, to a value."""


def _words(value: object, what: str) -> str | None:
    if not isinstance(value, str):
        raise SettingError(f'{what} is {value!r}; write it as "text"')
    return one_line(value) or None


def _title(value: object, what: str) -> str:
    if title := _words(value, what):
        return title
    raise SettingError(f"{what} is empty; an article has a title")


def _day(value: object, what: str) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = _words(value, what)
    if words is None:
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII):
        try:
            return date.fromisoformat(words)
        except ValueError:
            pass
    raise SettingError(f"{what} is {words}, which is no date; write 2025-04-11")


def _url(value: object, what: str) -> str | None:
    words = _words(value, what)
    if words is None or re.fullmatch(r"https?://\S+", words):
        return words
    raise SettingError(f"{what} is {words}, which is no address of the web; write https://...")


def _day_first(value: object, what: str) -> bool:
    if value not in ("day", "month"):
        raise SettingError(f'{what} is {value!r}; write "day" or "month": what comes first in 03/04/2025')
    return value == "day"


def _columns(value: object, what: str) -> dict[str, str]:
    names = _table(value, f"{what} is")
    _known(names, _COLUMNS, f"{what} has")
    return {FIELDS.get(name, name): _title(column, f"{what}.{name}") for name, column in names.items()}


def _lines(value: object, what: str) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        raise SettingError(f'{what} is {value!r}; write the lines as ["...", "..."]')
    return frozenset(filter(None, map(plain_line, value)))


_OF_FILES: Mapping[str, Checked] = {"source": _words, "author": _words}
_OF_ARTICLE: Mapping[str, Checked] = {
    "title": _title,
    "date": _day,
    "author": _words,
    "source": _words,
    "url": _url,
}
_HINTS: Mapping[str, tuple[str, Checked]] = {
    "dates": ("day_first", _day_first),
    "columns": ("columns", _columns),
    "drop": ("drop", _lines),
    "keep": ("keep", _lines),
}
_COLUMNS = ("text", "id", "language", *SETTABLE)


def _written(name: str, text: str) -> str | date | None:
    """Return a value as it is written down; None where `text` is empty. Raises SettingError."""
    _known([name], SETTABLE, "an article has")
    value: str | date | None = _OF_ARTICLE[name](text, name) if text.strip() else None
    return value
