"""Articles to questions that they answer: for a reader to start with, and to go on with after an answer."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, zip_longest

from rag.index.sentences import split_sentences
from rag.question.english.asking import Names, questions, topic_of
from rag.types import Answer, Article, Outcome, Sentence

NAME = re.compile(r"(?<=[a-z,] )(?:the )?[A-Z][\w-]+(?: (?:of |the )?[A-Z0-9][\w-]*){1,5}")
"""A name of two words or more inside a sentence, with its article."""

NAMES_TRIED = 2

TRIED_OF_ONE = 2
"""Questions tried of one article before the next."""

TRIED = 12
"""Questions tried after an answer: it is there by then, and nobody waits for them."""

TRIED_SLOWLY = 3
"""The same where a cross-encoder reads every passage."""

PLAIN = re.compile(r"(?:Who|What) (?:is|was) (?:the )?[A-Z0-9](?!.* (?:for|by|of|after|with|to|from)\?)")
"""A question for what somebody or something is."""

NEAR = 0.75
"""Share of the closest passage's similarity from which on another one is near what was asked."""

Ask = Callable[[str], Outcome]


def examples(articles: Iterable[Article], ask: Ask, *, count: int) -> tuple[str, ...]:
    """Return up to `count` questions, at most one an article, that `ask` answers from that article first.

    Only where too few sentences can be turned do they ask what the articles say about something.
    """
    at_hand = list(articles)
    found: dict[str, str] = {}
    for kind in (_telling, _plain, _topics):
        for article in at_hand:
            if len(found) == count:
                break
            asked = islice(kind(article), TRIED_OF_ONE) if article.id not in found else ()
            question = next((each for each in asked if _is_answered(ask(each), article)), None)
            if question is not None and question not in found.values():
                found[article.id] = question
    return tuple(found.values())


def following(answer: Answer, ask: Ask, *, past: Iterable[str], count: int, tries: int) -> tuple[str, ...]:
    """Return up to `count` questions that sentences near those of `answer` answer; at most `tries` are tried.

    Each was asked and is answered by its very sentence. None is one of the `past` questions, and none asks
    for what the answer quotes already.
    """
    known = {_folded(question) for question in (*past, answer.question)}
    found: list[str] = []
    new = (
        (question, sentence)
        for question, sentence in _varied(_of(_near(answer)))
        if _folded(question) not in known and not _is_quoted(sentence, answer)
    )
    for question, sentence in islice(new, tries):
        if _is_said(ask(question), sentence):
            found.append(question)
        if len(found) == count:
            break
    return tuple(found)


def _sentences(article: Article) -> Iterator[Sentence]:
    for start, end in split_sentences(article.text):
        yield Sentence(article, start, end)


def _near(answer: Answer) -> Iterator[Sentence]:
    """Yield the sentences of the passages near what was asked, then the others of the articles cited."""
    least = NEAR * max((hit.similarity for hit in answer.closest), default=0.0)
    for hit in answer.closest:
        if hit.similarity >= least:
            yield from hit.passage.sentences
    cited = {each.article.id: each.article for said in answer.statements for each in said.citations}
    for article in cited.values():
        yield from _sentences(article)


def _of(sentences: Iterable[Sentence]) -> Iterator[tuple[str, Sentence]]:
    """Yield the questions that `sentences` answer, none twice."""
    names: dict[str, Names] = {}
    known: set[str] = set()
    for sentence in sentences:
        article = sentence.article
        if article.id not in names:
            names[article.id] = Names(article)
        for question in questions(sentence.text, names[article.id]):
            if question not in known:
                known.add(question)
                yield question, sentence


def _varied(asked: Iterable[tuple[str, Sentence]]) -> Iterator[tuple[str, Sentence]]:
    """Yield questions of different kinds in turn, and last those for what somebody or something is."""
    kinds: dict[str, list[tuple[str, Sentence]]] = defaultdict(list)
    for question, sentence in asked:
        kinds["" if PLAIN.match(question) else question.split()[0]].append((question, sentence))
    last = kinds.pop("", [])
    for turn in zip_longest(*kinds.values()):
        yield from filter(None, turn)
    yield from last


def _telling(article: Article) -> Iterator[str]:
    return (question for question, _ in _varied(_of(_sentences(article))) if not PLAIN.match(question))


def _plain(article: Article) -> Iterator[str]:
    return (question for question, _ in _of(_sentences(article)) if PLAIN.match(question))


def _topics(article: Article) -> Iterator[str]:
    """Yield questions about what `article` names, for one in which no sentence is turned."""
    topics = [re.sub("^The ", "the ", topic_of(article))] if topic_of(article) else []
    topics += [name for name, _ in Counter(NAME.findall(article.text)).most_common(NAMES_TRIED)]
    yield from (f"What do the articles say about {topic}?" for topic in topics)


def _folded(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.casefold()))


def _is_quoted(sentence: Sentence, answer: Answer) -> bool:
    return any(
        each.article.id == sentence.article.id and each.start < sentence.end and sentence.start < each.end
        for said in answer.statements
        for each in said.citations
    )


def _is_said(outcome: Outcome, sentence: Sentence) -> bool:
    """Say whether the first thing that answers is `sentence`, in whichever copy of its article."""
    return (
        isinstance(outcome, Answer)
        and not outcome.likely
        and outcome.statements[0].text.endswith(sentence.text)
    )


def _is_answered(outcome: Outcome, article: Article) -> bool:
    if not isinstance(outcome, Answer) or outcome.likely:
        return False
    return outcome.statements[0].citations[0].article.id == article.id
