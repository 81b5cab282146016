"""A SQuAD file (Rajpurkar et al., 2016 and 2018) to its articles and labelled questions with exact places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.corpus.formats.tables import read_jsonl
from rag.corpus.formats.text.characters import clean, one_line
from rag.errors import QuestionsError, ReadingError
from rag.evaluation.questions.labelled import LabelledQuestion, Place
from rag.files import replace_file
from rag.types import Article

FILE = "articles.jsonl"
"""What the articles are written to, one a line; so an article's id begins with it."""


def is_squad(path: Path) -> bool:
    """Say whether `path` is a JSON file; questions of one's own are JSON lines, with another suffix."""
    return path.suffix.lower() == ".json"


def read(path: Path) -> tuple[tuple[Article, ...], tuple[LabelledQuestion, ...]]:
    """Return the articles, as they are indexed, and the questions with their places in them.

    Raises QuestionsError for a file that is not SQuAD and for an answer that does not stand at its place.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["data"]
        articles = _articles(entries)
        exact = _places_are_exact(entries)
        questions = tuple(
            question
            for article, entry in zip(articles, entries, strict=True)
            for question in _questions(article, entry["paragraphs"], exact=exact)
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise QuestionsError(f"{path} is not a SQuAD file: {type(error).__name__} {error}") from None
    except (QuestionsError, ReadingError) as error:
        raise QuestionsError(f"{path}: {error}") from None
    return articles, questions


def write_articles(path: Path, folder: Path) -> None:
    """Write the articles of the SQuAD file at `path` to `folder`, unless they lie there already."""
    read(path)  # a file that cannot be tested is refused before anything is written
    content = _table(json.loads(path.read_text(encoding="utf-8"))["data"])
    file = folder / FILE
    if not file.exists() or file.read_bytes() != content:
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(file, content)


def _table(entries: Sequence[Mapping[str, Any]]) -> bytes:
    rows = (
        {
            "id": entry["title"],
            "title": entry["title"].replace("_", " "),
            "text": "\n\n".join(paragraph["context"] for paragraph in entry["paragraphs"]),
        }
        for entry in entries
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _articles(entries: Sequence[Mapping[str, Any]]) -> tuple[Article, ...]:
    """Return the articles as the reader of tables gives them, which is how they will be indexed."""
    found = []
    for each in read_jsonl(_table(entries), FILE):
        if isinstance(each, ReadingError):
            raise each
        if isinstance(each, Article):
            found.append(each)
    return tuple(found)


def _places_are_exact(entries: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether places tell which occurrence answers: in some copies of SQuAD each is the first one's."""
    return any(
        paragraph["context"].find(answer["text"]) < answer["answer_start"]
        for entry in entries
        for paragraph in entry["paragraphs"]
        for asked in paragraph["qas"]
        for answer in asked.get("answers", ())
    )


def _questions(
    article: Article, paragraphs: Sequence[Mapping[str, Any]], *, exact: bool
) -> Iterator[LabelledQuestion]:
    """Yield the questions of an article; unless places are `exact`, all of an answer's words count."""
    cursor = 0
    for paragraph in paragraphs:
        text = clean(paragraph["context"]).strip()
        start = article.text.find(text, cursor)
        if start < 0:
            raise QuestionsError(f"a paragraph of {article.title} is not in its text: {text[:60]!r}")
        cursor = start + len(text)
        for asked in paragraph["qas"]:
            given = [] if asked.get("is_impossible") else asked["answers"]
            places = {_place(article, start, cursor, paragraph["context"], answer) for answer in given}
            if not exact:
                places.update(*(_whole(article, start, cursor, answer["text"]) for answer in given))
            yield LabelledQuestion(
                one_line(asked["question"]),
                str(asked["id"]),
                {article.id: 1} if given else {},
                answers=tuple(dict.fromkeys(one_line(answer["text"]) for answer in given)),
                places=tuple(sorted(places, key=lambda place: (place.start, place.end))),
                unanswerable=not given,
            )


def _place(article: Article, start: int, end: int, context: str, answer: Mapping[str, Any]) -> Place:
    """Return where `answer` stands between `start` and `end` of `article`, nearest to where it is said to."""
    wanted = re.escape(clean(answer["text"]).strip())
    before = start + len(clean(context[: answer["answer_start"]]))
    found = [match.span() for match in re.compile(wanted).finditer(article.text, start, end)]
    if not wanted or not found:
        raise QuestionsError(f"the answer {answer['text']!r} does not stand in its paragraph")
    return Place(article.id, *min(found, key=lambda span: abs(span[0] - before)))


def _whole(article: Article, start: int, end: int, answer: str) -> Iterator[Place]:
    """Yield where the words of `answer` stand whole between `start` and `end` of `article`."""
    wanted = re.compile(rf"(?<!\w){re.escape(clean(answer).strip())}(?!\w)")
    for found in wanted.finditer(article.text, start, end):
        yield Place(article.id, *found.span())
