r"""What reading words of time as filters and orderings brings, and what it costs.

    python benchmarks/time_words.py tests/retrieval/questions.jsonl ../shared/data/news \\
        ../shared/data/squad/v2.json

Names files of questions or collections as `rag test` does; their indexes have to be built. Articles without
any date, as SQuAD's, are given made-up ones from FIRST on, so that the years of history that their questions
name are among them. Of questions that say "this week" or "recently" a second set says in which month the
right article was published instead.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from rag.answer.considered import Considered
from rag.chat import Chat
from rag.evaluation import measures
from rag.evaluation.judge import Shelf, articles_of
from rag.evaluation.questions import brings_articles, home, read, with_own_articles
from rag.evaluation.questions.labelled import LabelledQuestion
from rag.index import snapshots
from rag.index.database import seal
from rag.index.opened import Index
from rag.question import times
from rag.question.understood import Understood
from rag.settings import Settings
from rag.types import Answer, Unanswered

FIRST = date(1965, 1, 1)
NOW = re.compile(r"\b(?:this (?:week|month)|recently|in recent days)\b", re.IGNORECASE)

Read = Callable[[Chat, Understood], Considered]
READINGS: dict[str, Read] = {
    "not read": lambda chat, asked: chat.considered(replace(asked, times=())),
    "ordering only": lambda chat, asked: chat.considered(replace(asked, times=times.unlimited(asked.times))),
    "as read": lambda chat, asked: chat.considered(asked),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One way of reading over a set of questions; an array has a value a question."""

    reciprocal: np.ndarray
    sentence: np.ndarray
    refused: np.ndarray
    limited: int


NAMES = {"questions": "about the bundled articles", "v2": "SQuAD with made-up dates"}
"""Of the files of questions, as docs/answers.md has them."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=600, help="questions of each set")
    given = parser.parse_args()
    print(
        "| Questions | words of time | limited | MRR@10 | right sentence first | refused |\n|" + " --- |" * 6
    )
    with tempfile.TemporaryDirectory() as folder:
        for path in given.questions:
            chat = opened(path, Path(folder))
            questions = [each for each in read(path) if not each.unanswerable and each.names_article]
            name = NAMES.get(path.stem, path.stem)
            report(name, chat, questions[:: -(-len(questions) // given.limit)])
            months = list(with_months(chat.index, questions))
            if len(months) > 1:
                report(f"{name}, month named", chat, months)


def opened(path: Path, folder: Path) -> Chat:
    settings = Settings(reader=False)
    if brings_articles(path):
        settings = with_own_articles(settings, path, index=None, kept=home(path, os.environ))
    chat = Chat.open(settings)
    if chat.index.published() is None:
        chat = Chat.open(replace(settings, index=with_dates(settings.index, folder / path.stem)))
    return chat


def with_dates(index: Path, copy: Path) -> Path:
    """Copy an `index` and give its articles dates drawn from FIRST to the year 2015."""
    shutil.copytree(index, copy)
    snapshot, manifest = snapshots.in_use(copy)
    chance = random.Random(0)
    with sqlite3.connect(snapshot / "articles.sqlite") as database:
        database.row_factory = sqlite3.Row
        for row in database.execute("SELECT * FROM articles").fetchall():
            day = FIRST + timedelta(chance.randrange((date(2015, 12, 31) - FIRST).days))
            values = dict(row) | {"published": day.isoformat()}
            del values["seal"]
            sealed = seal(snapshot.name, list(values.values()))
            database.execute(
                "UPDATE articles SET published = ?, seal = ? WHERE number = ?",
                (values["published"], sealed, row["number"]),
            )
    database.close()
    snapshots.finish(snapshot, replace(manifest, checksums=snapshots.checksums(snapshot)))
    snapshots.switch(copy, snapshot.name)
    return copy


def with_months(index: Index, questions: Sequence[LabelledQuestion]):
    """Yield `questions` that speak of now with the month of the right article instead."""
    published = {article.id: article.published for article in index.articles()}
    for question in questions:
        day = published.get(next(iter(question.articles), ""))
        if day and NOW.search(question.text):
            yield replace(question, text=NOW.sub(f"in {day:%B %Y}", question.text))


def report(name: str, chat: Chat, questions: Sequence[LabelledQuestion]) -> None:
    found = {reading: measured(chat, questions, read_as) for reading, read_as in READINGS.items()}
    for reading, each in found.items():
        cells = [cell(getattr(each, value)) for value in ("reciprocal", "sentence", "refused")]
        print(f"| {name} ({len(questions)}) | {reading} | {each.limited} | {' | '.join(cells)} |", flush=True)


def cell(values: np.ndarray) -> str:
    figure = measures.figure(values.mean(), measures.means(values, measures.draws(len(values))))
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def measured(chat: Chat, questions: Sequence[LabelledQuestion], read_as: Read) -> Measured:
    shelf = Shelf(chat.index)
    talkative = replace(chat, settings=replace(chat.settings, threshold=0.0))
    reciprocal, sentence, refused, limited = [], [], [], 0
    for question in questions:
        considered = read_as(chat, chat.understand(question.text))
        limited += any(each.applied and (each.since or each.until) for each in considered.heeded)
        wanted = {str(shelf.source(article)) for article in question.articles}
        right = [name in wanted for name in articles_of(considered.ranking.fused, shelf)[:10]]
        reciprocal.append(1 / (1 + right.index(True)) if any(right) else 0.0)
        outcome = talkative.answer(considered, None)
        sentence.append(isinstance(outcome, Answer) and is_right(question, outcome))
        improbable = outcome.confidence < chat.settings.threshold
        refused.append(improbable or isinstance(outcome, Unanswered))
    return Measured(*(np.array(each, dtype=np.float64) for each in (reciprocal, sentence, refused)), limited)


def is_right(question: LabelledQuestion, answer: Answer) -> bool:
    first = answer.statements[0].citations[0]
    return question.is_answered_by_sentence(first.article, first.start, first.end)


if __name__ == "__main__":
    main()
