"""Fit the sentence weights of rag/answer/evidence.py on SQuAD articles and measure them on others.

    python benchmarks/answer_weights.py

Data: ../shared/data/squad (CC BY-SA 4.0), split by article. The reader was trained on the 13 articles of
v1-extra.json and every other one of v2.json; the weights that do without it are fitted on them too, and
measured on the 10 others. Those that use it are fitted on these 10 and on our own questions about the sample
articles, which count as much together: who asks SQuAD's has the sentence before his eyes, and leans on its
words. They are measured on each half of the 10 with weights fitted on the other and on ours. Yes or no
questions, which SQuAD has hardly any of, are left aside. All 33 articles are one open collection.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import squad
import torch
from passage_size import built, chat_over

from rag.answer.evidence import READ, UNREAD, Evidence, Weights, weigh, with_short_answers
from rag.answer.reader import Reader
from rag.build import build
from rag.chat import Chat
from rag.evaluation.questions import read
from rag.evaluation.questions.labelled import LabelledQuestion
from rag.index.embedding import SentenceTransformerEmbedder
from rag.question.english.polarity import is_for_yes_or_no
from rag.question.understood import Understood
from rag.settings import Settings
from rag.types import Hit, Sentence

SETTINGS = Settings()
OURS = Path(__file__).parents[1] / "tests" / "retrieval" / "questions.jsonl"


def main() -> None:
    collection, embedder, reader = Collection(), SentenceTransformerEmbedder(), Reader()
    with tempfile.TemporaryDirectory() as folder:
        chat = collection.chat(Path(folder), embedder)

        def groups(asked, reader=None):
            asked = [each for each in asked if not is_for_yes_or_no(each.text)]
            return [group(chat, each.text, answered(each), reader) for each in collection.some(asked, 1500)]

        unread = fit([*groups(collection.old), *groups(collection.tune)], UNREAD)
        print("unread weights:", unread)
        others = [*groups(collection.fitting), *groups(collection.held)]
        print(
            "the 10 others, with the weights in use:",
            firsts(ordered(others, UNREAD.sentence)),
        )
        one, other = groups(collection.fitting, reader), groups(collection.held, reader)
    with tempfile.TemporaryDirectory() as folder:
        ours = our_groups(Path(folder), embedder, reader)
    print("read weights:", fit(balanced([*one, *other], ours), READ))
    crossed = [
        *ordered(one, fit(balanced(other, ours), READ)),
        *ordered(other, fit(balanced(one, ours), READ)),
    ]
    print("the 10 others, each half with weights of the other:", firsts(crossed))


class Collection:
    """The 33 articles and their questions, by what they are for."""

    def __init__(self) -> None:
        articles, self.old = squad.load(squad.SHARED / "v1-extra.json")
        more, asked = squad.load(squad.SHARED / "v2.json")
        self.articles = [*articles, *more]
        names = sorted({each.article for each in asked})
        self.tune, self.fitting, self.held = (
            [each for each in asked if each.article in part]
            for part in (set(names[::2]), set(names[1::4]), set(names[3::4]))
        )
        self._draw = random.Random(3)

    def chat(self, folder: Path, embedder: SentenceTransformerEmbedder) -> Chat:
        """Return a chat over them, in an index built in `folder`."""
        return chat_over(built(folder, self.articles, embedder, SETTINGS.passage_tokens), embedder)

    def some(self, questions, count: int, *, answerable: bool = True):
        """Draw up to `count` of the `questions`, those that are answered or those that are not."""
        chosen = [each for each in questions if bool(each.answers) == answerable]
        return self._draw.sample(chosen, min(count, len(chosen)))


def our_groups(folder: Path, embedder: SentenceTransformerEmbedder, reader: Reader):
    """Return the groups of our questions about the sample articles, in an index built in `folder`."""
    settings = Settings(index=folder)
    build(settings, embedder=embedder)
    chat = Chat.open(settings, embedder)

    def asked(question: LabelledQuestion):
        def answers(each: Sentence) -> bool:
            return question.is_answered_by_sentence(each.article, each.start, each.end)

        return group(chat, question.text, answers, reader)

    questions = [each for each in read(OURS) if each.names_words and not each.unanswerable]
    return [asked(each) for each in questions if not is_for_yes_or_no(each.text)]


def balanced(squad_groups, ours):
    """Return both, ours as often as makes them as many."""
    return [*squad_groups, *ours * max(1, round(len(squad_groups) / len(ours)))]


def evidence(chat: Chat, question: Understood, hits: Sequence[Hit], reader: Reader | None) -> list[Evidence]:
    """Return the sentences of `hits`, weighed and, where there is a `reader`, read."""
    weighed = weigh(question, hits, chat.index.words)
    return list(chain(*(with_short_answers(question, weighed, reader) if reader else weighed)))


def answered(asked: squad.Asked) -> Callable[[Sentence], bool]:
    """Return what says whether a sentence answers."""
    return lambda each: asked.is_answered_in(each.article.id, each.start, each.end)


def group(
    chat: Chat, text: str, answers: Callable[[Sentence], bool], reader: Reader | None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the signals of every candidate sentence, shape (n, signals), and which of them are `answers`."""
    question = chat.understand(text)
    found = evidence(chat, question, chat.retriever.find(question, k=SETTINGS.passages), reader)
    rows = np.array([[each.signals[name] for name in each.weights.sentence] for each in found])
    return rows, np.array([answers(each.sentence) for each in found], dtype=bool)


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


def fit(groups, weights: Weights) -> dict[str, float]:
    """Return fresh `weights` of sentences, by name."""
    return rounded(dict(zip(weights.sentence, fit_sentences(groups, len(weights.sentence)), strict=True)))


def ordered(groups, weights: Mapping[str, float]) -> list[np.ndarray]:
    """Return for each question which sentences hold the answer, best first by `weights`."""
    sentence = np.array(list(weights.values()))
    return [good[np.argsort(-(rows @ sentence), kind="stable")] for rows, good in groups]


def firsts(found: list[np.ndarray]) -> str:
    """Return how often the first sentence, one of the first three, and any candidate holds the answer."""
    shares = [np.mean([good[:count].any() for good in found]) for count in (1, 3, None)]
    return "first {:.3f}, first three {:.3f}, candidates {:.3f}".format(*shares)


def rounded(weights: dict[str, float]) -> dict[str, float]:
    return {name: round(float(weight), 2) for name, weight in weights.items()}


if __name__ == "__main__":
    main()
