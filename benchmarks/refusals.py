"""Fit the probability that the articles answer, and measure what is refused.

    python benchmarks/refusals.py [--news]

Data: ../shared/data/squad (CC BY-SA 4.0), split by article as in answer_weights.py. Questions without an
answer are of three sorts: near misses (SQuAD's own, about the same paragraphs), left out (the question's
article is hidden), and off topic (asked of the bundled articles instead). With --news, SQuAD's questions
and those about the bundled articles are asked of ../shared/data/news too; its index takes half an hour
to build where `rag test ../shared/data/news` has not built it before.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import squad
from answer_weights import SETTINGS, Collection, evidence, rounded
from passage_size import built, chat_over
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from rag.answer.choose import choose
from rag.answer.evidence import READ, UNREAD, Weights, signals
from rag.answer.reader import Reader
from rag.build import build
from rag.chat import Chat
from rag.corpus.folder import read_folder
from rag.evaluation.questions import home, read, with_own_articles
from rag.index.embedding import SentenceTransformerEmbedder
from rag.question.english.measures import units
from rag.question.understood import Understood
from rag.types import Answer, Hit, is_firm

HIDDEN_DEPTH = 400
"""Passages looked through for ten that are not of the hidden article."""

ROOT = Path(__file__).parents[1]
NEWS = squad.SHARED.parent / "news"
BUNDLED = ROOT / "tests" / "retrieval" / "questions.jsonl"


@dataclass(frozen=True)
class Part:
    """Questions of one sort, asked."""

    signals: np.ndarray
    """A row a question that was read, ordered as the weights."""
    confidence: np.ndarray
    """Probability that the articles answer."""
    answered: np.ndarray
    likely: np.ndarray
    """Whether it was likely; neither means "not in the articles"."""

    def row(self, name: str, against: Part | None = None) -> str:
        """Return its row of the table; refusals are right where there is a part to hold it `against`."""
        cells = [f"{share.mean():.3f}" for share in (self.answered, self.likely)]
        cells.append(f"{1 - self.answered.mean() - self.likely.mean():.3f}")
        if against is None:
            return f"| {name} ({len(self.answered)}) | {' | '.join(cells)} | | | |"
        recall, wrong = 1 - self.answered.mean(), 1 - against.answered.mean()
        truth = [1] * len(against.confidence) + [0] * len(self.confidence)
        area = roc_auc_score(truth, np.concatenate([against.confidence, self.confidence]))
        cells += [f"{recall / (recall + wrong):.3f}", f"{recall:.3f}", f"{area:.3f}"]
        return f"| {name} ({len(self.answered)}) | {' | '.join(cells)} |"


HEADER = (
    "| Questions | answered | likely | not in the articles | precision | recall | AUC |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--news", action="store_true", help="on news too")
    given = parser.parse_args()
    found, embedder = Collection(), SentenceTransformerEmbedder()
    measures(found)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        wide = found.chat(Path(one), embedder)
        bundled = list(read_folder(ROOT / "corpus").articles)
        small = chat_over(built(Path(two), bundled, embedder, SETTINGS.passage_tokens), embedder)

        def parts(reader, asked, count, old=()):
            return {
                "answered": ask(wide, found.some(asked, count) + found.some(old, count), reader),
                "near misses": ask(wide, found.some(asked, count, answerable=False), reader),
                "left out": ask(wide, found.some(asked, count // 2), reader, hidden=True),
                "off topic": ask(small, found.some(asked, count // 2), reader),
            }

        for reader, fitting in (None, (found.tune, 1000, found.old)), (Reader(), (found.fitting, 1000)):
            weights = READ if reader else UNREAD
            print("\nWith the reader:" if reader else "Without the reader:")
            fit(parts(reader, *fitting), weights)
            held = parts(reader, found.held, 800)
            print(f"\nHeld out, answered from {SETTINGS.threshold}, likely from {SETTINGS.related}:\n")
            table(held)
            calibration(held.values(), len(held["answered"].answered))
    if given.news:
        settings = with_own_articles(SETTINGS, NEWS, index=None, kept=home(NEWS, os.environ))
        build(settings, embedder=embedder)
        news = Chat.open(settings, embedder)
        about = [each.text for each in read(BUNDLED) if each.answers]
        print("\nNews:\n")
        table(
            {
                "answered": ask(news, [squad.Asked(each.text, "", ()) for each in read(NEWS)], reader),
                "off topic, SQuAD": ask(news, found.some(found.held, 200), reader),
                "off topic, bundled": ask(news, [squad.Asked(text, "", ()) for text in about], reader),
            }
        )


def measures(found: Collection) -> None:
    """Print how often the rule on units costs an answer: its own paragraph has none of what is asked for."""
    texts = {article.id: article.text for article in found.articles}
    asked = [
        each
        for each in (*found.old, *found.tune, *found.fitting, *found.held)
        if each.answers and units(each.text)
    ]
    lost = sum(
        not all(unit.search(paragraph(texts[each.article], each.answers[0])) for unit in units(each.text))
        for each in asked
    )
    print(f"Of {len(asked)} answerable questions for a measure {lost} have no unit of it in their paragraph")


def paragraph(text: str, span: tuple[int, int]) -> str:
    """Return the paragraph of `text` that `span` is in."""
    start = text.rfind("\n", 0, span[0]) + 1
    return text[start : span[1]] + text[span[1] :].split("\n", 1)[0]


def hits_for(chat: Chat, question: Understood, hidden: str | None) -> list[Hit]:
    """Return the hits of a question, without those of the article that is `hidden`."""
    if hidden is None:
        return chat.retriever.find(question, k=SETTINGS.passages)
    deep = replace(chat.retriever, depth=HIDDEN_DEPTH).find(question, k=HIDDEN_DEPTH)
    return [hit for hit in deep if hit.passage.article.id != hidden][: SETTINGS.passages]


def ask(chat: Chat, questions: Iterable[squad.Asked], reader: Reader | None, *, hidden: bool = False) -> Part:
    words = chat.index.words
    rows, outcomes = [], []
    for asked in questions:
        question = chat.understand(asked.text)
        hits = hits_for(chat, question, asked.article if hidden else None)
        weighed = evidence(chat, question, hits, reader)
        outcomes.append(choose(question, hits, weighed, words, SETTINGS))
        if weighed:
            best = max(weighed, key=lambda each: each.score)
            found = signals(question, best, words)
            rows.append([found[name] for name in best.weights.answered])
    answered = np.array([is_firm(each) for each in outcomes])
    likely = np.array([isinstance(each, Answer) and each.likely for each in outcomes])
    return Part(np.array(rows), np.array([each.confidence for each in outcomes]), answered, likely)


def fit(parts: dict[str, Part], weights: Weights) -> None:
    """Print the weights that a fresh fit would give, half of the questions counting as answerable."""
    rows = np.concatenate([part.signals for part in parts.values()])
    labels = np.concatenate([np.full(len(part.signals), name == "answered") for name, part in parts.items()])
    fitted = LogisticRegression(max_iter=3000, class_weight="balanced").fit(rows, labels)
    print("answered weights:", rounded(dict(zip(weights.answered, fitted.coef_[0], strict=True))))
    print(f"answered bias: {fitted.intercept_[0]:.2f}")


def table(parts: dict[str, Part]) -> None:
    print(HEADER)
    for name, part in parts.items():
        print(part.row(name, None if name == "answered" else parts["answered"]))


def calibration(parts: Iterable[Part], answerable: int) -> None:
    """Print how often the articles answer, by how likely that was thought; the first part is answerable."""
    confidence = np.concatenate([part.confidence for part in parts])
    truth = np.arange(len(confidence)) < answerable
    print("\n| Estimated | questions | mean estimate | answerable |\n| --- | --- | --- | --- |")
    for low in np.arange(0, 1, 0.2):
        among = (confidence >= low) & (confidence < low + 0.2)
        if among.any():
            cells = f"{among.sum()} | {confidence[among].mean():.3f} | {truth[among].mean():.3f}"
            print(f"| {low:.1f} to {low + 0.2:.1f} | {cells} |")


if __name__ == "__main__":
    main()
