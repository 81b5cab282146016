"""SQuAD 2.0 as an open collection: articles, and questions with the places of their answers."""

from __future__ import annotations

import json
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
                places = {(start + each["answer_start"], len(each["text"])) for each in given}
                spans = tuple(sorted((first, first + length) for first, length in places))
                questions.append(Asked(question["question"].strip(), entry["title"], spans))
            text += paragraph["context"].replace("\n", " ") + "\n\n"
        articles.append(Article(entry["title"], entry["title"].replace("_", " "), text))
    return articles, questions
