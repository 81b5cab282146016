"""The test cases that readers keep from the page, in the file of questions, as a browser is told of them.

What a browser sends are places in articles: the words of a quote are the article's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from pydantic import TypeAdapter

from rag.chat import Chat
from rag.errors import FilterError, QuestionsError, RagError
from rag.evaluation.chosen import statement
from rag.evaluation.questions import LabelledQuestion, cases
from rag.evaluation.questions.labelled import quoted
from rag.index.sentences import split_sentences
from rag.page.strings import Strings
from rag.page.view import OutcomeView, outcome_view
from rag.types import Answer, Citation

SHOWN = 500
"""Cases that a browser is told of, the newest: a file that was written elsewhere may have many thousands."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of an article, as a browser was told of them."""

    article: str
    """The article's id."""
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What a reader selected in an article."""

    article: str
    """The article's id."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader says is right for a question."""

    question: str
    """Stand-alone, as it was searched."""
    right: tuple[Quoted, ...]
    """None when the articles don't answer."""


_VERDICT, _STRETCH = TypeAdapter(Verdict), TypeAdapter(Selection)


class Expected(TypedDict):
    """An article that a case expects."""

    id: str
    title: str | None
    """None when it is not in the index."""


class CaseView(TypedDict):
    """A question with what is right for it."""

    question: str
    unanswerable: bool
    articles: list[Expected]
    quotes: list[str]
    answers: list[str]


class CasesView(TypedDict):
    """What is in the file of questions."""

    cases: list[CaseView]
    """The newest first."""
    total: int
    trouble: str | None
    """Why the file cannot be read, or a case not be kept."""


class Picked(TypedDict):
    """Whole sentences that a reader selected; a rag.page.article.PlaceView in an article."""

    article: str
    title: str
    start: int
    text: str


class Cases:
    """The cases in the file at `path`, about the articles of the newest chat."""

    def __init__(self, newest: Callable[[], Chat], path: Path, strings: Strings) -> None:
        self._newest = newest
        self._path = path
        self._strings = strings
        self._replaced: dict[str, str] = {}
        """By question, the line that a case took the place of, until that is undone."""

    def all(self) -> CasesView:
        """Return what is in the file."""
        try:
            chat, questions = self._newest(), cases.read(self._path)
        except RagError as error:
            return {"cases": [], "total": 0, "trouble": str(error)}
        shown = questions[: -SHOWN - 1 : -1]
        return {"cases": [_case(chat, each) for each in shown], "total": len(questions), "trouble": None}

    def keep(self, verdict: Verdict) -> CasesView:
        """Write a case and return what is in the file then."""
        try:
            citations = [_citation(self._newest(), words, self._strings) for words in verdict.right]
            self._replaced[verdict.question] = cases.keep(self._path, verdict.question, citations)
        except RagError as error:
            return {**self.all(), "trouble": str(error)}
        return self.all()

    def undo(self, question: str) -> CasesView:
        """Take back the case that was kept for `question` last, so that the one before it stands again."""
        return self.remove(question, instead=self._replaced.get(question, ""))

    def remove(self, question: str, *, instead: str = "") -> CasesView:
        """Take the case of `question` out of the file and return what is in it then."""
        try:
            cases.remove(self._path, question, instead=instead)
        except QuestionsError as error:
            return {**self.all(), "trouble": str(error)}
        self._replaced.pop(question, None)
        return self.all()

    def functions(self) -> list[Callable[[Any], Any]]:
        """Return what a browser may call, each with whatever it sends."""

        def all_cases(_: object) -> CasesView:
            return self.all()

        def keep_case(sent: object) -> CasesView:
            return self.keep(_VERDICT.validate_python(sent))

        def undo_case(question: object) -> CasesView:
            return self.undo(str(question))

        def remove_case(question: object) -> CasesView:
            return self.remove(str(question))

        def pick_sentences(sent: object) -> Picked | None:
            return picked(self._newest(), _STRETCH.validate_python(sent))

        def right_answer(sent: Sequence[Any]) -> OutcomeView | None:
            question, article, quotes = sent
            return right(self._newest(), str(question), str(article), [str(quote) for quote in quotes])

        return [all_cases, keep_case, undo_case, remove_case, pick_sentences, right_answer]


def picked(chat: Chat, selected: Selection) -> Picked | None:
    """Return the whole sentences that a reader selected something of; None when it is nothing."""
    article = chat.article(selected.article)
    touched = [
        (start, end)
        for start, end in split_sentences(article.text, article.language or "en")
        if start < selected.end and selected.start < end
    ]
    if not touched:
        return None
    start, end = touched[0][0], touched[-1][1]
    return {"article": article.id, "title": article.title, "start": start, "text": article.text[start:end]}


def right(chat: Chat, question: str, article_id: str, quotes: Sequence[str]) -> OutcomeView | None:
    """Return the answer that `quotes` of an article would be, to be opened; None when none stands in it."""
    try:
        article = chat.article(article_id)
    except FilterError:
        return None
    spans = [span for quote in quotes for span in quoted(quote, article.text)[:1]]
    statements = tuple(statement(article, start, end) for start, end in dict.fromkeys(spans))
    return outcome_view(Answer(question, statements, 1.0, ())) if statements else None


def _case(chat: Chat, question: LabelledQuestion) -> CaseView:
    return {
        "question": question.text,
        "unanswerable": question.unanswerable,
        "articles": [{"id": id_, "title": _title(chat, id_)} for id_ in question.articles],
        "quotes": list(question.quotes),
        "answers": list(question.answers),
    }


def _title(chat: Chat, id_: str) -> str | None:
    try:
        return chat.article(id_).title
    except FilterError:
        return None


def _citation(chat: Chat, words: Quoted, strings: Strings) -> Citation:
    """Return `words` as a quote. Raises RagError when the article does not have them there, or no longer."""
    article = chat.article(words.article)
    if words.start < 0 or not words.text or not article.text.startswith(words.text, words.start):
        raise RagError(strings.case_changed)
    return statement(article, words.start, words.start + len(words.text)).citations[0]
