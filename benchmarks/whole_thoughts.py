"""Quotes that cut off what limits them, takes them back or replies to them, and quotes that say too much.

    python benchmarks/whole_thoughts.py

Each place of tests/retrieval/whole_thoughts.txt is a sentence quoted for a question, with what has to be
quoted with it and what may be. It is widened as the quote of an answer is. Those held apart were not looked
at while the weights and the threshold of rag/answer/limits.py were chosen. Then: how many sentences of the
bundled articles are read at all, and how many are that would be joined.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.answer.limits import GLANCED, JOINED, Limits
from rag.build import build
from rag.chat import Chat
from rag.index.embedding import Vectors
from rag.index.packaged import PackagedEmbedder
from rag.question.quote import MOST_MORE
from rag.settings import Settings
from rag.types import Citation, Statement

sys.path.insert(0, str(Path(__file__).parents[1]))

from training.limits import ROOT, Place, places


def main() -> None:
    embedder = PackagedEmbedder()
    limits = Limits.load(embedder, "en")
    if limits is None:
        raise SystemExit("the weights are for another model")
    print("| Places | sentences behind | of them need more | cut | say too much |\n|" + " --- |" * 5)
    for name, is_held in (("tuning", False), ("held apart", True)):
        found = [place for place in places() if place.is_held == is_held]
        vectors = embedder.embed_questions([place.question for place in found])
        alone = [place.quote for place in found]
        whole = [
            limits.joined([Statement(quote.quote, (quote,), "exact")], vector)[0].citations[0]
            for quote, vector in zip(alone, vectors, strict=True)
        ]
        print(_row(name, "none", found, alone))
        print(_row(name, f"those from {JOINED} on", found, whole))
    print(_glanced(limits, embedder))


def _row(name: str, behind: str, found: Sequence[Place], quotes: Sequence[Citation]) -> str:
    cut = [place.is_cut(quote) for place, quote in zip(found, quotes, strict=True)]
    exceeded = [place.is_exceeded(quote) for place, quote in zip(found, quotes, strict=True)]
    needing = sum(bool(place.needed) for place in found)
    return f"| {name}, {len(found)} | {behind} | {needing} | {_share(cut)} | {_share(exceeded)} |"


def _share(those: Sequence[bool]) -> str:
    return f"{sum(those)} ({sum(those) / len(those):.1%})"


def _glanced(limits: Limits, embedder: PackagedEmbedder) -> str:
    """Return how many of the sentences behind others are read, and how many of those that would be joined."""
    question = embedder.embed_questions(["What is it about?"])[0]
    read, joined = [], []
    for quoted, following, skipped in _neighbours(embedder):
        in_context, alone = (
            limits.head.probability(one, other, question, skipped=skipped)
            for one, other in zip(quoted, following, strict=True)
        )
        read.append(in_context >= GLANCED)
        joined.append(alone >= JOINED)
    both = sum(one and other for one, other in zip(read, joined, strict=True))
    return f"\nread: {_share(read)} of {len(read)} sentences, {both} of the {sum(joined)} that are joined"


def _neighbours(embedder: PackagedEmbedder) -> Iterator[tuple[list[Vectors], list[Vectors], int]]:
    """Yield two sentences of a paragraph, a vector in context and one alone of each, and how many between."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(corpus=ROOT / "corpus", index=Path(folder), reader=False)
        build(settings, embedder=embedder)
        index = Chat.open(settings, embedder).index
        for article in index.articles():
            found = [(sentence, vector) for _, sentence, vector in index.sentences(article.id)]
            alone = embedder.embed_questions([sentence.text for sentence, _ in found])
            both = [[vector, other] for (_, vector), other in zip(found, alone, strict=True)]
            for at, (quoted, _) in enumerate(found):
                for skipped, (following, _) in enumerate(found[at + 1 : at + 1 + MOST_MORE]):
                    if "\n" not in article.text[quoted.end : following.start]:
                        yield both[at], both[at + 1 + skipped], skipped


if __name__ == "__main__":
    main()
