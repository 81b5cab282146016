"""One article to a handful of its own sentences, in reading order, that cover it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.answer.evidence import states
from rag.corpus.structure import kind_at
from rag.index.embedding import Vectors
from rag.index.opened import Index
from rag.question.language import Language
from rag.question.understood import Understood
from rag.types import Answer, Article, Citation, Statement

SENTENCES = 4
"""In a summary: the first of the article and those that say most of the rest."""

SHORTEST = 6
"""Words of a sentence that can sum up anything."""

NEAR = 0.5
"""Of the best sentence's likeness to the whole article: the first one as near begins the summary. What stands
before it, such as a licence or an address, is about something else."""

_APART = frozenset(("row", "caption", "code", "note"))
"""Blocks of which no sentence sums up an article."""

VARIETY = 0.5
"""Of a sentence's likeness to one that is chosen, taken off its likeness to the whole article.

Maximal marginal relevance (Carbonell and Goldstein, 1998)."""


def summary(question: Understood, article: Article, index: Index) -> Answer | None:
    """Return the answer that sums up `article`; None when it has no sentence that states something."""
    quotable = [
        (Citation(passage, sentence.start, sentence.end, sentence.text), vector)
        for passage, sentence, vector in index.sentences(article.id)
        if states(sentence)
        and len(sentence.text.split()) >= SHORTEST
        and kind_at(article, sentence.start) not in _APART
    ]
    openings = [(quote, vector) for quote, vector in quotable if _opens(quote, question.language)]
    among = openings if len(openings) >= SENTENCES else quotable
    if not among:
        return None
    vectors = np.array([vector for _, vector in among])
    whole = np.mean([vector for _, vector in quotable], axis=0)
    quotes = [among[at][0] for at in central(vectors, whole, SENTENCES)]
    return Answer(question.text, tuple(Statement(each.quote, (each,), "exact") for each in quotes), 1.0, ())


def central(vectors: Vectors, whole: Vectors, count: int) -> Sequence[int]:
    """Return in order the first place of `vectors` that is NEAR the `whole`, and `count` - 1 near it."""
    likeness = vectors @ whole
    chosen = [int((likeness >= NEAR * likeness.max()).argmax())]
    while len(chosen) < min(count, len(vectors)):
        score = likeness - VARIETY * (vectors @ vectors[chosen].T).max(axis=1)
        score[chosen] = -np.inf
        chosen.append(int(score.argmax()))
    return sorted(chosen)


def _opens(quote: Citation, language: Language) -> bool:
    """Say whether `quote` opens a paragraph, and so tells what it is about, and needs nothing before it."""
    before = quote.article.text[: quote.start].rstrip(" \t")
    return (not before or before.endswith("\n")) and language.stands_alone(quote.quote)
