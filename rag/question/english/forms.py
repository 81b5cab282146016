"""Forms of questions, as forms.txt words them, and a question to the form that fits all of it.

How a form is written stands at the head of that file, so that another wording needs no code. Each part is
looked for once at each word of a question, so that no question takes long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

_TOKEN = re.compile(
    r"(?P<opens>\(!|[\[(])|(?P<closes>[\])])|(?P<or>\|)|\$(?P<name>\w+)"
    r"|<(?P<slot>\w+)(?::(?P<holds>[^>]*))?>|[^\s\[\]()|<>$]+"
)
_WORD = re.compile(r"[^\s:]\S*(?<!:)|:")
_AROUND = " ,:;\"“”‘’'"

_STOPS = frozenset(
    "of in on at for to from with by about between and or than the was were is are do does did has have had"
    " be been being new wrong left it this that these those they he she you we i his her its their my your"
    " going doing made used known called newest latest oldest longest shortest best worst most first last"
    "".split()
)
_DEGREE = r"(?!(?:ever|never|other|rather|under|over|after)\b)(?:more|less|fewer|better|worse|[a-z]{2,}er)"
_MOST = r"(?:most|least|first|last|best|worst|[a-z]{2,}est)"
_PLURAL = (
    r"(?:people|women|men|children"
    r"|(?!(?:does|was|has|is|its|this|goes|says|makes|takes|gives|happens|means)\b)"
    r"[a-z-]+(?:[^\Wsui]s|ies|oes|sses|ches))"
)
_CAPITALS = re.compile(r"[A-Z][A-Z0-9&.-]+s?")
SHAPES: Mapping[str, re.Pattern[str]] = {
    "author": re.compile(r"[^\W\d][\w’'.-]*(?: [\w’'.-]+){0,3}"),
    "term": re.compile(r"\S+(?: \S+){0,4}"),
    "thing": re.compile(r"\S+(?: \S+){0,2}"),
    "name": re.compile(r"\S+(?: \S+){0,4}"),
    "person": re.compile(r"(?!(?:an?) )\S+(?: \S+){0,3}", re.IGNORECASE),
    "theme": re.compile(r"(?:the |our |my )?\S+(?: \S+)?", re.IGNORECASE),
    "proper": re.compile(r"[A-Z0-9].*"),
    "capitals": _CAPITALS,
    "quoted": re.compile(r"[\"“'‘][^\"“”]{4,}[\"”'’]"),
    "text": re.compile(r"[\"“‘'].+[\"”’']|\S+(?: \S+){2,}"),
    "whole": re.compile(r"\S+"),
    "plain": re.compile(r"[\w -]+"),
    "small": re.compile(r"[a-z]+"),
    "five": re.compile(r"[\w’'-]+(?: [\w’'-]+){0,4}"),
    # Of comparisons: after "than" comes nothing to compare with in "lower than expected", "higher than 100".
    "side": re.compile(r"(?:(?!\b(?:or|and|than)\b)[^,;?]){1,60}", re.IGNORECASE),
    "rival": re.compile(
        r"(?![£$€]?\d|an? (?:hundred|thousand|million|billion)\b"
        r"|(?:expected|thought|predicted|planned|usual|normal|average|before|ever|now|last|we|you|they)\b)"
        r"(?:(?!\b(?:or|and|than)\b)[^,;?]){1,60}",
        re.IGNORECASE,
    ),
    "degree": re.compile(rf"{_DEGREE}(?: [a-z-]+)?", re.IGNORECASE),
    "most": re.compile(rf"{_DEGREE}(?: [a-z-]+)?|{_MOST}", re.IGNORECASE),
    "last": re.compile(rf"(?:[a-z]+ )?(?:first|last|{_DEGREE}(?: [a-z]+)?)", re.IGNORECASE),
    "measured": re.compile(rf"[^,:]*\b(?:{_DEGREE}|{_MOST})\b[^,:]*", re.IGNORECASE),
    "does": re.compile(
        rf"(?:(?:ever|[a-z]+ly) )?[a-z]+ (?:(?:much|far|even|any) )?(?:an? |the )?{_DEGREE}(?: [a-z]+)?"
    ),
    # Of lists: what is asked for in the plural.
    "plural": re.compile(_PLURAL, re.IGNORECASE),
    "counted": re.compile(rf"(?:[a-z-]+ ){{0,2}}{_PLURAL}", re.IGNORECASE),
    "several": re.compile(rf"(?:[a-z-]+ )?{_PLURAL}", re.IGNORECASE),
    "described": re.compile(rf"(?:[\w’'-]+ ){{0,4}}{_PLURAL}", re.IGNORECASE),
}
"""What a slot holds, by the name of its shape; any words where it has none."""
QUOTED = frozenset(("quoted", "text"))
"""Shapes with quotation marks around what is meant."""
PLAIN = frozenset(("term", "thing", "proper", "capitals", "name", "person"))
"""Shapes of a thing's name, which has no word that joins a sentence together."""


@dataclass(frozen=True, slots=True, eq=False)
class _Slot:
    name: str
    shape: str | None
    holds: _Choice | None
    """One of these wordings, where only some will do."""


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    """Alternatives, one of which stands there."""

    sequences: Sequence[Sequence[_Part]]
    is_optional: bool = False
    is_barred: bool = False
    """Whether none of them may stand there."""


_Part: TypeAlias = "str | _Slot | _Choice"
_Found: TypeAlias = "dict[int, Mapping[str, str]]"
"""Words up to which a part reaches, and what its slots hold then."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A wording of a kind of question."""

    kind: str
    fact: str | None
    """Which fact of an article it asks for, where its kind has several."""
    is_limited: bool
    """Whether it asks for articles only together with words of time."""
    wording: _Choice


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The words of one question, and what was found to stand at each of them."""

    words: Sequence[str]
    plain: Sequence[str]
    """In small letters, without what stands around them."""
    known: dict[tuple[int, int, int], _Found] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Wording:
        """Return those of `text`."""
        words = _WORD.findall(text)
        return cls(words, [word.lower().strip(_AROUND).replace("’", "'") or word for word in words])

    def parts(self, form: Form) -> dict[str, str] | None:
        """Return what the slots of `form` hold, by their names; None where the question is not worded so."""
        found = self._choice(form.wording, 0).get(len(self.words))
        if found is None:
            return None
        return dict(found) if form.fact is None else {"fact": form.fact, **found}

    def _choice(self, choice: _Choice, at: int) -> _Found:
        found: _Found = {}
        for sequence in choice.sequences:
            for end, held in self._sequence(sequence, 0, at).items():
                found.setdefault(end, held)
        if choice.is_barred:
            return {} if found else {at: {}}
        return {**found, at: found.get(at, {})} if choice.is_optional else found

    def _sequence(self, parts: Sequence[_Part], first: int, at: int) -> _Found:
        """Return how far `parts` from the `first` of them reach from the word `at`."""
        if first == len(parts):
            return {at: {}}
        key = (id(parts), first, at)
        if (known := self.known.get(key)) is None:
            known = {}
            for end, held in self._part(parts[first], at).items():
                for last, more in self._sequence(parts, first + 1, end).items():
                    known.setdefault(last, {**held, **more})
            self.known[key] = known
        return known

    def _part(self, part: _Part, at: int) -> _Found:
        if part == ",":
            return {at: {}} if at and self.words[at - 1].endswith(",") else {}
        if isinstance(part, str):
            return {at + 1: {}} if at < len(self.plain) and self.plain[at] == part else {}
        return self._choice(part, at) if isinstance(part, _Choice) else dict(self._held(part, at))

    def _held(self, slot: _Slot, at: int) -> Iterator[tuple[int, Mapping[str, str]]]:
        if slot.holds:
            ends: Sequence[int] = list(self._choice(slot.holds, at))
        else:
            ends = range(at + 1, len(self.words) + 1)
        for end in ends:
            text = " ".join(self.words[at:end]).strip(" ,:;")
            if slot.shape in PLAIN and (self.plain[end - 1] in _STOPS or "'s" in self.plain[end - 1]):
                return
            if slot.shape is None or SHAPES[slot.shape].fullmatch(text):
                held = text.strip(_AROUND) if slot.shape in QUOTED else text
                yield end, {} if slot.name == "_" else {slot.name: held}


def read(text: str) -> list[Form]:
    """Return the forms that `text` has, in order. Raises ValueError for one that cannot be read."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    named = (line[1:].partition(" = ") for line in lines if line.startswith("$"))
    reader = _Reader({name: said for name, _, said in named})
    forms: list[Form] = []
    for line in lines:
        if not line.startswith("$"):
            kind, _, said = line.partition(": ")
            name, _, fact = kind.partition(" ")
            is_limited = fact == "limited"
            forms.append(Form(name, None if is_limited else fact or None, is_limited, reader.choice(said)))
    return forms


class _Reader:
    """Reads wordings; what has a name is read once."""

    def __init__(self, named: Mapping[str, str]) -> None:
        self._said = named
        self._named: dict[str, _Choice] = {}

    def choice(self, said: str) -> _Choice:
        """Return the wording `said`."""
        tokens = _TOKEN.finditer(said)
        found = self._until("", tokens)
        if next(tokens, None):
            raise ValueError(f"more is closed than was opened in {said!r}")
        return found

    def _until(self, close: str, tokens: Iterator[re.Match[str]]) -> _Choice:
        sequences: list[list[_Part]] = [[]]
        for token in tokens:
            if token["closes"]:
                break
            if token["or"]:
                sequences.append([])
            elif token["opens"]:
                inner = self._until(token[0], tokens)
                sequences[-1].append(_Choice(inner.sequences, token[0] == "[", token[0] == "(!"))
            elif token["name"]:
                sequences[-1].append(self._of(token["name"]))
            elif token["slot"]:
                sequences[-1].append(self._slot(token["slot"], token["holds"]))
            else:
                sequences[-1].append(token[0].lower())
        return _Choice(sequences)

    def _of(self, name: str) -> _Choice:
        if name not in self._named:
            self._named[name] = self.choice(self._said[name])
        return self._named[name]

    def _slot(self, name: str, holds: str | None) -> _Slot:
        shape = (holds or name).removeprefix("$")
        if shape in SHAPES or holds is None:
            return _Slot(name, shape if shape in SHAPES else None, None)
        return _Slot(name, None, self.choice(holds))
