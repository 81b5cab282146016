"""The documents that answers become, whole: each is compared with a file that a person has read.

After a change that is meant, write them anew and read the difference:

    python -m pytest tests/golden --renew-golden && git diff tests/golden
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rag.output.documents import FORMATS, Format, document
from rag.output.json import as_json
from rag.types import (
    Answer,
    Article,
    Citation,
    Hit,
    Listing,
    Outcome,
    Passage,
    Reading,
    Sentence,
    Side,
    Statement,
    TimeWords,
    Unanswered,
)

FILES = Path(__file__).parent / "documents"
SUFFIXES: dict[Format, str] = {"markdown": "md", "html": "html", "json": "json"}

CANAL = Article(
    id="geography/canal.md",
    title="The *Avon* Canal & its <locks>",
    text="The canal was opened on 3 May 1874. It is 45 km long.\n\nSome 41 people died building it.",
    published=date(2024, 5, 6),
    source="The Register",
    author="Ada Whitlock",
    url="https://example.org/canal?a=1&b=2",
    language="en",
)
REPORT = Article(
    id="reports.jsonl#7",
    title="Deaths on the canal",
    text="An inquiry found that 52 people died building the canal.",
)
COPY = Article(
    id="copy.md", title="The canal, again", text=CANAL.text, published=date(2024, 5, 7), source="Wire"
)


def hit(
    article: Article, *sentences: str, similarity: float, rank: int, copies: tuple[Article, ...] = ()
) -> Hit:
    """The passage of these sentences of `article`, the rank-th in both lists."""
    spans = [(article.text.index(text), article.text.index(text) + len(text)) for text in sentences]
    found = tuple(Sentence(article, start, end) for start, end in spans)
    passage = Passage(article, spans[0][0], spans[-1][1], found)
    return Hit(passage, 1 / rank, similarity, 5.5, rank, rank, (similarity,) * len(found), ("canal",), copies)


OPENED = hit(
    CANAL,
    "The canal was opened on 3 May 1874.",
    "It is 45 km long.",
    similarity=0.62,
    rank=1,
    copies=(COPY,),
)
DIED = hit(CANAL, "Some 41 people died building it.", similarity=0.41, rank=2)
FOUND = hit(REPORT, REPORT.text, similarity=0.3, rank=3)


def said(hit: Hit, text: str, label: str | None = None, *, bold: str = "") -> Statement:
    start = hit.passage.article.text.index(text)
    highlights = ((text.index(bold), text.index(bold) + len(bold)),) if bold else ()
    return Statement(
        text, (Citation(hit.passage, start, start + len(text), text),), "exact", label, highlights
    )


DISAGREEING = (
    Side("41", said(DIED, "Some 41 people died building it.")),
    Side("52", said(FOUND, REPORT.text)),
)
SINCE = TimeWords(words="since 2024", since=date(2024, 1, 1), firm=True)
CASES: dict[str, list[Outcome]] = {
    "answer": [
        Answer(
            "When was the canal opened since 2024?",
            (
                said(OPENED, "The canal was opened on 3 May 1874.", bold="3 May 1874"),
                said(OPENED, "It is 45 km long."),
            ),
            0.87654,
            (OPENED, DIED),
            short_answer="3 May 1874",
            reading=Reading("And when was it opened since 2024?", (SINCE,)),
        )
    ],
    "sides": [
        Answer(
            "How many people died building the canal?",
            tuple(side.statement for side in DISAGREEING),
            0.7,
            (DIED, FOUND),
            sides=DISAGREEING,
        )
    ],
    "comparison": [
        Answer(
            "Which is longer, the canal or the Nile?",
            (said(OPENED, "It is 45 km long.", "the canal"),),
            0.5,
            (OPENED,),
            uncovered_sides=("the Nile",),
        )
    ],
    "refusal": [
        Unanswered(
            'Who painted "the canal" in <1912>?',
            0.31,
            (OPENED, FOUND),
            missing_phrases=("the canal",),
        )
    ],
    "likely": [
        Answer(
            "When was <the canal> closed?",
            (said(OPENED, "The canal was opened on 3 May 1874."),),
            0.31,
            (OPENED, FOUND),
            likely=True,
            missing=("closed",),
        )
    ],
    "listing": [
        Listing("Which articles are about canals?", (CANAL, REPORT), 23, "about canals"),
    ],
    "nothing": [Listing("Which articles are about tea?", (), 0, "about tea")],
}
CASES["several"] = [*CASES["answer"], *CASES["sides"], *CASES["refusal"], *CASES["likely"], *CASES["nothing"]]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("format", FORMATS)
def test_a_document_is_what_it_was_when_somebody_last_read_it(
    case: str, format: Format, golden: Callable[[Path, str], None]
) -> None:
    written = document([as_json(outcome) for outcome in CASES[case]], format)
    golden(FILES / f"{case}.{SUFFIXES[format]}", written)


def test_every_golden_file_is_of_a_case() -> None:
    kept = {file.name for file in FILES.iterdir()}
    assert kept == {f"{case}.{suffix}" for case in CASES for suffix in SUFFIXES.values()}
