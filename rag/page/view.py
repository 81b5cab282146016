"""Outcome to the JSON that a browser is told.

Everything from an article stays a plain text in its own field; nothing here is, or becomes, markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from rag.answer.explain import why
from rag.output.bold import Stretch, stretches
from rag.output.json import JSON, TimeJSON, as_json, time_as_json
from rag.page.article import FactsView, Span, facts, iso
from rag.page.sources import Source, source, uncited
from rag.types import (
    Answer,
    Hit,
    Listing,
    Outcome,
    Passage,
    Statement,
    Step,
    Support,
    Unanswered,
    duplicates_in,
    hit_of,
)

CLOSEST = 3
"""Passages offered with a refusal: enough to judge that it is right, few enough to be read."""

FOUND = 5
"""Passages named beside those that are cited: they were considered, and it is seen that they were."""


class Reference(TypedDict):
    """What a citation chip leads to."""

    source: int
    quote: int


class Dated(TypedDict):
    """Words of a quote that the day of its article places."""

    words: list[str]
    published: str
    """ISO 8601 date."""


class SentenceView(TypedDict):
    """A statement of an answer."""

    text: str
    stretches: list[Stretch]
    """In order; together they are `text`. The words that answer are bold."""
    lead: str
    """What leads to it, where it is the item of a list and not the one before it too; else empty."""
    label: str | None
    """What it is about or whose words it reports, where the answer has parts."""
    support: Support
    citations: list[Reference]
    dated: Dated | None


class AskedView(TypedDict):
    """The question that an outcome is of, as it was understood."""

    question: str
    typed: str | None
    """As it was typed, where it was completed from the turns before."""
    times: list[TimeJSON]
    ignored: list[str]
    """Words of time that the reader removed."""


class AnswerView(AskedView):
    """The articles answer."""

    kind: Literal["answer"]
    short_answer: str | None
    statements: list[SentenceView]
    sides: list[str]
    """What the statements state differently, a value each; empty when they agree."""
    uncovered_sides: list[str]
    """Of two things compared, the one that no article was found to speak of."""
    likely: bool
    chosen: str | None
    """The question, this or one like it, for which a reader chose the first statements."""
    missing: list[str]
    """Names and numbers of the question that no quoted sentence says; of a likely answer, words too."""
    outside: str | None
    """The title of an article that answers and that the filter shut out, where the answer is likely only."""
    sources: list[Source]
    """What is cited."""
    found: list[Source]
    """The closest of the passages that were found and are not cited."""
    confidence: float
    record: JSON
    """The outcome as it is exported; with the closest passages only where nothing answers."""


class UnansweredView(AskedView):
    """The articles do not say."""

    kind: Literal["unanswered"]
    outside: str | None
    """The title of an article that answers and that the filter shut out."""
    missing_phrases: list[str]
    """Phrases of the question that no passage holds, when that is why."""
    missing: list[str]
    """Names and words of the question that no passage says."""
    statements: list[SentenceView]
    """None: nothing is cited."""
    sources: list[Source]
    """The closest passages, that with the closest sentence first; none that has nothing of the question."""
    found: list[Source]
    """None besides."""
    confidence: float
    record: JSON
    """The outcome as it is exported; with the closest passages only where nothing answers."""


class ListingView(AskedView):
    """What articles there are."""

    kind: Literal["listing"]
    lead: str | None
    """What was asked of them, where it is one of their facts."""
    asked: str
    """Which articles, in words; empty when all."""
    total: int
    articles: list[FactsView]
    """The first of them."""
    record: JSON
    """The outcome as it is exported."""


class SearchingView(TypedDict):
    """The answer is being looked for; rag.types.Step has the meanings."""

    kind: Literal["searching"]
    doing: str
    passages: int
    question: str


class NextView(TypedDict):
    """What can be asked after an answer."""

    kind: Literal["next"]
    questions: list[str]


class ProblemView(TypedDict):
    """There is no outcome, and this is why."""

    kind: Literal["problem"]
    message: str


OutcomeView = AnswerView | UnansweredView | ListingView
TurnView = OutcomeView | ProblemView


def step_view(step: Step) -> SearchingView:
    """Return what a browser is told of a step towards an outcome."""
    return {"kind": "searching", "doing": step.doing, "passages": step.passages, "question": step.question}


def queued_view(ahead: int, question: str) -> SearchingView:
    """Return what a browser is told of a question that `ahead` others come before."""
    return {"kind": "searching", "doing": "queued", "passages": ahead, "question": question}


def outcome_view(outcome: Outcome, ignored: Sequence[str] = ()) -> OutcomeView:
    """Return what a browser is told about `outcome`; `ignored` are words of time that the reader removed."""
    if isinstance(outcome, Listing):
        return _listing(outcome, ignored)
    if isinstance(outcome, Answer):
        return _answer(outcome, ignored)
    return _unanswered(outcome, ignored)


def _answer(answer: Answer, ignored: Sequence[str]) -> AnswerView:
    statements, sources, found = _cited(answer.statements, answer.closest)
    return {
        **_asked(answer, ignored),
        "kind": "answer",
        "short_answer": answer.short_answer,
        "statements": statements,
        "sides": [side.value for side in answer.sides],
        "uncovered_sides": list(answer.uncovered_sides),
        "likely": answer.likely,
        "chosen": answer.chosen,
        "missing": list(answer.missing),
        "outside": _outside(answer),
        "sources": sources,
        "found": found,
        "confidence": answer.confidence,
        "record": as_json(answer, closest=0),
    }


def _unanswered(unanswered: Unanswered, ignored: Sequence[str]) -> UnansweredView:
    return {
        **_asked(unanswered, ignored),
        "kind": "unanswered",
        "missing_phrases": list(unanswered.missing_phrases),
        "missing": list(unanswered.missing),
        "outside": _outside(unanswered),
        "statements": [],
        "sources": uncited(_nearest(unanswered.closest), first=1),
        "found": [],
        "confidence": unanswered.confidence,
        "record": as_json(unanswered, closest=CLOSEST),
    }


def _nearest(closest: Sequence[Hit]) -> list[Hit]:
    """Return the first of the `closest` that have anything of the question, by their closest sentence."""
    reasons = ((hit, why(hit)) for hit in sorted(closest, key=_fit, reverse=True))
    return [hit for hit, reason in reasons if reason.words or reason.closeness != "distant"][:CLOSEST]


def _fit(hit: Hit) -> float:
    """Return how close the closest sentence of a passage is, or the passage where that is not known."""
    return max(hit.sentence_similarities, default=hit.similarity)


def _outside(outcome: Answer | Unanswered) -> str | None:
    return outcome.outside.title if outcome.outside else None


def _asked(outcome: Outcome, ignored: Sequence[str]) -> AskedView:
    reading = outcome.reading
    return {
        "question": outcome.question,
        "typed": reading.typed if reading and reading.typed != outcome.question else None,
        "times": [time_as_json(words) for words in (reading.times if reading else ())],
        "ignored": list(ignored),
    }


def _dated(statement: Statement) -> Dated | None:
    citation = statement.citations[0]
    words, published = citation.relative, iso(citation.article)
    return {"words": list(words), "published": published} if words and published else None


def _cited(
    statements: Sequence[Statement], closest: Sequence[Hit]
) -> tuple[list[SentenceView], list[Source], list[Source]]:
    """Return the sentences, the passages they cite and, where they cite any, the closest of the others.

    Passages are numbered by first use: one that is cited again keeps its number.
    """
    passages: list[Passage] = []
    places: dict[tuple[str, int, int], int] = {}
    quotes: list[dict[Span, Sequence[Span]]] = []
    sentences: list[SentenceView] = []
    lead = ""
    for statement in statements:
        references: list[Reference] = []
        led, lead = lead, statement.citations[0].lead_text
        for citation in statement.citations:
            at = places.setdefault(citation.passage.key, len(passages))
            if at == len(passages):
                passages.append(citation.passage)
                quotes.append({})
            span = (citation.start, citation.end)
            quotes[at].setdefault(span, statement.highlights if citation.quote == statement.text else ())
            references.append({"source": at + 1, "quote": list(quotes[at]).index(span)})
        sentences.append(
            {
                "text": statement.text,
                "stretches": stretches(statement.text, statement.highlights),
                "lead": lead if lead != led else "",
                "label": statement.label,
                "support": statement.support,
                "citations": references,
                "dated": _dated(statement),
            }
        )
    cited = [
        source(
            number,
            passage,
            spans,
            duplicates_in(passage, closest, [passage.article.text[start:end] for start, end in spans]),
            hit_of(passage, closest),
        )
        for number, (passage, spans) in enumerate(zip(passages, quotes, strict=True), start=1)
    ]
    others = [hit for hit in closest if hit.passage.key not in places][:FOUND]
    return sentences, cited, uncited(others, first=len(cited) + 1) if cited else []


def _listing(listing: Listing, ignored: Sequence[str]) -> ListingView:
    return {
        **_asked(listing, ignored),
        "kind": "listing",
        "lead": listing.lead,
        "asked": listing.asked,
        "total": listing.total,
        "articles": [facts(article) for article in listing.articles],
        "record": as_json(listing),
    }
