"""Files of labelled questions to Labelled questions over small documents.

One reader a layout. Every text is cleaned on the way, and the places of the answers with it.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from rag.index.sentences import Span
from rag.types import Block
from training.clean import Text, detokenised, unescaped, written

Row = Mapping[str, Any]

A_SENTENCE = 8
"""Questions about one sentence at most: word by word they repeat each other."""

SENTENCES = 4
"""Taken together for a document where a set has single ones in the order of its articles, and no more."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text that questions are about: a paragraph, a section or a few sentences of an article."""

    article: str
    """What it is a part of; the same for its other parts."""
    title: str
    """Empty where it is not known."""
    text: str
    published: date | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, the document it was asked about, and where that answers it."""

    source: str
    """Its set, as the rows name it."""
    question: str
    document: Document
    answers: tuple[Span, ...] = ()
    """Every place of the short answer."""
    sentences: tuple[Span, ...] = ()
    """The sentences that answer, where nothing shorter is known."""
    is_known: bool = True
    """False where it may be answered, but not where: a teacher's to say. Else, without places, it is not."""
    beside: tuple[Document, ...] = ()
    """Documents that came with it and do not hold the answer."""

    @property
    def is_answered(self) -> bool:
        """Whether it is known where the document answers."""
        return bool(self.answers or self.sentences)


def places(text: str, answers: Iterable[str], within: Span | None = None) -> tuple[Span, ...]:
    """Return where any of `answers` stands whole in `text`, or in a part of it."""
    start, end = within or (0, len(text))
    lowered = text.lower() if len(text.lower()) == len(text) else text
    found = set()
    for answer in {each.strip().lower() for each in answers} - {""}:
        at = lowered.find(answer, start, end)
        while at >= 0:
            after = at + len(answer)
            if not (
                _is_word(text[at - 1 : at] + answer[0]) or _is_word(answer[-1] + text[after : after + 1])
            ):
                found.add((at, after))
            at = lowered.find(answer, at + 1, end)
    return tuple(sorted(found))


def _is_word(pair: str) -> bool:
    """Say whether both characters are a word's: then no word ends between them."""
    return len(pair) == 2 and all(each.isalnum() or each == "_" for each in pair)


def _about(
    row: Row, spans: Iterable[Span] = (), *, tokens: bool = False
) -> tuple[Document, tuple[Span, ...]]:
    """Return a row's document, cleaned, and `spans` of its context as they stand there."""
    found = written(Text(row["context"], tuple(spans)))
    if tokens:
        found = detokenised(found)
    title = " ".join(unescaped(row.get("title") or "").replace("_", " ").split())
    return Document(title or found.text, title, found.text), found.spans


def _spans(row: Row) -> tuple[Span, ...]:
    """Return every place of a row's answers in its context: the given ones, and others of their words."""
    context, answers = row["context"], row["answers"]
    within = None
    if sentence := row.get("sentence"):
        at = context.find(sentence.strip())
        within = (at, at + len(sentence.strip())) if at >= 0 else None
    given = {
        (at, at + len(answer))
        for at, answer in zip(row.get("answer_starts") or (), answers, strict=False)
        if context[at : at + len(answer)] == answer
    }
    return tuple(sorted(given | set(places(context, answers, within))))


def passages(rows: Iterable[Row]) -> Iterator[Labelled]:
    """Yield questions with a passage and short answers (SQuAD's layout and those that follow it)."""
    yield from _passages(rows, tokens=False)


def tokenised(rows: Iterable[Row]) -> Iterator[Labelled]:
    """Yield the same from passages that were tokenised."""
    yield from _passages(rows, tokens=True)


def untitled(rows: Iterable[Row]) -> Iterator[Labelled]:
    """Yield the same from texts of the web, whose "titles" are names of files."""
    yield from _passages(({**row, "title": None} for row in rows), tokens=False)


def _passages(rows: Iterable[Row], *, tokens: bool) -> Iterator[Labelled]:
    for row in rows:
        if row["context"] is None:
            continue
        spans = _spans(row)
        document, moved = _about(row, spans, tokens=tokens)
        is_unanswerable = not row["answers"] and "answer_starts" in row  # others have merely lost theirs
        if is_unanswerable or moved:
            yield Labelled(row["source"], _asked(row), document, answers=moved)


def stories(rows: Iterable[Row]) -> Iterator[Labelled]:
    """Yield questions about stories; where the answer is in other words, it is not known where it stands."""
    for row in rows:
        document, moved = _about({**row, "title": row["title"].replace("-", " ")}, _spans(row))
        yield Labelled(row["source"], _asked(row), document, moved, is_known=bool(moved))


def news(rows: Iterable[Row]) -> Iterator[Labelled]:
    """Yield questions with the critical span of a paragraph, and the short answer where it is in there."""
    for row in rows:
        critical = places(row["context"], row["answers"])
        if not critical:
            continue
        short = places(row["context"], [row["short_answer"].strip(" .")], critical[0])
        document, moved = _about(row, short or critical)
        yield Labelled(row["source"], _asked(row), document, *((moved, ()) if short else ((), moved)))


def sections(rows: Iterable[Row]) -> Iterator[Labelled]:
    """Yield questions with the sentences of a section that answer: by number, or in their words."""
    for row in rows:
        context = row["context"]
        chosen = [
            row["sentences"][each] if isinstance(each, int) else each for each in row["answer_sentences"]
        ]
        spans = [(at, at + len(each.strip())) for each in chosen if (at := context.find(each.strip())) >= 0]
        if len(spans) == len(chosen):
            document, moved = _about(row, spans, tokens=row["source"].startswith("clapnq"))
            yield Labelled(row["source"], _asked(row), document, sentences=moved)


def paragraphs(rows: Iterable[Row]) -> Iterator[Labelled]:
    """Yield questions with those of their paragraphs that hold the answer (HotpotQA), the others beside."""
    for number, row in enumerate(rows):
        found = [_paragraph(row, part, f"{row['source']} {number}") for part in row["paragraphs"]]
        beside = tuple(document for document, spans in found if not spans)
        for document, spans in found:
            if spans and row["answers"][0].lower() not in {"yes", "no"}:
                yield Labelled(row["source"], _asked(row), document, spans, beside=beside)


def _paragraph(row: Row, part: Row, article: str) -> tuple[Document, tuple[Span, ...]]:
    """Return a paragraph and where its supporting sentences say the answer."""
    text = ""
    spans: list[Span] = []
    for at, sentence in enumerate(part["sentences"]):
        if [part["title"], at] in row["supporting"]:
            spans += places(text + sentence, row["answers"], (len(text), len(text) + len(sentence)))
        text += sentence
    found = written(Text(text, tuple(spans)))
    return Document(article, unescaped(part["title"]), found.text), found.spans


def numbered(rows: Iterable[Row]) -> Iterator[Labelled]:
    """Yield questions about single sentences whose ids tell document, paragraph and place (Wiki1k).

    The sentences of a document make one again, with gaps where nobody asked about one.
    """
    documents: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
    asked = defaultdict(list)
    for row in rows:
        _, kind, number, paragraph, sentence = row["id"].split(":")
        article, place = f"{kind} {number}", (int(paragraph), int(sentence))
        documents[article][place] = written(Text(row["sentence"])).text
        asked[article, place].append(row)
    for article, sentences in documents.items():
        text, starts = "", {}
        for _, group in groupby(sorted(sentences), key=lambda place: place[0]):
            for place in group:
                starts[place] = len(text)
                text += sentences[place] + " "
            text = text.rstrip() + "\n\n"
        document = Document(article, "", text.rstrip())
        for place, start in starts.items():
            within = (start, start + len(sentences[place]))
            for row in _few(asked[article, place]):
                answers = [written(Text(each)).text.rstrip(".") for each in row["answers"]]
                if spans := places(document.text, answers, within):
                    yield Labelled(row["source"], _asked(row), document, spans)


def _few(rows: list[Row]) -> list[Row]:
    """Return A_SENTENCE of the questions about a sentence: of each kind a few, the longest ones."""
    draw = random.Random(len(rows))
    kinds = defaultdict(list)
    for row in sorted(rows, key=lambda row: -len(row["question"].split())):
        kinds[row["source"], row["question"].split()[0].lower()].append(row)
    order = [each for row in kinds.values() for each in enumerate(row)]
    order.sort(key=lambda each: (each[0], draw.random()))
    return [row for _, row in order[:A_SENTENCE]]


def single(rows: Iterable[Row]) -> Iterator[Labelled]:
    """Yield questions with the sentence that answers alone; SENTENCES in file order make a document."""
    kept = [(row, written(detokenised(Text(row["sentence"]))).text) for row in rows if not row.get("context")]
    kept.sort(key=lambda each: int(each[0].get("id", -1)))
    sentences = list(dict.fromkeys(sentence for _, sentence in kept))
    documents, spans = {}, {}
    for at in range(0, len(sentences), SENTENCES):
        text = ""
        for sentence in sentences[at : at + SENTENCES]:
            spans[sentence] = (len(text), len(text) + len(sentence))
            text += sentence + " "
        document = Document(text.rstrip(), "", text.rstrip())
        documents.update(dict.fromkeys(sentences[at : at + SENTENCES], document))
    for row, sentence in kept:
        source = row.get("source", "question-sentence-pairs")
        yield Labelled(source, _asked(row), documents[sentence], sentences=(spans[sentence],))


def _asked(row: Row) -> str:
    """Return a row's question, cleaned; the marks of tokens are none of a person's."""
    return written(detokenised(Text(row["question"]))).text


@dataclass(frozen=True, slots=True)
class Set:
    """Files of one layout."""

    files: tuple[str, ...]
    readers: tuple[Callable[[Iterable[Row]], Iterator[Labelled]], ...]


SETS = (
    Set(("training/squad_train_union.jsonl.gz",), (passages, single)),
    Set(("training/squadshifts_new_wiki.jsonl.gz", "training/mlqa_dev_en.jsonl.gz"), (passages,)),
    Set(("training/tydiqa_goldp_en.jsonl.gz", "training/nq_open_oracle.jsonl.gz"), (passages,)),
    Set(("training/qed_nq.jsonl.gz",), (tokenised,)),
    Set(("training/selqa_dev_test.jsonl.gz", "training/clapnq_dev.jsonl.gz"), (sections,)),
    Set(("training/onestopqa.jsonl.gz",), (news,)),
    Set(("training/hotpotqa_1100.jsonl.gz",), (paragraphs,)),
    Set(("training/qadiscourse.jsonl.gz", "training/qamr_dev_test.jsonl.gz"), (numbered,)),
    Set(
        ("training/squadshifts_reddit.jsonl.gz", "training/squadshifts_amazon_reviews.jsonl.gz"), (untitled,)
    ),
    Set(("training/fairytaleqa.jsonl.gz",), (stories,)),
    Set(("squad/question-sentence-pairs.jsonl",), (single,)),
)
"""In the order in which the first of two same questions stays."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a row's `source` begins with, and what is told of it."""

    name: str
    licence: str
    upstream: bool
    """Whether the licence is the upstream data set's, not read again where the copy came from."""
    nearness: float
    """Its weight in the second stage: how close it is to questions about articles; 1 is its share in all."""


SOURCES = (
    Source("squad", "CC BY-SA 4.0", True, 1.5),
    Source("squadshifts_new_wiki", "CC BY 4.0", False, 1.5),
    Source("squadshifts_reddit", "CC BY 4.0", False, 0.25),
    Source("squadshifts_amazon", "CC BY 4.0", False, 0.25),
    Source("mlqa", "CC BY-SA 3.0", True, 1.5),
    Source("tydiqa", "Apache-2.0", False, 2.0),
    Source("nq_open", "CC BY-SA 3.0", True, 2.0),
    Source("qed_nq", "CC BY-SA 3.0", False, 2.0),
    Source("selqa", "Apache-2.0", False, 2.0),
    Source("clapnq", "Apache-2.0", False, 2.0),
    Source("onestopqa", "CC BY-SA 4.0", False, 4.0),
    Source("hotpotqa", "CC BY-SA 4.0", True, 1.0),
    Source("qadiscourse_wikinews", "CC BY 4.0", False, 1.5),
    Source("qadiscourse_wikipedia", "CC BY 4.0", False, 0.7),
    Source("qamr_dev_wikinews", "MIT", False, 0.7),
    Source("qamr_test_wikinews", "MIT", False, 0.7),
    Source("qamr", "MIT", False, 0.3),
    Source("fairytaleqa", "Apache-2.0", False, 0.2),
    Source("written_own", "Apache-2.0", False, 8.0),
    Source("written_given", "Apache-2.0", False, 14.0),
    Source("question-sentence-pairs", "CC BY-SA 4.0", True, 1.0),
)


def source_of(name: str) -> Source:
    """Return what is told of the set that rows call `name`. Raises ValueError where nothing is."""
    found = [each for each in SOURCES if name.startswith(each.name)]
    if not found:
        raise ValueError(f"{name} is not in SOURCES; add it with its licence")
    return max(found, key=lambda each: len(each.name))


def rows(path: Path) -> Iterator[Row]:
    """Yield the lines of a file, gzipped or not."""
    content = path.read_bytes()
    for line in (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines():
        yield json.loads(line)


def load(folder: Path) -> Iterator[Labelled]:
    """Yield every labelled question of all SETS in `folder`, the same ones in each run."""
    for each in SETS:
        found = [row for name in each.files for row in rows(folder / name)]
        for reader in each.readers:
            yield from reader(found)
