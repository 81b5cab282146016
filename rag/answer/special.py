"""A question of a special kind to its outcome: for articles, for what they hold, for what something is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from rag.answer.catalogue import listing
from rag.answer.comparison import contrast
from rag.answer.definitions import defined
from rag.answer.facts import by_title, fact, titled
from rag.answer.overview.asked import OfArticles, is_of_articles
from rag.answer.overview.collected import Overviews
from rag.answer.pasted import source
from rag.question.kind import Kind
from rag.question.understood import Understood
from rag.retrieval.retrieve import Retriever
from rag.types import Answer, Article, Filter, Listing, Outcome, Progress, Step, Unanswered, unheard

GREETED = 4
"""Articles that are named to who greets, thanks or asks for help: enough to see what can be asked about."""


@dataclass(frozen=True, slots=True)
class Special:
    """Answers such questions from one snapshot."""

    retriever: Retriever
    overviews: Overviews
    understand: Callable[[str], Understood]
    """Is asked about a topic."""
    say: Callable[[Understood], Answer | Unanswered]
    """Is asked about what is compared, without a reader, which finds one answer and not two."""
    threshold: float
    """Least probability of what is said of it."""
    progress: Progress = unheard

    def outcome(self, question: Understood, among: Filter | None) -> Outcome | None:
        """Return the outcome of `question` over the articles that pass `among`.

        None for a question of another kind, unless it is no question but the words of an article, and when no
        article tells. Raises FilterError when none passes.
        """
        if is_of_articles(question):
            index = self.retriever.index  # all that passes is read, which takes seconds the first time
            passages = index.manifest.passages if among is None else int(index.allowed(among).sum())
            self.progress(Step("reading", passages, question.text))
            return OfArticles(self.overviews, self.retriever, self.understand).answer(question, among)
        if question.kind is None:
            return source(question, self.retriever.index, among)
        way = self._ways.get(question.kind.name)
        return way(question, among) if way else None

    def of_titled(
        self, question: Understood, articles: Iterable[Article], among: Filter | None
    ) -> Listing | None:
        """Return the fact that `question` asks of one of `articles`, which it calls by its title.

        None where it asks for none: "Who wrote The Blue Notebook?" may mean the article or the book.
        """
        text = by_title(question, articles) if question.kind is None else None
        asked = self.understand(text) if text else None
        way = {"metadata": fact, "pasted": titled}.get(asked.kind.name) if asked and asked.kind else None
        found = way(asked, self.retriever, self.understand, among) if way and asked else None
        return found and replace(found, question=question.text)

    @property
    def _ways(self) -> Mapping[str, Callable[[Understood, Filter | None], Outcome | None]]:
        return {
            "catalogue": self._listing,
            "comparison": self._comparison,
            "metadata": lambda question, among: fact(question, self.retriever, self.understand, among),
            "definition": lambda question, among: defined(question, self.retriever, among),
            "abbreviation": lambda question, among: defined(question, self.retriever, among),
            "pasted": self._source,
            "greeting": self._articles,
            "help": self._articles,
        }

    def _comparison(self, question: Understood, among: Filter | None) -> Outcome | None:
        if question.kind is None or "one" not in question.kind.parts:
            return None

        def define(side: str) -> Answer | None:
            asked = replace(self.understand(side), kind=Kind("definition", {"term": side}))
            found = defined(asked, self.retriever, among)
            return None if found and found.short_answer else found  # what it is short for tells no difference

        return contrast(
            question,
            self.say(question),
            lambda side: self.say(self.understand(side)),
            define,
            self.retriever.index.words,
            threshold=self.threshold,
        )

    def _listing(self, question: Understood, among: Filter | None) -> Listing:
        return listing(question, self.retriever, self.understand, among)

    def _source(self, question: Understood, among: Filter | None) -> Outcome | None:
        """Return where a text stands, or who wrote the article that it is the title of."""
        found = source(question, self.retriever.index, among)
        return found or titled(question, self.retriever, self.understand, among)

    def _articles(self, question: Understood, among: Filter | None) -> Listing:
        """Return what can be asked about, to who greets or asks for help."""
        articles, total = self.retriever.index.first(among, count=GREETED)
        return Listing(question.text, tuple(articles), total, "")
