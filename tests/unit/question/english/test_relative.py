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


def test_every_stretch_and_every_day_is_counted_from_the_day_of_writing() -> None:
    stretches = (
        "morning afternoon evening night week weekend month quarter season spring summer autumn fall winter"
    )
    for stretch in [*stretches.split(), "year"]:
        for which in ("this", "last", "next", "the past", "earlier this", "later next"):
            assert words_of(f"He spoke {which} {stretch}.") == (f"{which} {stretch}",)
    for (
        day
    ) in "yesterday today tonight tomorrow Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split():
        assert words_of(f"He spoke {day}.") == (day,)
    for count in ("3", "a", "an", "a few", "several", "one", "twelve"):
        for unit in ("day", "days", "week", "weeks", "month", "months", "year", "years"):
            assert words_of(f"He spoke {count} {unit} ago.") == (f"{count} {unit} ago",)


@pytest.mark.parametrize("month", "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec Jun Jul Sep".split())
def test_a_weekday_with_its_date_needs_no_article(month: str) -> None:
    for date_ in (
        f"Monday, {month} 3",
        f"Monday {month} 3",
        "Monday the 3rd",
        "Monday 3 May",
        "Monday, 3 May",
    ):
        assert words_of(f"He spoke on {date_}.") == ()


def test_years_long_before_the_article_are_those_before_the_last_but_one() -> None:
    assert words_of("He spoke on Monday.", before="In 2021 it rained. ") == ("Monday",)
    assert words_of("He spoke on Monday.", before="In 2020 it rained. ") == ()
