"""Which of an article's sentences tell what its author thinks."""

from __future__ import annotations

from rag.answer.overview.quotes import Quotes
from rag.question import english

ARTICLE = {
    "town.md": "---\ntitle: A town\n---\n"
    "Small towns with harbours must always be kept.\n\n"
    "Harbours with small towns must always be kept.\n\n"
    "In 1960 small towns with harbours must always be kept.\n\n"
    "“Small towns must always be kept by harbours,” the minister said.\n\n"
    "With harbours small towns must always be kept.\n\n"
    "A pier was built of red stone there once.",
}


def test_an_authors_view_is_like_the_whole_article_and_near_its_end(chat_of) -> None:
    chat = chat_of(ARTICLE)
    [article] = chat.index.articles()
    found = Quotes(chat.index, english).opinions(article, 2)
    assert [quote.citation.quote for quote in found] == [
        "Harbours with small towns must always be kept.",
        "With harbours small towns must always be kept.",
    ]
