"""Examples of sentences that need the one behind them, to the pairs that a reader learns from.

    python -m training.limits ../shared/data/training/squad_train_union.jsonl.gz --out DATA

Pairs of training/limits.txt, the places for tuning of tests/retrieval/whole_thoughts.txt, and neighbours in
articles of a labelled set, of which hardly any needs the next. By the places for choosing a threshold is
chosen; what is held apart is measured only: benchmarks/whole_thoughts.py.
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
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rag.answer.limits import Limits, holding
from rag.corpus.folder import read_folder
from rag.corpus.formats.text.lines import Line, joined
from rag.corpus.structure import lead_of
from rag.index.passages import model_input, split_passages
from rag.index.sentences import Span, split_sentences
from rag.question.language import language_of
from rag.types import Article, Citation, Passage, Sentence, Statement
from training.packed import Ragged
from training.pairs import Pairs
from training.prepare import bare_tokenizer, counting

if TYPE_CHECKING:
    from tokenizers import Tokenizer

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "training" / "limits.txt"
PLACES = ROOT / "tests" / "retrieval" / "whole_thoughts.txt"

REACH = 3
"""Sentences behind a quoted one that are examples."""

NEIGHBOURS = 500
"""Of the labelled set: with many more the head tells its prose from ours, and not what limits a sentence."""

SHORTEST, LONGEST_SENTENCE = 25, 300
"""Characters of a sentence among them."""

PASSAGE = 160
"""Tokens of a passage, the product's setting."""

LEARNT, CHOSEN, HELD = "tuning", "choosing", "held"
"""Parts of PLACES."""


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
    part: str
    """One of LEARNT, CHOSEN and HELD: to be learnt, to choose a threshold by, or to be measured only."""

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

    def whole(self, limits: Limits) -> Citation:
        """Return the quote with what `limits` finds to limit it."""
        quote = self.quote
        [statement] = limits.joined([Statement(quote.quote, (quote,), "exact")], self.question)
        return statement.citations[0]

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
        yield Place(question, passage, quoted, needed, allowed, names.split()[0])


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
                passage = holding(place.passage, (quoted, span))
                yield Pair(passage, quoted, span, needed, place.question, skipped)


def learnt() -> Iterator[Pair]:
    """Yield the pairs of the places that are LEARNT."""
    yield from pairs_at([place for place in places() if place.part == LEARNT])


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path, help="a set with passages, as in ../shared/data/training")
    parser.add_argument("--out", type=Path, required=True, help="the folder of training.prepare's groups")
    given = parser.parse_args()
    every = [*pairs_of(EXAMPLES), *neighbours(given.labelled), *learnt()]
    packed(every, bare_tokenizer()).save(given.out / "limits.npz")
    print(f"{len(every):,} pairs, {sum(pair.needed for pair in every):,} of them needed")


def packed(pairs: Sequence[Pair], tokenizer: Tokenizer) -> Pairs:
    """Return `pairs` as arrays."""
    inputs = [model_input(pair.passage) for pair in pairs]
    texts = tokenizer.encode_batch(inputs, add_special_tokens=False)
    questions = tokenizer.encode_batch([pair.question for pair in pairs], add_special_tokens=False)
    spans = []
    for pair, text, found in zip(pairs, inputs, texts, strict=True):
        starts = pair.passage.end - len(text) + np.array(found.offsets)[:, 0]
        ends = [int(np.searchsorted(starts, place)) for place in (*pair.quoted, *pair.following)]
        spans.append(ends)
    return Pairs(
        questions=Ragged.of([each.ids for each in questions], "uint16"),
        passages=Ragged.of([each.ids for each in texts], "uint16"),
        spans=np.array(spans, dtype=np.int32),
        skipped=np.array([pair.skipped for pair in pairs], dtype=np.float32),
        needed=np.array([pair.needed for pair in pairs], dtype=np.float32),
    )


if __name__ == "__main__":
    main()
