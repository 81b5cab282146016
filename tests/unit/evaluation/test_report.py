"""Results as a table and as a page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from rag.build import build
from rag.chat import Chat
from rag.evaluation.questions import LabelledQuestion
from rag.evaluation.report import table
from rag.evaluation.report.html import page
from rag.evaluation.results import Results
from rag.evaluation.run import evaluate
from rag.settings import Settings

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def results(settings: Settings, toy) -> Results:
    bad = {"id": HOSTILE, "title": HOSTILE, "text": f"The zebra said {HOSTILE} to the lion in 1999."}
    (settings.corpus / "bad.jsonl").write_text(json.dumps(bad), encoding="utf-8")
    build(settings, embedder=toy)
    questions = [
        LabelledQuestion("What is Bread baked from?", "1", {"bread.md": 1}, quotes=("Bread is baked",)),
        LabelledQuestion(f"What did the zebra say {HOSTILE}", "2", {"tea.md": 1}, answers=(HOSTILE,)),
        LabelledQuestion("Who walked on the Moon?", "3", {HOSTILE: 1}, quotes=(HOSTILE,)),
        LabelledQuestion(f"The zebra said to the lion in 1999 {HOSTILE}", "4", unanswerable=True),
    ]
    chat = Chat.open(replace(settings, threshold=0.2), toy)
    found = evaluate(chat, questions)
    return replace(found, corpus=HOSTILE)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_table_has_a_row_a_measure_and_a_column_a_list(results: Results) -> None:
    lines = table(results).split("\n")
    assert lines[0].startswith("4 questions (3 answerable, 1 not) over 4 articles, ")
    head = next(line for line in lines if line.startswith("articles"))
    assert head.split() == ["articles,", "3", "questions", "fused", "dense", "BM25"]
    row = next(line for line in lines if line.startswith("  recall@1 "))
    assert re.fullmatch(r"  recall@1 +(\d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\] *){3}", row)
    assert max(map(len, lines[1:])) <= 110
    for heading in ("passages, ", "sentences quoted, ", "refusal", "time for an answer"):
        assert any(line.startswith(heading) for line in lines)


def test_the_page_shows_every_failure_with_its_reason(results: Results) -> None:
    found = page(results, threshold=0.2)
    assert f"<h2>{len(results.failures)} failures</h2>" in found
    assert len(results.failures) == 3
    assert "is answered, should be refused" in found
    assert "Words in common: zebra" in found
    assert "Ranks: fused 1, dense 1, BM25 1" in found
    assert "which is not in the index" in found


def test_nothing_from_a_question_or_an_article_becomes_markup(results: Results) -> None:
    tags = Tags()
    tags.feed(page(results, threshold=0.2))
    names = {tag for tag, _ in tags.found}
    assert "article" in names
    assert names.isdisjoint({"script", "img", "iframe", "object", "link"})
    assert not [
        attributes for _, attributes in tags.found if any(name.startswith("on") for name in attributes)
    ]


def test_the_page_needs_nothing_from_elsewhere(results: Results) -> None:
    tags = Tags()
    found = page(results, threshold=0.2)
    tags.feed(found)
    links = [
        value
        for _, attributes in tags.found
        for name, value in attributes.items()
        if "href" in name or name == "src"
    ]
    assert links
    assert all(str(link).startswith("#") for link in links)
    assert "@import" not in found
    assert re.findall(r"url\((?!#)", found) == []


def test_the_plots_are_the_same_every_time_and_take_the_pages_colours(results: Results) -> None:
    found = page(results, threshold=0.2)
    assert found == page(results, threshold=0.2)
    assert found.count("<svg") == 2
    assert "currentColor" in found
    assert "var(--dense, #a97e00)" in found
    assert ">recall@k</text>" in found
    ids = re.findall(r'\bid="([^"]+)"', found)
    assert len(ids) == len(set(ids))
