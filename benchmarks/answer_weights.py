"""Fit the weights of rag/answer.py on SQuAD articles and measure them on others.

    python benchmarks/answer_weights.py

Data: ../shared/data/squad (CC BY-SA 4.0). Fitted on the 13 articles of v1-extra.json and every other
article of v2.json, measured on the rest of v2.json. All 33 articles are one open collection. Unanswerable
questions are of three sorts: near misses (SQuAD's own, about the same paragraph), left out (the question's
article is hidden), and off topic (asked of the bundled corpus instead).
"""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import squad
import torch
from passage_size import built
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from rag import corpus
from rag.answer import ANSWERED_BIAS, ANSWERED_WEIGHTS, SENTENCE_WEIGHTS, Evidence, Question, signals, weigh
from rag.embedding import SentenceTransformerEmbedder
from rag.retrieve import Retriever
from rag.settings import Settings
from rag.types import Hit

SETTINGS = Settings()
HIDDEN_DEPTH = 400
"""Passages looked through for ten that are not of the hidden article."""


def main() -> None:
    old, old_asked = squad.load(squad.SHARED / "v1-extra.json")
    new, new_asked = squad.load(squad.SHARED / "v2.json")
    tuning = set(sorted({each.article for each in new_asked})[::2])
    draw = random.Random(3)

    def some(questions, count, *, answerable=True):
        chosen = [each for each in questions if bool(each.answers) == answerable]
        return draw.sample(chosen, min(count, len(chosen)))

    tune = [each for each in new_asked if each.article in tuning]
    held = [each for each in new_asked if each.article not in tuning]
    embedder = SentenceTransformerEmbedder()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        wide = Retriever(built(Path(one), [*old, *new], embedder, SETTINGS.passage_tokens), embedder, 100)
        other = corpus.read(SETTINGS.corpus).articles
        small = Retriever(built(Path(two), list(other), embedder, SETTINGS.passage_tokens), embedder, 100)

        groups = [group(wide, each) for each in [*some(old_asked, 1500), *some(tune, 1500)]]
        fitted_weights = fit_sentences(groups, len(SENTENCE_WEIGHTS))
        print("sentence weights:", rounded(dict(zip(SENTENCE_WEIGHTS, fitted_weights, strict=True))))
        measured = [group(wide, each) for each in some(held, 1500)]
        print("held out, with the weights of rag/answer.py:", first_sentences(measured))

        parts = {
            "answered": (wide, some(tune, 1200) + some(old_asked, 800), False, 1),
            "near miss": (wide, some(tune, 1200, answerable=False), False, 0),
            "left out": (wide, some(old_asked, 400), True, 0),
            "off topic": (small, some(tune, 400), False, 0),
        }
        found = [(best_signals(*part[:3]), part[3]) for part in parts.values()]
        rows = np.concatenate([each for each, _ in found])
        labels = np.concatenate([np.full(len(each), label) for each, label in found])
        fitted = LogisticRegression(max_iter=2000).fit(rows, labels)
        print("answered weights:", rounded(dict(zip(ANSWERED_WEIGHTS, fitted.coef_[0], strict=True))))
        print(f"answered bias: {fitted.intercept_[0]:.2f}")

        weights = np.array(list(ANSWERED_WEIGHTS.values()))
        answered = best_signals(wide, some(held, 800), hidden=False) @ weights
        print(f"| Questions | refused at {SETTINGS.threshold} | AUC against answered |\n| --- | --- | --- |")
        print(f"| answered | {refused(answered):.3f} | |")
        for name, part in {
            "near miss": best_signals(wide, some(held, 800, answerable=False), hidden=False),
            "left out": best_signals(wide, some(held, 400), hidden=True),
            "off topic": best_signals(small, some(held, 400), hidden=False),
        }.items():
            scores = part @ weights
            truth = [1] * len(answered) + [0] * len(scores)
            auc = roc_auc_score(truth, np.concatenate([answered, scores]))
            print(f"| {name} | {refused(scores):.3f} | {auc:.3f} |")


def hits_for(retriever: Retriever, asked: squad.Asked, *, hidden: bool) -> list[Hit]:
    """Return the hits of a question, without those of its own article when that is `hidden`."""
    if not hidden:
        return retriever.find(asked.text, k=SETTINGS.passages)
    deep = replace(retriever, depth=HIDDEN_DEPTH).find(asked.text, k=HIDDEN_DEPTH)
    return [hit for hit in deep if hit.passage.article.id != asked.article][: SETTINGS.passages]


def group(retriever: Retriever, asked: squad.Asked) -> tuple[np.ndarray, np.ndarray]:
    """Return the signals of every candidate sentence, shape (n, signals), and which hold the answer."""
    words = retriever.index.words
    found = list(weigh(Question(asked.text, words), hits_for(retriever, asked, hidden=False), words))
    rows = np.array([sentence_signals(each) for each in found]).reshape(len(found), len(SENTENCE_WEIGHTS))
    places = [(each.sentence.article.id, each.sentence.start, each.sentence.end) for each in found]
    return rows, np.array([asked.is_answered_in(*place) for place in places], dtype=bool)


def sentence_signals(each: Evidence) -> list[float]:
    return [each.similarity, each.coverage, each.titled_coverage, each.hit.score, each.kind]


def fit_sentences(groups, signals: int) -> list[float]:
    """Return the weights under which a softmax over a question's sentences finds those that answer."""
    useful = [
        (torch.tensor(rows, dtype=torch.float32), torch.tensor(good)) for rows, good in groups if good.any()
    ]
    weights = torch.zeros(signals, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=30)

    def loss():
        optimizer.zero_grad()
        each = [-torch.logsumexp(torch.log_softmax(rows @ weights, 0)[good], 0) for rows, good in useful]
        total = torch.stack(each).mean() + 1e-3 * (weights**2).sum()
        total.backward()
        return total

    optimizer.step(loss)
    return list(weights.tolist())


def first_sentences(groups) -> str:
    """Return how often the first sentence, one of the first three, and any candidate holds the answer."""
    weights = np.array(list(SENTENCE_WEIGHTS.values()))
    ordered = [good[np.argsort(-(rows @ weights), kind="stable")] for rows, good in groups]
    firsts = [np.mean([good[:count].any() for good in ordered]) for count in (1, 3, None)]
    return "first {:.3f}, first three {:.3f}, candidates {:.3f}".format(*firsts)


def best_signals(retriever: Retriever, questions, hidden: bool) -> np.ndarray:
    """Return what the probability is made of, a row a question."""
    words = retriever.index.words
    rows = []
    for asked in questions:
        question = Question(asked.text, words)
        evidence = list(weigh(question, hits_for(retriever, asked, hidden=hidden), words))
        if evidence:
            best = max(evidence, key=lambda each: each.score)
            rows.append(list(signals(question, best, words).values()))
    return np.array(rows)


def refused(scores: np.ndarray) -> float:
    return float((1 / (1 + np.exp(-(scores + ANSWERED_BIAS))) < SETTINGS.threshold).mean())


def rounded(weights: dict[str, float]) -> dict[str, float]:
    return {name: round(float(weight), 2) for name, weight in weights.items()}


if __name__ == "__main__":
    main()
