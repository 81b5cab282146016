"""Cases are put into a file of one's own, and taken out of it; the rest of it stays as it is."""

from __future__ import annotations

import json
import os
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from rag.build import build
from rag.errors import QuestionsError
from rag.evaluation.questions import LabelledQuestion, cases
from rag.evaluation.questions import read as read_questions
from rag.evaluation.run import refuse_misfits
from rag.index.opened import Index
from rag.settings import Settings
from rag.types import Article, Citation, Passage

MOON = Article(
    "moon.md", "The Moon", "The Moon orbits the Earth. It is\n\n384,400 km away. “Schön” – \u2028far."
)


def quote(text: str, article: Article = MOON) -> Citation:
    start = article.text.index(text)
    return Citation(Passage(article, start, start + len(text), ()), start, start + len(text), text)


ORBITS = quote("The Moon orbits the Earth.")
FAR = quote("It is\n\n384,400 km away.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "questions.jsonl"


def test_cases_are_lines_that_are_read_as_questions(path: Path) -> None:
    cases.keep(path, "What orbits?", [ORBITS])
    cases.keep(path, "How  far?", [FAR, quote("“Schön” – \u2028far."), FAR])
    cases.keep(path, "Who?", [])
    assert path.read_text("utf-8").split("\n") == [
        '{"question": "What orbits?", "article": "moon.md", "quote": "The Moon orbits the Earth."}',
        '{"question": "How  far?", "article": "moon.md",'
        ' "quote": ["It is 384,400 km away.", "“Schön” – far."]}',
        '{"question": "Who?", "unanswerable": true}',
        "",
    ]
    assert read_questions(path) == (
        LabelledQuestion("What orbits?", "1", {"moon.md": 1}, ("The Moon orbits the Earth.",)),
        LabelledQuestion("How far?", "2", {"moon.md": 1}, ("It is 384,400 km away.", "“Schön” – far.")),
        LabelledQuestion("Who?", "3", unanswerable=True),
    )


def test_a_case_fits_the_index_that_its_quote_is_from(settings: Settings, toy, path: Path) -> None:
    build(settings, embedder=toy)
    index = Index.open(settings.index)
    article = index.article("moon.md")
    cases.keep(path, "How far?", [quote(article.text, article)])
    refuse_misfits(index, read_questions(path))
    cases.keep(path, "How far?", [ORBITS, quote("no such thing", replace(MOON, text="no such thing"))])
    with pytest.raises(QuestionsError, match="no such thing"):
        refuse_misfits(index, read_questions(path))


def test_the_same_question_again_takes_the_place_of_its_case_and_keeps_what_its_author_noted(
    path: Path,
) -> None:
    mine = '{"note": "ask Ann",   "question": "How far?", "answer": 384400, "id": "far", "why": "km"}\r'
    path.write_bytes(
        f'{{"question": "A?", "answer": "b"}}\n\n{mine}\n{{"question":"C?","answer":"d"}}'.encode()
    )
    assert cases.keep(path, " How far? ", [FAR]) == mine
    rows = path.read_bytes().decode().split("\n")
    assert (rows[:2], rows[3:]) == (
        ['{"question": "A?", "answer": "b"}', ""],
        ['{"question":"C?","answer":"d"}'],
    )
    assert json.loads(rows[2]) == {
        "note": "ask Ann",
        "id": "far",
        "question": " How far? ",
        "article": "moon.md",
        "quote": "It is 384,400 km away.",
    }
    cases.remove(path, "How far?", instead=mine)
    assert path.read_bytes().decode().split("\n")[2] == mine


def test_a_case_that_is_removed_leaves_the_others(path: Path) -> None:
    for question in ("A?", "B?", "C?"):
        cases.keep(path, question, [])
    before = path.read_bytes()
    cases.remove(path, "D?")
    assert path.read_bytes() == before
    cases.remove(path, "B?")
    assert [each.text for each in cases.read(path)] == ["A?", "C?"]
    cases.remove(path, "A?")
    cases.remove(path, "C?")
    assert path.read_bytes() == b""
    assert cases.read(path) == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"question": "A?", "answer": "b"}\n# later\n', "line 2: is not JSON"),
        (b'{"question": "A?", "answer": "b"}\n{"question": ', "line 2: is not JSON"),
        (b"[" * 100_000, "line 1: is not JSON"),
        (b'{"question": "A?", "answer": "b"}\n' * 2, "asks the same as line 1"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_left_as_it_is(
    path: Path, content: bytes, message: str
) -> None:
    path.write_bytes(content)
    for change in (lambda: cases.keep(path, "B?", []), lambda: cases.remove(path, "A?")):
        with pytest.raises(QuestionsError, match=message):
            change()
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("question", "citations", "message"),
    [
        (" ", [], "the question is empty"),
        ("x" * 1001, [], "the question has 1,001 characters"),
        ("One word?", [quote("Moon")], "the quote is the one word Moon"),
        ("Odd \ud800?", [], "cannot be written"),
    ],
)
def test_a_case_that_could_not_be_read_again_is_not_written(path: Path, question, citations, message) -> None:
    cases.keep(path, "A?", [])
    before = path.read_bytes()
    with pytest.raises(QuestionsError, match=message):
        cases.keep(path, question, citations)
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_written_is_named(path: Path) -> None:
    path.touch()
    with pytest.raises(QuestionsError, match=r"questions.jsonl/mine.jsonl cannot be written \("):
        cases.keep(path / "mine.jsonl", "A?", [])
    with pytest.raises(QuestionsError, match=f"{path.parent} cannot be read: Is a directory"):
        cases.keep(path.parent, "A?", [])


def test_cases_kept_at_the_same_time_are_all_kept(path: Path) -> None:
    questions = [f"Question {number}?" for number in range(20)]
    threads = [threading.Thread(target=cases.keep, args=(path, each, [ORBITS])) for each in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.text for each in cases.read(path)} == set(questions)


@pytest.mark.skipif(os.name != "posix", reason="of POSIX")
def test_a_link_stays_a_link_and_a_private_file_private(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.jsonl"
    real.touch(mode=0o600)
    path.symlink_to(real)
    cases.keep(path, "A?", [])
    assert path.is_symlink()
    assert [each.text for each in cases.read(real)] == ["A?"]
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
