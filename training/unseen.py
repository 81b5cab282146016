"""What the evaluation sets hold, and whether a text for training holds any of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.clean import normalised

TOGETHER = 13
"""Words in a row that two texts do not share by chance; names of treaties and proverbs are shorter."""

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Questions, articles and texts that are measured on."""

    questions: frozenset[str]
    """As `normalised`."""
    titles: frozenset[str]
    """Of SQuAD's articles, as `normalised`: another data set may ask about them too."""
    texts: tuple[str, ...]


def load(shared: Path, repository: Path) -> Evaluation:
    """Return what is measured on: data sets in `shared`, questions and articles in `repository`."""
    questions, titles, texts = [], [], []
    for name in ("v2", "v1-extra"):
        for entry in json.loads((shared / f"squad/{name}.json").read_text(encoding="utf-8"))["data"]:
            titles.append(entry["title"].replace("_", " "))
            for paragraph in entry["paragraphs"]:
                texts.append(paragraph["context"])
                questions += [each["question"] for each in paragraph["qas"]]
    for name in ("news", "news2"):
        questions += [row["text"] for row in _lines(shared / name / "queries.jsonl")]
        texts += [f"{row.get('title', '')} {row['text']}" for row in _lines(shared / name / "corpus.jsonl")]
    for path in sorted((shared / "trec_qa").glob("*.xml")):
        for kind, tokens in re.findall(
            r"<(question|positive|negative)>\n(.*?)\n", path.read_text(encoding="utf-8")
        ):
            (questions if kind == "question" else texts).append(tokens.replace("\t", " "))
    for path in sorted((repository / "tests/retrieval").glob("*.jsonl")):
        questions += [row["question"] for row in _lines(path) if "question" in row]
    texts += [path.read_text(encoding="utf-8") for path in sorted((repository / "corpus").rglob("*.md"))]
    return Evaluation(frozenset(map(normalised, questions)), frozenset(map(normalised, titles)), tuple(texts))


def _lines(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def sharing(texts: Iterable[str], others: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Say of each of `texts` whether it has TOGETHER words in a row that one of `others` has too."""
    known = np.unique(np.concatenate([np.zeros(1, dtype=np.uint64), *map(_runs, others)]))
    found = []
    for each in texts:
        runs = _runs(each)
        places = np.minimum(np.searchsorted(known, runs), len(known) - 1)
        found.append(bool((known[places] == runs).any()))
    return np.array(found, dtype=np.bool_)


def _runs(text: str) -> Words:
    """Return a number for every TOGETHER words in a row (Rabin and Karp's hash, modulo 2 to the 64)."""
    words = np.fromiter(
        (hash(word) & 0xFFFFFFFF for word in re.findall(r"[^\W_]+", text.lower())), dtype=np.uint64
    )
    if len(words) < TOGETHER:
        return np.empty(0, dtype=np.uint64)
    powers = np.cumprod(np.full(TOGETHER, 0x9E3779B97F4A7C15, dtype=np.uint64))
    windows = np.lib.stride_tricks.sliding_window_view(words, TOGETHER)
    found: Words = (windows * powers).sum(axis=1, dtype=np.uint64)
    return found
