"""Question to hits: dense and BM25, fused, among what passes the filter and holds the quoted phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.index.dense import Mask
from rag.index.embedding import Embedder, Vectors
from rag.index.lexical import Rows, held
from rag.index.opened import Days, Index
from rag.question.phrases import holds
from rag.question.understood import Understood
from rag.retrieval.rerank import Reranker
from rag.types import Filter, Hit, Progress, Step, unheard

DENSE_SHARE = 0.5
"""Of the fused score; the rest is BM25's."""

TITLE_WEIGHT = 1.0
"""Of a word in the title against one in the text, for BM25."""

RECENCY = 0.5
"""Fused score that an article of the newest one's day gains over a very old one; see docs/retrieval.md."""

PRESENT = 0.25
"""The same where the question means what is so today."""

FADING = 365.25
"""Days in which that gain falls to 1/e."""

SPARE = 2
"""Times as many passages are taken from each list when some may be dropped, and again if too many are."""

CLEARLY = 0.05
"""Fused score by which a copy has to be better than the earliest article to stand for it: another date or
title moves it by less."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Every passage considered for a question, by row."""

    question: Understood
    dense: Rows
    """The list by vectors, best first."""
    words: Rows
    """The list by BM25, best first."""
    fused: Rows
    """Both lists together, best first; where a reranker is set, its order at the top."""
    score: Vectors
    """Fused score of each of `fused`, or the reranker's."""
    similarity: Vectors
    """Cosine of each of `fused`."""
    bm25: Vectors
    """BM25 score of each of `fused`."""
    allowed: Mask | None = None
    """Which rows pass the filter; None without one."""
    missing_phrases: tuple[str, ...] = ()
    """The question's quoted phrases, when no passage holds them: then it is ranked without them."""


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds passages for a question in one snapshot."""

    index: Index
    embedder: Embedder
    depth: int
    """Passages taken from each list before they are fused."""
    reranker: Reranker | None = None
    reranked: int = 30
    """Passages at the top of the fused list that the reranker orders anew."""

    def find(self, question: Understood, *, k: int, filter: Filter | None = None) -> list[Hit]:
        """Return the `k` passages that fit `question` best, best first; fewer when there are fewer.

        Raises FilterError when `filter` names what no article has, or no article passes it.
        """
        ranking = self.rank(question, filter)
        return self.hits(ranking, ranking.fused[:k])

    def hits(self, ranking: Ranking, rows: Rows) -> list[Hit]:
        """Return the passages `rows` of a `ranking`, in their order, with what it says of them.

        Those without a vector in the snapshot are embedded here: an answer is weighed as it will be later.
        """
        dense_rank = {int(row): rank for rank, row in enumerate(ranking.dense, 1)}
        bm25_rank = {int(row): rank for rank, row in enumerate(ranking.words, 1)}
        place = {int(row): at for at, row in enumerate(ranking.fused)}
        question, analyzer = ranking.question, self.index.words.analyzer
        words = {
            word: terms for word, terms in analyzer.words(question.text).items() if question.is_about(word)
        }
        now = self.index.embedded_now(rows.tolist(), self.embedder)
        return [
            Hit(
                passage,
                float(ranking.score[place[row]]),
                float(now[row][0] @ question.vector if row in now else ranking.similarity[place[row]]),
                float(ranking.bm25[place[row]]),
                dense_rank.get(row),
                bm25_rank.get(row),
                tuple(((now[row][1] if row in now else vectors) @ question.vector).tolist()),
                held(words, analyzer.terms(f"{passage.article.title} {passage.text}")),
                copies,
            )
            for row, passage, vectors, copies in zip(
                rows.tolist(),
                self.index.passages(rows),
                self.index.sentence_vectors(rows),
                self.index.copies(rows, ranking.allowed),
                strict=True,
            )
        ]

    def rank(
        self, question: Understood, filter: Filter | None = None, progress: Progress = unheard
    ) -> Ranking:
        """Return how the passages that either list holds are ranked, by each list and by both.

        Only passages of articles that pass `filter`, and only those that hold the question's phrases, and its
        versions if any does. Of articles that nearly duplicate each other only the one that is placed best.
        Where the question is for the newest, newer articles gain on older ones. `progress` is told each step
        as it begins.
        """
        allowed = None if filter is None else self.index.allowed(filter)
        phrases, versions = question.phrases, question.versions
        searched = self.index.manifest.passages if allowed is None else int(allowed.sum())
        progress(Step("searching", searched, question.text))
        ranking = self._ranked(question, allowed, (*phrases, *versions))
        if versions and not len(ranking.fused):
            ranking = self._ranked(question, allowed, phrases)
        if phrases and not len(ranking.fused):
            ranking = replace(
                self._ranked(question, allowed, ()), missing_phrases=self._missing(phrases, allowed)
            )
        return self._reranked(replace(ranking, allowed=allowed), progress)

    def _ranked(self, question: Understood, allowed: Mask | None, phrases: Sequence[str]) -> Ranking:
        """Rank to the depth that is set; lists are searched deeper for what is dropped from them."""
        among = self._holding(phrases, allowed)
        embedded = self.index.embedded
        near = among if embedded is None else embedded if among is None else among & embedded
        depth = self.depth * (SPARE if phrases or self.index.has_copies else 1)
        while True:
            found = (
                self.index.vectors.nearest(question.vector, k=depth, allowed=near)[0],
                self.index.words.best(question.terms, k=depth, title_weight=TITLE_WEIGHT, allowed=among)[0],
            )
            rows = self._verified(np.union1d(*found), phrases)
            similarity = self.index.vectors.rows(rows) @ question.vector
            bm25 = self.index.words.scores(question.terms, rows, title_weight=TITLE_WEIGHT)
            kept = rows[self._not_copies(rows, similarity, bm25)]
            dense, words = (each[np.isin(each, kept)][: self.depth] for each in found)
            if all(
                len(each) == self.depth or len(searched) < depth
                for each, searched in zip((dense, words), found, strict=True)
            ):
                at = np.isin(rows, np.union1d(dense, words))
                score = self._score(rows[at], similarity[at], bm25[at])
                return self._ordered(
                    Ranking(question, dense, words, rows[at], score, similarity[at], bm25[at])
                )
            depth *= SPARE

    def _ordered(self, ranking: Ranking) -> Ranking:
        """Return `ranking` with its rows best first; newer articles gain where the newest are asked for."""
        rows, score = ranking.fused, ranking.score
        if gain := newest_gains(ranking.question):
            score = score + np.float32(gain) * recency(self.index.days(rows))
            score /= np.float32(1 + gain)
        order = np.lexsort((rows, -score))
        return replace(
            ranking,
            fused=rows[order],
            score=score[order],
            similarity=ranking.similarity[order],
            bm25=ranking.bm25[order],
        )

    def _score(self, rows: Rows, similarity: Vectors, bm25: Vectors) -> Vectors:
        embedded = self.index.embedded
        return fuse(similarity, bm25, None if embedded is None else embedded[rows])

    def _holding(self, phrases: Sequence[str], allowed: Mask | None) -> Mask | None:
        """Return which of the `allowed` rows have the words of all `phrases`; None when all may be found."""
        for phrase in phrases:
            holding = np.zeros(len(self.index.words), dtype=np.bool_)
            for form in (phrase, f"v{phrase}") if phrase[0].isdigit() else (phrase,):
                holding[self.index.words.holding(form)] = True
            allowed = holding if allowed is None else allowed & holding
        return allowed

    def _verified(self, rows: Rows, phrases: Sequence[str]) -> Rows:
        """Return those of `rows` whose text or title holds each of `phrases` word for word."""
        if not phrases or not len(rows):
            return rows
        verdicts = [
            np.logical_or(holds(title, phrases), holds(text, phrases)).all()
            for title, text in self.index.texts(rows)
        ]
        verified: Rows = rows[np.array(verdicts)]
        return verified

    def _missing(self, phrases: Sequence[str], allowed: Mask | None) -> tuple[str, ...]:
        """Return the `phrases` that no row holds; all of them when they are only not held together."""
        absent = tuple(phrase for phrase in phrases if not self._is_held(phrase, allowed))
        return absent or tuple(phrases)

    def _is_held(self, phrase: str, allowed: Mask | None) -> bool:
        among = self._holding([phrase], allowed)
        assert among is not None
        rows = np.flatnonzero(among)
        return any(
            len(self._verified(rows[at : at + self.depth], [phrase])) > 0
            for at in range(0, len(rows), self.depth)
        )

    def _not_copies(self, rows: Rows, similarity: Vectors, bm25: Vectors) -> Mask:
        """Return which of `rows` are not of an article that stands back behind a near-duplicate.

        The one that stays is the earliest, unless the group's best row is in another and clearly better.
        """
        groups = self.index.groups(rows)
        if not (groups >= 0).any():
            return np.ones(len(rows), dtype=np.bool_)
        numbers = self.index.article_numbers(rows)
        scores = self._score(rows, similarity, bm25)
        at = np.lexsort((rows, -scores))
        best: dict[tuple[int, int], float] = {}  # the best row's score by group and article, best first
        for group, number, score in zip(
            groups[at].tolist(), numbers[at].tolist(), scores[at].tolist(), strict=True
        ):
            if group >= 0:
                best.setdefault((group, number), score)
        stays: dict[int, int] = {}
        for (group, number), score in best.items():
            first = best[group, stays.setdefault(group, number)]
            if number == group and score >= first - CLEARLY:
                stays[group] = number
        return np.array(
            [stays.get(group, number) == number for group, number in zip(groups, numbers, strict=True)]
        )

    def _reranked(self, ranking: Ranking, progress: Progress) -> Ranking:
        """Return `ranking` with its first rows in the reranker's order; the others follow as they were."""
        if self.reranker is None or not len(ranking.fused):
            return ranking
        top = ranking.fused[: self.reranked]
        progress(Step("comparing", len(top), ranking.question.text))
        scores = self.reranker.scores(ranking.question.text, self.index.passages(top))
        first = np.argsort(-scores, kind="stable")
        order = np.concatenate([first, np.arange(len(top), len(ranking.fused))])
        below = ranking.score[len(top) :] * scores.min()  # scaled, so that scores still fall
        return replace(
            ranking,
            fused=ranking.fused[order],
            score=np.concatenate([scores[first], below]).astype(np.float32),
            similarity=ranking.similarity[order],
            bm25=ranking.bm25[order],
        )


def fuse(similarity: Vectors, bm25: Vectors, embedded: Mask | None = None) -> Vectors:
    """Return a convex combination of both scores, each scaled to 0..1 by its highest.

    Convex combination (Bruch et al., 2023) with the scores' theoretical minimum, 0. Where a row is not
    `embedded`, which all are unless given, its words count for both.
    """
    meaning, words = _scaled(similarity), _scaled(bm25)
    if embedded is not None:
        meaning = np.where(embedded, meaning, words)
    return DENSE_SHARE * meaning + (1 - DENSE_SHARE) * words


def newest_gains(question: Understood) -> float:
    """Return the fused score that an article of the newest one's day gains over a very old one."""
    return RECENCY if question.is_for_newest else PRESENT if question.is_of_now else 0.0


def recency(days: Days) -> Vectors:
    """Return how recent each of `days` is: 1 for the newest of them, falling towards 0 with age.

    An exponential prior (Li and Croft, 2003). What has no date counts as middling old.
    """
    dated = days[~np.isnat(days)]
    if not len(dated):
        return np.zeros(len(days), dtype=np.float32)
    middling = np.median(dated.astype(np.int64))
    number = np.where(np.isnat(days), middling, days.astype(np.int64))
    fresh: Vectors = np.exp((number - number.max()) / FADING).astype(np.float32)
    return fresh


def _scaled(scores: Vectors) -> Vectors:
    highest = scores.max(initial=0.0)
    return np.clip(scores / highest, 0.0, 1.0) if highest > 0 else np.zeros_like(scores)
