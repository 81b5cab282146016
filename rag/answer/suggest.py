"""Articles to questions that they answer: for a reader to start with, and to go on with after an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from rag.question.language import Language
from rag.types import Answer, Article, Outcome, Unanswered, is_firm

TRIED_OF_ONE = 3
"""Questions tried of one article before the next."""

TRIED = 12
"""Questions tried after an answer: it is there by then, and nobody waits for them."""

TRIED_SLOWLY = 3
"""The same where a cross-encoder reads every passage."""

NEAR = 0.75
"""Share of the closest passage's similarity from which on another one is near what was asked."""

Ask = Callable[[str], Outcome]


def examples(articles: Iterable[Article], ask: Ask, language: Language, *, count: int) -> tuple[str, ...]:
    """Return up to `count` questions, at most one an article, that `ask` answers from that article first.

    They are worded differently in turn, as far as the articles allow.
    """
    found: list[str] = []
    for article in articles:
        if len(found) == count:
            break
        kind = _kind(found[-1]) if found else ""
        new = (each for each in language.questions_in(article.text) if each not in found)
        asked = sorted(new, key=lambda question: _kind(question) == kind)[:TRIED_OF_ONE]
        found += islice((each for each in asked if _is_answered(ask(each), article)), 1)
    return tuple(found)


def following(
    answer: Answer | Unanswered,
    ask: Ask,
    language: Language,
    *,
    past: Iterable[str],
    count: int,
    tries: int,
) -> tuple[str, ...]:
    """Return up to `count` questions about what passages near `answer` name; at most `tries` are asked.

    Each was asked and is answered from that article. None is one of the `past` questions.
    """
    known = {_folded(question) for question in (*past, answer.question)}
    new = (
        (question, article) for question, article in _near(answer, language) if _folded(question) not in known
    )
    answered = (question for question, article in islice(new, tries) if _is_answered(ask(question), article))
    return tuple(islice(answered, count))


def _near(answer: Answer | Unanswered, language: Language) -> Iterator[tuple[str, Article]]:
    """Yield the questions about what the passages near what was asked name, then the closest article."""
    least = NEAR * max((hit.similarity for hit in answer.closest), default=0.0)
    seen: set[str] = set()
    near = [(hit.passage.text, hit.passage.article) for hit in answer.closest if hit.similarity >= least]
    near += [(hit.passage.article.text, hit.passage.article) for hit in answer.closest[:1]]
    for text, article in near:
        for question in language.questions_in(text):
            if question not in seen:
                seen.add(question)
                yield question, article


def _kind(question: str) -> str:
    return question.partition(" ")[0]


def _folded(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.casefold()))


def _is_answered(outcome: Outcome, article: Article) -> bool:
    return is_firm(outcome) and outcome.statements[0].citations[0].article.id == article.id
