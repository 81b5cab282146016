"""The command line over the small corpus, and a chat over any articles, with the toy model."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pytest

from rag import build as building
from rag import chat as chatting
from rag.__main__ import main
from rag.settings import Settings


@pytest.fixture
def rag(settings: Settings, toy, toy_is_loaded, monkeypatch, capsys):
    """Run a command over the small corpus with the toy model; return status, output and errors."""
    for name in ("corpus", "index", "questions", "passage_tokens"):
        monkeypatch.setenv(f"RAG_{name.upper()}", str(getattr(settings, name)))
    monkeypatch.setattr(chatting, "load_embedder", lambda settings: toy)

    def run(*arguments: str, lines: str | bytes = "") -> tuple[int, str, str]:
        typed = lines if isinstance(lines, bytes) else lines.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
        status = main(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def chat_of(settings: Settings, toy) -> Callable[[Mapping[str, str]], chatting.Chat]:
    """Build an index over these texts alone, by the names of their files, and open it."""

    def opened(articles: Mapping[str, str]) -> chatting.Chat:
        for path in settings.corpus.iterdir():
            path.unlink()
        for name, text in articles.items():
            (settings.corpus / name).write_text(text, encoding="utf-8")
        building.build(settings, embedder=toy)
        return chatting.Chat.open(settings, toy)

    return opened
