"""Articles to questions that they answer, for a reader to start with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from rag.passages import split_sentences
from rag.types import Answer, Article, Outcome

EVENT = re.compile(
    r"(?!(?:It|He|She|They|This|That|These|Those|There|We|Both|Each|Others?|Some|Most|Many|All) )"
    r"(?P<subject>(?:[Tt]he )?[A-Z][\w’'-]+(?: (?:of |the )?[A-Z0-9][\w’'-]*){0,3})"
    r" (?P<be>was|were) (?P<done>[a-z]+ed|built|found|sunk|won|sold|begun)\b"
    r"[^.;]{0,60}?\b(?:in|on) (?:[A-Z0-9]\w* ){0,2}(?:1\d{3}|20\d\d)\b"
)
"""The start of a sentence such as "The Channel Tunnel was opened in May 1994"."""

NAME = re.compile(r"(?<=[a-z,] )(?:the )?[A-Z][\w-]+(?: (?:of |the )?[A-Z0-9][\w-]*){1,5}")
"""A name of two words or more inside a sentence, with its article."""

LONGEST_TOPIC = 4
"""Words in the first part of a title that reads well inside a question; a longer one is a headline."""

NAMES_TRIED = 3


def examples(articles: Iterable[Article], ask: Callable[[str], Outcome], *, count: int) -> tuple[str, ...]:
    """Return up to `count` questions, at most one an article, that `ask` answers from that article first."""
    found: list[str] = []
    for article in articles:
        question = next((each for each in _candidates(article) if _is_answered(ask(each), article)), None)
        if question is not None and question not in found:
            found.append(question)
        if len(found) == count:
            break
    return tuple(found)


def _candidates(article: Article) -> Iterator[str]:
    """Yield questions about `article`, the more telling first."""
    for start, end in split_sentences(article.text):
        if event := EVENT.match(article.text, start, end):
            subject = re.sub("^The ", "the ", event["subject"])
            yield f"When {event['be']} {subject} {event['done']}?"
    topic = re.split("[:,–—]", article.title)[0]
    topics = [re.sub("^The ", "the ", topic)] if len(topic.split()) <= LONGEST_TOPIC else []
    topics += [name for name, _ in Counter(NAME.findall(article.text)).most_common(NAMES_TRIED)]
    yield from (f"What do the articles say about {topic}?" for topic in topics)


def _is_answered(outcome: Outcome, article: Article) -> bool:
    if not isinstance(outcome, Answer):
        return False
    return outcome.statements[0].citations[0].article.id == article.id
