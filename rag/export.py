"""An answer with its citations as JSON."""

from __future__ import annotations

from typing import Any

from rag.types import Answer, Article, Citation, Hit, Outcome

JSON = dict[str, Any]


def as_json(outcome: Outcome) -> JSON:
    """Return `outcome` as plain dictionaries and lists; offsets count characters of the article's text."""
    answered = isinstance(outcome, Answer)
    return {
        "question": outcome.question,
        "answered": answered,
        "confidence": round(outcome.confidence, 3),
        "short": outcome.short if isinstance(outcome, Answer) else None,
        "statements": [
            {
                "text": statement.text,
                "support": statement.support,
                "citations": [_citation(citation) for citation in statement.citations],
            }
            for statement in (outcome.statements if isinstance(outcome, Answer) else ())
        ],
        "closest": [_closest(hit) for hit in outcome.closest],
    }


def _citation(citation: Citation) -> JSON:
    place = {"start": citation.start, "end": citation.end, "quote": citation.quote}
    return _article(citation.article) | place


def _closest(hit: Hit) -> JSON:
    passage = hit.passage
    return _article(passage.article) | {"start": passage.start, "end": passage.end, "text": passage.text}


def _article(article: Article) -> JSON:
    return {
        "article": article.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
        "author": article.author,
        "url": article.url,
    }
