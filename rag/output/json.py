"""An answer with its citations, a listing, what a search found, or an article, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypedDict

from rag.answer.explain import described, why
from rag.corpus.structure import below_heading, page_at, section_at
from rag.types import (
    Answer,
    Article,
    Citation,
    Found,
    Hit,
    Listing,
    Outcome,
    Reading,
    Statement,
    TimeWords,
    Unanswered,
    duplicates_in,
    hit_of,
)

JSON = dict[str, Any]


class TimeJSON(TypedDict):
    """Words of time that limited or ordered articles; rag.types.TimeWords has the meanings."""

    words: str
    since: str | None
    until: str | None
    newest: bool
    applied: bool


def as_json(outcome: Outcome, *, closest: int | None = None) -> JSON:
    """Return `outcome` as plain dictionaries and lists, with the first `closest` passages, or all.

    Offsets count characters of the article's text, those of "highlights", where the answering words stand,
    of the statement's; a side's statement is its place in the list of them.
    """
    answer = outcome if isinstance(outcome, Answer) else None
    refusal = outcome if isinstance(outcome, Unanswered) else None
    listing = outcome if isinstance(outcome, Listing) else None
    considered = () if isinstance(outcome, Listing) else outcome.closest
    outside = None if isinstance(outcome, Listing) else outcome.outside
    return {
        "question": outcome.question,
        "reading": _reading(outcome.reading) if outcome.reading else None,
        "answered": answer is not None or (listing is not None and listing.total > 0),
        "confidence": round(outcome.confidence, 3),
        "short_answer": answer.short_answer if answer else None,
        "statements": _statements(answer.statements if answer else (), considered),
        "likely": answer is not None and answer.likely,
        "missing": [] if isinstance(outcome, Listing) else list(outcome.missing),
        "chosen": answer.chosen if answer else None,
        "sides": [
            {"value": side.value, "statement": at} for at, side in enumerate(answer.sides if answer else ())
        ],
        "uncovered_sides": list(answer.uncovered_sides) if answer else [],
        "missing_phrases": list(refusal.missing_phrases) if refusal else [],
        "outside": None if outside is None else {"article": outside.id, "title": outside.title},
        "listing": _listing(listing) if listing else None,
        "closest": [_closest(hit) for hit in considered[:closest]],
    }


def found_as_json(found: Found) -> JSON:
    """Return what was `found`; `score` is comparable within one question only, `similarity` is a cosine."""
    return {
        "question": found.question,
        "missing_phrases": list(found.missing_phrases),
        "passages": [
            {"rank": rank}
            | _closest(hit)
            | {
                "score": round(hit.score, 4),
                "similarity": round(hit.similarity, 4),
                "bm25": round(hit.bm25, 4),
            }
            for rank, hit in enumerate(found.hits, 1)
        ],
    }


def article_as_json(article: Article) -> JSON:
    """Return `article` with its text, which every offset counts the characters of."""
    return _article(article) | {"language": article.language, "text": article.text}


def _reading(reading: Reading) -> JSON:
    return {"typed": reading.typed, "times": [time_as_json(words) for words in reading.times]}


def time_as_json(words: TimeWords) -> TimeJSON:
    """Return a question's words of time, and what they did."""
    return {
        "words": words.words,
        "since": words.since.isoformat() if words.since else None,
        "until": words.until.isoformat() if words.until else None,
        "newest": words.newest,
        "applied": words.applied,
    }


def _listing(listing: Listing) -> JSON:
    articles = [_article(article) for article in listing.articles]
    return {"lead": listing.lead, "asked": listing.asked, "total": listing.total, "articles": articles}


def _statements(statements: Sequence[Statement], closest: Sequence[Hit]) -> list[JSON]:
    return [
        {
            "text": statement.text,
            "support": statement.support,
            "label": statement.label,
            "highlights": [list(highlight) for highlight in statement.highlights],
            "citations": [_citation(citation, closest) for citation in statement.citations],
        }
        for statement in statements
    ]


def _citation(citation: Citation, closest: Sequence[Hit]) -> JSON:
    place: JSON = {"start": citation.start, "end": citation.end, "quote": citation.quote, "lead": None}
    if citation.lead:
        start, end = citation.lead
        place["lead"] = {"start": start, "end": end, "quote": citation.lead_text}
    also = duplicates_in(citation.passage, closest, [citation.quote])
    hit = hit_of(citation.passage, closest)
    found = {"duplicates": [_article(article) for article in also], "why": _why(hit) if hit else None}
    place |= where(citation.article, citation.start)
    return _article(citation.article) | place | {"relative": list(citation.relative)} | found


def _closest(hit: Hit) -> JSON:
    passage = hit.passage
    also = hit.duplicates_with([passage.text])
    place: JSON = {"start": passage.start, "end": passage.end, "text": passage.text}
    place |= where(passage.article, below_heading(passage.article, passage.start, passage.end))
    found = {"duplicates": [_article(article) for article in also], "why": _why(hit)}
    return _article(passage.article) | place | found


class Where(TypedDict):
    """Where in an article a place of its text is, as a person looks for it."""

    section: list[str]
    """Headings that it stands under, the outermost first."""
    page: int | None


def where(article: Article, offset: int) -> Where:
    """Return where in `article` `offset` is."""
    return {"section": list(section_at(article, offset)), "page": page_at(article, offset)}


def _why(hit: Hit) -> JSON:
    reason = why(hit)
    return {"text": described(reason)} | asdict(reason) | {"words": list(reason.words)}


def _article(article: Article) -> JSON:
    return {
        "article": article.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
        "author": article.author,
        "url": article.url,
    }
