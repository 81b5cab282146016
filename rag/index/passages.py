"""Article to passages, with exact character offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rag.corpus.structure import kind_at, section_at, sections
from rag.index.sentences import Span, split_sentences, trimmed
from rag.types import Article, Passage, Sentence

CountTokens = Callable[[Sequence[str]], list[int]]
"""Texts to their lengths in the model's tokens, start and end marks not counted."""

CONTEXT_CHARACTERS = 160
"""Of the title, in front of a passage: a headline fits, a runaway first paragraph does not."""

SPARSE = 100
"""Characters that count as a token even if the model has fewer for them: to most, a word of a million letters
is one. English has four or five a token."""


def context(article: Article, section: Sequence[str] = ()) -> str:
    """Return what the model is told beside a passage's text: the article's title, its date, the section."""
    title = article.title[:CONTEXT_CHARACTERS]
    dated = f"{title} ({article.published:%d %B %Y})" if article.published else title
    return f"{dated}\n{' / '.join(section)[-CONTEXT_CHARACTERS:]}" if section else dated


def longest_context(article: Article) -> str:
    """Return the longest of what the model is told about passages of `article`."""
    found = {context(article, section) for section in sections(article)}
    return max(sorted(found), key=len, default=context(article))


def context_of(passage: Passage) -> str:
    """Return the context of `passage`: a heading that it begins with itself is no part of it."""
    return context(passage.article, section_at(passage.article, passage.start))


def model_input(passage: Passage) -> str:
    """Return the text that stands for `passage` before the embedding model."""
    return f"{context_of(passage)}\n{passage.text}"


def split_passages(
    article: Article, count_tokens: CountTokens, *, limit: int, language: str = "en"
) -> Iterator[Passage]:
    """Yield passages of whole sentences in reading order, about equally long, of at most `limit` tokens.

    None runs across the end of a section. A sentence longer than `limit` is cut where a clause or a word
    ends.
    """

    def count(texts: Sequence[str]) -> list[int]:
        tokens = count_tokens(texts)
        return [max(size, len(text) // SPARSE) for size, text in zip(tokens, texts, strict=True)]

    spans = list(_sentences(article, article.language or language))
    sizes = count([article.text[start:end] for start, end in spans])
    sized = [
        piece
        for span, size in zip(spans, sizes, strict=True)
        for piece in _cut(article.text, span, size, count, limit)
    ]
    for section in _sections(article, sized):
        yield from _grouped(article, section, limit)


def _sentences(article: Article, language: str) -> Iterator[Span]:
    """Yield the sentences of `article`; a row of a table is one, furniture is none."""
    if not article.blocks:
        yield from split_sentences(article.text, language)
    for block in article.blocks:
        if block.kind == "row":
            yield block.start, block.end
        if block.kind in ("row", "furniture"):
            continue
        text = article.text[block.start : block.end]
        yield from (
            (block.start + start, block.start + end) for start, end in split_sentences(text, language)
        )


def _sections(article: Article, sized: Sequence[tuple[Span, int]]) -> Iterator[list[tuple[Span, int]]]:
    """Yield `sized` in sections: each begins with its headings; references stand apart."""
    section: list[tuple[Span, int]] = []
    before = None
    for span, size in sized:
        kind = kind_at(article, span[0])
        if section and kind != before and (kind == "heading" or "reference" in (kind, before)):
            yield section
            section = []
        section.append((span, size))
        before = kind
    if section:
        yield section


def _grouped(article: Article, sized: Sequence[tuple[Span, int]], limit: int) -> Iterator[Passage]:
    """Yield the passages of a section, about equally long."""
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
