"""`rag test` on the command line: what is printed where, and with which exit status."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.build import build
from rag.chat import Chat
from rag.evaluation.questions import read
from rag.evaluation.results import METRICS
from rag.settings import Settings

ROWS = (
    {"question": "What is Bread baked from?", "article": "bread.md", "quote": "Bread is baked from flour"},
    {"question": "What is not oxidised?", "article": "moon.md", "answer": "Armstrong"},
    {"question": "Zorblax quuxes?", "unanswerable": True},
)


DOCUMENT = Path(__file__).parents[3] / "docs" / "testing.md"


def block(language: str) -> str:
    """Return the code of that language in the documentation."""
    return DOCUMENT.read_text("utf-8").split(f"```{language}\n")[1].split("```")[0]


def written(path: Path, rows) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture
def mine(tmp_path: Path) -> str:
    return written(tmp_path / "mine.jsonl", ROWS)


def test_a_table_is_printed_and_the_failures_counted(rag, mine: str) -> None:
    rag("build")
    status, out, _ = rag("test", mine)
    assert status == 0
    assert out.startswith("3 questions (2 answerable, 1 not) over 3 articles, 4 passages of ")
    assert "\n1 failure; see each with: rag test ... --html FILE\n" in out


def test_without_a_file_the_questions_that_the_page_keeps_are_asked(rag, settings: Settings) -> None:
    rag("build")
    written(settings.questions, ROWS[:1])
    status, out, _ = rag("test")
    assert status == 0
    assert out.startswith("1 question (1 answerable, 0 not)")


def test_json_is_one_object_and_nothing_else(rag, mine: str) -> None:
    rag("build")
    status, out, _ = rag("test", mine, "--json")
    assert status == 0
    assert out.count("\n") == 1
    found = json.loads(out)
    assert found["fused"]["hit@1"]["value"] == 0.5
    assert [each["id"] for each in found["each"]] == ["1", "2", "3"]


def test_two_runs_print_the_same_but_for_the_times(rag, mine: str) -> None:
    rag("build")
    one, other = (json.loads(rag("test", mine, "--json")[1]) for _ in range(2))
    del one["latency"], other["latency"]
    assert one == other


def test_a_missed_floor_is_a_line_and_status_1(rag, mine: str) -> None:
    rag("build")
    status, out, err = rag("test", mine, "--floor", "recall@1=0.9", "--floor", "recall@50=0.1")
    assert status == 1
    assert out.startswith("3 questions")
    assert "rag: fused.recall@1 is 0.5000, below the floor of 0.9\n" in err
    assert "recall@50" not in err
    assert rag("test", mine, "--floor", "recall@1=0.5")[0] == 0


def test_a_page_is_written(rag, mine: str, tmp_path: Path) -> None:
    rag("build")
    assert rag("test", mine, "--html", str(tmp_path / "page.html"))[0] == 0
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!doctype html>")


def test_an_earlier_run_is_compared_with(rag, mine: str, tmp_path: Path) -> None:
    rag("build")
    (tmp_path / "old.json").write_text(rag("test", mine, "--json")[1], "utf-8")
    status, out, _ = rag("test", mine, "--compare", str(tmp_path / "old.json"))
    assert status == 0
    assert "compared over 3 questions that both runs asked\n" in out
    assert "0 questions better" in out
    _, out, err = rag("test", mine, "--json", "--compare", str(tmp_path / "old.json"))
    assert json.loads(out)["questions"] == 3
    assert "compared over 3 questions" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("{mine}", "--floor", "recal@5=0.9"), "recal@5 is not a measure; did you mean recall@5"),
        (("{mine}", "--compare", "none.json"), "none.json cannot be read: No such file"),
        (("{mine}", "--html", "none/page.html"), "no folder none to write page.html to; make it first"),
        (("none.jsonl",), "none.jsonl cannot be read: No such file"),
        ((), "there is no {questions}; name a file of questions, or start one with --draft 20"),
        (("{mine}", "--draft", "3"), "name a file of questions, or draft some"),
        (("--draft", "0"), "--draft 0: name how many questions, 1 or more"),
        (("{mine}",), "no index in"),
    ],
)
def test_mistakes_are_named_in_one_line_before_any_work(
    rag, settings: Settings, mine: str, arguments, message: str
) -> None:
    status, out, err = rag("test", *(each.format(mine=mine) for each in arguments))
    assert (status, out) == (1, "")
    assert err.startswith(f"rag: {message.format(questions=settings.questions)}")
    assert err.count("\n") == 1


def test_labels_that_do_not_fit_the_index_are_named(rag, tmp_path: Path) -> None:
    rag("build")
    path = written(tmp_path / "mine.jsonl", [{"question": "Why?", "article": "bred.md"}])
    status, out, err = rag("test", path)
    assert (status, out) == (1, "")
    assert "question 1: no article bred.md; did you mean bread.md?" in err


def test_a_draft_is_questions_to_complete_and_says_so_when_it_is_not(rag, tmp_path: Path) -> None:
    rag("build")
    status, out, _ = rag("test", "--draft", "5")
    assert status == 0
    [row] = [json.loads(line) for line in out.splitlines()]
    assert row == {
        "question": "",
        "article": "moon.md",
        "quote": "Neil Armstrong walked on the Moon in July 1969.",
    }
    path = tmp_path / "draft.jsonl"
    path.write_text(out, "utf-8")
    assert (
        "line 1: the question is empty; write one that the quote answers, or delete"
        in rag("test", str(path))[2]
    )
    assert rag("test", written(path, [row | {"question": "Who walked on the Moon in 1969?"}]))[0] == 0


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "Cities"
    (folder / "qrels").mkdir(parents=True)
    articles = ({"_id": "a", "text": "It rained in Rome."}, {"_id": "b", "text": "It snowed in Oslo."})
    written(folder / "corpus.jsonl", articles)
    written(
        folder / "queries.jsonl", [{"_id": "q", "text": "Where did it rain?", "metadata": {"answer": "Rome"}}]
    )
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n", "utf-8")
    return folder


def test_a_collection_is_indexed_once_in_the_users_cache(
    rag, collection: Path, tmp_path: Path, toy, monkeypatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    status, out, err = rag("test", str(collection), "--json")
    assert status == 0
    assert json.loads(out)["fused"]["hit@1"]["value"] == 1.0
    [index] = (tmp_path / "cache" / "footnote").iterdir()
    assert f"{index}: 2 articles, 2 passages (2 embedded, 0 unchanged)" in err
    embedded = len(toy.seen)
    assert f"{index} is up to date: 2 articles, 2 passages" in rag("test", str(collection))[2]
    assert len(toy.seen) == embedded


def test_the_index_of_a_collection_can_be_kept_elsewhere(
    rag, collection: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    status, _, err = rag("test", str(collection), "--index", str(tmp_path / "kept"))
    assert status == 0
    assert f"{tmp_path / 'kept'}: 2 articles" in err
    assert not (tmp_path / "cache").exists()
    assert "brings its own articles; leave out --corpus" in rag("test", str(collection), "--corpus", "x")[2]


def test_a_squad_file_is_a_collection_too(rag, tmp_path: Path, settings: Settings, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    paragraph = {
        "context": "It rained in Rome. It snowed in Oslo.",
        "qas": [
            {"id": "1", "question": "Where did it rain?", "answers": [{"text": "Rome", "answer_start": 13}]},
            {"id": "2", "question": "Where did zorblax?", "answers": [], "is_impossible": True},
        ],
    }
    path = tmp_path / "dev.json"
    path.write_text(json.dumps({"data": [{"title": "Weather", "paragraphs": [paragraph]}]}), "utf-8")
    status, out, _ = rag("test", str(path), "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["answerable"], found["unanswerable"]) == (1, 1)
    assert found["passages"]["fused"]["hit@1"]["value"] == 1.0
    assert found["fused"]["sentence@1"]["value"] == 1.0
    assert found["corpus"].endswith("/corpus")


def test_the_questions_in_the_documentation_load(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(block("jsonl"), "utf-8")
    assert [question.unanswerable for question in read(tmp_path / "mine.jsonl")] == [
        False,
        False,
        False,
        True,
    ]


def test_the_test_file_in_the_documentation_works(
    tmp_path: Path, mine: str, settings: Settings, toy, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build(settings, embedder=toy)
    names: dict[str, Any] = {}
    exec(block("python"), names)
    bread, wrong, _ = read(mine)
    chat = Chat.open(replace(settings, threshold=0.0), toy)
    names["test_the_articles_answer"](chat, bread)
    with pytest.raises(pytest.fail.Exception, match="is answered, but with no right sentence"):
        names["test_the_articles_answer"](chat, wrong)


def test_every_measure_is_in_the_documentation() -> None:
    text = DOCUMENT.read_text("utf-8")
    for name in METRICS:
        prefix, _, last = name.rpartition(".")
        kind = last.split("@")[0]
        assert f"`{kind}@" in text or f"`{prefix}.{last}`" in text, name
