"""Labelled questions over a corpus, asked as a user would: one verdict each, as a Markdown table.

    python benchmarks/labelled_questions.py --corpus ../shared/articles tests/retrieval/real_articles.jsonl
    python benchmarks/labelled_questions.py tests/retrieval/questions.jsonl

The index is built in a temporary folder. No sentence of an article is printed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from rag.build import build
from rag.chat import Chat
from rag.index.opened import holdings
from rag.settings import Settings
from rag.types import Answer, Outcome, is_firm


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    given = parser.parse_args()

    questions = [json.loads(line) for line in given.questions.read_text(encoding="utf-8").splitlines()]
    counts: Counter[str] = Counter()
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(corpus=given.corpus, index=Path(folder))
        build(settings)
        chat = Chat.open(settings)
        print("| Question | Verdict | Probability |\n| --- | --- | --- |")
        for question in questions:
            started = time.perf_counter()
            outcome = chat.ask(question["question"])
            seconds.append(time.perf_counter() - started)
            found = verdict(question, outcome)
            counts[found] += 1
            print(f"| {question['question']} | {found} | {outcome.confidence:.2f} |")
    print("\n" + ", ".join(f"{found}: {count}" for found, count in counts.most_common()))
    print(f"{holdings(*chat.size())}; {1000 * statistics.median(seconds):.0f} ms a question (median)")


def verdict(question: dict[str, Any], outcome: Outcome) -> str:
    """Return whether the sentence that answers came first, later or not, and whether a refusal was right."""
    if question.get("unanswerable"):
        return "**answered, should be refused**" if is_firm(outcome) else "rightly refused"
    if not isinstance(outcome, Answer):
        return "**refused, should be answered**"
    texts = [statement.text for statement in outcome.statements]
    wanted = question.get("quote", question["answer"])
    right = [wanted in text or (len(text) > 30 and text in wanted) for text in texts]
    return "right first" if right[0] else "**right, but later**" if any(right) else "**wrong**"


if __name__ == "__main__":
    main()
