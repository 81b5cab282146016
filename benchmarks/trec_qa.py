"""Ranking sentences for a question: TREC QA (newswire, judged by people), MAP and MRR.

    python benchmarks/trec_qa.py

Data: ../shared/data/trec_qa. Questions with at least one right and one wrong sentence count. Every sentence
is a passage of its own without a title, so what helps an answer from an article (its context, its passage's
rank) is out: this looks at the sentence alone.
"""

from __future__ import annotations

import re
import tempfile
from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np
import pytrec_eval

from rag.answer.evidence import weigh
from rag.evaluation import measures
from rag.index.embedding import SentenceTransformerEmbedder
from rag.index.lexical import Analyzer, LexicalIndex
from rag.question import english
from rag.question.understood import understand
from rag.retrieval.retrieve import fuse
from rag.types import Article, Hit, Passage, Sentence

DATA = Path(__file__).parents[2] / "shared" / "data" / "trec_qa"


def main() -> None:
    embedder = SentenceTransformerEmbedder()
    print("| Part | Ranking | MAP | MRR |\n| --- | --- | --- | --- |")
    for part in ("train", "dev"):
        blocks = [block for block in read(DATA / f"{part}.xml") if 0 < sum(block[2]) < len(block[2])]
        with tempfile.TemporaryDirectory() as folder:
            texts = [text for _, sentences, _ in blocks for text in sentences]
            LexicalIndex.write(Path(folder), (("", text) for text in texts), Analyzer())
            words, first = LexicalIndex.load(Path(folder), Analyzer()), 0
            scores: dict[str, list[np.ndarray]] = {}
            for question, sentences, _ in blocks:
                rows = np.arange(first, first + len(sentences))
                first += len(sentences)
                for name, found in rankings(question, sentences, rows, embedder, words).items():
                    scores.setdefault(name, []).append(found)
        for name, found in scores.items():
            print(
                f"| {part} ({len(blocks)}) | {name} | {figures(found, [right for _, _, right in blocks])} |"
            )


def read(path: Path) -> list[tuple[str, list[str], list[int]]]:
    """Return each question with its sentences and whether they are right."""
    blocks = []
    for block in re.findall(r"<QApairs.*?</QApairs>", path.read_text(encoding="utf-8"), re.DOTALL):
        parts = re.findall(r"<(question|positive|negative)>\n(.*?)\n", block)
        question = next(text for kind, text in parts if kind == "question")
        answers = [(plain(text), int(kind == "positive")) for kind, text in parts if kind != "question"]
        blocks.append((plain(question), [text for text, _ in answers], [right for _, right in answers]))
    return blocks


def plain(tokens: str) -> str:
    """Return tokens as a sentence is written."""
    text = tokens.replace("\t", " ").replace("``", "“").replace("''", "”")
    return re.sub(r" (?=[.,;:!?%)”]|'\w|n't)|(?<=[(“$]) ", "", text)


def rankings(question: str, sentences, rows, embedder, words: LexicalIndex) -> dict[str, np.ndarray]:
    """Return the scores of the sentences by each ranking."""
    understood = understand(question, words, embedder, english, published=None, today=date.today())
    dense = embedder.embed_questions(sentences) @ understood.vector
    bm25 = words.scores(understood.terms, rows, title_weight=0.0)
    fused = fuse(dense, bm25)
    answer = np.full(len(sentences), -100.0)
    hits = [
        Hit(passage(number, text), *scores, None, None, (scores[1],))
        for number, (text, scores) in enumerate(
            zip(sentences, np.stack([fused, dense, bm25], axis=1).tolist(), strict=True)
        )
    ]
    for evidence in chain(*weigh(understood, hits, words)):
        answer[int(evidence.sentence.article.id)] = evidence.score
    return {"dense": dense, "BM25": bm25, "fused": fused, "as answers choose": answer}


def passage(number: int, text: str) -> Passage:
    article = Article(str(number), "", text)
    return Passage(article, 0, len(text), (Sentence(article, 0, len(text)),))


def figures(scores: list[np.ndarray], right: list[list[int]]) -> str:
    relevant = {str(at): {str(n): label for n, label in enumerate(each)} for at, each in enumerate(right)}
    run = {str(at): {str(n): float(s) for n, s in enumerate(each)} for at, each in enumerate(scores)}
    found = pytrec_eval.RelevanceEvaluator(relevant, {"map", "recip_rank"}).evaluate(run)
    drawn = measures.draws(len(run))
    cells = []
    for name in ("map", "recip_rank"):
        values = np.array([each[name] for each in found.values()])
        figure = measures.figure(values.mean(), measures.means(values, drawn))
        cells.append(f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]")
    return " | ".join(cells)


if __name__ == "__main__":
    main()
