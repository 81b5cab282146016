"""SQuAD as an open collection: articles, and questions with the places of their answers.

An answer stands wherever its words stand in the paragraph that the question was written for: the files name
the first of these places, whichever sentence answers.

    python benchmarks/squad.py FILE COUNT > SAMPLE

prints a file of the same articles with so many of the questions, drawn by chance.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.types import Article

SHARED = Path(__file__).parents[2] / "shared" / "data" / "squad"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the article it was written for and where that answers it; nowhere when it does not."""

    text: str
    article: str
    answers: tuple[Span, ...]

    def is_answered_in(self, article: str, start: int, end: int) -> bool:
        """Say whether an answer stands whole between `start` and `end` of `article`."""
        return article == self.article and any(start <= first and last <= end for first, last in self.answers)


def load(path: Path) -> tuple[list[Article], list[Asked]]:
    """Return the articles of a SQuAD file, paragraphs joined, and all its questions."""
    articles, questions = [], []
    for entry in json.loads(path.read_text(encoding="utf-8"))["data"]:
        text = ""
        for paragraph in entry["paragraphs"]:
            start = len(text)
            for question in paragraph["qas"]:
                given = [] if question.get("is_impossible") else question["answers"]
                spans = {span for each in given for span in places(paragraph["context"], each)}
                shifted = tuple(sorted((start + first, start + last) for first, last in spans))
                questions.append(Asked(question["question"].strip(), entry["title"], shifted))
            text += paragraph["context"].replace("\n", " ") + "\n\n"
        articles.append(Article(entry["title"], entry["title"].replace("_", " "), text))
    return articles, questions


def places(context: str, answer: dict) -> Iterator[Span]:
    """Yield where the words of an `answer` stand in a paragraph: where it is said to, and elsewhere whole."""
    first, words = answer["answer_start"], answer["text"]
    yield first, first + len(words)
    yield from (found.span() for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", context))


def main(path: Path, count: int) -> None:
    """Print a file of the same articles with `count` of its questions."""
    file = json.loads(path.read_text(encoding="utf-8"))
    paragraphs = [each for entry in file["data"] for each in entry["paragraphs"]]
    ids = [question["id"] for each in paragraphs for question in each["qas"]]
    kept = set(random.Random(0).sample(ids, count))
    for each in paragraphs:
        each["qas"] = [question for question in each["qas"] if question["id"] in kept]
    print(json.dumps(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
