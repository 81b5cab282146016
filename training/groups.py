"""Training groups: a question, a few passages that compete for it, and where they answer it.

Negatives are what our own retrieval finds and what does not answer. Two sources, both CC BY-SA 4.0:
SQuAD 1.1 and 2.0 articles (the held-out ones excluded), and question-sentence pairs of SQuAD's training
articles, whose sentences stand in file order and are taken four at a time for passages.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.index.embedding import SentenceTransformerEmbedder
from rag.index.passages import model_input
from rag.retrieval.retrieve import Retriever
from rag.settings import Settings

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import squad
from passage_size import built

PASSAGES = 4
"""In a group."""
FOUND = 10
"""Passages among which negatives are drawn: those an answer is chosen from."""
LEFT_OUT = 0.1
"""Share of answerable SQuAD questions asked once more with their article hidden: nothing answers them."""

DATA = {
    "v1-extra.json": "232c1858ff88584723fa5f336a01768e133fe17962b25f215ecf854d89cc0e08",
    "v2.json": "5acd6356f9b41aa8ddaa77c7bd2553cf2c07a6aa90a05ecdfe333cc457bccf67",
    "question-sentence-pairs.jsonl": "b33c05b03707082b4b0125fd78fa84585b089532787233e0209abc1af73d4ca2",
}
"""SHA-256 of what the ranker was trained on; all CC BY-SA 4.0."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A passage as the model reads it, after the question."""

    text: str
    sentences: tuple[Span, ...]
    answering: tuple[int, ...]
    """Sentences that hold the answer."""
    answers: tuple[Span, ...]
    """Where the answer stands; empty when only its sentence is known."""


@dataclass(frozen=True, slots=True)
class Group:
    """A question and the passages that compete for it."""

    question: str
    texts: tuple[Text, ...]


def held_out(asked: list[squad.Asked]) -> set[str]:
    """Return the articles of v2.json that no training sees: every other one, by name."""
    return set(sorted({each.article for each in asked})[1::2])


def text_of(passage, spans: tuple[Span, ...]) -> Text:
    """Return `passage` as the model reads it; `spans` are the answers' places in its article."""
    text = model_input(passage)
    shift = len(text) - len(passage.text) - passage.start
    inside = [(a, b) for a, b in spans if passage.start <= a and b <= passage.end]
    answering = tuple(
        at
        for at, each in enumerate(passage.sentences)
        if any(each.start <= a and b <= each.end for a, b in inside)
    )
    return Text(
        text,
        tuple((each.start + shift, each.end + shift) for each in passage.sentences),
        answering,
        tuple((a + shift, b + shift) for a, b in inside) if answering else (),
    )


def from_squad(embedder, draw: random.Random) -> list[Group]:
    old, old_asked = squad.load(squad.SHARED / "v1-extra.json")
    new, new_asked = squad.load(squad.SHARED / "v2.json")
    unseen = held_out(new_asked)
    groups = []
    with tempfile.TemporaryDirectory() as folder:
        index = built(Path(folder), [*old, *new], embedder, Settings().passage_tokens)
        retriever = Retriever(index, embedder, 100)
        of_article = defaultdict(list)
        for passage in index.passages(range(index.manifest.passages)):
            of_article[passage.article.id].append(passage)
        texts = {article.id: article.text for article in [*old, *new]}
        for asked in [*old_asked, *new_asked]:
            if asked.article in unseen:
                continue
            ranking = retriever.rank(asked.text)
            found = index.passages(ranking.fused[: 3 * FOUND])
            found = [each for each in found if each.article.id not in unseen]
            strings = {texts[asked.article][a:b].lower() for a, b in asked.answers}
            others = [
                each
                for each in found
                if each.article.id != asked.article
                or not any(string in each.text.lower() for string in strings)
            ]
            if not asked.answers:
                chosen = found[:FOUND]
                first = [each for each in chosen if each.article.id == asked.article][:2]
                rest = [each for each in chosen if each not in first]
                picked = [*first, *draw.sample(rest, min(PASSAGES - len(first), len(rest)))]
                groups.append(Group(asked.text, tuple(text_of(each, ()) for each in picked)))
                continue
            right = [each for each in of_article[asked.article] if text_of(each, asked.answers).answering]
            if not right:
                continue
            wrong = others[:FOUND]
            picked = [right[0], *draw.sample(wrong, min(PASSAGES - 1, len(wrong)))]
            groups.append(Group(asked.text, tuple(text_of(each, asked.answers) for each in picked)))
            if draw.random() < LEFT_OUT:
                away = [each for each in found if each.article.id != asked.article][:PASSAGES]
                groups.append(Group(asked.text, tuple(text_of(each, ()) for each in away)))
    return [group for group in groups if group.texts]


def from_pairs(embedder, draw: random.Random) -> list[Group]:
    lines = (squad.SHARED / "question-sentence-pairs.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    sentences = list(dict.fromkeys(pair["sentence"] for pair in pairs))
    passages = [sentences[at : at + 4] for at in range(0, len(sentences), 4)]
    place = {sentence: at for at, each in enumerate(passages) for sentence in each}
    vectors = embedder.embed_questions([" ".join(each) for each in passages])
    questions = embedder.embed_questions([pair["question"] for pair in pairs])
    groups = []
    for pair, vector in zip(pairs, questions, strict=True):
        right = place[pair["sentence"]]
        near = [at for at in np.argsort(-(vectors @ vector))[: FOUND + 1].tolist() if at != right]
        chosen = [right, *draw.sample(near[:FOUND], PASSAGES - 1)]
        texts = []
        for at in chosen:
            text, spans = "", []
            for sentence in passages[at]:
                spans.append((len(text), len(text) + len(sentence)))
                text += sentence + " "
            answering = (passages[at].index(pair["sentence"]),) if at == right else ()
            texts.append(Text(text.rstrip(), tuple(spans), answering, ()))
        groups.append(Group(pair["question"], tuple(texts)))
    return groups


def load(seed: int = 0) -> list[Group]:
    """Return all training groups, the same ones for the same seed; only of the DATA that is known."""
    for name, digest in DATA.items():
        if hashlib.sha256((squad.SHARED / name).read_bytes()).hexdigest() != digest:
            raise SystemExit(f"{squad.SHARED / name} is not the file that the ranker was trained on")
    draw = random.Random(seed)
    embedder = SentenceTransformerEmbedder()
    groups = [*from_squad(embedder, draw), *from_pairs(embedder, draw)]
    draw.shuffle(groups)
    return groups
