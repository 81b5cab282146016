"""Disagreements: how many labelled ones are shown, and how often one is announced where there is none.

    python benchmarks/disagreement.py

Labelled: tests/retrieval/disagreements.jsonl; an answer is right when two or more of its sides are labelled
quotes. Alarms: the other questions of the bundled corpus, and SQuAD and news questions (../shared/data; their
indexes are those of `rag test ../shared/data/squad/v2.json` and `rag test ../shared/data/news`). Each alarm
is printed, with no more of a sentence than its value, to be judged by reading.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from rag.answer import disagreement
from rag.answer.choose import choose
from rag.build import build
from rag.chat import Chat
from rag.evaluation.questions import home, read, with_own_articles
from rag.settings import Settings
from rag.types import Answer, Side

SETTINGS = Settings(reader=False)  # it has no part in finding sides

LABELS = Path("tests/retrieval")
SHARED = Path("../shared/data")


def main() -> None:
    chat = Chat.open(SETTINGS)
    labelled = lines(LABELS / "disagreements.jsonl")
    firsts = list(dict.fromkeys(first_quote(each) for each in labelled))
    print("| Labelled questions | shown, two right sides or more | sides shown | of them labelled |")
    print("| --- | --- | --- | --- |")
    for name, part in (("first half", 0), ("second half", 1)):
        # A disagreement that is asked about twice, in other words, stays in one half.
        half = [each for each in labelled if firsts.index(first_quote(each)) % 2 == part]
        found = [recalled(each, sides_of(chat, each["question"])) for each in half]
        shown, right = (sum(each[at] for each in found) for at in (0, 1))
        print(f"| {name} ({len(half)}) | {sum(each[1] > 1 for each in found)} | {shown} | {right} |")

    known = {each["question"] for each in labelled}
    asked = [each["question"] for each in lines(LABELS / "questions.jsonl")]
    others = [each for each in asked if each not in known]
    print("\n| Other questions | asked | for a figure, day or name | alarms |")
    print("| --- | --- | --- | --- |")
    alarms = list(measured("bundled corpus", chat, others))
    for name, path in (("SQuAD 2.0", SHARED / "squad" / "v2.json"), ("news quizzes", SHARED / "news")):
        if path.exists():
            texts = [question.text for question in read(path)]
            alarms += measured(name, opened(path), texts)
    print("\n" + "\n".join(alarms))

    seconds = [timed(chat, each["question"]) for each in labelled]
    print(f"\n{1000 * statistics.median(seconds):.1f} ms of processor time a labelled question (median)")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def first_quote(labelled: dict[str, Any]) -> str:
    return str(labelled["sides"][0]["quote"])


def opened(path: Path) -> Chat:
    """Open the index of a collection where `rag test` keeps it, built if it is not there."""
    settings = with_own_articles(SETTINGS, path, index=None, kept=home(path, os.environ))
    build(settings)
    return Chat.open(settings)


def sides_of(chat: Chat, question: str) -> Sequence[Side]:
    outcome = chat.ask(question)
    return outcome.sides if isinstance(outcome, Answer) else ()


def recalled(labelled: dict[str, Any], sides: Sequence[Side]) -> tuple[int, int]:
    """Return how many sides were shown, and how many of them are labelled."""
    quotes = [each["quote"] for each in labelled["sides"]]
    return len(sides), sum(any(quote in side.statement.text for quote in quotes) for side in sides)


def measured(name: str, chat: Chat, questions: Sequence[str]) -> Iterator[str]:
    """Print how many of `questions` raise an alarm, and yield each with what is said to differ."""
    asking = [
        each for each in questions if disagreement.Wanted(chat.understand(each), chat.index.words).wants
    ]
    count = 0
    for question in asking:
        if sides := sides_of(chat, question):
            count += 1
            values = " / ".join(
                f"{side.value} ({side.statement.citations[0].article.title})" for side in sides
            )
            yield f"{name}: {question}\n    {values}"
    print(f"| {name} | {len(questions)} | {len(asking)} | {count} |")


def timed(chat: Chat, question: str) -> float:
    considered = chat.considered(chat.understand(question))
    evidence = list(chain(*considered.evidence))
    settings = replace(chat.settings, threshold=0.0)
    alone = choose(considered.question, considered.hits, evidence, chat.index.words, settings)
    started = time.process_time()
    disagreement.with_sides(alone, considered.wanted, evidence)
    return time.process_time() - started


if __name__ == "__main__":
    main()
