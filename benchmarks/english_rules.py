"""What each set of English rules is worth: labelled questions with it, and with its plain twin.

    python benchmarks/english_rules.py [--squad 400]

For one set of rules at a time the functions of rag.question.plain stand in for those of
rag.question.english. Counted are the answerable questions whose first quote is right and shown, those that
are refused, and the unanswerable ones that are refused. A difference has its paired bootstrap interval of
95%. The sets are the questions about the bundled articles, news2 and a sample of SQuAD with its near misses.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import squad
from outcomes import LABELS, ROOT, SHARED, cache, some_news, table

from rag.build import build
from rag.chat import Chat
from rag.evaluation import measures
from rag.evaluation.judge import Judge
from rag.evaluation.questions import read
from rag.evaluation.questions.labelled import LabelledQuestion
from rag.question import english, plain
from rag.question.language import Language
from rag.settings import Settings

NAMES = tuple(name for name in {**vars(Language), **Language.__annotations__} if not name.startswith("_"))

RULES: Mapping[str, Sequence[str]] = {
    "names that must be held": ["named"],
    "units that must be held": ["units"],
    "denials": ["denies"],
    "words that only shape a question": ["QUESTION_WORDS"],
    "kinds of questions": ["kind"],
    "words of time": ["stretches", "words_of_time"],
    "courtesy": ["without_courtesy"],
    "words that a text is missed for": ["surprise"],
    "quotes that stand alone": ["widened"],
    "everything": NAMES,
}


class Altered(Chat):
    """A chat whose language has some of its rules taken out."""

    rules: Any = english

    @property
    def language(self) -> Any:
        """Return English without the rules that are taken out."""
        return self.rules


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One row a question, 0 or 1."""

    first: np.ndarray
    """Of the answerable questions: the first quote is right and shown."""
    refused: np.ndarray
    """Of the answerable questions."""
    kept_back: np.ndarray
    """Of the unanswerable ones: refused."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--squad", type=int, default=400, help="questions of SQuAD")
    given = parser.parse_args()
    for name, chat, questions in collections(given.squad):
        whole = verdicts(chat, questions)
        print(f"\n| {name}, without | first right and shown | refused | unanswerable refused |")
        print("| --- | --- | --- | --- |")
        print(row("nothing", whole), flush=True)
        for rules, replaced in RULES.items():
            Altered.rules = SimpleNamespace(
                **{each: getattr(plain if each in replaced else english, each) for each in NAMES}
            )
            found = verdicts(chat, questions)
            Altered.rules = english
            print(row(rules, found, whole), flush=True)


def collections(count: int) -> Iterator[tuple[str, Altered, Sequence[LabelledQuestion]]]:
    """Yield each collection's name, its chat and its questions."""
    yield "bundled", opened(ROOT / "corpus", "bundled"), read(LABELS / "questions.jsonl")
    news = SHARED / "data" / "news2"
    chat = opened(table(cache() / "news2", some_news(news, None)), "news2")
    yield "news2", chat, [replace(each, articles={}) for each in read(news)]
    articles, _ = squad.load(squad.SHARED / "v2.json")
    rows = ({"_id": each.id, "title": each.title, "text": each.text} for each in articles)
    chat = opened(table(cache() / "squad", rows), "squad")
    yield "SQuAD", chat, random.Random(2).sample(list(read(squad.SHARED / "v2.json")), count)


def opened(corpus: Any, name: str) -> Altered:
    settings = Settings(corpus=corpus, index=cache() / name)
    build(settings)
    return Altered.open(settings)


def verdicts(chat: Chat, questions: Sequence[LabelledQuestion]) -> Verdicts:
    judge = Judge(chat, questions)
    cases = [judge.ask(each).case for each in questions]
    answerable = [each for each in cases if not each.question.unanswerable]
    return Verdicts(
        np.array([each.answered and each.sentence_ranks.get("fused") == 1 for each in answerable], float),
        np.array([not each.answered for each in answerable], float),
        np.array([not each.answered for each in cases if each.question.unanswerable], float),
    )


def row(name: str, found: Verdicts, whole: Verdicts | None = None) -> str:
    """Return a row of the table: of `found` or, where there is a `whole`, of what differs from it."""
    cells = []
    for key in ("first", "refused", "kept_back"):
        values = getattr(found, key)
        if whole:
            changes = values - getattr(whole, key)
            cells.append(interval(changes, "+") if changes.any() else "")
        else:
            cells.append(interval(values) if len(values) else "")
    return f"| {name} | {' | '.join(cells)} |"


def interval(values: np.ndarray, sign: str = "") -> str:
    found = measures.figure(values.mean(), measures.means(values, measures.draws(len(values))))
    return f"{found.value:{sign}.3f} [{found.low:{sign}.3f}, {found.high:{sign}.3f}]"


if __name__ == "__main__":
    main()
