"""Questions of several kinds: which are recognised, and what they are answered with.

    python benchmarks/question_kinds.py [--examples]

Which kind a question is of is told on the examples in tests/retrieval/kinds/, a file a kind and a question a
line; a third of them, decided by the first byte of a question's SHA-256, was held apart.

Labels: tests/retrieval/kinds.jsonl and collections.jsonl, over the bundled corpus, whose index has to be
built. Of each kind every other question was looked at while the patterns and numbers were set (tuning),
the others were not (measured). Where the evaluation data lies beside the repository: how many ordinary
questions are taken for a special kind, and whether the sentences that SQuAD's answers stand in are found
less often then. That embeds 33 articles, a minute or two.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import squad
from passage_size import built

from rag.answer.catalogue import articles_on
from rag.chat import Chat
from rag.question.english import kinds, times
from rag.question.times import without
from rag.question.understood import OF_ARTICLES
from rag.settings import Settings
from rag.types import Answer, Listing, Outcome, is_firm

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "tests" / "retrieval"
SHARED = ROOT.parent / "shared" / "data"
PARTS = ("tuning", "measured")
SOME = 200
"""SQuAD questions of a kind that are asked at most."""
TAKEN = ("list", "steps", "comparison", "definition", "abbreviation")
"""Kinds for which ordinary questions are taken; the others ask about the articles themselves."""
ORDINARY = ("yes or no", "plain")
"""Kinds that are answered as any other question."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--examples", action="store_true", help="only how many examples are recognised")
    given = parser.parse_args()
    print("| Examples of | Looked at | Recognised | Held apart | Recognised |")
    print("| --- | --- | --- | --- | --- |")
    for line in recognised():
        print(line)
    if given.examples:
        return
    chat = Chat.open(Settings())
    print("\n| Kind | Part | Questions | Recognised | As labelled | As ordinary questions | First sentence |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    asked = read(LABELS / "kinds.jsonl")
    for kind in dict.fromkeys(each["kind"] for each in asked):
        for at, part in enumerate(PARTS):
            print(row(chat, kind, part, [each for each in asked if each["kind"] == kind][at::2]))
    print("\n| Topics | Part | Articles on it listed | Listed that are on it | Nothing listed for nothing |")
    print("| --- | --- | --- | --- | --- |")
    for at, part in enumerate(PARTS):
        print(topics(chat, part, read(LABELS / "collections.jsonl")[at::2]))
    print(
        f"\n| Ordinary questions | {' | '.join(TAKEN)} | about the articles |\n|{' --- |' * (len(TAKEN) + 2)}"
    )
    for name, questions in ordinary():
        counts = Counter(map(kind_of, questions))
        others = sum(count for kind, count in counts.items() if kind and kind not in TAKEN)
        cells = " | ".join(str(count) for count in (*(counts[kind] for kind in TAKEN), others))
        print(f"| {name} ({len(questions):,}) | {cells} |")
    if SHARED.is_dir():
        print("\n| SQuAD questions taken for | Questions | Right first | As ordinary | Right | As ordinary |")
        print("| --- | --- | --- | --- | --- | --- |")
        for line in against_ordinary(chat):
            print(line)


def recognised() -> Iterator[str]:
    """Yield a line for the examples of each kind, and of all: how many are recognised, of each part."""
    found = {name: asked for name, asked in examples() if name != "parts"}  # few of them are split
    yield line_of("all", [(name, each) for name, asked in found.items() for each in asked])
    for name, asked in found.items():
        yield line_of(name, [(name, each) for each in asked])


def line_of(title: str, labelled: Sequence[tuple[str, str]]) -> str:
    cells = [title]
    for is_apart in (False, True):
        right = [
            (kind_of(each) or "ordinary") == name for name, each in labelled if held_apart(each) == is_apart
        ]
        cells += [str(len(right)), f"{np.mean(right):.3f}"]
    return f"| {' | '.join(cells)} |"


def examples() -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each kind with its examples, "ordinary" too: a file each, a question a line."""
    for file in sorted((LABELS / "kinds").glob("*.txt")):
        yield file.stem, file.read_text(encoding="utf-8").splitlines()


def held_apart(question: str) -> bool:
    """Say whether `question` is of the third that was held apart while forms were written."""
    return hashlib.sha256(question.encode()).digest()[0] % 3 == 0


def row(chat: Chat, kind: str, part: str, asked: Sequence[Mapping[str, Any]]) -> str:
    """Return a line of the table."""
    outcomes = [chat.ask(each["question"]) for each in asked]
    with patch("rag.question.english.kind", lambda *_, **__: None):
        plain = [chat.ask(each["question"]) for each in asked]
    read_as = [kind_of(each["question"]) for each in asked]
    recognised = [(kind if found is None and kind in ORDINARY else found) == kind for found in read_as]
    firsts = [
        any(text in outcome.statements[0].text for group in each["says"] for text in group)
        for each, outcome in zip(asked, outcomes, strict=True)
        if "says" in each and isinstance(outcome, Answer)
    ]
    return (
        f"| {kind} | {part} | {len(asked)} | {np.mean(recognised):.2f} | {mean(shares(asked, outcomes))} |"
        f" {mean(shares(asked, plain))} | {mean(firsts)} |"
    )


def kind_of(question: str) -> str | None:
    """Return the name of the kind that `question` is read as; None for an ordinary one."""
    named = times.stretches(question, None, today=date.today())
    timeless = kinds.kind(without(question, named), is_limited=bool(named))
    found = timeless if timeless and timeless.name in OF_ARTICLES else kinds.kind(question)
    return found.name if found else None


def shares(asked: Sequence[Mapping[str, Any]], outcomes: Sequence[Outcome]) -> list[float]:
    found = [share(each, outcome) for each, outcome in zip(asked, outcomes, strict=True)]
    return [each for each in found if each is not None]


def mean(values: Sequence[float]) -> str:
    return f"{np.mean(values):.2f}" if values else ""


def share(label: Mapping[str, Any], outcome: Outcome) -> float | None:
    """Return the share of what `label` asks for that `outcome` has, 0 to 1; None when nothing is labelled."""
    if label.get("unanswerable"):
        return float(not is_firm(outcome))
    if isinstance(outcome, Listing):
        return listed(label, outcome)
    texts = [statement.text for statement in outcome.statements] if isinstance(outcome, Answer) else []
    if any(text in shown for shown in texts for text in label.get("never", ())):
        return 0.0
    if "article" in label:
        cited = [each.citations[0] for each in outcome.statements] if isinstance(outcome, Answer) else []
        in_order = cited == sorted(cited, key=lambda each: each.start)
        return float(
            len(cited) >= 3 and in_order and {each.article.id for each in cited} == {label["article"]}
        )
    groups = label.get("says") or label.get("sides")
    if not groups:
        return 0.0 if label["kind"] == "catalogue" else None
    said = [any(text in shown for shown in texts for text in group) for group in groups]
    if "uncovered_sides" in label:
        said.append(isinstance(outcome, Answer) and list(outcome.uncovered_sides) == label["uncovered_sides"])
    return float(np.mean(said))


def listed(label: Mapping[str, Any], outcome: Listing) -> float:
    ids = [article.id for article in outcome.articles]
    if "articles" in label:
        return float(set(ids) == set(label["articles"]))
    return float(outcome.total == label.get("total", outcome.total) and ids[0] == label.get("first", ids[0]))


def topics(chat: Chat, part: str, asked: Sequence[Mapping[str, Any]]) -> str:
    right = listed_ = expected = empty = 0
    nothing = [each for each in asked if not each["articles"]]
    for each in asked:
        ids = {article.id for article in articles_on(chat.understand(each["topic"]), chat.retriever)}
        wanted = set(each["articles"])
        right, listed_, expected = right + len(ids & wanted), listed_ + len(ids), expected + len(wanted)
        empty += not wanted and not ids
    shares = f"{right} of {expected} | {right} of {listed_} | {empty} of {len(nothing)}"
    return f"| {len(asked)} | {part} | {shares} |"


def ordinary() -> Iterator[tuple[str, list[str]]]:
    """Yield sets of questions that are about what articles say."""
    yield "tests/retrieval/questions.jsonl", [each["question"] for each in read(LABELS / "questions.jsonl")]
    if SHARED.is_dir():
        for name in ("v2", "v1-extra"):
            yield f"SQuAD {name}", [each.text for each in squad.load(squad.SHARED / f"{name}.json")[1]]
        yield "news", [each["text"] for each in read(SHARED / "news" / "queries.jsonl")]
        texts = [
            (SHARED / "trec_qa" / f"{name}.xml").read_text(encoding="utf-8") for name in ("train", "dev")
        ]
        found = [each for text in texts for each in re.findall(r"<question>\n(.*?)\n", text)]
        yield "TREC QA", [each.replace("\t", " ") for each in found]


def against_ordinary(chat: Chat) -> Iterator[str]:
    """Yield a line a kind: how often SQuAD's answer is shown when the kind is heeded, and when it is not."""
    loaded = [squad.load(squad.SHARED / f"{name}.json") for name in ("v2", "v1-extra")]
    taken: dict[str, list[squad.Asked]] = {}
    for asked in (each for _, questions in loaded for each in questions if each.answers):
        if found := kinds.kind(asked.text):
            taken.setdefault(found.name, []).append(asked)
    with tempfile.TemporaryDirectory() as folder:
        articles = [article for found, _ in loaded for article in found]
        index = built(Path(folder), articles, chat.embedder, chat.settings.passage_tokens)
        retriever = replace(chat.retriever, index=index)
        chat = replace(chat, index=index, retriever=retriever, settings=replace(chat.settings, threshold=0.0))
        for kind, questions in taken.items():
            some = random.Random(1).sample(questions, min(len(questions), SOME))
            heeded = np.array([shown(chat.ask(each.text), each) for each in some])
            with patch("rag.question.english.kind", lambda *_, **__: None):
                ordinary_ = np.array([shown(chat.ask(each.text), each) for each in some])
            cells = " | ".join(f"{value:.3f}" for value in np.stack([heeded, ordinary_]).mean(1).T.flatten())
            yield f"| {kind} | {len(some)} | {cells} |"


def shown(outcome: Outcome, asked: squad.Asked) -> tuple[bool, bool]:
    """Say whether the first sentence holds the answer, and whether any does."""
    cited = [each.citations[0] for each in outcome.statements] if isinstance(outcome, Answer) else []
    right = [asked.is_answered_in(each.article.id, each.start, each.end) for each in cited]
    return any(right[:1]), any(right)


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
