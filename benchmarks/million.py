"""Up to a million passages on one machine: time, memory and disk of an index, and what its search misses.

    python benchmarks/million.py WORK --real INDEX [INDEX ...] [--sizes 1000 10000 ...] [--plot FILE]

The real passages are those of the built INDEXes, with their vectors. Of more than there are, the rest is made
from them. A made passage has the words of two real ones, half the sentences of each, and the vector of a real
one moved by half the difference of two others, brought to length 1: so made vectors lie around the real ones
in the directions in which those differ. Each passage is stored as one sentence; a real one has five, so that
real sentences.npy are five times as large. Questions are those of ../shared/data/news and news2.

Each size gets an index in WORK, written as `rag build` writes it, and is measured in processes of its own.
What WORK holds already is not done again. Everything is seconds of wall time unless it says CPU; the last
line tells the time of a question's own vector in the same process, to compare machines.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from rag.errors import FilterError
from rag.index import database, dense, snapshots
from rag.index.duplicates import Known
from rag.index.embedding import PACKAGED_MODEL, PACKAGED_SHA256
from rag.index.lexical import Analyzer, LexicalIndex
from rag.index.manifests import Manifest, Recipe
from rag.index.opened import Index
from rag.index.packaged import PackagedEmbedder
from rag.index.written import now, texts_of
from rag.question.language import language_of
from rag.question.understood import Understood, understand
from rag.retrieval.retrieve import Retriever
from rag.settings import Settings
from rag.types import Article, Filter, Passage, Sentence

SHARED = Path(__file__).parents[2] / "shared" / "data"
A_ARTICLE = 17
"""Passages of a made article: as many as news articles have."""
SHARES = {"half": 2, "tenth": 10, "hundredth": 100, "thousandth": 1000}
"""Sources by which articles are filtered, and how many articles there are to one of theirs."""
BLOCK = 65_536
DEPTH = Settings().depth
SEED = 20


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("work", type=Path)
    parser.add_argument("--real", type=Path, nargs="+", default=[])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--plot", type=Path, help="where to draw curves of what was found, an SVG file")
    parser.add_argument("--step", choices=STEPS, help="one step alone, as the command starts it itself")
    given = parser.parse_args()
    if given.step:
        [size] = given.sizes
        print(json.dumps(STEPS[given.step](given.work, size)))
        return
    given.work.mkdir(parents=True, exist_ok=True)
    gather(given.work, given.real)
    found = [{name: value for step in STEPS for name, value in done(given.work, size, step).items()}
             for size in given.sizes]  # fmt: skip
    print("| passages | " + " | ".join(f"{size:,}" for size in given.sizes) + " |")
    print("| --- |" + " --: |" * len(given.sizes))
    for name in dict.fromkeys(name for each in found for name in each):
        print(f"| {name} | " + " | ".join(shown(each.get(name, "")) for each in found) + " |")
    if given.plot:
        plot(given.plot, given.sizes, found)


def plot(path: Path, sizes: Sequence[int], found: Sequence[dict[str, Any]]) -> None:
    """Draw what was `found` against the sizes."""
    panels = {
        "Written and opened, s": {
            "written": [sum(value for name, value in each.items() if "written" in name) for each in found],
            "opened": [each["opened, s"] for each in found],
        },
        "A question's retrieval, ms": {
            "median": [each["retrieval, ms, median"] for each in found],
            "95%": [each["retrieval, ms, 95%"] for each in found],
        },
        "MB": {
            "on disk": [
                sum(value for name, value in each.items() if name.startswith("MB of")) for each in found
            ],
            "in memory": [each["MB resident, the whole process"] for each in found],
        },
    }
    plt.rcParams["svg.hashsalt"] = "scale"
    figure, axes = plt.subplots(1, len(panels), figsize=(10, 3), layout="constrained")
    for axis, (title, curves) in zip(axes, panels.items(), strict=True):
        for name, values in curves.items():
            axis.loglog(sizes, values, marker="o", label=name)
        axis.set(title=title, xlabel="passages")
        axis.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})


def shown(value: Any) -> str:
    return (
        f"{value:,.3g}"
        if isinstance(value, float) and value < 100
        else f"{value:,.0f}"
        if value != ""
        else ""
    )


def done(work: Path, size: int, step: str) -> dict[str, Any]:
    """Return what a step found, in a process of its own unless it was done before."""
    kept = work / f"{size}-{step}.json"
    if not kept.exists():
        command = [sys.executable, __file__, str(work), "--sizes", str(size), "--step", step]
        kept.write_bytes(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    found: dict[str, Any] = json.loads(kept.read_bytes())
    return found


def gather(work: Path, indexes: Sequence[Path]) -> None:
    """Take the passages of built `indexes` and their vectors to `work`."""
    if (work / "real.npy").exists():
        return
    vectors = []
    with (work / "real.jsonl").open("w", encoding="utf-8") as out:
        for folder in indexes:
            index = Index.open(folder)
            rows = np.arange(index.manifest.passages)
            for first in range(0, len(rows), 1000):
                for passage in index.passages(rows[first : first + 1000]):
                    told = [passage.article.title, [each.text for each in passage.sentences]]
                    out.write(json.dumps(told, ensure_ascii=False) + "\n")
            vectors.append(index.vectors.rows(rows))
    np.save(work / "real.npy", np.concatenate(vectors))


def material(work: Path, size: int) -> tuple[list[tuple[str, str]], np.ndarray, int]:
    """Return titles and texts of `size` passages, their vectors, and how many are real."""
    draw = np.random.default_rng(SEED)
    known = np.load(work / "real.npy")
    with (work / "real.jsonl").open(encoding="utf-8") as lines:
        told = [json.loads(line) for line in lines]
    real = min(len(told), size)
    texts = [(title, " ".join(sentences)) for title, sentences in told[:real]]
    vectors = np.empty((size, known.shape[1]), dtype=np.float32)
    vectors[:real] = known[:real]
    for first in range(real, size, BLOCK):
        one, other, third, words = draw.integers(len(known), size=(4, min(BLOCK, size - first)))
        made = known[one] + 0.5 * (known[other] - known[third])
        vectors[first : first + BLOCK] = made / np.linalg.norm(made, axis=1, keepdims=True)
        for at, word in zip(one.tolist(), words.tolist(), strict=True):
            (title, half), (_, rest) = told[at], told[word]
            texts.append((title, " ".join([*half[: len(half) // 2], *rest[len(rest) // 2 :]]) or title))
    return texts, vectors, real


def articles_of(texts: Sequence[tuple[str, str]]) -> tuple[list[Article], list[Passage]]:
    articles, passages = [], []
    for number, first in enumerate(range(0, len(texts), A_ARTICLE)):
        own = texts[first : first + A_ARTICLE]
        source = next((name for name in reversed(SHARES) if number % SHARES[name] == 1), None)
        published = date(2020, 1, 1) + timedelta(days=number % 2000)
        text = "\n\n".join(each for _, each in own)
        article = Article(f"{number}.md", own[0][0], text, published, source)
        articles.append(article)
        start = 0
        for _, each in own:
            end = start + len(each)
            passages.append(Passage(article, start, end, (Sentence(article, start, end),)))
            start = end + 2
    return articles, passages


def write(work: Path, size: int) -> dict[str, Any]:
    """Write an index of `size` passages; return what that took."""
    texts, vectors, real = material(work, size)
    articles, passages = articles_of(texts)
    found: dict[str, Any] = {"of them real": real}
    with snapshots.begun(work / str(size)) as snapshot:
        known = [Known.of(article) for article in articles]
        with took(found, "articles and passages written"):
            sketches = [each.sketch for each in known]
            database.write(snapshot / database.FILE, articles, passages, sketches, (), sealed=snapshot.name)
        with took(found, "vectors written, clusters made"):
            dense.save(snapshot, vectors, vectors)
        with took(found, "words written"):
            (snapshot / "words").mkdir()
            LexicalIndex.write(snapshot / "words", texts_of(passages), Analyzer("en"))
        recipe = Recipe(model=PACKAGED_MODEL, model_sha256=PACKAGED_SHA256, language="en", passage_tokens=160)
        manifest = Manifest(
            recipe=recipe, created=now(), corpus="", files={}, unread={},
            articles=len(articles), passages=size, sentences=size, dimension=vectors.shape[1],
            checksums={},
        )  # fmt: skip
        snapshots.finish(snapshot, snapshots.summed(snapshot, manifest))
    snapshots.switch(work / str(size), snapshot.name)
    for path in sorted(each for each in snapshot.iterdir() if each.name != "manifest.json"):
        files = [path] if path.is_file() else list(path.iterdir())
        found[f"MB of {path.name}"] = sum(file.stat().st_size for file in files) / 1e6
    return found


@contextmanager
def took(found: dict[str, Any], name: str) -> Iterator[None]:
    """Note the wall time of a block."""
    began = time.perf_counter()
    yield
    found[f"{name}, s"] = time.perf_counter() - began


def questions() -> list[str]:
    return [
        json.loads(line)["text"]
        for name in ("news", "news2")
        for line in (SHARED / name / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def ask(work: Path, size: int) -> dict[str, Any]:
    """Open an index and search it for each question; return the time and memory of that."""
    embedder, found = PackagedEmbedder(), dict[str, Any]()
    before = resident()
    with took(found, "opened"):
        index = Index.open(work / str(size))
    found["MB resident more, opened"] = resident() - before
    retriever = Retriever(index, embedder, DEPTH)
    own, whole = [], []
    for number, text in enumerate(questions()):
        one = clock()
        vector = embedder.embed_questions([text])[0]
        two = clock()
        question = understood(text, index, embedder, vector)
        three = clock()
        retriever.rank(question)
        if number:  # the first finds nothing loaded
            own.append(two - one)
            whole.append(two - one + clock() - three)
        else:
            found["first question, s"] = float((two - one + clock() - three)[1])
    wall, cpu = np.array(whole)[:, 1] * 1000, np.array(whole)[:, 0] * 1000
    found |= {
        "retrieval, ms, median": float(np.median(wall)),
        "retrieval, ms, 95%": float(np.percentile(wall, 95)),
        "retrieval, CPU ms, median": float(np.median(cpu)),
        "retrieval, CPU ms, 95%": float(np.percentile(cpu, 95)),
        "of the question's vector, CPU": float(np.median(cpu / (np.array(own)[:, 0] * 1000))),
        "MB resident more, after the questions": resident() - before,
        "MB resident, the whole process": resident(),
    }
    return found


def understood(text: str, index: Index, embedder: PackagedEmbedder, vector: np.ndarray) -> Understood:
    language = language_of("en")
    published = index.published()
    return understand(
        text, index.words, embedder, language, published=published, today=date(2026, 1, 1), vector=vector
    )


def compare(work: Path, size: int) -> dict[str, Any]:
    """Return how many of the closest rows are found, of all and of those that pass a filter."""
    index, found = Index.open(work / str(size)), dict[str, Any]()
    asked = PackagedEmbedder().embed_questions(questions())
    masks = dict(allowed(index))
    exact = closest(material(work, size)[1], asked, masks)
    for name, mask in masks.items():
        times, tens, hundreds = [], [], []
        for question, best in zip(asked, exact[name], strict=True):
            began = time.process_time()
            rows, _ = index.vectors.nearest(question, k=DEPTH, allowed=mask)
            times.append((time.process_time() - began) * 1000)
            if mask is not None and not mask[rows].all():
                raise SystemExit(f"{name}: a row was found that is not allowed")
            if len(rows) != (DEPTH if mask is None else min(DEPTH, mask.sum())):
                raise SystemExit(f"{name}: {len(rows)} rows were found")
            tens.append(np.isin(best[:10], rows[:10]).mean())
            hundreds.append(np.isin(best, rows).mean())
        found[f"recall@10, {name}"] = float(np.mean(tens))
        found[f"recall@{DEPTH}, {name}"] = float(np.mean(hundreds))
        found[f"list by vectors, CPU ms, {name}"] = float(np.median(times))
    return found


def allowed(index: Index) -> Iterator[tuple[str, Any]]:
    """Yield the rows that pass each filter."""
    yield "all", None
    for name in SHARES:
        try:
            yield f"a {name} allowed", index.allowed(Filter(sources=(name,)))
        except FilterError:  # a small index has no such article
            continue


def closest(vectors: np.ndarray, asked: np.ndarray, masks: dict[str, Any]) -> dict[str, list[np.ndarray]]:
    """Return for each mask and question the rows with the highest inner products, best first."""
    best: dict[str, Any] = {}
    for first in range(0, len(vectors), BLOCK):
        scores = asked @ vectors[first : first + BLOCK].T
        rows = np.broadcast_to(np.arange(first, first + scores.shape[1]), scores.shape)
        for name, mask in masks.items():
            held = slice(None) if mask is None else np.flatnonzero(mask[first : first + BLOCK])
            parts = [(scores[:, held], rows[:, held]), *([best[name]] if name in best else [])]
            both, numbers = (np.concatenate(each, axis=1) for each in zip(*parts, strict=True))
            order = np.lexsort((numbers, -both))[:, :DEPTH]
            best[name] = tuple(np.take_along_axis(each, order, axis=1) for each in (both, numbers))
    return {name: list(rows) for name, (_, rows) in best.items()}


def clock() -> np.ndarray:
    return np.array([time.process_time(), time.perf_counter()])


def resident() -> float:
    """Return the MB of this process in memory, what it has mapped of files too."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


STEPS = {"write": write, "ask": ask, "compare": compare}


if __name__ == "__main__":
    main()
