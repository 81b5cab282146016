"""An outcome to text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from rag.answer import explain
from rag.corpus.filters import described
from rag.corpus.structure import page_at, section_at
from rag.output.bold import stretches
from rag.output.documents.entry import ENGLISH, chosen, lacking, led, refused
from rag.output.labels import shown
from rag.question.times import day_named
from rag.types import (
    Answer,
    Article,
    Filter,
    Hit,
    Listing,
    Outcome,
    Passage,
    Reading,
    Statement,
    Unanswered,
    duplicates_in,
    hit_of,
)

BOLD = {"\2": "\033[1m", "\3": "\033[22m"}
"""The marks around bold words while lines are filled, and the terminal's codes in their place."""

WIDTH = 100
"""Most characters of a line of an answer."""

ALSO_NAMED = 3
"""Near-duplicates of an article that are named; the others are counted."""


def as_text(outcome: Outcome, *, bold: bool = False) -> str:
    """Return `outcome` as text, with how the question was understood; `bold` for a terminal that shows it."""
    reading = outcome.reading
    read = f"Understood as: {outcome.question}\n\n" if reading and reading.typed != outcome.question else ""
    text = read + "\n".join([*_times(reading), _found(outcome)])
    for sign, drawn in BOLD.items():
        text = text.replace(sign, drawn if bold else "")
    return text


def _times(reading: Reading | None) -> Iterator[str]:
    """Yield a line for each of the question's words of time that had a part in the outcome."""
    for words in reading.times if reading else ():
        if not words.applied:
            yield f"(nothing {words.words} answers, so this is from all articles)"
        elif words.since or words.until:
            yield f"({words.words}: {described(Filter(since=words.since, until=words.until))})"
        else:
            yield f"({words.words}: newer articles first)"


def _found(outcome: Outcome) -> str:
    """Return what was found: sentences with [n], then what the numbers stand for."""
    if isinstance(outcome, Listing):
        lead = [f"\2{outcome.lead}\3\n"] if outcome.lead else []
        return "\n".join(
            [
                *lead,
                _counted(outcome),
                *(f"  {_credit(article)}  {article.id}" for article in outcome.articles),
            ]
        )
    if isinstance(outcome, Answer):
        lines = [f"\2{outcome.short_answer}\3\n"] if outcome.short_answer else []
        if outcome.sides:
            lines = [f"{ENGLISH.sides}\n"]
        values = [side.value for side in outcome.sides]
        uncovered_sides = [
            f"{ENGLISH.uncovered_sides.format(side=side)}\n" for side in outcome.uncovered_sides
        ]
        return "\n".join([*lines, *uncovered_sides, *_cited(outcome, values)])
    closest = [
        "\n".join(
            [
                f"  {_credit(hit.passage.article)}",
                *_also(hit.duplicates_with([hit.passage.text])),
                *_why(hit),
                _indented(hit.passage.text),
            ]
        )
        for hit in outcome.closest[:3]
    ]
    offer = " Closest passages:" if closest else ""
    refusal = _with_outside(refused(outcome.missing_phrases, ENGLISH, outcome.missing), outcome)
    return "\n\n".join([f"{refusal}{offer}", *closest])


def _cited(answer: Answer, values: Sequence[str]) -> Iterator[str]:
    """Yield the lines of sentences with [n], each below its value if there are any, then of what [n] are."""
    cited = [each for statement in answer.statements for each in statement.citations]
    passages = {each.passage.key: each.passage for each in cited}
    numbers = {key: number for number, key in enumerate(passages, 1)}
    labels, are_heads = shown([statement.label for statement in answer.statements])
    if caveat := _with_outside(lacking(answer.missing, ENGLISH, likely=answer.likely), answer):
        yield f"{textwrap.fill(caveat, WIDTH)}\n"
    if said := chosen(answer.chosen, answer.question, ENGLISH):
        yield f"{textwrap.fill(said, WIDTH)}\n"
    for at, statement in enumerate(answer.statements):
        marks = "".join(f"[{numbers[each.passage.key]}]" for each in statement.citations)
        if values:
            yield f"  {values[at]}  ({_credit(statement.citations[0].article)})"
            yield _indented(f"{_led(statement)} {marks}")
        else:
            label = f"{labels[at]}: " if labels[at] and not are_heads else ""
            if labels[at] and are_heads:
                yield from [""] * (at > 0) + [f"\2{labels[at]}\3"]
            yield textwrap.fill(f"{label}{_led(statement, answer.statements[:at])} {marks}", WIDTH)
        yield from _placing(statement)
    yield ""
    for key, passage in passages.items():
        own = [each for each in cited if each.passage.key == key]
        yield f"[{numbers[key]}] {_credit(passage.article)}  {_place(passage, own[0].start)}"
        yield from _also(duplicates_in(passage, answer.closest, [each.quote for each in own]))
        yield from _why(hit_of(passage, answer.closest))


def _led(statement: Statement, before: Sequence[Statement] = ()) -> str:
    """Return the text of `statement` after what leads to it, unless that stands `before` it already."""
    words = stretches(statement.text, statement.highlights)
    text = "".join(f"\2{part}\3" if is_bold else part for part, is_bold in words)
    lead = statement.citations[0].lead_text
    return text if before and before[-1].citations[0].lead_text == lead else led(lead, text)


def _placing(statement: Statement) -> Iterator[str]:
    """Yield what "Wednesday" in a quote counts from, when it has such words."""
    citation = statement.citations[0]
    if words := citation.relative:
        named = ", ".join(f"“{word}”" for word in words)
        yield f"    {named}: the article is from {citation.article.published:%A}, {_day(citation.article)}"


def _counted(listing: Listing) -> str:
    """Return in words how many articles there are of those asked for, and how many of them are named."""
    which = f" {listing.asked}" if listing.asked else ""
    if not listing.total:
        return f"There is no article{which}."
    named = f"; the first {len(listing.articles)}" if len(listing.articles) < listing.total else ""
    return f"{listing.total:,} article{'' if listing.total == 1 else 's'}{which}{named}:"


def _with_outside(said: str, outcome: Answer | Unanswered) -> str:
    """Return what is `said` of `outcome`, and then which article answers that the filter shut out, if any."""
    outside = ENGLISH.outside.format(title=outcome.outside.title) if outcome.outside else ""
    return f"{said} {outside}".strip()


def _also(articles: Sequence[Article]) -> list[str]:
    """Return a line that names the near-duplicates of an article, none without any."""
    if not articles:
        return []
    more = f", and {len(articles) - ALSO_NAMED} more" if len(articles) > ALSO_NAMED else ""
    return [f"    also in {'; '.join(_credit(article) for article in articles[:ALSO_NAMED])}{more}"]


def _why(hit: Hit | None) -> list[str]:
    """Return the line that says why a passage was found, none when it was not searched for."""
    return [f"    {explain.described(explain.why(hit))}"] if hit else []


def _credit(article: Article) -> str:
    """Return title, source and date of `article` on one line."""
    return ", ".join(part for part in (article.title, article.source, _day(article)) if part)


def _day(article: Article) -> str:
    return day_named(article.published) if article.published else "no date"


def _place(passage: Passage, at: int) -> str:
    """Return where `passage` stands: its article's id, its characters there, the page and section of `at`."""
    page = page_at(passage.article, at)
    names = [f"p. {page}"] if page else []
    names += section_at(passage.article, at)
    return ", ".join([f"{passage.article.id}:{passage.start}-{passage.end}", *names])


def _indented(text: str) -> str:
    """Return the paragraphs of `text`, each wrapped on its own, so that a heading stays apart."""
    paragraphs = (line for line in text.splitlines() if line.strip())
    return "\n".join(textwrap.indent(textwrap.fill(line, WIDTH - 4), "    ") for line in paragraphs)
