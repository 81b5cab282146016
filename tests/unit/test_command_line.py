"""The command line: clear lines, exit statuses, JSON that programs can rely on."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from rag import build as building
from rag import chat as chatting
from rag.__main__ import main
from rag.settings import Settings


@pytest.fixture
def rag(settings: Settings, toy, monkeypatch, capsys):
    """Run a command over the small corpus with the toy model; return status, output and errors."""
    for name, value in {"CORPUS": settings.corpus, "INDEX": settings.index, "PASSAGE_TOKENS": 16}.items():
        monkeypatch.setenv(f"RAG_{name}", str(value))
    monkeypatch.setattr(building, "load_embedder", lambda settings: toy)
    monkeypatch.setattr(chatting, "load_embedder", lambda settings: toy)
    monkeypatch.setattr(building, "locate", lambda name, downloads: Path())
    monkeypatch.setattr(building, "fingerprint", lambda name, folder: toy.fingerprint)

    def run(*arguments: str, lines: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        status = main(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_build_says_what_it_did_and_what_it_could_not_read(rag, settings: Settings) -> None:
    (settings.corpus / "broken.pdf").write_bytes(b"nothing")
    status, out, _ = rag("build")
    assert status == 0
    assert "3 articles, 4 passages (4 embedded, 0 unchanged)" in out
    assert "not read: broken.pdf" in out
    assert "is up to date: 3 articles, 4 passages" in rag("build")[1]


def test_ask_prints_sentences_with_numbers_and_their_sources(rag) -> None:
    rag("build")
    status, out, _ = rag("ask", "What is Bread baked from?")
    assert status == 0
    assert out.startswith("Bread is baked from flour and water. [1]\n")
    assert "[1] Bread, no date  bread.md" in out


def test_ask_prints_a_refusal_with_the_closest_passages(rag) -> None:
    rag("build")
    status, out, _ = rag("ask", "Zorblax quuxes?")
    assert status == 0
    assert out.startswith("The articles don't answer this. Closest passages:\n")


def test_ask_json_prints_one_object(rag) -> None:
    rag("build")
    found = json.loads(rag("ask", "--json", "What is Bread baked from?")[1])
    assert found["answered"] is True
    assert found["statements"][0]["citations"][0]["quote"] == "Bread is baked from flour and water."


def test_ask_json_reads_a_question_a_line_and_prints_an_object_a_line(rag) -> None:
    rag("build")
    status, out, _ = rag("ask", "--json", "-", lines="What is Bread baked from?\n\nZorblax?\n" + "x" * 2000)
    found = [json.loads(line) for line in out.splitlines()]
    assert [each.get("answered") for each in found] == [True, False, None]
    assert found[2]["error"].startswith("the question has 2000 characters")
    assert status == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask", "What?"), "no index in"),
        (("build", "--corpus", "nowhere"), "no folder nowhere"),
        (("serve", "--port", "70000"), "RAG_PORT=70000 is outside 0 to 65535"),
    ],
)
def test_what_a_reader_can_put_right_is_one_line_and_status_1(rag, arguments, message: str) -> None:
    status, out, err = rag(*arguments)
    assert (status, out) == (1, "")
    assert err.startswith(f"rag: {message}")
    assert err.count("\n") == 1


def test_doctor_is_content_with_a_fresh_index_and_names_a_stale_one(rag, settings: Settings) -> None:
    assert rag("doctor")[0] == 1
    rag("build")
    status, out, _ = rag("doctor")
    assert status == 0
    assert "3 articles, 4 passages" in out
    (settings.corpus / "tea.md").write_text("Changed.", encoding="utf-8")
    (settings.corpus / "new.md").write_text("New.", encoding="utf-8")
    (settings.corpus / "moon.md").unlink()
    status, out, _ = rag("doctor")
    assert status == 1
    assert "files since the build: 1 added, 1 changed, 1 removed" in out


def test_doctor_finds_a_damaged_file(rag, settings: Settings) -> None:
    rag("build")
    [sentences] = settings.index.rglob("sentences.npy")
    content = bytearray(sentences.read_bytes())
    content[-1] ^= 1
    sentences.write_bytes(content)
    status, out, _ = rag("doctor")
    assert status == 1
    assert "damaged: sentences.npy" in out
