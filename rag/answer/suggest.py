"""Articles to questions that they answer: for a reader to start with, and to go on with after an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rag.answer.definitions import long_form
from rag.answer.overview.held import Overview
from rag.corpus.structure import kind_at
from rag.question.language import Language
from rag.types import Answer, Article, Outcome, Statement, Unanswered, is_firm

TRIED_OF_ONE = 3
"""Questions tried of one kind before the next."""

FEW = 3
"""Events from which on a time line tells something."""

LONGEST = 100
"""Characters in which an abbreviation is spelt out."""

_SHORT = re.compile(r"\((?P<short>[A-Z]{2,8})\)")

TRIED = 12
"""Questions tried after an answer: it is there by then, and nobody waits for them."""

TRIED_SLOWLY = 3
"""The same where a cross-encoder reads every passage."""

NEAR = 0.75
"""Share of the closest passage's similarity from which on another one is near what was asked."""

Ask = Callable[[str], Outcome]

_QUOTED = re.compile(r"[“\"„«][^”\"»“]*[”\"»“]?")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question that may be an example."""

    text: str
    article: Article | None = None
    """That has to answer it; None where any may."""
    speaker: str = ""
    """Whose words have to be quoted."""

    def is_answered(self, outcome: Outcome, language: Language) -> bool:
        """Say whether `outcome` surely answers, as it has to."""
        if not is_firm(outcome):
            return False
        first = outcome.statements[0]
        is_of_it = self.article is None or first.citations[0].article.id == self.article.id
        return is_of_it and (not self.speaker or _says(first, self.speaker, language))


def _says(statement: Statement, speaker: str, language: Language) -> bool:
    """Say whether words of the `speaker` answer: they are quoted, and nobody else is named between."""
    text, citation = statement.text, statement.citations[0]
    unquoted = _QUOTED.sub(lambda found: " " * len(found[0]), text)
    at = unquoted.find(speaker)
    if at < 0 or kind_at(citation.article, citation.start) in ("note", "caption"):  # a note quotes titles
        return False
    others = [begin for begin, end in language.names_in(unquoted) if not begin <= at < end]
    spoken = (
        found.start()
        for found in _QUOTED.finditer(text)
        if any(found.start() < end and start < found.end() for start, end in statement.highlights)
    )
    return any(not any(min(at, start) < other < max(at, start) for other in others) for start in spoken)


def examples(
    articles: Sequence[Article], overview: Overview, ask: Ask, language: Language, *, count: int
) -> tuple[str, ...]:
    """Return up to `count` questions that `ask` surely answers, of as many kinds as `articles` allow.

    They ask who somebody is, what something is, where articles disagree, what somebody said, what something
    stands for, what happened when and what an article is about, in turn, as the `overview` and the articles
    hold such; else for what they name.
    """
    found: list[str] = []
    kinds = _kinds(articles, overview, language)
    while kinds:
        for questions in [*kinds]:
            if len(found) == count:
                return tuple(found)
            tried = islice((each for each in questions if each.text not in found), TRIED_OF_ONE)
            answered = (each.text for each in tried if each.is_answered(ask(each.text), language))
            if example := next(answered, None):
                found.append(example)
            else:
                kinds.remove(questions)
    return tuple(found)


def _kinds(articles: Sequence[Article], overview: Overview, language: Language) -> list[Iterator[_Candidate]]:
    """Return questions of each kind; none but for names where the language words no others."""
    words = language.EXAMPLES
    people = [each.name for each in overview.people if each.role]
    titles = [each for each in articles if each.title != each.id]
    defined = ((language.asks_what(each.title, each.text), each) for each in titles)
    told = [
        (_Candidate(words["person"].format(name)) for name in people),
        (_Candidate(question, article) for question, article in defined if question),
        map(_Candidate, [words["disagreements"]] if words else []),
        (_Candidate(words["said"].format(name), speaker=name.split()[-1]) for name in people),
        (_Candidate(words["abbreviation"].format(short)) for short in _abbreviations(articles)),
        (_Candidate(words["timeline"]) for _ in overview.timeline[FEW:][:1]),
        (_Candidate(words["title"].format(each.title), each) for each in titles),
    ]
    named = (
        _Candidate(each, article) for article in articles for each in language.questions_in(article.text)
    )
    return [*(told if words else []), named]


def _abbreviations(articles: Iterable[Article]) -> Iterator[str]:
    """Yield the abbreviations that `articles` spell out, each once."""
    seen: set[str] = set()
    for article in articles:
        for short in _SHORT.finditer(article.text):
            before = article.text[max(0, short.start() - LONGEST) : short.end()]
            if short["short"] not in seen and long_form(before, short["short"]):
                seen.add(short["short"])
                yield short["short"]


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
    asked = (_Candidate(question, article) for question, article in islice(new, tries))
    answered = (each.text for each in asked if each.is_answered(ask(each.text), language))
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


def _folded(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.casefold()))
