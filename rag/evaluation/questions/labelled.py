"""A labelled question: what is asked, and what a right answer is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rag.types import Article


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article's text."""

    article: str
    """The article's id."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with the articles, quotes, answers or places that are right; none if it is unanswerable."""

    text: str
    id: str
    """Unique in its file: the line's number, or what the collection calls it."""
    articles: Mapping[str, int] = field(default_factory=dict)
    """Ids of the expected articles to their grade; higher is better, 1 is plainly right."""
    quotes: tuple[str, ...] = ()
    """Sentences, or parts of one, that answer; verbatim."""
    answers: tuple[str, ...] = ()
    """Alternative short answers."""
    places: tuple[Place, ...] = ()
    """Where exactly the answer stands, when that is known."""
    unanswerable: bool = False
    is_judged_in_part: bool = False
    """Other articles than the expected may answer too, so that a sentence is right wherever it is from."""

    def __str__(self) -> str:
        """Return the question as it is asked, to name a test case by."""
        return self.text

    @property
    def names_article(self) -> bool:
        """Say whether it can be told which articles are right."""
        return bool(self.articles or self.quotes)

    @property
    def names_words(self) -> bool:
        """Say whether it can be told which passages and sentences are right."""
        return bool(self.quotes or self.answers or self.places)

    def expects(self, article: Article) -> bool:
        """Say whether an answer may come from `article`: any may, when neither article nor quote is given."""
        if self.articles:
            return article.id in self.articles
        return not self.quotes or any(quoted(quote, article.text) for quote in self.quotes)

    def is_answered_by_passage(self, article: Article, start: int, end: int) -> bool:
        """Say whether the passage from `start` to `end` holds a place, or part of a quote, or an answer.

        Where places are known, an answer that stands elsewhere does not count.
        """
        if not self.expects(article):
            return False
        if self.places:
            return self._is_placed(article, start, end)
        return self._is_quoted(article, start, end) or self._is_said(article.text[start:end])

    def is_answered_by_sentence(self, article: Article, start: int, end: int) -> bool:
        """Say whether the sentence from `start` to `end` holds a place, or part of a quote, or an answer."""
        if not self.expects(article):
            return self.is_judged_in_part and self._is_said(article.text[start:end])
        return (
            self._is_placed(article, start, end)
            or self._is_quoted(article, start, end)
            or self._is_said(article.text[start:end])
        )

    def _is_placed(self, article: Article, start: int, end: int) -> bool:
        return any(
            place.article == article.id and start <= place.start and place.end <= end for place in self.places
        )

    def _is_quoted(self, article: Article, start: int, end: int) -> bool:
        """Say whether a quote overlaps: a sentence may be part of it, and it may span two passages."""
        return any(
            first < end and start < last
            for quote in self.quotes
            for first, last in quoted(quote, article.text)
        )

    def _is_said(self, text: str) -> bool:
        return any(says(text, answer) for answer in self.answers)


def quoted(quote: str, text: str) -> list[tuple[int, int]]:
    """Return where `quote` stands in `text`; lines may be broken elsewhere, every other character counts."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    return [found.span() for found in re.finditer(pattern, text)] if pattern else []


def says(text: str, answer: str) -> bool:
    """Say whether the words of `answer` stand in `text`, compared as SQuAD compares answers."""
    return f" {normalised(answer)} " in f" {normalised(text)} "


def normalised(text: str) -> str:
    """Return `text` in lower case without punctuation and articles (Rajpurkar et al., 2016).

    Punctuation is every sign that Unicode knows, not ASCII's only: articles have curly quotes.
    A text of nothing but articles, such as the "A" of vitamin A, keeps them.
    """
    words = re.sub(r"[^\w\s]|_", "", re.sub(r"[–—]", " ", unicodedata.normalize("NFKC", text).casefold()))
    return " ".join(_without_articles(words)) or " ".join(words.split()) or text


def _without_articles(words: str) -> Iterator[str]:
    return (word for word in words.split() if word not in {"a", "an", "the"})
