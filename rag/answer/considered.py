"""What an answer to a question is chosen from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.disagreement import Wanted
from rag.answer.evidence import Evidence
from rag.index.embedding import Vectors
from rag.index.lexical import Rows
from rag.index.opened import Index
from rag.question.understood import Understood
from rag.retrieval.retrieve import Ranking
from rag.types import Hit, Statement, TimeWords


@dataclass(frozen=True, slots=True, eq=False)
class Considered:
    """It, weighed."""

    ranking: Ranking
    rows: Rows
    """Where the index has the passages looked at, best first."""
    hits: Sequence[Hit]
    """The passages looked at, best first."""
    evidence: Sequence[Sequence[Evidence]]
    """The sentences of each of `hits`, weighed."""
    wanted: Wanted
    """What articles may state differently for the question."""
    heeded: tuple[TimeWords, ...] = ()
    """Words of time that had a part in it."""

    @property
    def question(self) -> Understood:
        """The question that is answered."""
        return self.ranking.question

    def sentence_vectors(self, cited: Sequence[Statement], index: Index) -> dict[tuple[str, int], Vectors]:
        """Return the vectors that `index` has of sentences of `cited` articles in the passages looked at.

        By article and offset; each was read in its context.
        """
        articles = {citation.article.id for each in cited for citation in each.citations}
        placed = zip(self.rows.tolist(), self.hits, strict=True)
        rows = {row: hit.passage for row, hit in placed if hit.passage.article.id in articles}
        return {
            (sentence.article.id, sentence.start): vector
            for passage, vectors in zip(rows.values(), index.sentence_vectors(rows), strict=True)
            for sentence, vector in zip(passage.sentences, vectors, strict=True)
            if vector.any()  # it is zeros where none has been made yet
        }
