"""The front matter of a Markdown file, in YAML, TOML, JSON or as Pandoc's title block, to what it says."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import yaml

from rag.corpus.formats.facts import named
from rag.corpus.formats.facts.fields import DECKS, field_of, fields_of, plain_name
from rag.corpus.formats.facts.values import words
from rag.errors import ReadingError

_FRONT_MATTER = re.compile(
    r"\s*---(?:ya?ml|js(?:on)?)? *\n(?! *\n)(.*?)^(?:---|\.\.\.) *(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
"""YAML, of which JSON is a part and a JavaScript object nearly one; Eleventy has its readers name them."""
_TOML = re.compile(r"\s*(?:\+\+\+|---toml) *\n(.*?)^(?:\+\+\+|---) *(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_JSON = re.compile(r"\s*\{(?=\s*\")")
_PANDOC = re.compile(r"\s*%((?: .*)?(?:\n +\S.*)*)\n" + r"(?:%((?: .*)?(?:\n +\S.*)*)\n)?" * 2 + r"(?=\s|#)")
"""Title, authors and date, each behind a % and going on where lines are indented."""
_ENTRY = re.compile(r"^(\w[\w -]*):(?=\s)(.*(?:\n[ -].*)*)", re.MULTILINE)

FEWEST_WORDS = 5
"""Of a value that is a sentence, and no name, tag or address."""

LONGEST_FRONT_MATTER = 50_000
"""Characters; YAML is read at some tens of thousands a second, and articles have hundreds."""


_TABLES = ("params", "extra", "taxonomies")
"""Where Hugo and Zola keep what is their author's own: who wrote it, among other things."""


def split(text: str) -> tuple[dict[str, object], str]:
    """Return what the front matter says, and the text below it; nothing where there is none.

    Raises ReadingError for front matter that says nothing that can be read, or is too long.
    """
    if match := _FRONT_MATTER.match(text):
        values = _yaml(match[1]) if _is_short(match[1]) else None
    elif match := _TOML.match(text):
        values = _toml(match[1]) if _is_short(match[1]) else None
    elif match := _JSON.match(text):
        return _json(text[match.end() - 1 :]) or ({}, text)
    elif match := _PANDOC.match(text):
        values = _pandoc(*match.groups(default=""))
    if not match or not isinstance(values, Mapping):  # a rule at the top of the text, not front matter
        return {}, text
    inner = [each for name in _TABLES if isinstance(each := values.get(name), Mapping)]
    told = {str(name): value for each in (*inner, values) for name, value in each.items()}
    return told, text[match.end() :]


def texts(values: Mapping[str, object], *, has_body: bool) -> list[str]:
    """Return the texts that front matter holds: above a body deck and abstract, else all that say more."""
    names = fields_of(values).get("text", [])
    decks = [name for name in names if plain_name(name) in (*DECKS, "abstract")]
    wanted = decks if has_body else [*decks, *(name for name in names if name not in decks)]
    found: list[str] = []
    for said in filter(None, (words(values[name]) for name in wanted)):
        if not any(_plain(said) in _plain(other) for other in found):
            found.append(said)
    return found or ([] if has_body else _prose(values))


def _prose(values: Mapping[str, object]) -> list[str]:
    """Return what stands under names of the author's own and reads as sentences, lists as such."""
    found = []
    for value in (value for name, value in values.items() if field_of(name) is None):
        said = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        texts = [each for each in said if isinstance(each, str) and len(each.split()) >= FEWEST_WORDS]
        if len(texts) > len(said) / 2:
            found.append(texts[0] if isinstance(value, str) else "\n".join(f"- {each}" for each in texts))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_short(text: str) -> bool:
    """Say whether `text` may be front matter. Raises ReadingError for one that is too long."""
    if len(text) > LONGEST_FRONT_MATTER and _ENTRY.match(text):
        raise ReadingError(
            f"has front matter of {len(text):,} characters, more than the {LONGEST_FRONT_MATTER:,}"
            " that are read; shorten it"
        )
    return len(text) <= LONGEST_FRONT_MATTER


def _json(text: str) -> tuple[dict[str, object], str] | None:
    """Return the object that `text` begins with and what stands below it; None when it is no front matter."""
    with suppress(ValueError, RecursionError):
        values, end = json.JSONDecoder(parse_constant=lambda _: None).raw_decode(text[:LONGEST_FRONT_MATTER])
        if named(values) and text[end : end + 1] in ("\n", ""):
            return values, text[end:]
    return None


def _pandoc(title: str, authors: str, date: str) -> Mapping[str, object]:
    names = [" ".join(name.split()) for name in re.split(r"[;\n]", authors)]
    said = {"title": " ".join(title.split()), "author": list(filter(None, names)), "date": date.strip()}
    return {name: value for name, value in said.items() if value}


def _toml(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads("\n" + text)  # below the line of three pluses
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ReadingError(f"front matter: {error}") from error


def _yaml(text: str) -> object:
    """Return what `text` says, by its entries where it is no YAML: "title: Storm: a history"."""
    try:
        return _values(text)
    except (yaml.YAMLError, RecursionError) as error:
        if named(values := _entries(text)):
            return values
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1  # counted from 0, below the line of three dashes
        raise ReadingError(
            f"front matter, line {line}: {getattr(error, 'problem', None) or error}"
        ) from error


def _entries(text: str) -> dict[str, object]:
    """Return each "name: value" of `text`, the value as it is written where it is no YAML."""
    found: dict[str, object] = {}
    for entry in _ENTRY.finditer(text):
        name, value = entry.groups()
        with suppress(yaml.YAMLError, RecursionError):
            value = _values(entry[0])[name.rstrip()]
        found[name] = value
    return found


def _values(text: str) -> Any:
    """Return YAML with every value as it is written: a title of 1984 is no number."""
    return yaml.load(text, Loader=_Written)


class _Written(yaml.BaseLoader):
    """Reads values as they are written, and no aliases: a few of these multiply to more than memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose the next node, which must not be an alias."""
        if self.check_event(yaml.AliasEvent):
            alias = self.peek_event()  # type: ignore[no-untyped-call]
            problem = f"*{alias.anchor} repeats what stands elsewhere; write it out"
            raise yaml.composer.ComposerError(None, None, problem, alias.start_mark)
        return super().compose_node(parent, index)
