"""Words of a quote that only its article's date places."""

from __future__ import annotations

from datetime import date

import pytest

from rag.question.english.relative import relative_words
from rag.types import Article, Citation, Passage, Sentence


def words_of(quote: str, *, before: str = "", published: date | None = date(2022, 3, 4)) -> tuple[str, ...]:
    text = before + quote
    article = Article("a.txt", "Title", text, published=published)
    passage = Passage(article, 0, len(text), (Sentence(article, 0, len(text)),))
    return relative_words(Citation(passage, len(before), len(text), quote))


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("He spoke on Wednesday.", ("Wednesday",)),
        ("Last month prices rose; this year they fell last month.", ("Last month", "this year")),
        ("Yesterday he left, three days ago he came.", ("Yesterday", "three days ago")),
        ("He left earlier this week.", ("earlier this week",)),
        ("He spoke on Wednesday 18 December 2021.", ()),
        ("He spoke on Wednesday, Dec. 18.", ()),
        ("He spoke in May 2021.", ()),
        ("The past is a foreign country.", ()),
    ],
)
def test_times_counted_from_the_day_of_writing_are_found_as_they_stand(quote: str, words) -> None:
    assert words_of(quote) == words


def test_an_article_without_a_date_places_nothing() -> None:
    assert words_of("He spoke on Wednesday.", published=None) == ()


def test_a_weekday_of_history_is_not_the_articles() -> None:
    assert words_of("They left on Wednesday.", before="The ship was built in 1911. ") == ()
    assert words_of("They left on Wednesday.", before="It was opened in 1911 and closed in 2022. ") == (
        "Wednesday",
    )
    assert words_of("They left on Wednesday.", before="It cost $1911 then. ") == ("Wednesday",)
