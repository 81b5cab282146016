"""Labelled questions to answers: what a reader chose as right comes first, for its question and ones like it.

The chat itself knows nothing of it, so that `rag test` measures what it finds by itself.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from rag.answer.dated import with_relative_words
from rag.answer.missing import unsaid
from rag.chat import Chat
from rag.errors import FilterError, QuestionsError
from rag.evaluation.questions import cases
from rag.evaluation.questions.labelled import LabelledQuestion, normalised, quoted
from rag.index.embedding import Embedder, Vectors
from rag.question.understood import Understood
from rag.types import (
    Answer,
    Article,
    Citation,
    Filter,
    Hit,
    Listing,
    Outcome,
    Passage,
    Progress,
    Statement,
    Turn,
    Unanswered,
    is_firm,
    unheard,
)

LIKE = 0.9
"""Cosine from which two questions may ask the same. A question differs from another by one word and asks
something else ("died", "survived"), so is_like looks at the words too: of 25 pairs of ours that mean the
same it takes 3, of 25 that do not none (tests/retrieval/test_chosen.py)."""


class Chosen:
    """What readers chose in the file of questions at `path`; nothing without one. Threads share it."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp: tuple[object, ...] = ()
        self._cases: tuple[LabelledQuestion, ...] = ()
        self._vectors: Vectors | None = None

    def ask(
        self,
        chat: Chat,
        question: str,
        filter: Filter | None = None,
        *,
        turns: Sequence[Turn] = (),
        ignored: Container[str] = (),
        progress: Progress = unheard,
    ) -> Outcome:
        """Return what `chat` says, what was chosen first. Raises what `Chat.ask` does."""
        outcome = chat.ask(question, filter, turns=turns, ignored=ignored, progress=progress)
        return self.first(chat, outcome, filter)

    def first(self, chat: Chat, outcome: Outcome, filter: Filter | None = None) -> Outcome:
        """Return `outcome` with what was chosen for its question, or one like it, in front.

        Only what still stands in an article that passes `filter`: a change of the article ends the choice.
        """
        if isinstance(outcome, Listing):
            return outcome
        for case in self._near(chat, outcome.question):
            if statements := tuple(_statements(chat, case, outcome.closest, filter)):
                return with_relative_words(_with(outcome, statements, case.text), chat.language)
        return outcome

    def _near(self, chat: Chat, question: str) -> Iterator[LabelledQuestion]:
        """Yield the case of `question`, then those of questions like it, the nearest first."""
        known, vectors = self._known(chat.embedder)
        if vectors is None:
            return
        asked = normalised(question)
        yield from (case for case in known if normalised(case.text) == asked)
        near = vectors @ chat.embedder.embed_questions([question])[0]
        for at in np.argsort(-near, kind="stable"):
            if near[at] < LIKE:
                return
            if normalised(known[at].text) != asked and is_like(chat, question, known[at].text):
                yield known[at]

    def _known(self, embedder: Embedder) -> tuple[tuple[LabelledQuestion, ...], Vectors | None]:
        """Return the cases with quotes, and their questions' vectors; none where the file cannot be read."""
        with self._lock:
            stamp = (_stamp(self._path), embedder)
            if stamp != self._stamp:
                self._stamp, self._cases = stamp, _with_quotes(self._path)
                texts = [case.text for case in self._cases]
                self._vectors = embedder.embed_questions(texts) if texts else None
            return self._cases, self._vectors


def is_like(chat: Chat, question: str, other: str) -> bool:
    """Say whether two questions close in meaning ask the same.

    They do not where another kind of thing is asked for ("where", "when"), a name differs, or each is about a
    word that the other lacks: then one stands in the place of the other.
    """
    mine, its = chat.understand(question), chat.understand(other)
    if _asking(mine) != _asking(its) or mine.denies != its.denies or set(mine.names) != set(its.names):
        return False
    words = chat.index.words
    said = (frozenset(words.analyzer.terms(each)) for each in (other, question))
    return not all(unsaid(each, terms, words) for each, terms in zip((mine, its), said, strict=True))


def _asking(question: Understood) -> str | None:
    """Return the first word that only shapes `question`: "where" and "when" ask for different things."""
    words = re.findall(r"\w+", question.asked.lower())
    return next((word for word in words if word in question.language.QUESTION_WORDS), None)


def _with_quotes(path: Path | None) -> tuple[LabelledQuestion, ...]:
    try:
        return tuple(case for case in cases.read(path) if case.quotes) if path else ()
    except QuestionsError:  # the view of the tests tells why
        return ()


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """Return what tells this state of the file from others; None without one."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if found else None


def _with(outcome: Answer | Unanswered, statements: tuple[Statement, ...], case: str) -> Answer:
    """Return `outcome` with the `statements` chosen for the question `case` first, alone if that is its own.

    To a question like it the choice is no proof: where nothing else surely answers, it is likely only.
    """
    is_own = normalised(case) == normalised(outcome.question)
    asked = outcome.question if is_own else case
    if isinstance(outcome, Answer) and _overlap(outcome.statements[0], statements[0]):
        sure = replace(outcome, likely=False, missing=(), confidence=1.0) if is_own else outcome
        return replace(sure, chosen=asked)
    others = outcome.statements if is_firm(outcome) and not is_own else ()
    texts = {each.text for each in statements}
    return Answer(
        outcome.question,
        (*statements, *(each for each in others if each.text not in texts)),
        1.0 if is_own else outcome.confidence,
        outcome.closest,
        outside=None if is_own else outcome.outside,
        reading=outcome.reading,
        likely=not is_own and not is_firm(outcome),
        chosen=asked,
    )


def _overlap(one: Statement, other: Statement) -> bool:
    """Say whether both quote some of the same words."""
    mine, its = one.citations[0], other.citations[0]
    return mine.article.id == its.article.id and mine.start < its.end and its.start < mine.end


def _statements(
    chat: Chat, case: LabelledQuestion, closest: Sequence[Hit], filter: Filter | None
) -> Iterator[Statement]:
    """Yield the quotes of `case` as its articles, or the closest, have them, of those that pass `filter`."""
    for id_ in case.articles or dict.fromkeys(hit.passage.article.id for hit in closest):
        if (article := _passing(chat, id_, filter)) is None:
            continue
        spans = (span for quote in case.quotes for span in quoted(quote, article.text)[:1])
        for start, end in dict.fromkeys(spans):
            yield statement(article, start, end, closest)


def _passing(chat: Chat, id_: str, filter: Filter | None) -> Article | None:
    """Return this article; None when there is none any more, or it does not pass `filter`."""
    try:
        if filter and (
            (filter.articles and id_ not in filter.articles)
            or not chat.passing(replace(filter, articles=(id_,)))
        ):
            return None
        return chat.article(id_)
    except FilterError:
        return None


def statement(article: Article, start: int, end: int, closest: Sequence[Hit] = ()) -> Statement:
    """Return these words of `article` as a statement, of one of the `closest` passages if they can be."""
    passage = next(
        (
            hit.passage
            for hit in closest
            if hit.passage.article.id == article.id and hit.passage.start <= start and end <= hit.passage.end
        ),
        Passage(article, start, end, ()),
    )
    quote = passage.article.text[start:end]
    return Statement(quote, (Citation(passage, start, end, quote),), "exact")
