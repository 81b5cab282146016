"""What a language tells of a question and of sentences, and which language does.

Two modules do: `english`, by its rules, and `plain`, which knows no language and so vetoes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, Protocol

from rag.index.embedding import Embedder
from rag.index.sentences import Span
from rag.question import english, plain
from rag.question.kind import Kind
from rag.question.stated import Claims
from rag.question.times import Days
from rag.types import Citation, Sentence, TimeWords, Turn


class Language(Protocol):
    """A module that reads questions and sentences of one language."""

    QUESTION_WORDS: frozenset[str]
    """Words, in small letters, that shape a question and do not say what it is about."""

    @property
    def CLAIMS(self) -> Claims | None:  # noqa: N802 - a constant of a module
        """What it tells of figures, days and deeds that articles may state differently."""

    @property
    def NUMBERS(self) -> Container[str]:  # noqa: N802
        """Words, in small letters, that count or order as digits do."""

    @property
    def EXAMPLES(self) -> Mapping[str, str]:  # noqa: N802
        """How a question for a kind is worded: for a "person", for a "title" and so on; see suggest."""

    def without_courtesy(self, question: str, /) -> str:
        """Return `question` without "Could you tell me" and the like in front of it."""

    def kind(self, question: str, /, *, is_limited: bool = False) -> Kind | None:
        """Return the kind of `question`; None for an ordinary one. See rag.question.english.kinds.kind."""

    def named(self, question: str, /) -> tuple[str, ...]:
        """Return the names and numbers that `question` is about."""

    def missing_names(self, names: Iterable[str], text: str, /) -> tuple[str, ...]:
        """Return those of `names` that `text` does not hold in any form."""

    def surprise(self, word: str, /) -> float:
        """Return how much it tells that a text does not say `word` of a question; see english.silence."""

    def is_word(self, word: str, /) -> bool:
        """Say whether `word`, in small letters, is surely one of the language and spelt right."""

    def units(self, question: str, /) -> tuple[re.Pattern[str], ...]:
        """Return what finds the units of the measure that `question` asks for, one of each."""

    def is_of_now(self, question: str, /) -> bool:
        """Say whether `question` is for what may change with time, and means what it is today."""

    def is_for_name(self, question: str, /) -> bool:
        """Say whether the name of somebody would answer `question`."""

    def is_for_yes_or_no(self, question: str, /) -> bool:
        """Say whether yes or no would answer `question`."""

    def denies(self, text: str, /) -> bool:
        """Say whether `text` tells of, or asks for, what is not so."""

    def stretches(self, question: str, published: Days | None, /, *, today: date) -> tuple[TimeWords, ...]:
        """Return the stretches of time that `question` names, whether or not articles are from them."""

    def words_of_time(
        self, question: str, published: Days | None, /, *, today: date
    ) -> tuple[TimeWords, ...]:
        """Return the words of time in `question` that articles of these days can follow."""

    def names_in(self, text: str, /) -> Iterator[Span]:
        """Yield where `text` names somebody or something, in order."""

    def asks_what(self, title: str, text: str, /) -> str | None:
        """Return the question for what the thing is that `title` names, where `text` says so."""

    def questions_in(self, text: str, /) -> Iterator[str]:
        """Yield questions about what `text` names, those that it surely answers first."""

    def role_of(self, text: str, start: int, end: int, /) -> Span | None:
        """Return where `text` says what the one is who is named from `start` to `end`."""

    def defines(self, sentence: str, term: str, /) -> float:
        """Return how plainly `sentence` says what `term` is, 0 to 1; 0 where it does not."""

    def dates_in(self, text: str, now: date | None, /) -> Iterator[tuple[Span, Days]]:
        """Yield where `text` names a day, a month or a year, and its first and last day.

        One without a year is the latest up to `now`; it is left out without `now`.
        """

    def relative_words(self, citation: Citation, /) -> tuple[str, ...]:
        """Return the words of a quote that count from the day of its article; none without a day."""

    def author_speaks(self, sentence: str, /) -> Literal[-1, 0, 1]:
        """Say whether `sentence` reports its author's words: 1, somebody else's: -1, or nobody's: 0."""

    def widened(self, sentence: Sentence, /, *, after: int = 0) -> Span:
        """Return where `sentence` stands with those before it, from `after` on, that it needs."""

    def stands_alone(self, sentence: str, /) -> bool:
        """Say whether `sentence` can be understood without the one before it."""

    def standalone(self, question: str, turns: Sequence[Turn], embedder: Embedder, /) -> tuple[str, ...]:
        """Return what `question` may mean after `turns`, best first; itself where it leaves out nothing."""


def language_of(code: str) -> Language:
    """Return what knows the language with this ISO 639-1 code, or else knows none."""
    return english if code == "en" else plain
