"""What can be told of a question without knowing its language: nothing, and so nothing is vetoed by it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from rag.index.embedding import Embedder
from rag.index.sentences import Span
from rag.question.kind import Kind
from rag.question.stated import Claims
from rag.question.times import Days
from rag.types import Citation, Sentence, TimeWords, Turn

QUESTION_WORDS: frozenset[str] = frozenset()
CLAIMS: Claims | None = None
NUMBERS: frozenset[str] = frozenset()
EXAMPLES: Mapping[str, str] = {}


def without_courtesy(question: str) -> str:
    """Return `question` as it is."""
    return question


def kind(question: str, *, is_limited: bool = False) -> Kind | None:
    """Return None: every question is an ordinary one."""
    return None


def named(question: str) -> tuple[str, ...]:
    """Return no name: a capital may mean a noun."""
    return ()


def missing_names(names: Iterable[str], text: str) -> tuple[str, ...]:
    """Return none: names have other forms in other languages."""
    return ()


def surprise(word: str) -> float:
    """Return 0: it tells nothing."""
    return 0.0


def is_word(word: str) -> bool:
    """Return False: any word may be misspelt."""
    return False


def units(question: str) -> tuple[re.Pattern[str], ...]:
    """Return no unit."""
    return ()


def is_of_now(question: str) -> bool:
    """Return False."""
    return False


def is_for_name(question: str) -> bool:
    """Return False."""
    return False


def is_for_yes_or_no(question: str) -> bool:
    """Return False."""
    return False


def denies(text: str) -> bool:
    """Return False."""
    return False


def stretches(
    question: str,
    published: Days | None,
    *,
    today: date,
) -> tuple[TimeWords, ...]:
    """Return no words of time."""
    return ()


words_of_time = stretches


def names_in(text: str) -> Iterator[Span]:
    """Yield nothing: a capital may mean a noun."""
    return iter(())


def asks_what(title: str, text: str) -> str | None:
    """Return None."""
    return None


def questions_in(text: str) -> Iterator[str]:
    """Yield nothing: no question can be worded."""
    return iter(())


def role_of(text: str, start: int, end: int) -> Span | None:
    """Return None."""
    return None


def defines(sentence: str, term: str) -> float:
    """Return 0."""
    return 0.0


def dates_in(text: str, now: date | None) -> Iterator[tuple[Span, Days]]:
    """Yield nothing."""
    return iter(())


def relative_words(citation: Citation) -> tuple[str, ...]:
    """Return none."""
    return ()


def author_speaks(sentence: str) -> Literal[-1, 0, 1]:
    """Return 0."""
    return 0


def widened(sentence: Sentence, *, after: int = 0) -> Span:
    """Return where `sentence` stands."""
    return sentence.start, sentence.end


def stands_alone(sentence: str) -> bool:
    """Return True."""
    return True


def standalone(question: str, turns: Sequence[Turn], embedder: Embedder) -> tuple[str, ...]:
    """Return `question` as it is."""
    return (question,)
