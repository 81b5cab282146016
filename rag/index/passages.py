"""Article to passages, with exact character offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rag.index.sentences import Span, split_sentences, trimmed
from rag.types import Article, Passage, Sentence

CountTokens = Callable[[Sequence[str]], list[int]]
"""Texts to their lengths in the model's tokens, start and end marks not counted."""

CONTEXT_CHARACTERS = 160
"""Of the title, in front of a passage: a headline fits, a runaway first paragraph does not."""

SPARSE = 100
"""Characters that count as a token even if the model has fewer for them: to most, a word of a million letters
is one. English has four or five a token."""


def context(article: Article) -> str:
    """Return what the model is told about a passage beside its text: the article's title and date."""
    title = article.title[:CONTEXT_CHARACTERS]
    return f"{title} ({article.published:%d %B %Y})" if article.published else title


def model_input(passage: Passage) -> str:
    """Return the text that stands for `passage` before the embedding model."""
    return f"{context(passage.article)}\n{passage.text}"


def split_passages(
    article: Article, count_tokens: CountTokens, *, limit: int, language: str = "en"
) -> Iterator[Passage]:
    """Yield passages of whole sentences in reading order, about equally long, of at most `limit` tokens.

    A sentence longer than `limit` is cut where a clause or a word ends.
    """

    def count(texts: Sequence[str]) -> list[int]:
        tokens = count_tokens(texts)
        return [max(size, len(text) // SPARSE) for size, text in zip(tokens, texts, strict=True)]

    spans = split_sentences(article.text, article.language or language)
    sizes = count([article.text[start:end] for start, end in spans])
    sized = [
        piece
        for span, size in zip(spans, sizes, strict=True)
        for piece in _cut(article.text, span, size, count, limit)
    ]
    if not sized:
        return
    total = sum(size for _, size in sized)
    target = total / -(-total // limit)
    group: list[Span] = []
    filled = 0
    for span, size in sized:
        # A passage is closed when the next sentence would bring it further past its even share than
        # leaving it out keeps it below.
        is_full = filled + size > limit or filled + size / 2 > target
        if group and (is_full or span[1] - group[0][0] > limit * SPARSE):
            yield _passage(article, group)
            group, filled = [], 0
        group.append(span)
        filled += size
    yield _passage(article, group)


def _passage(article: Article, spans: Sequence[Span]) -> Passage:
    sentences = tuple(Sentence(article, start, end) for start, end in spans)
    return Passage(article, sentences[0].start, sentences[-1].end, sentences)


def _cut(
    text: str, span: Span, size: int, count_tokens: CountTokens, limit: int
) -> Iterator[tuple[Span, int]]:
    """Halve `span`, where its clauses or words allow, until every part has at most `limit` tokens."""
    start, end = span
    if size <= limit or end - start < 2:
        yield span, size
        return
    middle = _break_near_middle(text, start, end)
    halves = [trimmed(text, start, middle), trimmed(text, middle, end)]
    for half, half_size in zip(halves, count_tokens([text[slice(*half)] for half in halves]), strict=True):
        yield from _cut(text, half, half_size, count_tokens, limit)


def _break_near_middle(text: str, start: int, end: int) -> int:
    middle = (start + end) // 2
    for pattern in (r"[,;:)–—]\s", r"\s"):
        # The outer quarters are left alone: a cut there would hardly shorten the sentence.
        quarter = (end - start) // 4
        breaks = [found.end() for found in re.compile(pattern).finditer(text, start + quarter, end - quarter)]
        if breaks:
            return min(breaks, key=lambda place: abs(place - middle))
    return middle
