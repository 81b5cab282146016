"""Folders of labelled questions to packed groups, with a table of what came in and what was dropped.

    python -m training.prepare --data ../shared/data --out FOLDER

Writes groups.npz, and table.json and table.md beside it. The same data and seed give the same file.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.index.embedding import PACKAGED_MODEL, locate
from rag.index.passages import model_input
from training import negatives, unseen, written
from training.clean import normalised
from training.groups import KINDS, Group, Pool, grouped, place_in
from training.packed import OUTSIDE, Packed, Ragged
from training.sets import SETS, SOURCES, Labelled, load, source_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

REPOSITORY = Path(__file__).parents[1]
BATCH = 1024


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds training/ and squad/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--every", type=int, default=1, help="take one question in so many, for a trial")
    parser.add_argument("--words-only", action="store_true", help="negatives by BM25 alone: no embedding")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {what}", flush=True)

    tokenizer = bare_tokenizer()
    labelled = itertools.chain(load(given.data), written.load(given.data))
    read = list(itertools.islice(labelled, 0, None, given.every))
    say(f"{len(read):,} labelled questions read")
    kept, dropped = without_unseen(read, unseen.load(given.data, REPOSITORY))
    say(f"{len(kept):,} kept")
    pool = Pool()
    count = counting(tokenizer)
    for each in kept:
        for document in (each.document, *each.beside):
            pool.add(document, count)
    say(f"{len(pool.passages):,} passages cut")
    found = retrieved(kept, pool, None if given.words_only else given.out / "vectors")
    say("negatives retrieved")
    groups = list(grouped(kept, found, pool, count, random.Random(given.seed)))
    say(f"{len(groups):,} groups")
    packed(groups, pool, tokenizer).save(given.out / "groups.npz")
    table = counted(read, groups, dropped) | {
        "seed": given.seed,
        "files": {name: digest(given.data / name) for each in SETS for name in each.files}
        | {path.name: digest(path) for path in sorted(written.FOLDER.iterdir())},
        "groups.npz": digest(given.out / "groups.npz"),
    }
    (given.out / "table.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    (given.out / "table.md").write_text(as_markdown(table), encoding="utf-8")
    sys.stdout.write(as_markdown(table))
    say("done")


@cache
def bare_tokenizer() -> Tokenizer:
    """Return the packaged model's tokenizer, without padding and truncation."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - as rag loads it

    found = Tokenizer.from_file(str(locate(PACKAGED_MODEL) / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


@dataclass(frozen=True, slots=True)
class counting:  # noqa: N801 - called like the function that it stands for
    """Texts to their lengths in tokens."""

    tokenizer: Tokenizer

    def __call__(self, texts: Sequence[str]) -> list[int]:
        """Return the length of each of `texts`, start and end marks not counted."""
        return [len(each.ids) for each in self.tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def without_unseen(
    read: Sequence[Labelled], evaluation: unseen.Evaluation
) -> tuple[list[Labelled], Counter[tuple[str, str]]]:
    """Return what may be learnt from, and how much was dropped of each source, by reason."""
    documents = list({document: None for each in read for document in (each.document, *each.beside)})
    shares = unseen.sharing([each.text for each in documents], evaluation.texts)
    tainted = {each for each, is_shared in zip(documents, shares, strict=True) if is_shared}
    kept, dropped = [], Counter[tuple[str, str]]()
    known: dict[str, str] = {}
    for each in read:
        words, text, name = normalised(each.question), each.document.text, source_of(each.source).name
        reason = (
            "evaluation question"
            if words in evaluation.questions
            else "evaluation passage"
            if tainted & {each.document, *each.beside}
            else "evaluation article"
            if normalised(each.document.title) in evaluation.titles
            else "question twice"
            if known.setdefault(words, name) != name
            or known.setdefault(f"{words}\n{text}", str(id(each))) != str(id(each))
            else ""
        )
        if reason:
            dropped[name, reason] += 1
        else:
            kept.append(each)
    return kept, dropped


def retrieved(kept: Sequence[Labelled], pool: Pool, cache: Path | None) -> list[list[int]]:
    """Return for each question the rows that retrieval puts first, by words and by meaning in turns.

    By meaning only for our own questions, among the texts that these are about: for all it takes hours.
    """
    questions = list(dict.fromkeys(each.question for each in kept))
    by_words = dict(zip(questions, negatives.by_words(questions, pool.passages), strict=True))
    by_meaning: dict[str, list[int]] = {}
    if cache:
        ours = [each for each in kept if each.source in (written.OWN, written.GIVEN)]
        asked = list(dict.fromkeys(each.question for each in ours))
        rows = np.array(sorted({row for each in ours for row in pool.of_document[each.document]}))
        texts = [model_input(pool.passages[row]) for row in rows]
        nearest = negatives.by_meaning(asked, texts, cache)
        by_meaning = {question: rows[found].tolist() for question, found in zip(asked, nearest, strict=True)}
    found = {each: _in_turns(by_words[each], by_meaning.get(each, ())) for each in questions}
    return [found[each.question] for each in kept]


def _in_turns(one: Iterable[int], other: Iterable[int]) -> list[int]:
    """Return the rows of both lists, the first of each and then the second of each, none twice."""
    rows = itertools.chain.from_iterable(itertools.zip_longest(one, other))
    return list(dict.fromkeys(int(row) for row in rows if row is not None))


def packed(groups: Sequence[Group], pool: Pool, tokenizer: Tokenizer) -> Packed:
    """Return `groups` as arrays."""
    tokens, sentence_of, offsets = [], [], []
    for at in range(0, len(pool.passages), BATCH):
        passages = pool.passages[at : at + BATCH]
        found = tokenizer.encode_batch([model_input(each) for each in passages], add_special_tokens=False)
        for passage, each in zip(passages, found, strict=True):
            shift = place_in(passage)
            bounds = np.array([(s.start + shift, s.end + shift) for s in passage.sentences][:OUTSIDE])
            starts = np.array(each.offsets)[:, 0]
            inside = (bounds[:, :1] <= starts) & (starts < bounds[:, 1:])
            numbers = np.where(inside.any(axis=0), inside.argmax(axis=0), OUTSIDE)
            tokens.append(each.ids)
            sentence_of.append(numbers.tolist())
            offsets.append(np.array(each.offsets) - shift)
    questions = list(dict.fromkeys(each.question for each in groups))
    number = {question: at for at, question in enumerate(questions)}
    names = sorted({each.source for each in groups})
    asked = [
        each.ids
        for at in range(0, len(questions), BATCH)
        for each in tokenizer.encode_batch(questions[at : at + BATCH], add_special_tokens=False)
    ]
    return Packed(
        questions=Ragged.of(asked, "uint16"),
        passages=Ragged.of(tokens, "uint16"),
        sentence_of=Ragged.of(sentence_of, "uint8"),
        question=np.array([number[each.question] for each in groups], dtype=np.int32),
        right=np.array([each.right for each in groups], dtype=np.int32),
        wrong=Ragged.of([list(each.wrong) for each in groups], "int32"),
        labels=Ragged.of([labels(each, offsets) for each in groups], "uint16", width=4),
        is_known=np.array([each.kind != "unknown" for each in groups]),
        near=np.array([source_of(each.source).nearness for each in groups], dtype=np.float32),
        source=np.array([names.index(each.source) for each in groups], dtype=np.uint8),
        is_validation=np.array([each.is_validation for each in groups]),
        names=np.array(names),
    )


def labels(group: Group, offsets: Sequence[np.ndarray]) -> list[tuple[int, ...]]:
    """Return the tokens between which the answers begin and end: first and last, first and last."""
    found = []
    for start, end, is_short in group.answers:
        starts, ends = offsets[group.right].T
        held = np.flatnonzero((starts < end) & (ends > start) & (ends > starts))
        if len(held):
            first, last = int(held[0]), int(held[-1])
            found.append((first, first, last, last) if is_short else (first, last, first, last))
    return list(dict.fromkeys(found))


def counted(
    read: Iterable[Labelled], groups: Iterable[Group], dropped: Counter[tuple[str, str]]
) -> dict[str, object]:
    """Return the rows of the table: what each source brought, by kind, and what was dropped of it."""
    came = Counter(source_of(each.source).name for each in read)
    made: dict[str, Counter[str]] = defaultdict(Counter)
    for each in groups:
        made[source_of(each.source).name][each.kind] += 1
    return {
        "sources": [
            {
                "name": each.name,
                "licence": each.licence + (" (as the upstream data set has it)" if each.upstream else ""),
                "read": came[each.name],
                "groups": {kind: made[each.name][kind] for kind in KINDS},
                "dropped": {
                    reason: count for (name, reason), count in sorted(dropped.items()) if name == each.name
                },
                "nearness": each.nearness,
            }
            for each in SOURCES
            if came[each.name]
        ]
    }


def as_markdown(table: dict[str, object]) -> str:
    """Return the table as Markdown, its last row the sums."""
    lines = [
        f"| Set | licence | questions | {' | '.join(KINDS)} | dropped |",
        "| --- " * (len(KINDS) + 4) + "|",
    ]
    sums = Counter[str]()
    for row in table["sources"]:  # type: ignore[attr-defined]
        out = sum(row["dropped"].values())
        lines.append(
            f"| {row['name']} | {row['licence']} | {row['read']:,} | "
            + " | ".join(f"{row['groups'][kind]:,}" for kind in KINDS)
            + f" | {', '.join(f'{count:,} {reason}' for reason, count in row['dropped'].items()) or '0'} |"
        )
        sums.update(row["groups"] | {"read": row["read"], "out": out})
    cells = [f"{sums[kind]:,}" for kind in ("read", *KINDS, "out")]
    return "\n".join([*lines, f"| all | | {' | '.join(cells)} |"]) + "\n"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
