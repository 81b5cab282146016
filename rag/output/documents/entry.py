"""An answer, as `rag.output.json.as_json` has it, to what a document says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rag.output.bold import Stretch, stretches
from rag.output.labels import shown, translated
from rag.output.links import original

JSON = dict[str, Any]

CLOSEST = 3
"""Passages named with a refusal: enough to judge that it is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A document's own words; names in braces are filled in."""

    language: str = "en"
    """BCP 47 tag."""
    conversation: str = "Conversation"
    understood: str = "Understood as: "
    days_since: str = "from {day}"
    days_until: str = "until {day}"
    given_up: str = "Nothing {words} answers, so this is from all articles."
    sides: str = "The articles give different answers:"
    refusal: str = "The articles don't answer this."
    likely: str = "The articles may not answer this. The closest sentences:"
    unsaid: str = "The articles may not answer this: no sentence quoted here mentions {words}."
    unnamed: str = "No sentence quoted here mentions {words}."
    chosen: str = "A reader chose this as right for the question."
    chosen_like: str = "A reader chose this as right for a question like it: “{question}”."
    missing_phrases: str = "No passage says {phrases}."
    refused_for: str = "The articles don't answer this: no passage that was found mentions {words}."
    quoted: str = "“{phrase}”"
    together: str = " and "
    either: str = " or "
    outside: str = "An article outside the filter answers it: {title}."
    uncovered_sides: str = "Nothing was found about {side}."
    none_listed: str = "There is no article {asked}."
    one_listed: str = "1 article {asked}:"
    listed: str = "{total} articles {asked}:"
    first_listed: str = "{total} articles {asked}, the first {shown}:"
    closest: str = "Closest passages, which may be about something else:"
    all_exact: str = "Word for word: every sentence is an exact quote."
    sources: str = "Sources"
    heads: Mapping[str, str] = field(
        default_factory=lambda: {"In brief": "In brief", "People": "People", "Timeline": "Timeline"}
    )
    """What an overview has its statements under (rag.answer.overview.asked.OF_ALL), in this language."""
    no_date: str = "no date"


ENGLISH = Words()


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered footnote: a quote and where it is from."""

    number: int
    """From 1, through the whole document."""
    quote: str
    title: str
    facts: str
    """Source, author and date."""
    link: str | None
    """To the quote where the article was published; None when it is not on the web."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of an answer, or the title of a passage that is close."""

    words: tuple[Stretch, ...]
    value: str | None
    """What it states where articles differ, or what it is about or whose words it reports."""
    head: str | None
    """What stands over it and those that follow, which are about the same."""
    notes: tuple[Note, ...]
    """The first time that a note is used, or again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and what the articles say."""

    question: str
    """As it was typed."""
    short_answer: str | None
    leads: tuple[str, ...]
    """Said before the lines: how the question was understood, that articles differ, or may not answer."""
    lines: tuple[Line, ...]
    listed: bool
    """Whether the lines are a list rather than sentences that follow each other."""
    checked: str | None
    """Said after the sentences of an answer that were checked."""
    notes: tuple[Note, ...]
    """In the order of their numbers."""


def entries(answers: Sequence[JSON], words: Words) -> list[Entry]:
    """Return what a document says of `answers`, footnotes numbered through."""
    found: list[Entry] = []
    for answer in answers:
        found.append(_entry(answer, words, first=1 + sum(len(entry.notes) for entry in found)))
    return found


def _entry(answer: JSON, words: Words, *, first: int) -> Entry:
    notes: dict[tuple[Any, ...], Note] = {}

    def note(of: JSON, quote: str) -> Note:
        place = (of["article"], of["start"], of["end"])
        return notes.setdefault(place, _note(of, quote, words, number=first + len(notes)))

    said = answer["statements"]
    listed = answer["listing"]["articles"] if answer["listing"] else []
    labels, are_heads = shown(translated([each["label"] for each in said], words.heads))
    sides = {side["statement"]: side["value"] for side in answer["sides"]}
    values = sides or ({} if are_heads else dict(enumerate(labels)))
    heads = dict(enumerate(labels)) if are_heads else {}
    if said:
        lines = [
            Line(
                _words(each, said[:at]),
                values.get(at),
                heads.get(at),
                tuple(note(by, by["quote"]) for by in each["citations"]),
            )
            for at, each in enumerate(said)
        ]
    else:
        lines = [
            Line(_plain(each["title"]), None, None, (note(each, each["text"]),))
            for each in answer["closest"][:CLOSEST]
        ] + [Line(_plain(f"{each['title']}, {_facts(each, words)}"), None, None, ()) for each in listed]
    return Entry(
        question=_typed(answer),
        short_answer=answer["short_answer"] or (answer["listing"] or {}).get("lead"),
        leads=(*_read(answer, words), *_leads(answer, words)),
        lines=tuple(lines),
        listed=any(values.values()) or are_heads or not said,
        checked=words.all_exact if _exact(said) else None,
        notes=tuple(notes.values()),
    )


def led(lead: str, text: str) -> str:
    """Return the `text` of a statement after its `lead`, which is empty unless it is the item of a list."""
    return f"{lead} … {text}" if lead else text


def _words(statement: JSON, before: Sequence[JSON]) -> tuple[Stretch, ...]:
    """Return the words of `statement` after what leads to it, unless that stands `before` it already."""
    lead, text = _lead(statement), statement["text"]
    told = bool(before) and lead == _lead(before[-1])
    # A browser may have kept an answer from before there were highlights.
    words = stretches(text, statement.get("highlights", ()))
    return (*_plain("" if told else led(lead, text).removesuffix(text)), *words)


def _lead(statement: JSON) -> str:
    lead = statement["citations"][0].get("lead")  # likewise
    return str(lead["quote"]) if lead else ""


def _plain(text: str) -> tuple[Stretch, ...]:
    return tuple(stretches(text, ()))


def _exact(statements: Sequence[JSON]) -> bool:
    return bool(statements) and all(each["support"] == "exact" for each in statements)


def _typed(answer: JSON) -> str:
    typed: str = (answer["reading"] or {}).get("typed") or answer["question"]
    return typed


def _read(answer: JSON, words: Words) -> Iterator[str]:
    """Yield how the question was understood, where that is not plain from it."""
    if _typed(answer) != answer["question"]:
        yield f"{words.understood}{answer['question']}"
    for time in answer["reading"]["times"] if answer["reading"] else ():
        bounds = (("since", words.days_since), ("until", words.days_until))
        days = " ".join(said.format(day=time[bound]) for bound, said in bounds if time[bound])
        if not time["applied"]:
            yield words.given_up.format(words=time["words"])
        elif days:
            yield f"{words.quoted.format(phrase=time['words'])}: {days}"


def _leads(answer: JSON, words: Words) -> Iterator[str]:
    if answer["listing"]:
        yield _counted(answer["listing"], words)
    elif answer["answered"]:
        # A browser may have kept an answer from before these two were told.
        yield from filter(
            None, [lacking(answer.get("missing", ()), words, likely=answer.get("likely", False))]
        )
        yield from _outside(answer, words)
        yield from filter(None, [chosen(answer.get("chosen"), answer["question"], words)])  # likewise
        if answer["sides"]:
            yield words.sides
        yield from (words.uncovered_sides.format(side=side) for side in answer["uncovered_sides"])
    else:
        yield refused(answer["missing_phrases"], words, answer.get("missing", ()))
        yield from _outside(answer, words)
        if answer["closest"]:
            yield words.closest


def _counted(listing: JSON, words: Words) -> str:
    """Return in words how many articles there are, without the gap where nothing more is asked of them."""
    total, shown = listing["total"], len(listing["articles"])
    few = words.none_listed if total == 0 else words.one_listed if total == 1 else words.listed
    text = (words.first_listed if shown < total else few).format(
        total=f"{total:,}", asked=listing["asked"], shown=shown
    )
    return re.sub(r"\s+(?=[.,:])", "", text)


def lacking(missing: Sequence[str], words: Words, *, likely: bool) -> str:
    """Return what is said before an answer that lacks what is `missing`; empty where it lacks nothing."""
    if missing:
        return (words.unsaid if likely else words.unnamed).format(words=_named(missing, words.either, words))
    return words.likely if likely else ""


def chosen(case: str | None, question: str, words: Words) -> str:
    """Return what is said of what a reader chose for the question `case`; empty where nobody did."""
    if case is None:
        return ""
    return words.chosen if case == question else words.chosen_like.format(question=case)


def refused(missing_phrases: Sequence[str], words: Words, missing: Sequence[str] = ()) -> str:
    """Return what is said where nothing answers: which phrases no passage holds, or what none mentions."""
    if missing_phrases:
        return words.missing_phrases.format(phrases=_named(missing_phrases, words.together, words))
    return words.refused_for.format(words=_named(missing, words.either, words)) if missing else words.refusal


def _outside(answer: JSON, words: Words) -> Iterator[str]:
    """Yield which article answers that the filter shut out; a record of before there were any has none."""
    if outside := answer.get("outside"):
        yield words.outside.format(title=outside["title"])


def _named(names: Sequence[str], between: str, words: Words) -> str:
    return between.join(words.quoted.format(phrase=name) for name in names)


def _note(of: JSON, quote: str, words: Words, *, number: int) -> Note:
    return Note(number, quote, of["title"], _facts(of, words), original(of["url"], quote))


def _facts(of: JSON, words: Words) -> str:
    facts = (of["source"], of["author"], of["published"] or words.no_date)
    return ", ".join(fact for fact in facts if fact)
