"""What a reader is worth on every evaluation set, beside another one, question by question.

    python -m training.measure FILE --against rag/answer/reader/reader.onnx --sets squad news2 --questions 400

Every figure has the middle 95% of a thousand resamples of its questions, and so has the difference of the two
files on the same questions. The whole program answers: retrieval, the weights of rag/answer.py, refusals.

squad       the ten articles of SQuAD that no training saw, among all 33: first sentence and first three; also
            with weights of sentences fitted for each file on half of the articles and measured on the other,
            as benchmarks/answer_weights.py does; near misses, by the estimated probability of an answer; and
            short answers, shown and right, on the five articles of benchmarks/short_answers.py
news, news2 quiz questions over their articles: first sentence and first three
bundled     the questions of tests/retrieval: the same, and refusals
trec_qa     sentences alone, judged by people: mean average precision and mean reciprocal rank of the reader's
            score alone
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rag.answer.choose import choose
from rag.answer.evidence import READ, Evidence
from rag.answer.reader import MODEL, Reader, pooled
from rag.build import build
from rag.chat import Chat
from rag.evaluation import measures
from rag.evaluation.questions import LabelledQuestion as Labelled
from rag.evaluation.questions import brings_articles, home, read, with_own_articles
from rag.index.embedding import SentenceTransformerEmbedder
from rag.settings import Settings
from rag.types import (
    Answer,
    Article,
    Outcome,
    Passage,
    Sentence,
    ShortAnswer,
    Statement,
    Unanswered,
    is_firm,
)

REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared" / "data"
sys.path.append(str(REPOSITORY / "benchmarks"))

import trec_qa
from answer_weights import SETTINGS, Collection, evidence, fit_sentences
from short_answers import is_right

FIRST = 3
"""Sentences that are looked at."""
BUNDLED = REPOSITORY / "tests" / "retrieval" / "questions.jsonl"

Floats = npt.NDArray[np.float64]
Rows = tuple[Floats, npt.NDArray[np.bool_]]


class Remembering(Reader):
    """A reader that reads the same passages for the same question once, and then remembers."""

    def __init__(self, model: Path) -> None:
        """Load `model`."""
        super().__init__(model)
        self._last: tuple[object, list[tuple[ShortAnswer, ...]]] | None = None

    def read(self, question: str, passages: Sequence[Passage]) -> list[tuple[ShortAnswer, ...]]:
        """Return what the reader says, from memory where the last call was the same."""
        key = (question, tuple((each.article.id, each.start) for each in passages))
        if self._last is None or self._last[0] != key:
            self._last = (key, super().read(question, passages))
        return self._last[1]


@dataclass(slots=True)
class Found:
    """What was measured, a value a question, by the name of the figure."""

    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[str, tuple[list[float], list[bool]]] = field(default_factory=dict)
    """Confidence and whether the question can be answered, of figures that are areas under a curve."""

    def add(self, name: str, value: float) -> None:
        """Add a question's `value`; NaN where the figure does not speak of it."""
        self.values[name].append(value)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--against", type=Path, default=MODEL)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument(
        "--questions", type=int, default=10**6, help="of each set and kind, at most; for a trial"
    )
    given = parser.parse_args()
    paths = list(dict.fromkeys((given.file.resolve(), given.against.resolve())))
    readers = [Remembering(path) for path in paths]
    embedder = SentenceTransformerEmbedder()
    columns = [
        "Set",
        "figure",
        "questions",
        *(path.name for path in paths),
        *["difference"] * (len(paths) - 1),
    ]
    print(f"| {' | '.join(columns)} |")
    print("| --- " * len(columns) + "|")
    held: dict[str, list[Found]] = {}
    for name in given.sets:
        held[name] = SETS[name](readers, embedder, given.questions)
        show(name, held[name])
    if {"news", "news2"} <= set(held):
        show("news + news2", [joined(pair) for pair in zip(held["news"], held["news2"], strict=True)])


def joined(parts: Sequence[Found]) -> Found:
    """Return the questions of several sets as one."""
    return Found({name: [v for part in parts for v in part.values[name]] for name in parts[0].values})


def show(name: str, found: Sequence[Found]) -> None:
    """Print the figures of a set, a line each, of every file and, where there are two, their difference."""
    for figure in found[0].values:
        columns = [np.array(each.values[figure], dtype=np.float64) for each in found]
        if not np.isfinite(columns[0]).any():
            continue  # the set has no such questions
        drawn = measures.draws(len(columns[0]))
        once = np.ones((1, len(columns[0])))
        told = [(float(measures.means(each, once)[0]), measures.means(each, drawn)) for each in columns]
        count = int(np.isfinite(columns[0]).sum())
        line(name, figure, count, told)
    for figure in found[0].areas:
        both = [each.areas[figure] for each in found]
        right = np.array(both[0][1], dtype=np.bool_)
        drawn = measures.draws(len(right))
        scores = [np.array(each) for each, _ in both]
        told = [(measures.area(each, right), measures.areas(each, right, drawn)) for each in scores]
        line(name, figure, len(right), told)


def line(name: str, figure: str, count: int, told: Sequence[tuple[float, Floats]]) -> None:
    """Print a figure of every file and the difference of the first two."""
    cells = [measures.figure(value, resampled) for value, resampled in told]
    if len(told) > 1:
        (one, ones), (other, others) = told
        cells.append(measures.figure(one - other, ones - others))
    written = [f"{each.value:.3f} [{each.low:.3f}, {each.high:.3f}]" for each in cells]
    print(f"| {name} | {figure} | {count} | {' | '.join(written)} |", flush=True)


def squad(readers: Sequence[Reader], embedder: SentenceTransformerEmbedder, most: int) -> list[Found]:
    """Return what is found on SQuAD's ten unseen articles."""
    collection = Collection()
    texts = {article.id: article.text for article in collection.articles}
    found = [Found() for _ in readers]
    rows: list[dict[str, list[Rows]]] = [defaultdict(list) for _ in readers]
    sure: list[list[float]] = [[] for _ in readers]
    answerable: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        chat = collection.chat(Path(folder), embedder)
        words = chat.index.words
        for half, questions in (("fitting", collection.fitting), ("held", collection.held)):
            for each in asked(collection, questions, most):
                question = chat.understand(each.text)
                hits = chat.retriever.find(question, k=SETTINGS.passages)
                answerable.append(bool(each.answers))
                for at, reader in enumerate(readers):
                    read_by = evidence(chat, question, hits, reader)
                    outcome = choose(question, hits, read_by, words, SETTINGS)
                    sure[at].append(outcome.confidence)
                    if half == "held":
                        add_short_answer(
                            found[at], outcome, [texts[each.article][a:b] for a, b in each.answers]
                        )
                    if not each.answers:
                        continue
                    quoted = shown(choose(question, hits, read_by, words, talkative(SETTINGS)))
                    places = [(c.article.id, c.start, c.end) for c in (s.citations[0] for s in quoted)]
                    add_firsts(found[at], [each.is_answered_in(*place) for place in places])
                    if not question.is_for_yes_or_no:
                        rows[at][half].append(signals(read_by, each))
    for at, one in enumerate(found):
        add_fitted(one, rows[at])
        one.areas["near misses, AUC"] = (sure[at], answerable)
    return found


def signals(evidence: Sequence[Evidence], asked_for: Any) -> Rows:
    """Return the signals of every candidate sentence, and which hold the answer."""
    table = np.array([[each.signals[name] for name in READ.sentence] for each in evidence])
    sentences = [each.sentence for each in evidence]
    right = [asked_for.is_answered_in(each.article.id, each.start, each.end) for each in sentences]
    return table, np.array(right, dtype=np.bool_)


def add_fitted(found: Found, rows: dict[str, list[Rows]]) -> None:
    """Add how each half's sentences are ordered by weights that are fitted on the other half."""
    for one, other in (("fitting", "held"), ("held", "fitting")):
        weights = np.array(fit_sentences(rows[other], len(READ.sentence)))
        for table, right in rows[one]:
            order = right[np.argsort(-(table @ weights), kind="stable")]
            found.add("first sentence, fitted", float(order[0]))
            found.add("first three, fitted", float(order[:FIRST].any()))


def add_short_answer(found: Found, outcome: Outcome, answers: Sequence[str]) -> None:
    """Add whether a short answer is shown and right; without `answers` the question is a near miss."""
    short = outcome.short_answer if isinstance(outcome, Answer) else None
    is_shown, is_good = float(bool(short)), float(any(is_right(short or "", each) for each in answers))
    found.add("short answers shown", is_shown if answers else np.nan)
    found.add("of them right", is_good if answers and short else np.nan)
    found.add("shown for near misses", np.nan if answers else is_shown)


def asked(collection: Collection, questions: list[Any], most: int) -> Iterator[Any]:
    """Yield up to `most` questions with an answer and as many without."""
    yield from collection.some(questions, most)
    yield from collection.some(questions, most, answerable=False)


def add_firsts(found: Found, right: Sequence[bool]) -> None:
    """Add whether the first of the sentences shown is right, and whether any is."""
    found.add("first sentence", float(right[0]) if right else 0.0)
    found.add("first three", float(any(right[:FIRST])))


def talkative(settings: Settings) -> Settings:
    """Return `settings` that never refuse: how well sentences are chosen is another matter."""
    return replace(settings, threshold=0.0, related=0.0, statements=FIRST)


def shown(outcome: Outcome) -> tuple[Statement, ...]:
    """Return what is quoted, or would be if nothing were refused."""
    return outcome.statements if isinstance(outcome, Answer) else ()


def collection_of(path: Path) -> Callable[[Sequence[Reader], SentenceTransformerEmbedder, int], list[Found]]:
    """Return what measures the labelled questions at `path`, as a person asks them."""

    def measured(readers: Sequence[Reader], embedder: SentenceTransformerEmbedder, most: int) -> list[Found]:
        settings = Settings()
        if brings_articles(path):
            settings = with_own_articles(settings, path, index=None, kept=home(path, os.environ))
        build(settings, embedder=embedder)
        questions = read(path)
        step = -(-len(questions) // most)
        found = []
        for reader in readers:
            chat = Chat.open(settings, embedder, reader=reader)
            found.append(Found())
            for each in questions[::step]:
                add_asked(found[-1], chat, each)
        return found

    return measured


def add_asked(found: Found, chat: Chat, question: Labelled) -> None:
    """Ask one question, as it is and without refusing, and add what comes."""
    outcome = chat.ask(question.text)
    refused = float(not is_firm(outcome) if question.unanswerable else isinstance(outcome, Unanswered))
    found.add("answerable, refused", np.nan if question.unanswerable else refused)
    if question.unanswerable or not question.names_words:
        found.add("unanswerable, refused", refused if question.unanswerable else np.nan)
        found.add("first sentence", np.nan)
        found.add("first three", np.nan)
        return
    outcome = replace(chat, settings=talkative(chat.settings)).ask(question.text)
    citations = [each.citations[0] for each in shown(outcome)]
    found.add("unanswerable, refused", np.nan)
    add_firsts(found, [question.is_answered_by_sentence(c.article, c.start, c.end) for c in citations])


def sentences_alone(
    readers: Sequence[Reader], embedder: SentenceTransformerEmbedder, most: int
) -> list[Found]:
    """Return how TREC QA's sentences are ranked by the short answer's score alone."""
    blocks = [each for part in ("train", "dev") for each in trec_qa.read(SHARED / "trec_qa" / f"{part}.xml")]
    found = [Found() for _ in readers]
    for question, texts, right in [each for each in blocks if 0 < sum(each[2]) < len(each[2])][:most]:
        articles = [Article(str(at), "", text) for at, text in enumerate(texts)]
        passages = [
            Passage(each, 0, len(each.text), (Sentence(each, 0, len(each.text)),)) for each in articles
        ]
        for at, reader in enumerate(readers):
            scores = np.array(
                [score.score for part in pooled(passages, reader.read(question, passages)) for score in part]
            )
            ordered = np.array(right, dtype=np.bool_)[np.argsort(-scores, kind="stable")]
            places = np.flatnonzero(ordered) + 1
            found[at].add("average precision", float((np.arange(1, len(places) + 1) / places).mean()))
            found[at].add("reciprocal rank", float(1 / places[0]))
    return found


SETS = {
    "squad": squad,
    "news": collection_of(SHARED / "news"),
    "news2": collection_of(SHARED / "news2"),
    "bundled": collection_of(BUNDLED),
    "trec_qa": sentences_alone,
}


if __name__ == "__main__":
    main()
