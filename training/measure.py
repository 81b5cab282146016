"""What a trained ranker brings to choosing sentences, on articles that no training saw and on news.

    python training/measure.py OUT/ranker.onnx [--questions 200]

The ranker's score of a sentence joins the signals of rag/answer.py; weights with and without it are fitted on
half of the held-out SQuAD articles and measured on the other half, and on the news questions (a sentence that
says the short answer counts, whichever article it is from). Refusal: area under the curve of answerable
questions against near misses, fitted and measured likewise.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
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
RELEVANCE = 2
"""Place of the ranker's score of a sentence among those of a token."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ranker", type=Path)
    parser.add_argument("--questions", type=int, default=200, help="of each sort")
    given = parser.parse_args()
    ranker, tokens = onnxruntime.InferenceSession(given.ranker), tokenizer()

    def relevance(question, hits):
        """Return the ranker's score of every sentence of `hits`, by place."""
        texts = [text_of(hit.passage, ()) for hit in hits]
        found = encode(tokens, question, [each.text for each in texts])
        [scores] = ranker.run(None, {name: found[name].numpy() for name in INPUTS})
        scored = {}
        for hit, text, offsets, row in zip(hits, texts, found["offsets"].numpy(), scores, strict=True):
            for sentence, (start, end) in zip(hit.passage.sentences, text.sentences, strict=True):
                held = (offsets[:, 0] >= start) & (offsets[:, 1] <= end) & (offsets[:, 1] > offsets[:, 0])
                score = row[held, RELEVANCE].mean() if held.any() else -10.0
                scored[sentence.article.id, sentence.start] = float(score)
        return scored

    def group(retriever, text, is_right):
        """Return a row of signals a sentence, which are right, and the best sentence's for a refusal."""
        hits = retriever.find(text, k=SETTINGS.passages)
        words = retriever.index.words
        question, scored = Question(text, words), relevance(text, hits)
        evidence = list(weigh(question, hits, words))
        rows = [
            [*sentence_signals(each), scored[each.sentence.article.id, each.sentence.start]]
            for each in evidence
        ]
        best = max(evidence, key=lambda each: each.score)
        refusal = [*signals(question, best, words).values(), max(row[-1] for row in rows)]
        return np.array(rows), np.array([is_right(each.sentence) for each in evidence]), refusal

    old, _ = squad.load(squad.SHARED / "v1-extra.json")
    new, asked = squad.load(squad.SHARED / "v2.json")
    unseen, draw, embedder = sorted(held_out(asked)), random.Random(5), SentenceTransformerEmbedder()
    parts = {}
    with tempfile.TemporaryDirectory() as folder:
        retriever = Retriever(built(Path(folder), [*old, *new], embedder, 160), embedder, 100)
        for name, articles in (("fit", unseen[::2]), ("test", unseen[1::2])):
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
    for name, columns in (("without the ranker", slice(0, 5)), ("with it", slice(0, 6)), ("only it", [5])):
        weights = fit(parts["fit", True], columns)
        cells = [first(parts[part, True], columns, weights) for part in ("test", "news")]
        signals_used = len(ANSWERED_WEIGHTS) + (name == "with it")
        area = near_misses(parts, slice(0, signals_used))
        print(f"| {name} | {' | '.join(cells)} | {area if name != 'only it' else ''} |")


def fit(groups, columns) -> np.ndarray:
    chosen = [(rows[:, columns], right) for rows, right, _ in groups]
    return np.array(fit_sentences(chosen, chosen[0][0].shape[1]))


def first(groups, columns, weights) -> str:
    """Return how often the first sentence, and one of the first three, is right."""
    ordered = [right[np.argsort(-(rows[:, columns] @ weights), kind="stable")] for rows, right, _ in groups]
    return " | ".join(f"{np.mean([each[:count].any() for each in ordered]):.3f}" for count in (1, 3))


def near_misses(parts, columns) -> str:
    """Return the area under the curve of answerable questions against near misses."""

    def table(name):
        rows = [(group[2], answerable) for answerable in (True, False) for group in parts[name, answerable]]
        return np.array([row for row, _ in rows])[:, columns], np.array([label for _, label in rows])

    fitted = LogisticRegression(max_iter=3000).fit(*table("fit"))
    rows, labels = table("test")
    return f"{roc_auc_score(labels, fitted.decision_function(rows)):.3f}"


if __name__ == "__main__":
    main()
