"""What an answer is chosen from, and what the index knows of its sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from rag.chat import Chat
from rag.types import Answer

ARTICLES = {
    "bread.md": "# Bread\n\nBread is baked from flour. It takes an hour.",
    "tea.md": "# Tea\n\nTea is made from leaves.",
}


def test_the_vectors_are_those_of_the_cited_articles_by_where_a_sentence_begins(
    chat_of: Callable[[Mapping[str, str]], Chat],
) -> None:
    chat = chat_of(ARTICLES)
    considered = chat.considered(chat.understand("What is Bread baked from?"))
    answer = chat.answer(considered, None)
    assert isinstance(answer, Answer)
    first = answer.statements[:1]
    assert first[0].text == "Bread is baked from flour."
    found = considered.sentence_vectors(first, chat.index)
    stored = {
        (sentence.article.id, sentence.start): vector
        for _, sentence, vector in chat.index.sentences("bread.md")
    }
    assert found.keys() == stored.keys()
    assert ("bread.md", first[0].citations[0].start) in found
    assert all(np.array_equal(found[place], stored[place]) for place in found)
    assert len(considered.rows) == len(considered.hits)
