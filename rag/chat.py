"""The second spine: question to hits to Answer | Unanswered, or to the Listing that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain
from typing import Self

from rag.answer import disagreement, parts, suggest
from rag.answer.choose import choose, with_missing
from rag.answer.considered import Considered
from rag.answer.dated import with_relative_words
from rag.answer.disagreement import Wanted
from rag.answer.evidence import weigh, with_short_answers
from rag.answer.limits import Limits
from rag.answer.overview.collected import Overviews
from rag.answer.overview.held import Overview
from rag.answer.reader import Reader, load_reader
from rag.answer.special import Special
from rag.build import changed_since, health_of
from rag.corpus.changed import Changed
from rag.corpus.health import Health
from rag.errors import FilterError, RagError
from rag.index import stored
from rag.index.embedding import Embedder, Vectors
from rag.index.lexical import Rows
from rag.index.meaning import Meaning, meaning_of
from rag.index.opened import Index
from rag.index.recipes import load_embedder, recipe_of
from rag.question import times
from rag.question.language import Language, language_of
from rag.question.typed import LONGEST_QUESTION, accepted
from rag.question.understood import Understood, understand
from rag.retrieval.rerank import Reranker, load_reranker
from rag.retrieval.retrieve import Ranking, Retriever
from rag.retrieval.spelling import respelt
from rag.settings import Settings
from rag.types import (
    Answer,
    Article,
    Card,
    Filter,
    Found,
    Listing,
    Outcome,
    Progress,
    Reading,
    Step,
    Turn,
    Unanswered,
    is_firm,
    unheard,
)

MOST_FOUND = 100
"""Passages that a search returns at most: each list is read to a depth of as many."""

DOUBT = 0.1
"""Confidence by which a reading has to be better than the likelier one before it."""

EXAMINED = 40
"""Articles looked at for example questions: enough to find some, few enough not to be noticed."""


@dataclass(frozen=True, slots=True)
class Chat:
    """Answers questions from one snapshot. Immutable; threads share it."""

    settings: Settings
    index: Index
    embedder: Embedder
    retriever: Retriever
    reader: Reader | None = None
    limits: Limits | None = None
    """Finds what has to be quoted with a sentence; None where no reader reads."""
    today: Callable[[], date] = date.today
    """The clock, for questions about "last month"."""
    overviews: Overviews = field(init=False)

    def __post_init__(self) -> None:
        """Keep the overviews that are asked for: a snapshot does not change."""
        object.__setattr__(self, "overviews", Overviews(self.index, self.embedder, self.language))

    @classmethod
    def open(
        cls,
        settings: Settings,
        embedder: Embedder | None = None,
        reranker: Reranker | None = None,
        reader: Reader | None = None,
    ) -> Self:
        """Open the index and load the models, but for those that are given.

        Raises SnapshotError when there is no index that fits `settings`, ModelError without the model.
        """
        found = stored.opened(settings, recipe_of(settings, embedder))
        embedder = embedder or load_embedder(settings)
        reranker = reranker or load_reranker(settings)
        retriever = Retriever(found, embedder, settings.depth, reranker, settings.reranked)
        reader = reader or load_reader(settings)
        limits = Limits.load(reader) if reader else None
        return cls(settings, found, embedder, retriever, reader, limits)

    def latest(self) -> Self:
        """Return a chat over the snapshot in use now: this one unless a newer one was built."""
        if self.index.is_current():
            return self
        found = stored.opened(self.settings, recipe_of(self.settings, self.embedder), self.index)
        return replace(self, index=found, retriever=replace(self.retriever, index=found))

    def ask(
        self,
        question: str,
        filter: Filter | None = None,
        *,
        turns: Sequence[Turn] = (),
        ignored: Container[str] = (),
        progress: Progress = unheard,
    ) -> Outcome:
        """Return what the articles that pass `filter` say; a follow-up to `turns` is made to stand alone.

        The outcome's reading tells which words of time in the question had a part in it, as those of
        `ignored` have not. `progress` is told each step as it begins, and ends the work when it raises.
        Raises RagError for a question that is empty or far too long, FilterError when no article passes.
        """
        typed = accepted(question)
        understood, considered = self.meant(typed, turns, filter, ignored=ignored)
        outcome = self._outcome(understood, considered, filter, progress)
        is_sure = isinstance(outcome, Listing) or is_firm(outcome)
        if not is_sure and (spelt := respelt(understood.text, self.index, self.language)):
            corrected = self.understand(spelt, ignored=ignored)
            again = self._outcome(corrected, None, filter, progress)
            if isinstance(outcome, Unanswered) or not isinstance(again, Unanswered):
                understood, outcome = corrected, again
        heeded = outcome.reading.times if outcome.reading else ()
        reading = Reading(typed, heeded) if heeded or outcome.question != typed else None
        found = self._with_outside(replace(outcome, reading=reading), understood, filter, progress)
        return with_relative_words(found, self.language)

    def _outcome(
        self,
        understood: Understood,
        considered: Considered | None,
        filter: Filter | None,
        progress: Progress,
    ) -> Outcome:
        """Return what the articles say to a question that stands alone, and its words of time with it.

        `considered` is what it was tried with, if it was.
        """
        if understood.kind and understood.kind.name == "parts":
            every = considered or self.considered(understood, filter, progress)
            whole = self._outcome(replace(understood, kind=None), every, filter, progress)
            part = partial(self._part, every=every, filter=filter, progress=progress)
            return parts.both(understood, whole, part)
        if outcome := self.special(understood, filter, progress):
            return self._whole(outcome, understood)
        considered = considered or self.considered(understood, filter, progress)
        articles = (hit.passage.article for hit in considered.hits)
        if listing := self._ways(filter, progress).of_titled(understood, articles, filter):
            return listing
        reading = Reading(understood.text, considered.heeded) if considered.heeded else None
        said = self._said(considered, self.reader, progress)
        whole = self._whole(said, considered.question)
        return replace(whole, question=understood.text, reading=reading)

    def _part(
        self, text: str, turns: Sequence[Turn], every: Considered, filter: Filter | None, progress: Progress
    ) -> Outcome:
        """Return what the articles say to a question that is part of another one, after those of `turns`.

        Where one that follows has no sure answer, it is asked of `every` passage that the whole was asked of,
        with the meaning of the whole: what it is about may stand in the other part.
        """
        understood, considered = self.meant(text, turns, filter)
        said = self._outcome(understood, considered, filter, progress)
        if not turns or isinstance(said, Listing) or is_firm(said):
            return said
        understood = replace(understood, vector=every.question.vector)
        beside = self.weighed(replace(every.ranking, question=understood), every.rows)
        again = self._outcome(understood, beside, filter, progress)
        return said if isinstance(again, Unanswered) else again

    def understand(
        self, text: str, *, ignored: Container[str] = (), vector: Vectors | None = None
    ) -> Understood:
        """Return `text` understood, without words of time that are `ignored`, embedded but with `vector`."""
        return understand(
            text,
            self.index.words,
            self.embedder,
            self.language,
            published=self.index.published(),
            today=self.today(),
            ignored=ignored,
            vector=vector,
        )

    @property
    def language(self) -> Language:
        """What the articles' language tells of questions and sentences."""
        return language_of(self.settings.language)

    def meant(
        self, typed: str, turns: Sequence[Turn], filter: Filter | None = None, *, ignored: Container[str] = ()
    ) -> tuple[Understood, Considered | None]:
        """Return the question that `typed` stands for after `turns`, and what it was tried with, if it was.

        Where it can be read in several ways, each is tried without the reader: the better evidence decides.
        One that may stand alone does so when nothing answers it then: a topic that was added finds itself.
        """
        readings = [
            self.understand(text, ignored=ignored)
            for text in self.language.standalone(typed, turns, self.embedder)
            if len(text) <= LONGEST_QUESTION
        ] or [self.understand(typed, ignored=ignored)]
        if len(readings) == 1:
            return readings[0], None
        tried = [self.considered(each, filter) for each in readings]
        found = [self._said(each, None, unheard).confidence for each in tried]
        alone = next((at for at, each in enumerate(readings) if each.text == typed), None)
        best = max(range(len(found)), key=lambda at: found[at] - at * DOUBT)
        if found[best if alone is None else alone] < self.settings.threshold:
            best = alone or 0
        return readings[best], tried[best]

    def special(
        self, question: Understood, filter: Filter | None = None, progress: Progress = unheard
    ) -> Outcome | None:
        """Return the outcome of a question of a special kind; see rag.answer.special.

        None for any other, and when no article tells.
        """
        return self._ways(filter, progress).outcome(question, filter)

    def _ways(self, filter: Filter | None, progress: Progress) -> Special:
        """Return the ways of questions of a special kind."""

        def say(side: Understood) -> Answer | Unanswered:
            return self._said(self.weighed(self.retriever.rank(side, filter, progress)), None, progress)

        threshold = self.settings.threshold
        return Special(self.retriever, self.overviews, self.understand, say, threshold, progress)

    def considered(
        self, question: Understood, filter: Filter | None = None, progress: Progress = unheard
    ) -> Considered:
        """Return what an answer to `question` is chosen from.

        Where its words of time limit the articles, what is understood is the question without them: the
        dates of the articles say what their passages need not. No reader reads for the answers compared here.
        """
        heeded = question.times
        within = times.limits(heeded, filter)
        everything = self.weighed(self.retriever.rank(question, filter, progress))
        if within is None or everything.ranking.missing_phrases:
            return replace(everything, heeded=times.unlimited(heeded))
        timeless = self.understand(times.without(question.text, heeded), vector=question.vector)
        anywhen = self.weighed(replace(everything.ranking, question=timeless))

        said = partial(self._said, reader=None, progress=progress)
        try:
            ranking = self.retriever.rank(question, within, progress)
        except FilterError:  # no article is from that time
            narrowed, found = anywhen, None
        else:
            narrowed = self.weighed(replace(ranking, question=timeless))
            found = said(narrowed)
        if any(words.firm for words in heeded):
            if found and (is_firm(found) or not is_firm(said(anywhen))):
                return replace(narrowed, heeded=heeded)
            return replace(anywhen, heeded=(*times.unlimited(heeded), *times.given_up(heeded)))
        others = (said(everything), said(anywhen))
        if found and is_firm(found) and times.loses_nothing(found, others, heeded):
            return replace(narrowed, heeded=heeded)
        return replace(everything, heeded=times.unlimited(heeded))

    def weighed(self, ranking: Ranking, rows: Rows | None = None) -> Considered:
        """Return the first of the `rows` of `ranking`, of its own unless given, weighed for its question."""
        question, words = ranking.question, self.index.words
        wanted = Wanted(question, words)
        depth = max(self.settings.passages, wanted.depth)
        first = (ranking.fused if rows is None else rows)[:depth]
        hits = self.retriever.hits(ranking, first)
        return Considered(ranking, first, hits, weigh(question, hits, words), wanted)

    def _said(self, considered: Considered, reader: Reader | None, progress: Progress) -> Answer | Unanswered:
        """Return what was `considered` says, or that it lacks a phrase that the question quotes."""
        missing = considered.ranking.missing_phrases
        if missing:
            closest = tuple(considered.hits[: self.settings.passages])
            return Unanswered(considered.question.text, 0.0, closest, missing)
        progress(Step("reading", len(considered.hits), considered.question.text))
        return self.answer(considered, reader)

    def _whole(self, said: Outcome, question: Understood) -> Outcome:
        """Return what is `said` in whole thoughts: each quote with what limits it."""
        if self.limits is None or not isinstance(said, Answer):
            return said
        return with_missing(self.limits.whole(said, question.asked), question, self.index.words)

    def _with_outside(
        self, outcome: Outcome, question: Understood, filter: Filter | None, progress: Progress
    ) -> Outcome:
        """Return `outcome`, where it hardly answers, with an article that `filter` shut out and that does."""
        if filter is None or isinstance(outcome, Listing) or is_firm(outcome):
            return outcome
        everywhere = self.weighed(self.retriever.rank(question, None, progress))
        found = self._said(everywhere, self.reader, progress)
        return replace(outcome, outside=found.statements[0].citations[0].article if is_firm(found) else None)

    def answer(self, considered: Considered, reader: Reader | None) -> Answer | Unanswered:
        """Return what was `considered` says: the first passages answer, any may disagree."""
        question, first = considered.question, self.settings.passages
        hits, evidence = considered.hits[:first], considered.evidence[:first]
        if reader:
            evidence = with_short_answers(question, evidence, reader)
        chosen = choose(question, hits, chain(*evidence), self.index.words, self.settings)
        return disagreement.with_sides(chosen, considered.wanted, chain(*considered.evidence))

    def search(self, question: str, *, k: int, filter: Filter | None = None) -> Found:
        """Return the `k` passages that fit `question` best, of the articles that pass `filter`.

        Raises RagError as `ask` does, and for a `k` outside 1 to MOST_FOUND.
        """
        question = accepted(question)
        if not 1 <= k <= MOST_FOUND:
            raise RagError(f"k is {k}; ask for 1 to {MOST_FOUND} passages")
        understood = self.understand(question)
        ranking = self.retriever.rank(understood, filter)
        hits = self.retriever.hits(ranking, ranking.fused[:k])
        return Found(question, tuple(hits), ranking.missing_phrases)

    def overview(self, filter: Filter | None = None) -> Overview:
        """Return what the articles passing `filter` hold, the first time slowly. Raises FilterError."""
        return self.overviews.of(filter)

    def article(self, id_: str) -> Article:
        """Return the article with this id. Raises FilterError, with near ids, when there is none."""
        return self.index.article(id_)

    def cards(self) -> list[Card]:
        """Return a card of every article, in the corpus's order."""
        return self.index.cards()

    def passing(self, filter: Filter | None) -> int:
        """Return how many articles pass. Raises FilterError for what no article has."""
        return self.index.first(filter, count=0)[1]

    @property
    def snapshot(self) -> str:
        """Return the name of the snapshot that is asked."""
        return self.index.folder.name

    @property
    def unread(self) -> Mapping[str, str]:
        """Return the files and rows that could not be read when the index was built, and why."""
        return self.index.manifest.unread

    @property
    def meaning(self) -> Meaning | None:
        """How far the passages can be searched by meaning; None when all can."""
        return meaning_of(self.settings.index, self.index.manifest)

    def changed(self) -> Changed:
        """Return which files are not as they were when the index was built, quickly."""
        return changed_since(self.settings, self.index.manifest)

    def health(self) -> Health:
        """Return what is missing or odd in the articles; all of them are read. Raises SettingError."""
        return health_of(self.settings, self.index)

    def examples(self, count: int) -> tuple[str, ...]:
        """Return up to `count` questions that the articles at hand answer; none without their language."""
        articles = list(self.index.sample(EXAMINED))
        return suggest.examples(articles, self.overview(), self.ask, self.language, count=count)

    def following(
        self,
        answer: Answer | Unanswered,
        filter: Filter | None = None,
        *,
        past: Iterable[str] = (),
        count: int,
        progress: Progress = unheard,
    ) -> tuple[str, ...]:
        """Return up to `count` questions that articles passing `filter` answer, near what `answer` says.

        None of them is one of the `past` ones. Each was asked, and `progress` is told so as by `ask`.
        """
        ask = partial(self.ask, filter=filter, progress=progress)
        tries = suggest.TRIED if self.retriever.reranker is None else suggest.TRIED_SLOWLY
        return suggest.following(answer, ask, self.language, past=past, count=count, tries=tries)

    def size(self) -> tuple[int, int]:
        """Return how many articles and passages are searched."""
        return self.index.manifest.articles, self.index.manifest.passages
