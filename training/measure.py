"""What a trained ranker brings to choosing sentences, on articles that no training saw and on news.

    python training/measure.py OUT/ranker.onnx [--questions 200]

The ranker's two scores of a sentence join the signals of rag/answer.py: its relevance and, of a short
answer in it, the best begin and end. Weights with and without them are fitted on half of the held-out SQuAD
articles and measured on the other half, and the other way round (the mean is told); on the news questions,
with weights of both halves, a sentence counts that says the short answer, whichever article it is from.
Refusal: area under the curve of answerable questions against near misses, fitted and measured likewise.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import onnxruntime
from groups import held_out, text_of
from model import encode, tokenizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from rag.answer import ANSWERED_WEIGHTS, Question, signals, weigh
from rag.build import build
from rag.chat import Chat
from rag.embedding import SentenceTransformerEmbedder
from rag.questions import home, read, with_own_articles
from rag.questions.question import says
from rag.retrieve import Retriever
from rag.settings import Settings

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import squad
from answer_weights import SETTINGS, fit_sentences, sentence_signals
from passage_size import built

NEWS = Path(__file__).parents[2] / "shared" / "data" / "news"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
SIGNALS = {
    "without the ranker": [0, 1, 2, 3, 4],
    "with relevance": [0, 1, 2, 3, 4, 5],
    "with the short answer": [0, 1, 2, 3, 4, 6],
    "with both": [0, 1, 2, 3, 4, 5, 6],
    "only relevance": [5],
    "only the short answer": [6],
}
"""Columns of a sentence's row: the signals of rag/answer.py, then what `scores_of` returns."""
UNREAD = (-10.0, -20.0)
"""Of a sentence that was not read: far below all that were."""
HALVES = ("fit", "test")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ranker", type=Path)
    parser.add_argument("--questions", type=int, default=200, help="of each sort")
    parser.add_argument("--passages", type=int, default=SETTINGS.passages, help="read for a question")
    given = parser.parse_args()
    ranker, tokens, seconds = onnxruntime.InferenceSession(given.ranker), tokenizer(), []

    def read_by(question, hits):
        """Return the ranker's scores of every sentence of `hits`, by place."""
        started = time.perf_counter()
        texts = [text_of(hit.passage, ()) for hit in hits]
        found = encode(tokens, question, [each.text for each in texts])
        [scores] = ranker.run(None, {name: found[name].numpy() for name in INPUTS})
        seconds.append(time.perf_counter() - started)
        scored = {}
        for hit, text, offsets, row in zip(hits, texts, found["offsets"].numpy(), scores, strict=True):
            for sentence, (start, end) in zip(hit.passage.sentences, text.sentences, strict=True):
                held = (offsets[:, 0] >= start) & (offsets[:, 1] <= end) & (offsets[:, 1] > offsets[:, 0])
                scored[sentence.article.id, sentence.start] = scores_of(row[held])
        return scored

    def group(retriever, text, is_right):
        """Return a row of signals a sentence, which are right, and the best sentence's for a refusal."""
        hits = retriever.find(text, k=SETTINGS.passages)
        words = retriever.index.words
        question, scored = Question(text, words), read_by(text, hits[: given.passages])
        evidence = list(weigh(question, hits, words))
        rows = np.array(
            [
                [
                    *sentence_signals(each),
                    *scored.get((each.sentence.article.id, each.sentence.start), UNREAD),
                ]
                for each in evidence
            ]
        )
        best = max(evidence, key=lambda each: each.score)
        refusal = [*signals(question, best, words).values(), *rows[:, -2:].max(axis=0)]
        return rows, np.array([is_right(each.sentence) for each in evidence]), refusal

    old, _ = squad.load(squad.SHARED / "v1-extra.json")
    new, asked = squad.load(squad.SHARED / "v2.json")
    unseen, draw, embedder = sorted(held_out(asked)), random.Random(5), SentenceTransformerEmbedder()
    parts = {}
    with tempfile.TemporaryDirectory() as folder:
        retriever = Retriever(built(Path(folder), [*old, *new], embedder, 160), embedder, 100)
        for name, articles in zip(HALVES, (unseen[::2], unseen[1::2]), strict=True):
            for answerable in (True, False):
                among = [e for e in asked if e.article in articles and bool(e.answers) == answerable]
                parts[name, answerable] = [
                    group(retriever, e.text, lambda s, e=e: e.is_answered_in(s.article.id, s.start, s.end))
                    for e in draw.sample(among, min(given.questions, len(among)))
                ]
    settings = with_own_articles(Settings(), NEWS, index=None, kept=home(NEWS, os.environ))
    build(settings, embedder=embedder)
    news = Chat.open(settings, embedder).retriever
    parts["news", True] = [
        group(news, e.text, lambda s, e=e: any(says(s.text, answer) for answer in e.answers))
        for e in read(NEWS)
    ]

    print("| Signals | SQuAD first | first three | news first | first three | near misses, AUC |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, columns in SIGNALS.items():
        halves = [
            first(parts[b, True], columns, fit(parts[a, True], columns)) for a, b in (HALVES, HALVES[::-1])
        ]
        news_first = first(
            parts["news", True], columns, fit(parts["fit", True] + parts["test", True], columns)
        )
        area = near_misses(parts, columns)
        print("|", name, *(f"| {value:.3f}" for value in (*np.mean(halves, axis=0), *news_first, area)), "|")
    print(f"\nReading {given.passages} passages: {1000 * np.median(seconds):.0f} ms a question (median)")


def scores_of(tokens: np.ndarray) -> tuple[float, float]:
    """Return the relevance of a sentence and its best short answer, from the scores of its `tokens`."""
    if not len(tokens):
        return UNREAD
    begins, ends, relevance = tokens.T
    return float(relevance.mean()), float((np.maximum.accumulate(begins) + ends).max())


def fit(groups, columns) -> np.ndarray:
    chosen = [(rows[:, columns], right) for rows, right, _ in groups]
    return np.array(fit_sentences(chosen, len(columns)))


def first(groups, columns, weights) -> tuple[float, ...]:
    """Return how often the first sentence, and one of the first three, is right."""
    ordered = [right[np.argsort(-(rows[:, columns] @ weights), kind="stable")] for rows, right, _ in groups]
    return tuple(float(np.mean([each[:count].any() for each in ordered])) for count in (1, 3))


def near_misses(parts, columns) -> float:
    """Return the area under the curve of answerable questions against near misses, mean of both halves."""
    signals_used = [
        *range(len(ANSWERED_WEIGHTS)),
        *(len(ANSWERED_WEIGHTS) + at - 5 for at in columns if at > 4),
    ]

    def table(name):
        rows = [(group[2], answerable) for answerable in (True, False) for group in parts[name, answerable]]
        return np.array([row for row, _ in rows])[:, signals_used], np.array([label for _, label in rows])

    areas = []
    for a, b in (HALVES, HALVES[::-1]):
        fitted = LogisticRegression(max_iter=3000).fit(*table(a))
        rows, labels = table(b)
        areas.append(roc_auc_score(labels, fitted.decision_function(rows)))
    return float(np.mean(areas))


if __name__ == "__main__":
    main()
