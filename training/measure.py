"""What a trained ranker brings to choosing sentences, on articles that no training saw and on news.

    python training/measure.py rag/answer/reader/ranker.onnx [--questions 1000]

The score of a sentence's short answer joins the signals of rag/answer.py. Weights with and without it are
fitted on half of the held-out SQuAD articles and measured on the other half, and the other way round (the
mean is told); on the news questions, with weights of both halves, a sentence counts that says the short
answer, whichever article it is from.
Refusal: area under the curve of answerable questions against near misses, fitted and measured likewise, by
the signals of the sentence that is best without the ranker and the highest score of any short answer.
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
from groups import held_out
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from rag.answer import UNREAD, Question, signals, weigh
from rag.answer.reader import NOTHING, Ranker
from rag.build import build
from rag.chat import Chat
from rag.evaluation.questions import home, read, with_own_articles
from rag.evaluation.questions.labelled import says
from rag.index.embedding import SentenceTransformerEmbedder
from rag.retrieval.retrieve import Retriever
from rag.settings import Settings

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import squad
from answer_weights import SETTINGS, fit_sentences
from passage_size import built

NEWS = Path(__file__).parents[2] / "shared" / "data" / "news"
SIGNALS = {
    "without the ranker": [0, 1, 2, 3, 4],
    "with the short answer": [0, 1, 2, 3, 4, 5],
    "only the short answer": [5],
}
"""Columns of a sentence's row: the signals of rag/answer.py, then the score of its short answer."""
HALVES = ("fit", "test")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ranker", type=Path)
    parser.add_argument("--questions", type=int, default=1000, help="of each sort")
    given = parser.parse_args()
    ranker, seconds, passages = Ranker(given.ranker), [], []

    def group(retriever, text, is_right):
        """Return a row of signals a sentence, which are right, and the best sentence's for a refusal."""
        hits = retriever.find(text, k=SETTINGS.passages)
        words = retriever.index.words
        question = Question(text, words)
        started = time.perf_counter()
        evidence = weigh(question, hits, words)
        between = time.perf_counter()
        read_evidence = weigh(question, hits, words, ranker)
        seconds.append(time.perf_counter() - between - (between - started))
        scores = [each.short.score if each.short else NOTHING for each in read_evidence]
        read_hits = [each.hit for each, score in zip(evidence, scores, strict=True) if score > NOTHING]
        passages.append(len({id(hit) for hit in read_hits}))
        rows = np.array(
            [[*each.signals.values(), score] for each, score in zip(evidence, scores, strict=True)]
        )
        best = max(evidence, key=lambda each: each.score)
        refusal = [*(signals(question, best, words)[name] for name in UNREAD.answered), rows[:, -1].max()]
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
    median, most = (1000 * np.percentile(seconds, share) for share in (50, 95))
    print(f"\nIt reads {np.mean(passages):.1f} passages and adds {median:.0f} ms (median; 95%: {most:.0f})")


def fit(groups, columns) -> np.ndarray:
    chosen = [(rows[:, columns], right) for rows, right, _ in groups]
    return np.array(fit_sentences(chosen, len(columns)))


def first(groups, columns, weights) -> tuple[float, ...]:
    """Return how often the first sentence, and one of the first three, is right."""
    ordered = [right[np.argsort(-(rows[:, columns] @ weights), kind="stable")] for rows, right, _ in groups]
    return tuple(float(np.mean([each[:count].any() for each in ordered])) for count in (1, 3))


def near_misses(parts, columns) -> float:
    """Return the area under the curve of answerable questions against near misses, mean of both halves."""
    others = len(UNREAD.answered)
    signals_used = [*(range(others) if 0 in columns else ()), *([others] if 5 in columns else ())]

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
