"""A question of a special kind to its outcome: for articles, for what they hold, for what something is.

Two things compared have an answer each: they are not of these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rag.answer.catalogue import listing
from rag.answer.definitions import defined
from rag.answer.facts import fact, titled
from rag.answer.overview.asked import OfArticles, is_of_articles
from rag.answer.overview.collected import Overviews
from rag.answer.pasted import source
from rag.question.understood import Understood
from rag.retrieval.retrieve import Retriever
from rag.types import Filter, Listing, Outcome, Progress, Step, unheard

GREETED = 4
"""Articles that are named to who greets, thanks or asks for help: enough to see what can be asked about."""


@dataclass(frozen=True, slots=True)
class Special:
    """Answers such questions from one snapshot."""

    retriever: Retriever
    overviews: Overviews
    understand: Callable[[str], Understood]
    """Is asked about a topic."""
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

    @property
    def _ways(self) -> Mapping[str, Callable[[Understood, Filter | None], Outcome | None]]:
        return {
            "catalogue": self._listing,
            "metadata": lambda question, among: fact(question, self.retriever, self.understand, among),
            "definition": lambda question, among: defined(question, self.retriever, among),
            "abbreviation": lambda question, among: defined(question, self.retriever, among),
            "pasted": self._source,
            "greeting": self._articles,
            "help": self._articles,
        }

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
