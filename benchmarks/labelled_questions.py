"""Labelled questions over a corpus, asked as a user would: one verdict each, as a Markdown table.

    python benchmarks/labelled_questions.py --corpus ../shared/articles tests/retrieval/real_articles.jsonl
    python benchmarks/labelled_questions.py tests/retrieval/questions.jsonl

The index is built in a temporary folder. No sentence of an article is printed. A line whose `note` is
"after: QUESTION" is asked as a follow-up to that question.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.build import build
from rag.chat import Chat
from rag.evaluation.questions import read
from rag.evaluation.questions.labelled import LabelledQuestion, says
from rag.index.opened import holdings
from rag.settings import Settings
from rag.types import Answer, Citation, Listing, Outcome, is_firm, turn_of

FIRST, LATER, WRONG = "right first", "**right, but later**", "**wrong**"
REFUSED, RIGHTLY, ANSWERED = (
    "**refused, should be answered**",
    "rightly refused",
    "**answered, should be refused**",
)
AFTER = "after: "


@dataclass(frozen=True, slots=True)
class Judged:
    """A question that was asked, and how its answer compares with its label."""

    question: LabelledQuestion
    verdict: str
    shown_as: str
    """"answer", "likely", "list" or "refusal"."""
    confidence: float
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(corpus=given.corpus, index=Path(folder))
        build(settings)
        chat = Chat.open(settings)
        judged = list(asked(chat, given.questions))
    print("| Question | Verdict | Shown as | Probability |\n| --- | --- | --- | --- |")
    for each in judged:
        print(f"| {each.question} | {each.verdict} | {each.shown_as} | {each.confidence:.2f} |")
    print(f"\n{counted(judged)}")
    median = statistics.median(each.seconds for each in judged)
    print(f"{holdings(*chat.size())}; {1000 * median:.0f} ms a question (median)")


def asked(chat: Chat, path: Path) -> Iterator[Judged]:
    """Ask the questions of the file at `path`, and judge each answer by its label."""
    before = earlier(path)
    for question in read(path):
        turns = [turn_of(chat.ask(before[question.id]))] if question.id in before else []
        started = time.perf_counter()
        outcome = chat.ask(question.text, turns=turns)
        seconds = time.perf_counter() - started
        yield Judged(question, verdict(question, outcome), shown_as(outcome), outcome.confidence, seconds)


def earlier(path: Path) -> dict[str, str]:
    """Return the question that was asked before a follow-up, by the follow-up's id."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    notes = {str(line.get("id", "")): line.get("note", "") for line in lines}
    return {id: note.removeprefix(AFTER) for id, note in notes.items() if note.startswith(AFTER)}


def counted(judged: Iterable[Judged]) -> str:
    """Return how often each verdict was given, in words."""
    counts = Counter(each.verdict for each in judged)
    return ", ".join(f"{found}: {count}" for found, count in counts.most_common())


def verdict(question: LabelledQuestion, outcome: Outcome) -> str:
    """Return whether the sentence that answers came first, later or not, and whether a refusal was right."""
    if question.unanswerable:
        return RIGHTLY if shown_as(outcome) in ("refusal", "likely") else ANSWERED
    if shown_as(outcome) == "refusal":
        return REFUSED
    right = list(_right(question, outcome))
    return FIRST if right[0] else LATER if any(right) else WRONG


def shown_as(outcome: Outcome) -> str:
    """Return what an outcome is to its reader."""
    if isinstance(outcome, Listing):
        return "list" if outcome.total else "refusal"
    return "answer" if is_firm(outcome) else "likely" if isinstance(outcome, Answer) else "refusal"


def _right(question: LabelledQuestion, outcome: Outcome) -> Iterator[bool]:
    """Yield whether each quote is right; of a list its lead, or each article where none is asked for."""
    if isinstance(outcome, Answer):
        for statement in outcome.statements:
            yield any(_is_right(question, citation) for citation in statement.citations)
    elif isinstance(outcome, Listing) and question.answers:
        yield any(says(outcome.lead or "", answer) for answer in question.answers)
    elif isinstance(outcome, Listing):
        yield from (question.expects(article) for article in outcome.articles)


def _is_right(question: LabelledQuestion, citation: Citation) -> bool:
    stretches = [(citation.start, citation.end), *([citation.lead] if citation.lead else [])]
    return any(question.is_answered_by_sentence(citation.article, *stretch) for stretch in stretches)


if __name__ == "__main__":
    main()
