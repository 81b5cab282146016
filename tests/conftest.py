"""What several kinds of tests share: a toy model, a small corpus, and where the evaluation data lies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from web_server import Site, serving

from rag import build as building
from rag.index import recipes
from rag.index.embedding import Vectors
from rag.index.passages import model_input
from rag.settings import Settings
from rag.types import Passage

OPTIONS = {
    "--questions": "labelled questions, each a test case of tests/retrieval/test_questions.py",
    "--corpus": "folder of the articles that they are about",
    "--index": "folder of a built index of those articles; else one is built in a temporary folder",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    for name, about in OPTIONS.items():
        parser.getgroup("questions").addoption(name, type=Path, help=about)
    parser.addoption("--renew-golden", action="store_true", help="write the files of golden tests anew")


ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


class ToyEmbedder:
    """A bag of words: each word is a fixed direction of its own, so a cosine can be worked out by hand."""

    name = "toy"
    fingerprint = "toy-1"
    dimension = 64
    max_tokens = 64

    def __init__(self) -> None:
        self.seen: list[str] = []
        """Passages embedded so far."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed_passages(
        self, passages: Sequence[Passage], done: Callable[[int], object] = lambda _: None
    ) -> tuple[Vectors, Vectors]:
        self.seen += [passage.text for passage in passages]
        done(len(passages))
        return (
            self.embed_questions([model_input(passage) for passage in passages]),
            self.embed_questions([sentence.text for passage in passages for sentence in passage.sentences]),
        )

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                digest = hashlib.sha256(word.strip('.,?!"“”()').encode()).digest()
                vectors[row, digest[0] % self.dimension] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


@pytest.fixture
def toy() -> ToyEmbedder:
    return ToyEmbedder()


@pytest.fixture
def toy_is_loaded(toy: ToyEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds load the toy in place of the model that the settings name."""
    monkeypatch.setattr(building, "load_embedder", lambda settings: toy)
    monkeypatch.setattr(recipes, "locate", lambda name, downloads: Path())
    monkeypatch.setattr(recipes, "fingerprint", lambda name, folder: toy.fingerprint)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings over a corpus of three short articles in a temporary folder."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    articles = {
        "moon.md": "---\ntitle: The Moon\ndate: 2026-03-01\n---\n"
        "The Moon orbits the Earth. Its distance from us is about 384,400 kilometres.\n\n"
        "Neil Armstrong walked on the Moon in July 1969.",
        "bread.md": "---\ntitle: Bread\n---\n"
        "Bread is baked from flour and water. Sourdough is made without added yeast.",
        "tea.md": "---\ntitle: Tea\n---\nTea is made from leaves. Green tea is not oxidised.",
    }
    for name, text in articles.items():
        (corpus / name).write_text(text, encoding="utf-8")
    return Settings(
        corpus=corpus,
        index=tmp_path / "index",
        questions=tmp_path / "questions.jsonl",
        passage_tokens=16,
        reader=False,
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return what compares a text with a file that a person has read, or writes that anew when asked to."""

    def compare(file: Path, text: str) -> None:
        if request.config.getoption("--renew-golden"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.is_file(), f"no {file.name}; write it with --renew-golden"
        assert text == file.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The evaluation data beside the repository."""
    if not SHARED.is_dir():
        pytest.skip(f"no evaluation data in {SHARED}")
    return SHARED


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on this machine."""
    with serving() as served:
        yield served
