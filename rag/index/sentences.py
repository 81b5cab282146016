"""Text to sentences, with exact character offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

Span = tuple[int, int]

STRETCH = 4_000
"""Characters of a line that are split at once: of a row of opening quotes, sentencex 1.0.32 looks at each for
every other. The longest sentences have some hundreds."""

_LETTER = re.compile(r"\w")
_UNFINISHED = re.compile(r"\b(approx|ca|cf|vs)\.$")
"""Abbreviations that the splitter does not know and that nobody ends a sentence with."""


def split_sentences(text: str, language: str = "en") -> list[Span]:
    """Return the sentences of `text` as spans without outer white space, in order.

    Every character that is not white space lies in exactly one span. A line break always ends a sentence:
    the readers join wrapped lines, so those that remain are headings, captions and list entries.
    """
    spans = [span for line in re.finditer(r"[^\n]+", text) for span in _in_line(text, *line.span(), language)]
    return [span for span in spans if span[0] < span[1]]


def _in_line(text: str, start: int, end: int, language: str) -> list[Span]:
    spans: list[Span] = []
    had_words = False  # of the last span
    for span in _pieces(text, start, end, language):
        has_words = _LETTER.search(text, *span) is not None
        if spans and not (has_words and had_words and not _continues(text, spans[-1], span)):
            spans[-1] = (spans[-1][0], span[1])
            had_words = had_words or has_words
        else:
            spans.append(span)
            had_words = has_words
    return spans


def _pieces(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Yield what the splitter takes for sentences; a long line is given to it in stretches.

    A stretch begins with the last sentence of the one before, which may have been cut.
    """
    while start < end:
        stop = end if end - start <= STRETCH else _last_blank(text, start, start + STRETCH)
        pieces = [
            (start + piece["start_index"], start + piece["end_index"])
            for piece in sentencex.get_sentence_boundaries(language, text[start:stop])
        ]
        if stop < end and len(pieces) > 1:
            stop = pieces.pop()[0]
        yield from (trimmed(text, *piece) for piece in pieces)
        start = stop


def _last_blank(text: str, start: int, end: int) -> int:
    """Return where the last blank before `end` ends, `end` itself where there is none."""
    blank = text.rfind(" ", start, end)
    return end if blank < 0 else blank + 1


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span from `start` to `end` of `text` without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _continues(text: str, before: Span, after: Span) -> bool:
    """Tell whether the splitter stopped too early: inside "R-N.Y.", after "approx."."""
    return (
        before[1] == after[0]
        or _UNFINISHED.search(text[max(before[0], before[1] - 10) : before[1]]) is not None
        or text[after[0] : after[0] + 1].islower()
    )
