"""Follow-ups made to stand alone: how near our rewrites come to a person's, and what is left as it was typed.

    python benchmarks/followups.py

Data: ../shared/data/followups, real conversations of questions, each follow-up rewritten by a person to stand
alone. They were asked of other articles than we have and come without answers, so two things stand in: the
cosine of a rewrite and the person's, and how many of the ten passages of a news collection that the person's
rewrite finds it finds too. Earlier turns are taken as we read them, as in a chat. Where the rules leave
several readings, evidence decides, which that collection seldom has: so the likeliest is measured as well.
The rules were tuned on the even-numbered conversations of clapnq.jsonl; all others measure.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np

from rag.build import build
from rag.chat import Chat
from rag.evaluation import measures
from rag.evaluation.questions import home, with_own_articles
from rag.question.english.words import QUESTION_WORDS
from rag.settings import Settings
from rag.types import Turn

SHARED = Path(__file__).parents[2] / "shared" / "data"
PLACES = 10

Reader: TypeAlias = Callable[[Chat, str, Sequence[Turn]], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a conversation, with what a person made of it."""

    conversation: str
    part: str
    turns: tuple[str, ...]
    """The questions as they were typed, this one last."""
    rewrite: str


def main() -> None:
    settings = with_own_articles(
        Settings(), SHARED / "news", index=None, kept=home(SHARED / "news", os.environ)
    )
    build(settings)
    chat = Chat.open(settings)
    every = [each for name in ("clapnq", "cloud") for each in read(name)]
    parts: dict[str, list[Asked]] = {}
    for each in every:
        parts.setdefault(each.part, []).append(each)
    print("| Part | Follow-ups | Question searched | cosine | less last turn | overlap@10 | less last turn |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    completed = [nearness(chat, part, asked) for part, asked in parts.items()]
    left = [left_alone(chat, asked) for asked in parts.values()]
    print(f"\n| Left as typed | {' | '.join(parts)} |\n|{' --- |' * (1 + len(parts))}")
    for name in left[0]:
        print(f"| {name} | {' | '.join(each[name] for each in left)} |")
    print("\nCompleted, of those that lean:", "; ".join(completed))


def read(name: str) -> Iterator[Asked]:
    """Yield the questions of a file with the part that they belong to."""
    lines = (SHARED / "followups" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    conversations: dict[str, int] = {}
    for row in map(json.loads, lines):
        number = conversations.setdefault(row["id"].split("<::>")[0], len(conversations))
        part = f"measured: {name}"
        if name == "clapnq":
            part = "measured: clapnq, odd" if number % 2 else "tuned on: clapnq, even"
        turns = tuple(" ".join(turn.split()) for turn in row["turns"])
        yield Asked(f"{name} {number}", part, turns, " ".join(row["rewrite"].split()))


def likeliest(chat: Chat, question: str, turns: Sequence[Turn]) -> str:
    """Return the first reading of `question`, as the rules order them."""
    return chat.language.standalone(question, turns, chat.embedder)[0]


def by_evidence(chat: Chat, question: str, turns: Sequence[Turn]) -> str:
    """Return the reading of `question` that is asked."""
    return chat.meant(question, turns)[0].text


def history(chat: Chat, typed: Sequence[str], read: Reader = likeliest) -> tuple[Turn, ...]:
    """Return `typed` as turns, each with the question that it was read as."""
    turns: tuple[Turn, ...] = ()
    for question in typed:
        turns += (Turn(read(chat, question, turns), ""),)
    return turns


READERS: dict[str, Reader] = {"our likeliest reading": likeliest, "our reading by evidence": by_evidence}


def nearness(chat: Chat, part: str, asked: Sequence[Asked]) -> str:
    """Print how near each way to make a follow-up stand alone comes to the person's.

    Return how many of those that lean on a turn before each way completes.
    """
    followups = [each for each in asked if len(each.turns) > 1]
    ways = {"last turn alone": [each.turns[-1] for each in followups]}
    for name, read in READERS.items():
        ways[name] = [history(chat, each.turns, read)[-1].question for each in followups]
    ways |= {
        "last two turns": [" ".join(each.turns[-2:]) for each in followups],
        "all turns": [" ".join(each.turns) for each in followups],
    }
    wanted = [each.rewrite for each in followups]
    near = {way: cosines(chat, texts, wanted) for way, texts in ways.items()}
    found = [passages(chat, text) for text in wanted]
    same = {
        way: np.array(
            [len(passages(chat, text) & right) / PLACES for text, right in zip(texts, found, strict=True)]
        )
        for way, texts in ways.items()
    }
    needing = np.array([leans(chat, each) for each in followups])
    typed = np.array([each.turns[-1] for each in followups])
    for name, chosen in (("all", np.ones_like(needing)), ("that lean", needing)):
        for way in ways:
            cells = []
            for values in (near, same):
                mine, base = values[way][chosen], values["last turn alone"][chosen]
                cells += [interval(mine), interval(mine - base, sign="+") if (mine != base).any() else ""]
            print(f"| {part} | {name} ({chosen.sum()}) | {way} | {' | '.join(cells)} |", flush=True)
    counts = (f"{(np.array(ways[name]) != typed)[needing].sum()} by {name}" for name in READERS)
    return f"{part} {', '.join(counts)} of {needing.sum()}"


def left_alone(chat: Chat, asked: Sequence[Asked]) -> dict[str, str]:
    """Return how many questions of each test are left as they were typed, where evidence decides."""
    last = {each.conversation: each for each in asked}
    turns = {name: history(chat, each.turns) for name, each in last.items()}
    first = {name: each.turns[0] for name, each in last.items()}
    followups = [each for each in asked if len(each.turns) > 1]

    own = [(each, history(chat, each.turns[:-1])) for each in followups]
    others = [(before, name) for name, before in turns.items()]
    tests = {
        "follow-ups that a person left as they were, or nearly": [
            (each.turns[-1], before) for each, before in own if is_near(chat, each)
        ],
        "follow-ups that take nothing from a turn before": [
            (each.turns[-1], before) for each, before in own if not leans(chat, each)
        ],
        "a person's rewrite asked in place of the follow-up": [
            (each.rewrite, before) for each, before in own
        ],
        "a new topic: another conversation's first question": [
            (first[other], before) for before, name in others for other in first if other != name
        ],
        "a new topic: a person's rewrite from another conversation": [
            (each.rewrite, before) for before, name in others for each, _ in own if each.conversation != name
        ],
    }
    found: dict[str, str] = {}
    for name, tried in tests.items():
        kept = [by_evidence(chat, each, before) == each for each, before in tried]
        found[name] = f"{sum(kept)} of {len(kept)} ({np.mean(kept):.3f})"
    return found


def terms(chat: Chat, text: str) -> set[str]:
    """Return the terms of `text` that say what it is about."""
    words = "".join(letter if letter.isalnum() else " " for letter in text).split()
    about = " ".join(word for word in words if word.lower() not in QUESTION_WORDS)
    return set(chat.index.words.analyzer.terms(about))


def leans(chat: Chat, asked: Asked) -> bool:
    """Say whether the person's rewrite holds a term that an earlier turn has and the last one lacks."""
    *before, last = asked.turns
    return bool(terms(chat, asked.rewrite) & terms(chat, " ".join(before)) - terms(chat, last))


def is_near(chat: Chat, asked: Asked) -> bool:
    """Say whether the person kept the terms of the last turn, no more and no fewer."""
    return terms(chat, asked.rewrite) == terms(chat, asked.turns[-1])


def cosines(chat: Chat, texts: Sequence[str], wanted: Sequence[str]) -> np.ndarray:
    one, other = (chat.embedder.embed_questions(each) for each in (texts, wanted))
    return (one * other).sum(axis=1)


def passages(chat: Chat, text: str) -> set[int]:
    return set(chat.retriever.rank(chat.understand(text)).fused[:PLACES].tolist())


def interval(values: np.ndarray, sign: str = "") -> str:
    """Return the mean with its bootstrap interval; of differences, question by question, the paired one."""
    found = measures.figure(values.mean(), measures.means(values, measures.draws(len(values))))
    return f"{found.value:{sign}.3f} [{found.low:{sign}.3f}, {found.high:{sign}.3f}]"


if __name__ == "__main__":
    main()
