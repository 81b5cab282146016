"""What an answer to a question is chosen from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.disagreement import Wanted
from rag.answer.evidence import Evidence
from rag.index.lexical import Rows
from rag.question.understood import Understood
from rag.retrieval.retrieve import Ranking
from rag.types import Hit, TimeWords


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
