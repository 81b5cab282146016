"""How long passages should be: SQuAD answers found among the first passages, by size and ranking.

    python benchmarks/passage_size.py --tokens 96 160 230

500 questions over the 20 articles of ../shared/data/squad/v2.json. A passage counts when it holds the answer.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

import numpy as np
import squad

from rag.build import split
from rag.chat import Chat
from rag.index import snapshots, written
from rag.index.embedded import Embedded, embed
from rag.index.embedding import SentenceTransformerEmbedder
from rag.index.opened import Index
from rag.index.recipes import recipe_of
from rag.retrieval.retrieve import TITLE_WEIGHT, Retriever, fuse
from rag.settings import Settings

QUESTIONS = 500
DEPTH = 100


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tokens", type=int, nargs="+", default=[96, 160, 230])
    given = parser.parse_args()
    articles, asked = squad.load(squad.SHARED / "v2.json")
    questions = random.Random(1).sample([each for each in asked if each.answers], QUESTIONS)
    embedder = SentenceTransformerEmbedder()
    vectors = embedder.embed_questions([each.text for each in questions])
    print("| Tokens | Passages | Ranking | hit@1 | hit@5 | MRR@10 |\n| --- | --- | --- | --- | --- | --- |")
    for tokens in given.tokens:
        with tempfile.TemporaryDirectory() as folder:
            opened = built(Path(folder), articles, embedder, tokens)
            ranks = {name: [] for name in ("dense", "BM25", "fused")}
            for question, vector in zip(questions, vectors, strict=True):
                for name, rows in rankings(opened, question.text, vector).items():
                    passages = opened.passages(rows[:10])
                    found = [question.is_answered_in(p.article.id, p.start, p.end) for p in passages]
                    ranks[name].append(found.index(True) + 1 if any(found) else np.inf)
            for name, found in ranks.items():
                rank = np.array(found)
                figures = f"{(rank <= 1).mean():.3f} | {(rank <= 5).mean():.3f} | {(1 / rank).mean():.3f}"
                print(f"| {tokens} | {opened.manifest.passages:,} | {name} | {figures} |", flush=True)


def built(folder: Path, articles, embedder, tokens: int) -> Index:
    """Return an index of `articles` in passages of at most `tokens`."""
    settings = Settings(index=folder, passage_tokens=tokens)
    passages = split(articles, embedder, settings)
    embedded = Embedded([len(passage.sentences) for passage in passages], embedder.dimension)
    embed(range(len(passages)), passages, embedder, embedded)
    name = written.write(
        folder,
        recipe=recipe_of(settings, embedder),
        corpus=squad.SHARED,
        files={},
        states={},
        unread={},
        articles=articles,
        passages=passages,
        embedded=embedded,
        beside=lambda index: {},
    )
    snapshots.switch(folder, name)
    return Index.open(folder)


def chat_over(opened: Index, embedder) -> Chat:
    """Return a chat over `opened`."""
    settings = Settings()
    return Chat(settings, opened, embedder, Retriever(opened, embedder, settings.depth))


def rankings(opened: Index, question: str, vector) -> dict[str, np.ndarray]:
    """Return the rows of passages, best first, by vectors, by words and by both."""
    terms = opened.words.analyzer.terms(question)
    dense, _ = opened.vectors.nearest(vector, k=DEPTH)
    lexical, _ = opened.words.best(terms, k=DEPTH, title_weight=TITLE_WEIGHT)
    rows = np.union1d(dense, lexical)
    scores = fuse(
        opened.vectors.rows(rows) @ vector, opened.words.scores(terms, rows, title_weight=TITLE_WEIGHT)
    )
    return {"dense": dense, "BM25": lexical, "fused": rows[np.lexsort((rows, -scores))]}


if __name__ == "__main__":
    main()
