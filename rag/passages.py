"""Article to sentences and passages, with exact character offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import sentencex

from rag.types import Article, Passage, Sentence

CountTokens = Callable[[Sequence[str]], list[int]]
"""Texts to their lengths in the model's tokens, start and end marks not counted."""

Span = tuple[int, int]

CONTEXT_CHARACTERS = 160
"""Of the title, in front of a passage: a headline fits, a runaway first paragraph does not."""


_UNFINISHED = re.compile(r"\b(approx|ca|cf|vs)\.$")
"""Abbreviations that the splitter does not know and that nobody ends a sentence with."""


def context(article: Article) -> str:
    """Return what the model is told about a passage beside its text: the article's title and date."""
    title = article.title[:CONTEXT_CHARACTERS]
    return f"{title} ({article.published:%d %B %Y})" if article.published else title


def model_input(passage: Passage) -> str:
    """Return the text that stands for `passage` before the embedding model."""
    return f"{context(passage.article)}\n{passage.text}"


def split_sentences(text: str, language: str = "en") -> list[Span]:
    """Return the sentences of `text` as spans without outer white space, in order.

    Every character that is not white space lies in exactly one span. A line break always ends a sentence:
    the readers join wrapped lines, so those that remain are headings, captions and list entries.
    """
    spans = [span for line in re.finditer(r"[^\n]+", text) for span in _in_line(text, *line.span(), language)]
    return [span for span in spans if span[0] < span[1]]


def _in_line(text: str, start: int, end: int, language: str) -> list[Span]:
    spans: list[Span] = []
    for piece in sentencex.get_sentence_boundaries(language, text[start:end]):
        span = _trimmed(text, start + piece["start_index"], start + piece["end_index"])
        if spans and _continues(text, spans[-1], span):
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    return spans


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _continues(text: str, before: Span, after: Span) -> bool:
    """Tell whether the splitter stopped too early: inside "R-N.Y.", after "approx.", around a lone mark."""
    return (
        before[1] == after[0]
        or _UNFINISHED.search(text[slice(*before)]) is not None
        or text[after[0] : after[0] + 1].islower()
        or not re.search(r"\w", text[slice(*after)])
        or not re.search(r"\w", text[slice(*before)])
    )


def split_passages(
    article: Article, count_tokens: CountTokens, *, limit: int, language: str = "en"
) -> Iterator[Passage]:
    """Yield passages of whole sentences in reading order, about equally long, of at most `limit` tokens.

    A sentence longer than `limit` is cut where a clause or a word ends.
    """
    spans = split_sentences(article.text, language)
    sizes = count_tokens([article.text[start:end] for start, end in spans])
    sized = [
        piece
        for span, size in zip(spans, sizes, strict=True)
        for piece in _cut(article.text, span, size, count_tokens, limit)
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
        if group and (filled + size > limit or filled + size / 2 > target):
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
    halves = [_trimmed(text, start, middle), _trimmed(text, middle, end)]
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
