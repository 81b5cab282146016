"""Questions of our own, most in other words than the sentence that answers, to Labelled questions.

Two files beside this one: `written/own.jsonl` has invented documents with questions about them, and
`written/given.jsonl` questions about texts of the data sets, which are named by their file and the beginning
of their SHA-256. A question's answer is told by the first words of its sentence, and the short answer, where
it has one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rag.corpus.formats import markdown
from rag.index.sentences import Span, split_sentences
from training.clean import Text, written
from training.sets import Document, Labelled, places, rows

FOLDER = Path(__file__).parent / "written"
OWN, GIVEN = "written_own", "written_given"
"""What SOURCES calls them."""
DIGITS = 16
"""Of a text's SHA-256, by which it is named."""


def load(folder: Path) -> Iterator[Labelled]:
    """Yield every question of our own; `folder` is that of the data sets, whose texts some are about.

    Raises ValueError where a text is not there, or no sentence of it begins as is said.
    """
    for row in rows(FOLDER / "own.jsonl"):
        yield from labelled(row, OWN, own(row))
    texts = given_texts(folder / "training")
    for row in rows(FOLDER / "given.jsonl"):
        yield from labelled(row, GIVEN, given(row, texts))


def own(row: Mapping[str, Any]) -> Document:
    """Return the document of a row of own.jsonl, as the product reads it."""
    content = f"# {row['title']}\n\n{row['text']}\n"
    article = markdown.read(content.encode(), f"{row['id']}.md")
    published = date.fromisoformat(row["date"]) if row["date"] else None
    return Document(f"written {row['id']}", article.title, article.text, published, article.blocks)


def given_texts(folder: Path) -> dict[str, str]:
    """Return the texts of the data sets in `folder` by the beginning of their SHA-256."""
    found = {}
    for path in sorted(folder.glob("*.jsonl.gz")):
        for text in {row["context"] for row in rows(path) if row.get("context")}:
            found[hashlib.sha256(text.encode()).hexdigest()[:DIGITS]] = text
    return found


def given(row: Mapping[str, Any], texts: Mapping[str, str]) -> Document:
    """Return the document of a row of given.jsonl: its texts below each other."""
    if missing := [each for each in row["texts"] if each not in texts]:
        raise ValueError(f"no text of the data sets has a SHA-256 that begins with {missing[0]}")
    text = "\n\n".join(written(Text(texts[each])).text for each in row["texts"])
    return Document(row["title"] or text, row["title"], text)


def labelled(row: Mapping[str, Any], source: str, document: Document) -> Iterator[Labelled]:
    """Yield the questions of a row about its document."""
    for question, *told in row["questions"]:
        if not told:
            yield Labelled(source, question, document)
            continue
        begins, answer = told
        sentence = sentence_at(document.text, begins)
        short = places(document.text, [answer], sentence) if answer else ()
        yield Labelled(source, question, document, short, () if short else (sentence,))


def sentence_at(text: str, begins: str) -> Span:
    """Return the sentence in which `begins` stands. Raises ValueError where not just one place has it."""
    if text.count(begins) != 1:
        raise ValueError(f"{text.count(begins)} places have {begins!r}")
    at = text.index(begins)
    return next(span for span in split_sentences(text) if span[0] <= at < span[1])
