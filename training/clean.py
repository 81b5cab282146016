"""The text of a data set to the text as it was written; the spans of answers move with it."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from dataclasses import dataclass

from rag.index.sentences import Span, trimmed

_WRITTEN = (
    (r"\\+(?=['\"])", ""),
    (r"\s*\n\s*", " "),
    (r"\[\d{1,3}\](?::\d+)?", ""),  # a reference mark
    (r"[ \t\u00a0]{2,}", " "),
    (r"^\s+|\s+$", ""),
)
"""What is not the author's: escapes, wrapped lines, reference marks, doubled spaces."""

_TOKENISED = (
    (r"-LRB-", "("),
    (r"-RRB-", ")"),
    (r"-L[SC]B-", "["),
    (r"-R[SC]B-", "]"),
    (r"`` ?", "“"),
    (r" ?''", "”"),
    (r" ?(?<!-)--(?!-) ?", " – "),
    (r'(?<![^\s(])" ((?:[^"]{0,300}?[^"\s])?) "(?=[\s.,;:!?)]|$)', r'"\1"'),
    (r" (?='(?:s|re|ve|ll|d|m|S)\b)", ""),
    (r" (?=n't\b)", ""),
    (r"(?<=s) '(?= )", "'"),
    (r"(?<=[(\[“$£€#]) ", ""),
    (r" (?=[.,;:!?%)\]”])", ""),
    (r"(?<=\w) ([-/]) (?=\w)", r"\1"),
    (r"(?<=\d), (?=\d{3}\b)", ","),
)
"""Marks back to where they stand in print. A lone hyphen between words joined them, a dash is "--" or "–"."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and spans in it."""

    text: str
    spans: tuple[Span, ...] = ()

    def said(self) -> tuple[str, ...]:
        """Return the words of every span."""
        return tuple(self.text[a:b] for a, b in self.spans)


def written(found: Text) -> Text:
    """Return `found` without what its data set or its page added."""
    return _rewritten(found, _WRITTEN)


def detokenised(found: Text) -> Text:
    """Return tokens with spaces between them (Penn Treebank) as they are written."""
    return _rewritten(found, _TOKENISED)


def unescaped(text: str) -> str:
    """Return `text` without the character references of HTML."""
    return html.unescape(text)


def normalised(question: str) -> str:
    """Return the letters and digits of `question`: two are the same whatever their marks, case and spaces."""
    return "".join(re.findall(r"[^\W_]+", question.casefold()))


def _rewritten(found: Text, rules: tuple[tuple[str, str], ...]) -> Text:
    for pattern, replacement in rules:
        found = _replaced(found, re.compile(pattern), replacement)
    return found


def _replaced(found: Text, pattern: re.Pattern[str], replacement: str) -> Text:
    """Return `found` with every match of `pattern` replaced, and its spans moved."""
    pieces: list[str] = []
    olds, news = [0], [0]  # from here on, text is the same but for where it stands
    last = length = 0
    for match in pattern.finditer(found.text):
        put = match.expand(replacement)
        kept = found.text[last : match.start()]
        pieces += [kept, put]
        length += len(kept)
        olds += [match.start(), match.end()]
        news += [length, length + len(put)]
        length += len(put)
        last = match.end()
    pieces.append(found.text[last:])
    text = "".join(pieces)

    def place(old: int, *, is_end: bool) -> int:
        at = bisect_left(olds, old + (0 if is_end else 1)) - 1
        at = max(at, 0)
        after = olds[at + 1] if at + 1 < len(olds) else None
        moved = news[at] + old - olds[at]
        return min(moved, news[at + 1]) if after is not None else moved

    spans = ((place(a, is_end=False), place(b, is_end=True)) for a, b in found.spans)
    return Text(text, tuple(span for span in (trimmed(text, *each) for each in spans) if span[0] < span[1]))
