"""Forms of questions, as a file words them, and a question to the form that fits all of it.

How a form is written stands at the head of english/forms.txt, so that another wording needs no code. Nothing
here knows a language. Each part is looked for once at each word of a question, so that none takes long.
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
_ANY = re.compile(".*")


@dataclass(frozen=True, slots=True, eq=False)
class _Slot:
    name: str
    shape: re.Pattern[str] | None
    """What fits all of its words, its first group what it holds of them; any words fit where it has none."""
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
        here = self.plain[at] if at < len(self.plain) else ""
        for sequence in choice.sequences:
            if sequence and isinstance(sequence[0], str) and sequence[0] not in (",", here):
                continue  # most end here
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
            found = (slot.shape or _ANY).fullmatch(text)
            if found:
                yield end, {} if slot.name == "_" else {slot.name: found[found.lastindex or 0].strip()}


def forms_of(text: str, shapes: Mapping[str, re.Pattern[str]]) -> list[Form]:
    """Return the forms that `text` has, in order, with slots of these `shapes`, by their names.

    Raises ValueError for one that cannot be read.
    """
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    named = (line[1:].partition(" = ") for line in lines if line.startswith("$"))
    reader = _Reader({name: said for name, _, said in named}, shapes)
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

    def __init__(self, named: Mapping[str, str], shapes: Mapping[str, re.Pattern[str]]) -> None:
        self._said = named
        self._shapes = shapes
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
        shape = self._shapes.get((holds or name).removeprefix("$"))
        if shape or holds is None:
            return _Slot(name, shape, None)
        return _Slot(name, None, self.choice(holds))
