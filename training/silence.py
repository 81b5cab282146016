"""Labelled questions to what rag/question/english/silence.json tells of words that an answer leaves out.

    python -m training.silence ../shared/data

A word of an answered question either stands around the answer or does not: "kind" hardly ever does, "mayor"
nearly always. A logistic regression over the packaged model's table of word pieces learns how often. It is
linear in the pieces, so that one number a piece is kept, and the table is not needed to ask.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score

from rag.index.embedding import PACKAGED_MODEL, locate
from rag.index.lexical import Analyzer
from rag.index.onnx import tokenizer
from rag.index.sentences import split_sentences
from rag.question.english.silence import FILE, HUNDREDTHS, shape
from rag.question.english.words import QUESTION_WORDS
from training import unseen
from training.prepare import REPOSITORY, without_unseen
from training.sets import Labelled, load, source_of

NEAREST = 1.0
"""Least nearness of a source that is taken: reviews and stories are asked about in other ways."""

MOST = 3000
"""Questions of one source."""

AROUND = 2
"""Sentences before and behind the one that answers: as many as a passage has."""

SPECIAL = 1996
"""Rows of the table before the first word; behind it the pieces are in the order of their frequency."""

SCALE = 8.0
"""Of unit vectors, so that the ridge penalty weighs less on them than on the shapes of words."""

STRENGTH = 0.01
"""Inverse of that penalty."""

Floats = npt.NDArray[np.float32]


def table() -> Floats:
    """Return a row for every word piece: its direction from the mean, and how rare it is."""
    held = np.fromfile(locate(PACKAGED_MODEL) / "model.safetensors", dtype=np.uint8)
    length = int(held[:8].view("<u8")[0])
    start, end = next(
        each["data_offsets"]
        for name, each in json.loads(held[8 : 8 + length].tobytes()).items()
        if name.endswith("word_embeddings.weight")
    )
    vectors = held[8 + length + start : 8 + length + end].view("<f4").reshape(-1, 384)
    apart = vectors - vectors[SPECIAL:].mean(axis=0)
    units = SCALE * apart / np.linalg.norm(apart, axis=1, keepdims=True)
    rarity = np.log(np.maximum(np.arange(len(vectors)), SPECIAL) / SPECIAL)
    return np.column_stack([units, rarity]).astype(np.float32)


def words_of(asked: Iterable[Labelled], analyzer: Analyzer) -> Iterator[tuple[str, bool, bool]]:
    """Yield the words of questions, whether their answer leaves each out, and if it is held apart."""
    for each in asked:
        if not each.is_answered:
            continue
        text = each.document.text
        spans = list(split_sentences(text))
        first, last = (each.answers or each.sentences)[0]
        at = [place for place, (start, end) in enumerate(spans) if start < last and first < end]
        if not at:
            continue
        start, end = spans[max(at[0] - AROUND, 0)][0], spans[min(at[-1] + AROUND, len(spans) - 1)][1]
        said = frozenset(analyzer.terms(f"{each.document.title} {text[start:end]}"))
        is_apart = unseen_article(each)
        for word, terms in analyzer.words(each.question).items():
            if word.lower() not in QUESTION_WORDS:
                yield word, not said.issuperset(terms), is_apart


def unseen_article(each: Labelled) -> bool:
    """Say whether the article of `each` is one of the tenth that is only measured."""
    return random.Random(each.document.article).random() < 0.1


def sampled(read: Sequence[Labelled]) -> Iterator[Labelled]:
    """Yield MOST questions of every source that is near enough."""
    taken = Counter[str]()
    for each in random.Random(1).sample(read, len(read)):
        source = source_of(each.source)
        if source.nearness >= NEAREST and taken[source.name] < MOST:
            taken[source.name] += 1
            yield each


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="the folder that holds training/ and squad/")
    data = parser.parse_args().data
    kept, _ = without_unseen(list(sampled(list(load(data)))), unseen.load(data, REPOSITORY))
    print(f"{len(kept):,} questions", flush=True)
    found = list(words_of(kept, Analyzer("en")))
    print(f"{len(found):,} of their words", flush=True)
    pieces = _encoded([word for word, *_ in found])
    rows = table()
    features = np.array(
        [
            np.append(rows[ids].mean(axis=0), shape(word, len(ids)))
            for (word, *_), ids in zip(found, pieces, strict=True)
        ],
        dtype=np.float32,
    )
    silent, apart = (np.array([each[at] for each in found]) for at in (1, 2))
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(features[~apart], silent[~apart])
    told = model.predict_proba(features[apart])[:, 1]
    print(f"{len(found):,} words, {silent.mean():.3f} of them unsaid; held apart {apart.sum():,}:")
    print(f"area {roc_auc_score(silent[apart], told):.3f}, log loss {log_loss(silent[apart], told):.3f}")
    weights, shapes = np.split(model.coef_[0], [rows.shape[1]])
    learned = {"pieces": rows @ weights, "shape": np.array([*shapes, model.intercept_[0]])}
    kept_as = {name: np.rint(HUNDREDTHS * odds).astype(int).tolist() for name, odds in learned.items()}
    FILE.write_text(json.dumps(kept_as, separators=(",", ":")) + "\n", encoding="ascii")
    for low in np.arange(0, 1, 0.2):
        held = (told >= low) & (told < low + 0.2)
        if held.any():
            print(f"| {low:.1f} to {low + 0.2:.1f} | {held.sum():,} | {silent[apart][held].mean():.3f} |")


def _encoded(words: Sequence[str]) -> list[list[int]]:
    found = tokenizer(locate(PACKAGED_MODEL)).encode_batch(list(words), add_special_tokens=False)
    return [each.ids for each in found]


if __name__ == "__main__":
    main()
