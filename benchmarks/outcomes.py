"""What every labelled question gives: written down once, compared after each change.

    python benchmarks/outcomes.py write before.jsonl
    python benchmarks/outcomes.py compare before.jsonl

One line a question: the outcome, the places that are quoted, the probability. A change that should change
nothing is compared with a file written before it; the comparison then prints no question. The sets are the
labelled ones of tests/retrieval and, where the evaluation data lies beside the repository, the two real
articles, conversations, and samples of news and SQuAD over articles of their own. Indexes are kept in the
cache folder of `rag test`, so that only the first run embeds: about ten minutes on two cores, then three.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import squad

from rag.build import build
from rag.chat import Chat
from rag.evaluation.questions import home
from rag.settings import Settings
from rag.types import Answer, Listing, Outcome, Statement, Turn, Unanswered, turn_of

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "tests" / "retrieval"
SHARED = ROOT.parent / "shared"
TODAY = date(2026, 11, 27)
"""The clock of every run, so that "last month" stays the same."""
NEWS_ARTICLES = 500
SQUAD_QUESTIONS = 300
ALIKE = 0.001
"""Probabilities that differ by no more count as equal: processors round differently."""

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set, with the questions asked before it."""

    set: str
    text: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, and the questions that are asked about them."""

    name: str
    corpus: Path
    asked: tuple[Asked, ...]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("do", choices=("write", "compare"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--only", help="collections to ask, with commas: bundled,real,news,news2,squad")
    given = parser.parse_args()

    chosen = given.only.split(",") if given.only else None
    found = [
        line for each in collections(cache()) if chosen is None or each.name in chosen for line in lines(each)
    ]
    if given.do == "write":
        given.file.write_text("".join(json.dumps(line) + "\n" for line in found), encoding="utf-8")
        print(f"{len(found)} outcomes written to {given.file}")
    else:
        raise SystemExit(compared(read(given.file), found, chosen))


def cache() -> Path:
    return home(Path(__file__), os.environ)


def collections(folder: Path) -> Iterator[Collection]:
    """Yield what there is to ask; articles that lie in one file of several sets are written to `folder`."""
    yield Collection("bundled", ROOT / "corpus", tuple(bundled()))
    if not SHARED.is_dir():
        return
    real = tuple(Asked("real articles", each["question"]) for each in read(LABELS / "real_articles.jsonl"))
    yield Collection("real", SHARED / "articles", real)
    for name, count in (("news", NEWS_ARTICLES), ("news2", None)):
        given = SHARED / "data" / name
        queries = tuple(Asked(name, each["text"]) for each in read(given / "queries.jsonl"))
        yield Collection(name, table(folder / name, some_news(given, count)), queries)
    articles, questions = squad.load(squad.SHARED / "v2.json")
    rows = ({"_id": each.id, "title": each.title, "text": each.text} for each in articles)
    sample = random.Random(1).sample(questions, SQUAD_QUESTIONS)
    yield Collection(
        "squad", table(folder / "squad", rows), tuple(Asked("squad", each.text) for each in sample)
    )


def bundled() -> Iterator[Asked]:
    """Yield the questions about the bundled corpus, and conversations that no article of it is about."""
    for name in ("questions", "kinds", "disagreements"):
        yield from (Asked(name, each["question"]) for each in read(LABELS / f"{name}.jsonl"))
    for each in read(LABELS / "collections.jsonl"):
        yield Asked("collections", f"Which articles are about {each['topic']}?")
    if SHARED.is_dir():
        for name in ("clapnq", "cloud"):
            for each in read(SHARED / "data" / "followups" / f"{name}.jsonl"):
                *before, last = each["turns"]
                yield Asked(f"followups {name}", last, tuple(before))


def some_news(folder: Path, count: int | None) -> Iterator[JSON]:
    """Yield the articles that answer and, up to `count`, others spread over the collection; all without."""
    rows = read(folder / "corpus.jsonl")
    if count is not None:
        judged = (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]
        gold = {line.split("\t")[1] for line in judged}
        others = [at for at, row in enumerate(rows) if row["_id"] not in gold]
        wanted = count - (len(rows) - len(others))
        kept = {others[at * len(others) // wanted] for at in range(wanted)}
        rows = [row for at, row in enumerate(rows) if row["_id"] in gold or at in kept]
    yield from ({name: row[name] for name in ("_id", "title", "text")} for row in rows)


def table(folder: Path, rows: Iterable[JSON]) -> Path:
    """Write `rows` as the one table of a corpus in `folder` and return the corpus."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (corpus / "articles.jsonl").write_text(text, encoding="utf-8")
    return corpus


def lines(collection: Collection) -> Iterator[JSON]:
    """Yield what each question of `collection` gives."""
    settings = Settings(corpus=collection.corpus, index=cache() / collection.name)
    build(settings)
    chat = replace(Chat.open(settings), today=lambda: TODAY)
    turns: dict[tuple[str, ...], Turn] = {}

    def history(questions: tuple[str, ...]) -> tuple[Turn, ...]:
        """Return `questions` as turns, each asked once however many conversations begin with it."""
        for count in range(1, len(questions) + 1):
            if questions[:count] not in turns:
                earlier = tuple(turns[questions[:at]] for at in range(1, count))
                turns[questions[:count]] = turn_of(chat.ask(questions[count - 1], turns=earlier))
        return tuple(turns[questions[:count]] for count in range(1, len(questions) + 1))

    for asked in collection.asked:
        outcome = chat.ask(asked.text, turns=history(asked.before))
        if asked.before:
            turns[(*asked.before, asked.text)] = turn_of(outcome)
        key = {"collection": collection.name, "set": asked.set, "question": asked.text}
        yield key | {"before": list(asked.before)} | described(outcome)


def described(outcome: Outcome) -> JSON:
    """Return what of `outcome` a reader sees, each quote by its place."""
    said: JSON = {
        "outcome": type(outcome).__name__,
        "as": outcome.question,
        "probability": round(outcome.confidence, 3),
        "times": [each.words for each in outcome.reading.times] if outcome.reading else [],
    }
    if isinstance(outcome, Answer):
        sides = [side.value for side in outcome.sides]
        return said | {
            "quotes": places(outcome.statements),
            "short_answer": outcome.short_answer,
            "sides": sides,
            "uncovered_sides": list(outcome.uncovered_sides),
            "likely": outcome.likely,
            "missing": list(outcome.missing),
        }
    if isinstance(outcome, Unanswered):
        return said | {"missing_phrases": list(outcome.missing_phrases)}
    if isinstance(outcome, Listing):
        return said | {"listed": [article.id for article in outcome.articles], "total": outcome.total}
    raise TypeError(outcome)


def places(statements: Sequence[Statement]) -> list[JSON]:
    cited = [(each.label, citation) for each in statements for citation in each.citations]
    return [
        {"article": each.article.id, "start": each.start, "end": each.end, "label": label}
        for label, each in cited
    ]


def compared(before: Sequence[JSON], now: Sequence[JSON], chosen: Sequence[str] | None) -> int:
    """Print each question that gives something else `now`, and return how many."""
    known = {key(line): line for line in before if chosen is None or line["collection"] in chosen}
    changed = 0
    for line in now:
        old = known.get(key(line))
        differing = sorted(differences(old, line)) if old else ["was not asked before"]
        if differing:
            changed += 1
            print(f"\n{line['set']}: {line['question']}")
            for name in differing:
                print(f"    {name}: {old.get(name)} -> {line.get(name)}" if old else f"    {name}")
    for line in (known[each] for each in known.keys() - set(map(key, now))):
        changed += 1
        print(f"\n{line['set']}: {line['question']}\n    is asked no more")
    print(f"\n{len(now)} questions, {changed} changed")
    return min(changed, 1)


def key(line: Mapping[str, Any]) -> tuple[Any, ...]:
    return line["set"], line["question"], tuple(line["before"])


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of what differs."""
    for name in old.keys() | new.keys():
        one, other = old.get(name), new.get(name)
        if name == "probability" and abs(one - other) <= ALIKE:
            continue
        if one != other:
            yield name


def read(path: Path) -> list[JSON]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
