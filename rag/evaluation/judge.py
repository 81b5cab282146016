"""A labelled question to what is right and wrong about how it was answered, and where that was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np

from rag.chat import Chat
from rag.evaluation.questions.labelled import LabelledQuestion, normalised, quoted
from rag.evaluation.results import FIRST, LISTS, SENTENCES, Case, Failure, Problem, Seen
from rag.index.lexical import Rows, held
from rag.index.opened import Index
from rag.retrieval.retrieve import Ranking
from rag.settings import Settings
from rag.types import Answer, Listing, Outcome, Statement, Unanswered

T = TypeVar("T")


def articles_of(rows: Rows, shelf: Shelf) -> list[str]:
    """Return the articles that the passages `rows` are from, each at its best passage.

    Near-duplicates are shown as one, so they go by one name: their earliest's.
    """
    return [str(number) for number in dict.fromkeys(shelf.sources[rows].tolist())]


class Shelf:
    """Which article each passage of an index is from, by numbers."""

    def __init__(self, index: Index) -> None:
        rows = index.rows
        groups = index.groups(rows)
        self._index = index
        self.numbers = index.article_numbers(rows)
        """Of each passage, its article."""
        self.sources = np.where(groups >= 0, groups, self.numbers)
        """Of each passage, its article's earliest near-duplicate, or its article."""

    @cached_property
    def ids(self) -> list[str]:
        """Return the id of each article."""
        return [article.id for article in self._index.articles()]

    @cached_property
    def by_id(self) -> dict[str, int]:
        """Return the number of each article."""
        return {id_: number for number, id_ in enumerate(self.ids)}

    @cached_property
    def texts(self) -> list[str]:
        """Return every passage as answers are compared with it."""
        return [f" {normalised(text)} " for _, text in self._index.texts(np.arange(len(self.numbers)))]

    def source(self, article: str) -> int | None:
        """Return the number that `article` goes by; None when it is not in the index."""
        rows = np.flatnonzero(self.numbers == self.by_id.get(article, -1))
        return int(self.sources[rows[0]]) if len(rows) else None

    def duplicates(self, source: int) -> list[str]:
        """Return the ids of all articles that go by the number `source`."""
        return [self.ids[number] for number in dict.fromkeys(self.numbers[self.sources == source].tolist())]


@dataclass(frozen=True, slots=True)
class Judged:
    """A case whose rankings are still to be measured, and what they hold."""

    case: Case
    articles: Mapping[str, Sequence[str]]
    passages: Mapping[str, Sequence[str]]
    right_articles: Mapping[str, int]
    right_passages: Mapping[str, int]


class Judge:
    """Asks labelled questions of one snapshot and tells right from wrong."""

    def __init__(self, chat: Chat, questions: Sequence[LabelledQuestion]) -> None:
        """Look up once what `questions` need of all articles."""
        self._chat = chat
        # How well sentences are chosen is another matter than when to refuse.
        statements = max(SENTENCES, chat.settings.statements)
        talkative = replace(chat.settings, threshold=0.0, related=0.0, statements=statements)
        self._talkative = replace(chat, settings=talkative)
        self._shelf = Shelf(chat.index)
        self._quoting = _quoting(chat.index, questions)

    def ask(self, question: LabelledQuestion) -> Judged:
        """Return everything about `question` but the measures of its rankings."""
        chat, talkative = self._chat, self._talkative
        understood = chat.understand(question.text)
        considered = chat.considered(understood)
        ranking = considered.ranking
        lists = _lists(ranking)
        weighed = {
            name: considered if rows is ranking.fused else chat.weighed(ranking, rows)
            for name, rows in lists.items()
        }
        outcomes: dict[str, Outcome] = {
            name: talkative.answer(each, chat.reader) for name, each in weighed.items()
        }
        special = talkative.special(understood)
        outcomes |= {"fused": special} if special else {}
        question, right_articles = self._with_duplicates(question)
        right = self._right_rows(question, right_articles, ranking)
        articles = {name: articles_of(rows, self._shelf) for name, rows in lists.items()}
        if isinstance(special, Listing):
            found = (str(self._shelf.source(article.id)) for article in special.articles)
            articles["fused"] = list(dict.fromkeys(found))
        passages = {name: [str(row) for row in rows] for name, rows in lists.items()}
        right_passages = {str(row): 1 for row in right}
        judged = question.names_words and not question.unanswerable
        # A quoted phrase that no article holds is refused before any sentence is looked at.
        is_missing = bool(ranking.missing_phrases) and special is None
        confidence = 0.0 if is_missing else outcomes["fused"].confidence
        shown_as = _shown_as(outcomes["fused"], confidence, chat.settings)
        is_firm, is_likely = (False, False) if is_missing else shown_as
        case = Case(
            question,
            is_firm or (is_likely and not question.unanswerable),
            is_likely,
            confidence,
            {name: _first(found, right_articles) for name, found in articles.items() if right_articles},
            {name: _first(found, right_passages) for name, found in passages.items() if right},
            {name: _first_sentence(question, outcome) for name, outcome in outcomes.items() if judged},
            {},
            None,
        )
        if problem := _problem(case, chat.settings.statements):
            expected = right or self._rows_of(right_articles)
            case = replace(
                case, failure=self._failure(problem, question, ranking, expected, outcomes["fused"])
            )
        return Judged(case, articles, passages, right_articles, right_passages)

    def _with_duplicates(self, question: LabelledQuestion) -> tuple[LabelledQuestion, dict[str, int]]:
        """Return `question` with its articles' near-duplicates, and its articles as rankings name them."""
        if question.unanswerable:
            return question, {}
        expected = question.articles or self._quoting.get(question.id, {})
        known: dict[str, int] = {}
        grades: dict[str, int] = {}
        for article, grade in expected.items():
            source = self._shelf.source(article)
            name = f"absent: {article}" if source is None else str(source)
            grades[name] = max(grade, grades.get(name, 0))
            same = [article] if source is None else [article, *self._shelf.duplicates(source)]
            known |= dict.fromkeys(same, grade)
        return replace(question, articles=known), grades

    def _right_rows(
        self, question: LabelledQuestion, articles: Mapping[str, int], ranking: Ranking
    ) -> list[int]:
        """Return the passages that answer `question`; none when its labels cannot tell.

        Of near-duplicates one is shown, so only one has passages to find: that in the `ranking`.
        """
        if question.unanswerable or not question.names_words:
            return []
        if not question.articles:
            wanted = [f" {normalised(answer)} " for answer in question.answers]
            held = enumerate(self._shelf.texts)
            return [row for row, text in held if any(answer in text for answer in wanted)]
        shown = {int(self._shelf.sources[row]): int(self._shelf.numbers[row]) for row in ranking.fused[::-1]}
        rows = [
            row
            for row in self._rows_of(articles)
            if self._shelf.numbers[row] == shown.get(int(self._shelf.sources[row]), self._shelf.sources[row])
        ]
        return [
            row
            for row, passage in zip(rows, self._chat.index.passages(rows), strict=True)
            if question.is_answered_by_passage(passage.article, passage.start, passage.end)
        ]

    def _rows_of(self, articles: Iterable[str]) -> list[int]:
        """Return the passages of `articles`, named as rankings name them."""
        sources = [int(name) for name in articles if name.isdigit()]
        return [int(row) for source in sources for row in np.flatnonzero(self._shelf.sources == source)]

    def _failure(
        self,
        problem: Problem,
        question: LabelledQuestion,
        ranking: Ranking,
        right: Sequence[int],
        outcome: Outcome,
    ) -> Failure:
        fused = ranking.fused.tolist()
        among = set(right)
        expected = next((row for row in fused if row in among), next(iter(right), None))
        first = next(iter(_shown(outcome)), None)
        return Failure(
            problem,
            first.text if first else None,
            first.citations[0].article.title if first else None,
            None if expected is None else self._seen(expected, question, ranking),
            self._seen(fused[0], question, ranking) if fused else None,
        )

    def _seen(self, row: int, question: LabelledQuestion, ranking: Ranking) -> Seen:
        [passage] = self._chat.index.passages([row])
        analyzer = self._chat.index.words.analyzer
        terms = analyzer.terms(f"{passage.article.title} {passage.text}")
        words = held(analyzer.words(question.text), terms)
        return Seen(
            passage.article.id,
            passage.article.title,
            passage.text,
            tuple(word for word in words if word.lower() not in self._chat.language.QUESTION_WORDS),
            {name: _first(rows.tolist(), {row}) for name, rows in _lists(ranking).items()},
        )


def _lists(ranking: Ranking) -> dict[str, Rows]:
    return dict(zip(LISTS, (ranking.fused, ranking.dense, ranking.words), strict=True))


def _quoting(index: Index, questions: Sequence[LabelledQuestion]) -> dict[str, dict[str, int]]:
    """Return the articles that hold the quotes of the questions that name no article, by question."""
    open_ = [question for question in questions if question.quotes and not question.articles]
    found: dict[str, dict[str, int]] = {}
    for article in index.articles() if open_ else ():
        for question in open_:
            if any(quoted(quote, article.text) for quote in question.quotes):
                found.setdefault(question.id, {})[article.id] = 1
    return found


def _first(found: Iterable[T], right: Iterable[T]) -> int | None:
    """Return the place, from 1, of the first of `found` that is `right`."""
    among = set(right)
    return next((place for place, each in enumerate(found, 1) if each in among), None)


def _shown(outcome: Outcome) -> tuple[Statement, ...]:
    """Return what is quoted, or would be if nothing were refused."""
    return outcome.statements if isinstance(outcome, Answer) else ()


def _shown_as(outcome: Outcome, confidence: float, settings: Settings) -> tuple[bool, bool]:
    """Return whether what would be said if nothing were refused is an answer, and whether a likely one."""
    if isinstance(outcome, Unanswered):
        return False, False
    is_likely = confidence < settings.threshold or (isinstance(outcome, Answer) and outcome.likely)
    return not is_likely, is_likely and confidence >= settings.related


def _first_sentence(question: LabelledQuestion, outcome: Outcome) -> int | None:
    """Return the place of the first right sentence among those that are judged."""
    for place, statement in enumerate(_shown(outcome)[:SENTENCES], 1):
        if any(
            question.is_answered_by_sentence(citation.article, citation.start, citation.end)
            for citation in statement.citations
        ):
            return place
    return None


def _problem(case: Case, shown: int) -> Problem | None:
    """Return what is wrong with `case`; `shown` is how many sentences an answer has at most."""
    if case.question.unanswerable:
        return "answered" if case.answered else None
    if not case.answered:
        return "refused"
    if case.sentence_ranks:
        right = (case.sentence_ranks["fused"] or SENTENCES + 1) <= min(shown, SENTENCES)
        return None if right else "sentence"
    right = (case.ranks.get("fused") or FIRST + 1) <= FIRST
    return None if right else "article"
