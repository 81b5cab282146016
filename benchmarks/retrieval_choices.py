"""What each choice in retrieval brings: MRR@10 of the default, and how much every other choice moves it.

    python benchmarks/retrieval_choices.py ../shared/data/news ../shared/data/squad/v2.json

Names collections as `rag test` does and shares its indexes. Articles are ranked by their best passage; of a
SQuAD file, whose questions hardly miss the article, the passages are. Every other choice is measured on the
same questions: its difference to the default, with a paired bootstrap 95% interval.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np

from rag.build import build
from rag.chat import Chat
from rag.evaluation import measures
from rag.evaluation.judge import Shelf, articles_of
from rag.evaluation.questions import home, read, with_own_articles
from rag.index.lexical import Analyzer, LexicalIndex
from rag.question.english.words import QUESTION_WORDS
from rag.question.understood import Understood
from rag.retrieval import retrieve
from rag.retrieval.retrieve import Ranking, Retriever
from rag.settings import Settings

FEEDBACK, FEEDBACK_WEIGHT = 5, 0.5
EVIDENCE, EVIDENCE_WEIGHT = 3, 0.2


def default(retriever: Retriever, question: Understood) -> Ranking:
    return retriever.rank(question)


def constants(**values: float) -> Callable[[Retriever, Understood], Ranking]:
    def rank(retriever: Retriever, question: Understood) -> Ranking:
        with patch.multiple(retrieve, **values):
            return retriever.rank(question)

    return rank


def depth(size: int) -> Callable[[Retriever, Understood], Ranking]:
    return lambda retriever, question: replace(retriever, depth=size).rank(question)


def one_list(name: str) -> Callable[[Retriever, Understood], Ranking]:
    def rank(retriever: Retriever, question: Understood) -> Ranking:
        ranking = retriever.rank(question)
        return replace(ranking, fused=getattr(ranking, name))

    return rank


def rank_fusion(retriever: Retriever, question: Understood) -> Ranking:
    """Reciprocal rank fusion (Cormack et al., 2009), k = 60, of the two scores' ranks."""

    def fuse(similarity, bm25):
        ranks = [np.argsort(np.argsort(-scores, kind="stable")) + 1 for scores in (similarity, bm25)]
        score = sum(1 / (60 + rank) for rank in ranks)
        return (score / score.max(initial=1e-9)).astype(np.float32)

    with patch.object(retrieve, "fuse", fuse):
        return retriever.rank(question)


def without_stop_words(retriever: Retriever, question: Understood) -> Ranking:
    words = re.findall(r"[\w’'-]+", question.text)
    kept = " ".join(word for word in words if word.lower() not in QUESTION_WORDS)
    terms = retriever.index.words.analyzer.terms(kept or question.text)
    return retriever.rank(replace(question, terms=tuple(terms)))


def feedback(retriever: Retriever, question: Understood) -> Ranking:
    """Vector pseudo-relevance feedback (Li et al., 2021): the first passages are added to the question."""
    ranking = retriever.rank(question)
    first = retriever.index.vectors.rows(ranking.fused[:FEEDBACK]).mean(axis=0)
    similarity = retriever.index.vectors.rows(ranking.fused) @ (question.vector + FEEDBACK_WEIGHT * first)
    score = retrieve.fuse(similarity, ranking.bm25)
    gain = retrieve.newest_gains(question)
    score = score + gain * retrieve.recency(retriever.index.days(ranking.fused))
    return replace(ranking, fused=ranking.fused[np.argsort(-score, kind="stable")])


def article_evidence(retriever: Retriever, question: Understood) -> Ranking:
    """Let a passage gain from the mean of its article's best ones."""
    ranking = retriever.rank(question)
    numbers = retriever.index.article_numbers(ranking.fused)
    extra = np.zeros(len(numbers))
    for number in np.unique(numbers):
        extra[numbers == number] = ranking.score[numbers == number][:EVIDENCE].sum() / EVIDENCE
    score = ranking.score + EVIDENCE_WEIGHT * extra
    return replace(ranking, fused=ranking.fused[np.argsort(-score, kind="stable")])


CHOICES: dict[str, Callable[[Retriever, Understood], Ranking]] = {
    "default": default,
    "dense only": one_list("dense"),
    "BM25 only": one_list("words"),
    "reciprocal rank fusion": rank_fusion,
    "dense share 0.3": constants(DENSE_SHARE=0.3),
    "dense share 0.7": constants(DENSE_SHARE=0.7),
    "title weight 0": constants(TITLE_WEIGHT=0.0),
    "title weight 0.5": constants(TITLE_WEIGHT=0.5),
    "no preference for newer articles": constants(RECENCY=0.0),
    "preference for newer articles 0.25": constants(RECENCY=0.25),
    "preference for newer articles 1": constants(RECENCY=1.0),
    "depth 30": depth(30),
    "depth 300": depth(300),
    "question words left out of BM25": without_stop_words,
    "pseudo-relevance feedback": feedback,
    "article-level evidence": article_evidence,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("collections", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=1000, help="questions of each collection")
    given = parser.parse_args()
    found = {}
    for path in given.collections:
        settings = with_own_articles(Settings(), path, index=None, kept=home(path, os.environ))
        build(settings)
        chat = Chat.open(settings)
        questions = [each for each in read(path) if not each.unanswerable]
        questions = questions[:: -(-len(questions) // given.limit)]
        by_passage = path.is_file()
        found[f"{path.stem} ({len(questions)})"] = {
            name: reciprocal_ranks(chat, questions, rank, by_passage=by_passage)
            for name, rank in CHOICES.items()
        }
        with tempfile.TemporaryDirectory() as folder:
            found[f"{path.stem} ({len(questions)})"]["no stemming"] = reciprocal_ranks(
                without_stemmer(chat, Path(folder)), questions, default, by_passage=by_passage
            )
        print(f"{path} is done", flush=True)

    print("| Choice | " + " | ".join(found) + " |\n| --- |" + " --- |" * len(found))
    for name in next(iter(found.values())):
        print(f"| {name} | " + " | ".join(cell(name, each) for each in found.values()) + " |")


def reciprocal_ranks(chat: Chat, questions, rank, *, by_passage: bool) -> np.ndarray:
    """Return the reciprocal rank within ten of each question's first right article or passage."""
    shelf = Shelf(chat.index)
    found = []
    for question in questions:
        rows = rank(chat.retriever, chat.understand(question.text)).fused
        if by_passage:
            passages = chat.index.passages(rows[:10])
            right = [question.is_answered_by_passage(each.article, each.start, each.end) for each in passages]
        else:
            wanted = {str(shelf.source(article)) for article in question.articles}
            right = [name in wanted for name in articles_of(rows, shelf)[:10]]
        found.append(1 / (1 + right.index(True)) if any(right) else 0.0)
    return np.array(found)


def without_stemmer(chat: Chat, folder: Path) -> Chat:
    """Return `chat` with a word index of its own, whose words are not reduced to stems."""
    analyzer = Analyzer(chat.settings.language)
    analyzer.library = analyzer.unstemmed
    texts = chat.index.texts(np.arange(chat.index.manifest.passages))
    LexicalIndex.write(folder, texts, analyzer)
    index = type(chat.index).open(chat.settings.index)
    index.words = LexicalIndex.load(folder, analyzer)
    return replace(chat, index=index, retriever=replace(chat.retriever, index=index))


def cell(name: str, measured: dict[str, np.ndarray]) -> str:
    values, default = measured[name], measured["default"]
    drawn = measures.draws(len(values))
    if name == "default":
        figure = measures.figure(values.mean(), measures.means(values, drawn))
        return f"**{figure.value:.3f}** [{figure.low:.3f}, {figure.high:.3f}]"
    figure = measures.figure((values - default).mean(), measures.means(values - default, drawn))
    return f"{figure.value:+.3f} [{figure.low:+.3f}, {figure.high:+.3f}]"


if __name__ == "__main__":
    main()
