"""The second spine: question to hits to Answer | Unanswered, or to the Listing that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Self

from rag import answer, conversation, disagreement, kinds, snapshots, suggest, times
from rag.build import load_embedder, recipe_of
from rag.catalogue import articles_on, listing
from rag.contrast import contrast
from rag.embedding import Embedder
from rag.errors import FilterError, RagError
from rag.index import Index
from rag.ranker import Ranker
from rag.rerank import CrossEncoderReranker, Reranker
from rag.retrieve import Ranking, Retriever
from rag.settings import Settings
from rag.summarise import summary
from rag.types import (
    Answer,
    Article,
    Card,
    Filter,
    Found,
    Hit,
    Outcome,
    Progress,
    Reading,
    Step,
    TimeWords,
    Turn,
    Unanswered,
    unheard,
)

LONGEST_QUESTION = 1000
"""Characters; the model reads about as many."""

MOST_FOUND = 100
"""Passages that a search returns at most: each list is read to a depth of as many."""

EXAMINED = 40
"""Articles looked at for example questions: enough to find some, few enough not to be noticed."""


@dataclass(frozen=True, slots=True)
class Chat:
    """Answers questions from one snapshot. Immutable; threads share it."""

    settings: Settings
    index: Index
    embedder: Embedder
    reranker: Reranker | None = None
    ranker: Ranker | None = None
    today: Callable[[], date] = date.today
    """The clock, for questions about "last month"."""
    progress: Progress = unheard
    """Is told what is done for every question; `ask` takes one for a single question."""

    @classmethod
    def open(
        cls,
        settings: Settings,
        embedder: Embedder | None = None,
        reranker: Reranker | None = None,
        ranker: Ranker | None = None,
    ) -> Self:
        """Open the index and load the models, but for those that are given.

        Raises SnapshotError when there is no index that fits `settings`, ModelError without the model.
        """
        found = Index.open(settings.index, recipe_of(settings, embedder))
        return cls(
            settings,
            found,
            embedder or load_embedder(settings),
            reranker or load_reranker(settings),
            ranker or load_ranker(settings),
        )

    def latest(self) -> Self:
        """Return a chat over the snapshot in use now: this one unless a newer one was built."""
        if snapshots.current(self.settings.index) == self.index.folder.name:
            return self
        newer = type(self).open(self.settings, self.embedder, self.reranker, self.ranker)
        return replace(newer, today=self.today)

    def ask(
        self,
        question: str,
        filter: Filter | None = None,
        *,
        turns: Sequence[Turn] = (),
        ignored: Container[str] = (),
        progress: Progress | None = None,
    ) -> Outcome:
        """Return what the articles that pass `filter` say; a follow-up to `turns` is made to stand alone.

        The outcome's reading tells which words of time in the question had a part in it, as those of
        `ignored` have not. `progress` is told each step as it begins, and ends the work when it raises.
        Raises RagError for a question that is empty or far too long, FilterError when no article passes.
        """
        if progress:
            return replace(self, progress=progress).ask(question, filter, turns=turns, ignored=ignored)
        question = _accepted(question)
        standalone = conversation.standalone(question, turns, self.embedder)
        if len(standalone) > LONGEST_QUESTION:
            standalone = question
        outcome = self.special(standalone, filter, ignored=ignored)
        if outcome is None:
            ranking, heeded = self.rank(standalone, filter, ignored=ignored)
            outcome = replace(self._said(ranking), question=standalone)
        else:
            heeded = outcome.reading.times if outcome.reading else ()
        was_read = heeded or standalone != question
        return replace(outcome, reading=Reading(question, heeded)) if was_read else outcome

    def special(
        self, question: str, filter: Filter | None = None, *, ignored: Container[str] = ()
    ) -> Outcome | None:
        """Return the outcome of a question for what articles there are, for one of them, or of a comparison.

        None for a question of another kind, and when there is no such article.
        """
        retriever, today = self.retriever, self.today()
        if listed := listing(question, self.index, retriever, filter, today=today, ignored=ignored):
            return listed
        asked = kinds.read(question)
        if asked and asked.name == "comparison":
            said = replace(self, ranker=None)._said  # it looks for one answer, and this has one a side
            return contrast(
                question,
                asked.parts,
                lambda text: said(self.retriever.rank(text, filter=filter)),
                self.index.words,
                threshold=self.settings.threshold,
            )
        if asked and asked.name == "summary":
            found = articles_on(asked.parts["topic"], self.index, retriever, filter)
            return summary(question, found[0], self.index) if found else None
        return None

    def rank(
        self, question: str, filter: Filter | None = None, *, ignored: Container[str] = ()
    ) -> tuple[Ranking, tuple[TimeWords, ...]]:
        """Return how passages are ranked for `question`, and its words of time that had a part in it.

        Where these limit the articles, the ranking's text is the question without them: the dates of the
        articles say what their passages need not. The ranker reads for none of the answers compared here.
        """
        said = replace(self, ranker=None)._said
        read = times.read(question, self.index.published(), today=self.today())
        heeded = tuple(words for words in read if words.words not in ignored)
        newest = any(words.newest for words in heeded)
        everything = self.retriever.rank(question, filter=filter, newest=newest)
        within = times.limits(heeded, filter)
        if within is None or everything.missing:
            return everything, times.unlimited(heeded)
        timeless = times.without(question, heeded)
        anywhen = replace(everything, text=timeless)
        try:
            narrowed = replace(self.retriever.narrowed(everything, within, newest=newest), text=timeless)
            found = said(narrowed)
        except FilterError:  # no article is from that time
            narrowed, found = anywhen, None
        if any(words.firm for words in heeded):
            if isinstance(found, Answer) or (found and isinstance(said(anywhen), Unanswered)):
                return narrowed, heeded
            return anywhen, (*times.unlimited(heeded), *times.given_up(heeded))
        others = (said(everything), said(anywhen))
        if isinstance(found, Answer) and times.loses_nothing(found, others, heeded):
            return narrowed, heeded
        return everything, times.unlimited(heeded)

    def _said(self, ranking: Ranking) -> Answer | Unanswered:
        hits = self.retriever.hits(ranking, ranking.fused[: self.depth(ranking.text)])
        if ranking.missing:
            closest = tuple(hits[: self.settings.passages])
            return Unanswered(ranking.text, 0.0, closest, ranking.missing)
        self.progress(Step("reading", len(hits), ranking.text))
        return self.answer(ranking.text, hits)

    def search(self, question: str, *, k: int, filter: Filter | None = None) -> Found:
        """Return the `k` passages that fit `question` best, of the articles that pass `filter`.

        Raises RagError as `ask` does, and for a `k` outside 1 to MOST_FOUND.
        """
        question = _accepted(question)
        if not 1 <= k <= MOST_FOUND:
            raise RagError(f"k is {k}; ask for 1 to {MOST_FOUND} passages")
        retriever = self.retriever
        ranking = retriever.rank(question, filter=filter)
        return Found(question, tuple(retriever.hits(ranking, ranking.fused[:k])), ranking.missing)

    def article(self, id_: str) -> Article:
        """Return the article with this id. Raises FilterError, with near ids, when there is none."""
        return self.index.article(id_)

    def cards(self) -> list[Card]:
        """Return a card of every article, in the corpus's order."""
        return self.index.cards()

    def passing(self, filter: Filter | None) -> int:
        """Return how many articles pass. Raises FilterError for what no article has."""
        return self.index.newest(filter, count=0)[1]

    @property
    def snapshot(self) -> str:
        """Return the name of the snapshot that is asked."""
        return self.index.folder.name

    @property
    def unread(self) -> Mapping[str, str]:
        """Return the files and rows that could not be read when the index was built, and why."""
        return self.index.manifest.unread

    @property
    def retriever(self) -> Retriever:
        """Return what finds passages in this snapshot."""
        return Retriever(
            self.index,
            self.embedder,
            self.settings.depth,
            self.reranker,
            self.settings.reranked,
            self.progress,
        )

    def depth(self, question: str) -> int:
        """Return how many passages `answer` looks at for `question`."""
        return max(self.settings.passages, disagreement.depth(question, self.index.words))

    def answer(self, question: str, hits: Sequence[Hit]) -> Answer | Unanswered:
        """Return what the passages `hits` say; the first of them answer, any may disagree."""
        best = hits[: self.settings.passages]
        chosen = answer.choose(question, best, self.index.words, self.settings, self.ranker)
        return disagreement.with_sides(chosen, hits, self.index.words)

    def examples(self, count: int) -> tuple[str, ...]:
        """Return up to `count` questions that the articles at hand answer."""
        return suggest.examples(self.index.sample(EXAMINED), self.ask, count=count)

    def following(
        self,
        answer: Answer,
        filter: Filter | None = None,
        *,
        past: Iterable[str] = (),
        count: int,
        progress: Progress | None = None,
    ) -> tuple[str, ...]:
        """Return up to `count` questions that articles passing `filter` answer, near what `answer` says.

        None of them is one of the `past` ones. Each was asked, and `progress` is told so as by `ask`.
        """
        ask = partial(self.ask, filter=filter, progress=progress)
        tries = suggest.TRIED if self.reranker is None else suggest.TRIED_SLOWLY
        return suggest.following(answer, ask, past=past, count=count, tries=tries)

    def size(self) -> tuple[int, int]:
        """Return how many articles and passages are searched."""
        return self.index.manifest.articles, self.index.manifest.passages


def _accepted(question: str) -> str:
    """Return `question` with single spaces. Raises RagError when it is empty or far too long."""
    question = " ".join(question.split())
    if not question:
        raise RagError("the question is empty; type one")
    if len(question) > LONGEST_QUESTION:
        raise RagError(f"the question has {len(question)} characters; {LONGEST_QUESTION} are read")
    return question


def load_reranker(settings: Settings) -> Reranker | None:
    """Load the cross-encoder that `settings` name, if any. Raises ModelError when it is not there."""
    if not settings.reranker:
        return None
    return CrossEncoderReranker(settings.reranker, downloads=settings.downloads, batch=settings.batch)


def load_ranker(settings: Settings) -> Ranker | None:
    """Load the packaged ranker where `settings` want it. Raises ModelError when it is not there."""
    return Ranker() if settings.ranker and settings.language == "en" else None
