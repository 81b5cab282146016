"""Examples of sentences that need the one behind them, to the weights in rag/answer/limits.json.

    python -m training.limits ../shared/data/training/squad_train_union.jsonl.gz

A logistic regression reads what the reader makes of both sentences in the middle of its layers, so that it
is fitted anew for every new reader: pairs of training/limits.txt, the places for tuning of
tests/retrieval/whole_thoughts.txt, and neighbours in the articles of a labelled set, of which hardly any
needs the next. What is held apart is not read. benchmarks/whole_thoughts.py measures.
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

from rag.answer.limits import JOINED, WEIGHTS, states
from rag.answer.reader import Reader
from rag.corpus.folder import read_folder
from rag.corpus.formats.text.lines import Line, joined
from rag.corpus.structure import lead_of
from rag.index.passages import split_passages
from rag.index.sentences import Span, split_sentences
from rag.question.language import language_of
from rag.question.quote import MOST_MORE
from rag.types import Article, Citation, Passage, Sentence
from training.prepare import bare_tokenizer, counting

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "training" / "limits.txt"
PLACES = ROOT / "tests" / "retrieval" / "whole_thoughts.txt"

REACH = 3
"""Sentences behind a quoted one that are examples."""

NEIGHBOURS = 500
"""Of the labelled set: with many more the head tells its prose from ours, and not what limits a sentence."""

SHORTEST, LONGEST_SENTENCE = 25, 300
"""Characters of a sentence among them."""

STRENGTH = 0.003
"""Inverse of the ridge penalty on scaled features."""

DIGITS = 4
"""Decimals of a weight."""

PARTS = 8
"""In which the places for tuning are left out in turn, to tell what a threshold would give."""

PASSAGE = 160
"""Tokens of a passage, the product's setting."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence quoted for a question, and what has to be quoted with it."""

    question: str
    passage: Passage
    """In which the product quotes it."""
    quoted: Sentence
    needed: tuple[Sentence, ...]
    allowed: tuple[Sentence, ...]
    """What may be quoted with it and need not."""
    is_held: bool
    """Whether it is kept apart, to be measured only."""

    @property
    def article(self) -> Article:
        """Its article."""
        return self.passage.article

    @property
    def quote(self) -> Citation:
        """The sentence with what it needs before it, as an answer quotes it."""
        start, end = language_of("en").widened(self.quoted)
        lead = lead_of(self.article, start)
        where = (lead.start, lead.end) if lead else None
        return Citation(self.passage, start, end, self.article.text[start:end], where)

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

    passage: Passage
    """In which the first one stands."""
    quoted: Span
    following: Span
    needed: bool
    question: str = ""
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
    passages = list(split_passages(article, counting(bare_tokenizer()), limit=PASSAGE))
    for label in "\n".join(labels).removeprefix("? ").split("\n? "):
        question, *marked = label.splitlines()
        found = {
            mark: [_only(sentences, line[2:]) for line in marked if line[0] == mark]
            for mark in ("=", "+", "~")
        }
        [quoted] = found["="]
        needed = tuple(found["+"])
        allowed = tuple(each for each in found["~"] if each not in needed)
        passage = next(each for each in passages if quoted.start < each.end)
        yield Place(question, passage, quoted, needed, allowed, names.startswith("held"))


def _only(sentences: Sequence[Sentence], beginning: str) -> Sentence:
    [found] = [sentence for sentence in sentences if sentence.text.startswith(beginning)]
    return found


def pairs_of(file: Path) -> Iterator[Pair]:
    """Yield the pairs of the examples in `file`; see its head."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        first, second, third = (part.strip() for part in line.removeprefix("- ").split(" | "))
        yield _pair(first, second, needed=not line.startswith("- "))
        yield _pair(first, third, needed=False)
        if line.startswith("- "):
            yield _pair(second, third, needed=False)


def _pair(quoted: str, following: str, *, needed: bool) -> Pair:
    """Return two sentences that stand by themselves as a Pair."""
    article = Article("", "", f"{quoted} {following}")
    spans = (0, len(quoted)), (len(quoted) + 1, len(article.text))
    passage = Passage(article, 0, len(article.text), tuple(Sentence(article, *span) for span in spans))
    return Pair(passage, *spans, needed)


def neighbours(file: Path) -> Iterator[Pair]:
    """Yield NEIGHBOURS pairs of sentences that follow one another in the labelled set `file`."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        texts = {json.loads(line).get("context") or "" for line in lines}
    found = [
        (text[slice(*first)], text[slice(*second)])
        for text in sorted(texts)
        for first, second in pairwise(split_sentences(text))
    ]
    fit = [pair for pair in found if all(SHORTEST <= len(each) <= LONGEST_SENTENCE for each in pair)]
    yield from (_pair(*pair, needed=False) for pair in random.Random(1).sample(fit, NEIGHBOURS))


def pairs_at(found: Sequence[Place]) -> Iterator[Pair]:
    """Yield the pairs of labelled places; what may be quoted, and need not, is none."""
    for place in found:
        quoted = (place.quoted.start, place.quoted.end)
        for skipped, (sentence, needed) in enumerate(place.behind()):
            if sentence not in place.allowed:
                span = (sentence.start, sentence.end)
                yield Pair(place.passage, quoted, span, needed, place.question, skipped)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path, help="a set with passages, as in ../shared/data/training")
    reader = Reader()
    written = [*pairs_of(EXAMPLES), *neighbours(parser.parse_args().labelled)]
    tuning = list(pairs_at([place for place in places() if not place.is_held]))
    every = [*written, *tuning]
    features = np.array([_features(pair, reader) for pair in every])
    needed = np.array([pair.needed for pair in every])
    weights, bias = _fit(features, needed)
    quoted, following, pair = np.split(weights[:-1], 3)
    head = {"quoted": quoted, "following": following, "pair": pair, "skipped": weights[-1], "bias": bias}
    WEIGHTS.write_text(json.dumps({name: _short(each) for name, each in head.items()}), encoding="utf-8")
    texts = [pair.passage.article.title for pair in tuning]
    _tell(_unseen(features, needed, len(written), texts), needed[len(written) :], tuning)


def _features(pair: Pair, reader: Reader) -> Floats:
    """Return what the head weighs: both vectors, their product, and how many sentences stand between."""
    [(quoted, following)] = states(reader, pair.question, [(pair.passage, [pair.quoted, pair.following])])
    return np.concatenate([quoted, following, quoted * following, [pair.skipped]])


def _short(weights: Floats | float) -> list[float] | float:
    """Return `weights` with DIGITS decimals, which is as exact as needed."""
    rounded: list[float] | float = np.asarray(weights).round(DIGITS).tolist()
    return rounded


def _fit(features: Floats, needed: npt.NDArray[np.bool_]) -> tuple[Floats, float]:
    """Return weights and bias for features as they are."""
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=STRENGTH, max_iter=4000).fit(scaler.transform(features), needed)
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - weights @ scaler.mean_)


def _unseen(features: Floats, needed: npt.NDArray[np.bool_], written: int, texts: Sequence[str]) -> Floats:
    """Return the probability of each pair behind the `written` ones, fitted without the pairs of its text."""
    found = np.empty(len(texts))
    for fitted, left in GroupKFold(PARTS).split(features[written:], groups=texts):
        rows = [*range(written), *(fitted + written)]
        weights, bias = _fit(features[rows], needed[rows])
        found[left] = 1 / (1 + np.exp(-features[left + written] @ weights - bias))
    return found


def _tell(found: Floats, needed: npt.NDArray[np.bool_], pairs: Sequence[Pair]) -> None:
    """Print what other thresholds than JOINED would give on the places for tuning."""
    reached = np.array([pair.skipped < MOST_MORE for pair in pairs])
    print("| threshold | needed that are joined | others that are |\n| --- | --- | --- |")
    for threshold in sorted({0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, JOINED}):
        is_joined = found >= threshold
        shares = (is_joined[those & reached].mean() for those in (needed, ~needed))
        print(f"| {threshold} | {' | '.join(f'{share:.3f}' for share in shares)} |")


if __name__ == "__main__":
    main()
