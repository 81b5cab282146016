"""A question for what articles hold to an Answer: all of them, those that pass a filter, or on a topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rag.answer.catalogue import SHOWN, described, limited, meant
from rag.answer.overview.collected import COUNTED, Overviews
from rag.answer.overview.held import Overview
from rag.answer.overview.named import Named
from rag.answer.summary import summary
from rag.question.understood import Understood
from rag.retrieval.retrieve import Retriever
from rag.types import Answer, Article, Filter, Listing, Outcome, Statement, Unanswered

OF_ALL = {"In brief": 6, "People": 5, "Timeline": 5}
"""Of an overview, the statements under each head at most."""

VIEWS = 3
"""Articles whose author's view is told, ..."""

OF_VIEW = 2
"""... in so many sentences each."""

COMPARED = 4
"""Articles that are set beside each other, ..."""

OF_COMPARED = 3
"""... by so many sentences each."""

KINDS = frozenset(("overview", "summary", "people", "timeline", "new", "disagreements", "comparison", "view"))


def is_of_articles(question: Understood) -> bool:
    """Say whether `question` asks what articles hold, or for their author's view, and not for an answer."""
    kind = question.kind
    if kind is None:
        return False
    if kind.name == "new":  # of a topic it is answered like any question, newer articles first
        return "topic" not in kind.parts
    return kind.name in KINDS and "one" not in kind.parts  # of two things compared each has an answer


@dataclass(frozen=True, slots=True)
class OfArticles:
    """What tells of articles as a question asks."""

    overviews: Overviews
    retriever: Retriever
    understand: Callable[[str], Understood]
    """Is asked about a topic."""

    def answer(self, question: Understood, among: Filter | None) -> Outcome | None:
        """Return what the articles that `question` is about, of those that pass `among`, hold.

        None where there are no such articles, or nothing of it in them. Raises FilterError when no article
        passes.
        """
        assert question.kind is not None
        within, reading = limited(question, among)
        outcome: Outcome | None = self._of(question, within)
        if outcome is None and question.kind.name == "new":
            articles, total = self.retriever.index.first(within, count=SHOWN)
            outcome = Listing(question.text, tuple(articles), total, described({}, reading))
        return replace(outcome, reading=reading) if outcome and reading else outcome

    def _of(self, question: Understood, among: Filter | None) -> Answer | Unanswered | None:
        assert question.kind is not None
        name, parts = question.kind.name, question.kind.parts
        articles, total = meant(
            parts, self.retriever, self.understand, among, count=COUNTED, anywhere=name == "summary"
        )
        if not articles:
            return None
        if name == "summary" or (name == "overview" and total == 1):
            is_told = parts or total == 1  # which is meant, and not "the article" where there are several
            return summary(question, articles[0], self.retriever.index) if is_told else None
        if name == "disagreements":
            found = _answer(question, self.overviews.differing(articles))
            return found or Unanswered(question.text, 0.0, ())
        return _answer(question, self._statements(question, articles, total, among))

    def _statements(
        self, question: Understood, articles: Sequence[Article], total: int, among: Filter | None
    ) -> Sequence[Statement]:
        assert question.kind is not None
        name, parts = question.kind.name, question.kind.parts
        if name == "view":
            return self._views(articles) if len(articles) <= VIEWS else []
        if name == "comparison":
            return self._beside(articles[:COMPARED], parts.get("topic"))
        if "topic" in parts:
            return _part(name, self.overviews.on(articles, total, self.understand(parts["topic"]).vector))
        return _part(name, self.overviews.on(articles, total) if parts else self.overviews.of(among))

    def _beside(self, articles: Sequence[Article], topic: str | None) -> list[Statement]:
        """Return what each of `articles` says on `topic`, or most of all; nothing of one alone."""
        about, quotes = self.understand(topic) if topic else None, self.overviews.quotes()
        quotes.load(articles)
        told = [(article, quotes.telling(article, OF_COMPARED, about)) for article in articles]
        said = [quote.statement(article.title) for article, found in told for quote in found]
        return said if sum(bool(found) for _, found in told) > 1 else []

    def _views(self, articles: Sequence[Article]) -> list[Statement]:
        quotes = self.overviews.quotes()
        return [
            quote.statement(article.title)
            for article in articles
            for quote in quotes.opinions(article, OF_VIEW)
        ]


def _answer(question: Understood, statements: Sequence[Statement]) -> Answer | None:
    return Answer(question.text, tuple(statements), 1.0, ()) if statements else None


def _part(name: str, overview: Overview) -> list[Statement]:
    """Return the statements of the part of `overview` that a question of this kind asks for."""
    if name == "people":
        return people(overview.people)
    if name == "timeline":
        return list(overview.timeline or reversed(overview.new))
    if name == "new":
        return list(overview.new or overview.briefs)
    parts = (overview.briefs, [each.statement for each in overview.people if each.role], overview.timeline)
    found: dict[str, Statement] = {}
    for (head, count), statements in zip(OF_ALL.items(), parts, strict=True):
        fresh = {each.text: replace(each, label=head) for each in statements if each.text not in found}
        found |= dict(list(fresh.items())[:count])
    return list(found.values())


def people(named: Sequence[Named]) -> list[Statement]:
    """Return a sentence for each of those `named`, under who it is; several in one sentence share it."""
    named_in: dict[str, list[Named]] = {}
    for each in named:
        named_in.setdefault(each.statement.text, []).append(each)
    return [
        replace(
            together[0].statement,
            label=", ".join(f"{each.name} ({each.role})" if each.role else each.name for each in together),
        )
        for together in named_in.values()
    ]
