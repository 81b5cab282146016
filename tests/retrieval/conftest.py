"""The real model, and chats over the bundled corpus and over the two real articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.build import build
from rag.chat import Chat
from rag.index.packaged import PackagedEmbedder
from rag.settings import Settings
from rag.types import Outcome

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def embedder() -> PackagedEmbedder:
    return PackagedEmbedder()


@pytest.fixture(scope="session")
def chat_over(embedder, tmp_path_factory) -> Callable[[Path], Chat]:
    def over(corpus: Path) -> Chat:
        settings = Settings(corpus=corpus, index=tmp_path_factory.mktemp("index"))
        build(settings, embedder=embedder)
        return Chat.open(settings, embedder)

    return over


@pytest.fixture(scope="session")
def ask() -> Callable[[Chat, str], Outcome]:
    """Return what asks a question; several tests look at what comes of it, and it is asked once."""
    outcomes: dict[tuple[str, str], Outcome] = {}

    def ask(chat: Chat, question: str) -> Outcome:
        key = (chat.snapshot, question)
        if key not in outcomes:
            outcomes[key] = chat.ask(question)
        return outcomes[key]

    return ask


@pytest.fixture(scope="session")
def bundled(chat_over) -> Chat:
    return chat_over(ROOT / "corpus")


@pytest.fixture(scope="session")
def real(chat_over, shared: Path) -> Chat:
    return chat_over(shared / "articles")
