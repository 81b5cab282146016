"""A short answer is never cut within a number, a word or a bracket."""

from __future__ import annotations

import pytest

from rag.answer.reader import LONGEST_BRACKET, whole
from rag.types import Article, Sentence

LONG = f"They sent 25 ({'or so ' * LONGEST_BRACKET}at least) parcels."


@pytest.mark.parametrize(
    ("text", "found", "shown"),
    [
        ("It sent 65,536 bytes.", "536 bytes", "65,536 bytes"),
        ("It is fixed in 0.17.0 of May.", "0.17", "0.17.0"),
        ("It cost $1,200 a day.", "200 a day", "$1,200 a day"),
        ("A well-known pier fell.", "known pier", "well-known pier"),
        (
            "They ban it for a while (default of 1 day).",
            "a while (default of 1",
            "a while (default of 1 day)",
        ),
        (LONG, "25 (or so", "25"),
        (LONG, "(or so", "(or so"),
        ("The pier fell.", "pier", "pier"),
    ],
)
def test_a_short_answer_is_whole(text: str, found: str, shown: str) -> None:
    before = "Long ago. "
    article = Article("a.txt", "A", before + text)
    sentence = Sentence(article, len(before), len(article.text))
    start = article.text.index(found)
    first, last = whole(sentence, start, start + len(found))
    assert article.text[first:last] == shown
