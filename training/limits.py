"""Examples of sentences that need the one behind them, to the weights in rag/answer/limits.json.

    python -m training.limits ../shared/data/training/squad_train_union.jsonl.gz

A head over the packaged model's vectors is fitted in two steps, both logistic regressions. The first reads
pairs of sentences: training/limits.txt, the places of tests/retrieval/whole_thoughts.txt that are for tuning,
and neighbours in the articles of a labelled set, of which hardly any needs the next. The second weighs what
the first says of places that it has not seen, the cosines to the question, and the distance. What is held
apart is not read. benchmarks/whole_thoughts.py measures.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from rag.answer.limits import JOINED, WEIGHTS
from rag.corpus.folder import read_folder
from rag.corpus.formats.text.lines import Line, joined
from rag.corpus.structure import lead_of
from rag.index.embedding import Vectors
from rag.index.packaged import PackagedEmbedder
from rag.index.sentences import split_sentences
from rag.question.language import language_of
from rag.types import Article, Citation, Passage, Sentence

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "training" / "limits.txt"
PLACES = ROOT / "tests" / "retrieval" / "whole_thoughts.txt"

REACH = 3
"""Sentences behind a quoted one that are examples."""

NEIGHBOURS = 500
"""Of the labelled set: with many more the head tells its prose from ours, and not what limits a sentence."""

SHORTEST, LONGEST_SENTENCE = 25, 300
"""Characters of a sentence among them."""

STRENGTH = 0.001
"""Inverse of the first step's ridge penalty on scaled features: four times as many as examples."""

DIGITS = 4
"""Decimals of a weight; the largest are about 5."""

DEAD = 1e-6
"""Standard deviation of a feature below which it is rounding noise: the model leaves a few dimensions."""

PARTS = 8
"""In which the second step's places are left out of the first in turn."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence quoted for a question, and what has to be quoted with it."""

    question: str
    article: Article
    quoted: Sentence
    needed: tuple[Sentence, ...]
    allowed: tuple[Sentence, ...]
    """What may be quoted with it and need not."""
    is_held: bool
    """Whether it is kept apart, to be measured only."""

    @property
    def quote(self) -> Citation:
        """The sentence with what it needs before it, as an answer quotes it."""
        article, sentence = self.article, self.quoted
        start, end = language_of("en").widened(sentence)
        lead = lead_of(article, start)
        passage = Passage(article, sentence.start, sentence.end, (sentence,))
        where = (lead.start, lead.end) if lead else None
        return Citation(passage, start, end, article.text[start:end], where)

    def is_cut(self, quote: Citation) -> bool:
        """Say whether `quote` lacks something that is needed."""
        shown = [(quote.start, quote.end), *([quote.lead] if quote.lead else [])]
        return not all(any(start <= each.start < end for start, end in shown) for each in self.needed)

    def is_exceeded(self, quote: Citation) -> bool:
        """Say whether `quote` goes on beyond what is needed and what may be quoted."""
        return quote.end > max(each.end for each in (self.quoted, *self.needed, *self.allowed))

    def behind(self) -> Iterator[tuple[Sentence, bool]]:
        """Yield the sentences behind in its paragraph, REACH at most, and whether each is needed."""
        end = self.article.text.find("\n", self.quoted.end)
        text = self.article.text[: end if end >= 0 else None]
        for start, stop in split_sentences(text[self.quoted.end :])[:REACH]:
            sentence = Sentence(self.article, self.quoted.end + start, self.quoted.end + stop)
            yield sentence, sentence in self.needed


class Pair(NamedTuple):
    """Two sentences, and whether the first one needs the second."""

    quoted: str
    following: str
    needed: bool
    group: str
    """Pairs of one text are fitted, or measured, together."""
    question: str | None = None
    skipped: int = 0


def places(file: Path = PLACES) -> list[Place]:
    """Return the labelled places; see the head of the file."""
    bundled = {article.id: article for article in read_folder(ROOT / "corpus").articles}
    return [
        place
        for part in file.read_text(encoding="utf-8").split("\n# ")[1:]
        for place in _places(part, bundled)
    ]


def _places(part: str, bundled: dict[str, Article]) -> Iterator[Place]:
    """Yield the places of one text: its head, its paragraphs and the lines that label it."""
    head, *lines = part.splitlines()
    names, title = head.split(": ", 1)
    labels = [line for line in lines if line[:2] in ("? ", "= ", "+ ", "~ ")]
    text, blocks = joined([Line(line) for line in lines if line and line not in labels])
    article = Article(title, title, text, blocks=blocks) if text else bundled[title]
    sentences = [Sentence(article, *span) for span in split_sentences(article.text)]
    for label in "\n".join(labels).removeprefix("? ").split("\n? "):
        question, *marked = label.splitlines()
        found = {
            mark: [_only(sentences, line[2:]) for line in marked if line[0] == mark]
            for mark in ("=", "+", "~")
        }
        [quoted] = found["="]
        needed = tuple(found["+"])
        allowed = tuple(each for each in found["~"] if each not in needed)
        yield Place(question, article, quoted, needed, allowed, names.startswith("held"))


def _only(sentences: Sequence[Sentence], beginning: str) -> Sentence:
    [found] = [sentence for sentence in sentences if sentence.text.startswith(beginning)]
    return found


def pairs_of(file: Path) -> Iterator[Pair]:
    """Yield the pairs of the examples in `file`; see its head."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        first, second, third = (part.strip() for part in line.removeprefix("- ").split(" | "))
        yield Pair(first, second, not line.startswith("- "), line)
        yield Pair(first, third, False, line)
        if line.startswith("- "):
            yield Pair(second, third, False, line)


def neighbours(file: Path) -> Iterator[Pair]:
    """Yield NEIGHBOURS pairs of sentences that follow one another in the labelled set `file`."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        texts = {json.loads(line).get("context") or "" for line in lines}
    found = [
        Pair(text[slice(*first)], text[slice(*second)], False, text)
        for text in sorted(texts)
        for first, second in pairwise(split_sentences(text))
    ]
    fit = [
        pair
        for pair in found
        if all(SHORTEST <= len(each) <= LONGEST_SENTENCE for each in (pair.quoted, pair.following))
    ]
    yield from random.Random(1).sample(fit, NEIGHBOURS)


def pairs_at(found: Sequence[Place]) -> Iterator[Pair]:
    """Yield the pairs of labelled places; what may be quoted, and need not, is none."""
    for place in found:
        for skipped, (sentence, needed) in enumerate(place.behind()):
            if sentence not in place.allowed:
                yield Pair(
                    place.quoted.text, sentence.text, needed, place.article.id, place.question, skipped
                )


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path, help="a set with passages, as in ../shared/data/training")
    embedder = PackagedEmbedder()
    written = [*pairs_of(EXAMPLES), *neighbours(parser.parse_args().labelled)]
    tuning = list(pairs_at([place for place in places() if not place.is_held]))
    every = [*written, *tuning]
    texts = sorted({text for pair in every for text in (pair.quoted, pair.following, pair.question) if text})
    vector = dict(zip(texts, embedder.embed_questions(texts), strict=True))
    features = np.array([_features(vector[pair.quoted], vector[pair.following]) for pair in every])
    features[:, features.std(axis=0) < DEAD] = 0.0
    needed = np.array([pair.needed for pair in every])
    unseen = _unseen(features, needed, [pair.group for pair in every])[len(written) :]
    context = np.array([_context(pair, vector) for pair in tuning])
    second = LogisticRegression().fit(np.column_stack([unseen, context]), needed[len(written) :])
    scale, *context_weights = second.coef_[0]
    first, bias = _fit(features, needed)
    following, pair = np.split(first, 2)
    weights = {
        "following": following * scale,
        "pair": pair * scale,
        "question": context_weights[:2],
        "skipped": context_weights[2],
        "bias": second.intercept_[0] + scale * bias,
    }
    WEIGHTS.write_text(json.dumps({name: _short(each) for name, each in weights.items()}), encoding="utf-8")
    _tell(_second(second, unseen, context), needed[len(written) :], tuning)


def _short(weights: Floats | float) -> list[float] | float:
    """Return `weights` with DIGITS decimals, which is as exact as needed."""
    rounded: list[float] | float = np.asarray(weights).round(DIGITS).tolist()
    return rounded


def _features(quoted: Vectors, following: Vectors) -> Vectors:
    return np.concatenate([following, quoted * following])


def _context(pair: Pair, vector: dict[str, Vectors]) -> list[float]:
    question = vector[pair.question or ""]
    return [float(vector[each] @ question) for each in (pair.quoted, pair.following)] + [pair.skipped]


def _fit(features: Floats, needed: npt.NDArray[np.bool_]) -> tuple[Floats, float]:
    """Return weights and bias of the first step, for features as they are."""
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=STRENGTH, max_iter=4000).fit(scaler.transform(features), needed)
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - weights @ scaler.mean_)


def _unseen(features: Floats, needed: npt.NDArray[np.bool_], groups: Sequence[str]) -> Floats:
    """Return what the first step says of each pair when it was fitted without that pair's text."""
    odds = np.empty(len(needed))
    for fitted, left in GroupKFold(PARTS).split(features, needed, groups):
        weights, bias = _fit(features[fitted], needed[fitted])
        odds[left] = features[left] @ weights + bias
    return odds


def _second(model: LogisticRegression, odds: Floats, context: Floats) -> Floats:
    found: Floats = model.predict_proba(np.column_stack([odds, context]))[:, 1]
    return found


def _tell(found: Floats, needed: npt.NDArray[np.bool_], pairs: Sequence[Pair]) -> None:
    """Print what other thresholds than JOINED would give on the places for tuning."""
    reached = np.array([pair.skipped < 2 for pair in pairs])
    print("| threshold | needed that are joined | others that are |\n| --- | --- | --- |")
    for threshold in sorted({0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, JOINED}):
        is_joined = found >= threshold
        shares = (is_joined[those & reached].mean() for those in (needed, ~needed))
        print(f"| {threshold} | {' | '.join(f'{share:.3f}' for share in shares)} |")


if __name__ == "__main__":
    main()
