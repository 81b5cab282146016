"""What leaving out lines that repeat does to finding: BM25 over a BEIR folder, with these lines and without.

    python benchmarks/furniture.py ../shared/data/news

The lines are learned from all articles. Then the relevant articles and every `--step`-th of the others are
searched; an article counts by its best passage. Differences are drawn 1,000 times anew, by questions.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from rag.build import split
from rag.corpus import repeated
from rag.corpus.corrections import Corrections
from rag.corpus.formats import tables
from rag.evaluation import measures
from rag.evaluation.questions import LabelledQuestion, read
from rag.index.lexical import Analyzer, LexicalIndex
from rag.index.packaged import PackagedEmbedder
from rag.index.written import texts_of
from rag.retrieval.retrieve import TITLE_WEIGHT
from rag.settings import Settings
from rag.types import Article, Passage

DEPTH = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="corpus.jsonl, queries.jsonl and qrels/test.tsv")
    parser.add_argument("--step", type=int, default=6)
    given = parser.parse_args()
    folder = given.folder
    questions = read(folder)
    found = tables.read_jsonl((folder / "corpus.jsonl").read_bytes(), "corpus.jsonl")
    whole = [each for each in found if isinstance(each, Article)]
    apart, _ = repeated.set_apart(whole, Corrections().hints)
    wanted = {id_ for each in questions for id_ in each.articles}
    chosen = [at for at, article in enumerate(whole) if article.id in wanted or at % given.step == 0]
    changed = [at for at in chosen if apart[at] is not whole[at]]
    print(f"{len(whole):,} articles, {len(chosen):,} searched, {len(changed):,} of these without some lines")

    before = passages([whole[at] for at in chosen])
    without = passages([apart[at] for at in changed])
    after = {**before, **without}
    ranks = np.array([ranked(each, questions) for each in (before, after)])
    print("| | Passages before, now | MRR@10 | hit@1 | hit@5 |\n| --- | --- | --- | --- | --- |")
    counts = ", ".join(f"{sum(map(len, each.values())):,}" for each in (before, after))
    shown = [figure(*np.where(ranks <= 10, 1 / ranks, 0)), figure(*(ranks <= 1)), figure(*(ranks <= 5))]
    print(f"| {len(questions)} questions | {counts} | {' | '.join(shown)} |")


def passages(articles: Sequence[Article]) -> dict[str, list[Passage]]:
    """Return the passages of each article by its id."""
    found: dict[str, list[Passage]] = {article.id: [] for article in articles}
    for passage in split(articles, PackagedEmbedder(), Settings()):
        found[passage.article.id].append(passage)
    return found


def ranked(found: Mapping[str, Sequence[Passage]], questions: Sequence[LabelledQuestion]) -> list[float]:
    """Return at which rank the first relevant article of each question stands; infinity where none does."""
    rows = [passage for id_ in sorted(found) for passage in found[id_]]
    analyzer = Analyzer()
    with tempfile.TemporaryDirectory() as folder:
        LexicalIndex.write(Path(folder), texts_of(rows), analyzer)
        index = LexicalIndex.load(Path(folder), analyzer)
        ranks = []
        for question in questions:
            best, _ = index.best(analyzer.terms(question.text), k=DEPTH, title_weight=TITLE_WEIGHT)
            articles = list(dict.fromkeys(rows[row].article.id for row in best))
            places = [at for at, id_ in enumerate(articles, 1) if id_ in question.articles]
            ranks.append(min(places, default=np.inf))
    return ranks


def figure(before: np.ndarray, after: np.ndarray) -> str:
    """Return two means and the interval of their difference."""
    change = after.astype(float) - before.astype(float)
    found = measures.figure(change.mean(), measures.means(change, measures.draws(len(change))))
    return f"{before.mean():.3f}, {after.mean():.3f} [{found.low:+.3f}, {found.high:+.3f}]"


if __name__ == "__main__":
    main()
