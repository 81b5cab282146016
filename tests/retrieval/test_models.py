"""Other models: their prompts are honoured, and a cross-encoder orders as it does on its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from rag.build import split
from rag.chat import Chat
from rag.errors import ModelError, SettingError
from rag.index.embedding import PACKAGED_MODEL, SentenceTransformerEmbedder, locate
from rag.index.passages import model_input, split_passages
from rag.retrieval.rerank import CrossEncoderReranker, load_reranker
from rag.settings import Settings
from rag.types import Article

QUERY, PASSAGE = "Represent this question for searching relevant passages: ", "passage: "
ARTICLE = Article(
    "a.txt",
    "The Café",
    "“We met at 5 p.m.,” she said. Naïve visitors — 12,000 of them — came in 2019.\n\nIt closed in May.",
)


def tiny(folder: Path, kind: str, **config) -> Path:
    """Write a BERT of two layers with random weights and the packaged model's vocabulary."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification, BertModel

    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(locate(PACKAGED_MODEL), local_files_only=True)
    shape = BertConfig(
        vocab_size=tokenizer.vocab_size,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
        initializer_range=0.5,
        **config,
    )
    model = {"encoder": BertModel, "cross-encoder": BertForSequenceClassification}[kind](shape)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def bert(tmp_path_factory) -> Path:
    return tiny(tmp_path_factory.mktemp("bert"), "encoder")


@pytest.fixture(params=["query document", "question passage", "query corpus"])
def prompted(bert: Path, tmp_path: Path, request) -> Path:
    """The folder of a model with prompts under the names of the parameter."""
    return with_prompts(bert, tmp_path, dict(zip(request.param.split(), (QUERY, PASSAGE), strict=True)))


def with_prompts(bert: Path, folder: Path, prompts: dict[str, str], *, include_prompt: bool = True) -> Path:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    transformer = Transformer(str(bert), max_seq_length=64)
    pooling = Pooling(32, pooling_mode="mean", include_prompt=include_prompt)
    SentenceTransformer(modules=[transformer, pooling]).save(str(folder / "model"))
    path = folder / "model" / "config_sentence_transformers.json"
    given = json.loads(path.read_text(encoding="utf-8")) | {"prompts": prompts}
    path.write_text(json.dumps(given), encoding="utf-8")
    return folder / "model"


def test_questions_and_passages_get_the_models_prompts(prompted: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(prompted))
    passages = list(split_passages(ARTICLE, embedder.count_tokens, limit=20))
    inputs = [model_input(each) for each in passages]
    plain = embedder._model
    vectors, _ = embedder.embed_passages(passages)
    expected = plain.encode_document(inputs, prompt=PASSAGE, normalize_embeddings=True)
    assert np.allclose(vectors, expected, atol=1e-5)
    assert not np.allclose(vectors, plain.encode(inputs, prompt="", normalize_embeddings=True), atol=1e-2)
    question = embedder.embed_questions(["When?"])
    assert np.allclose(
        question, plain.encode_query(["When?"], prompt=QUERY, normalize_embeddings=True), atol=1e-5
    )
    assert not np.allclose(question, plain.encode(["When?"], prompt="", normalize_embeddings=True), atol=1e-2)


@pytest.mark.parametrize("include_prompt", [True, False])
def test_a_sentence_vector_leaves_the_prompt_out(bert: Path, tmp_path: Path, include_prompt: bool) -> None:
    """The slow, obvious twin picks the tokens by hand from one text, prompt in front."""
    prompts = {"document": PASSAGE}
    embedder = SentenceTransformerEmbedder(
        str(with_prompts(bert, tmp_path, prompts, include_prompt=include_prompt))
    )
    passages = list(split_passages(ARTICLE, embedder.count_tokens, limit=20))
    assert max(len(passage.sentences) for passage in passages) > 1
    vectors, sentences = embedder.embed_passages(passages)
    plain = [embedder._model.encode_document(model_input(each)) for each in passages]
    assert np.allclose(vectors, plain / np.linalg.norm(plain, axis=1, keepdims=True), atol=1e-5)
    expected = []
    for passage in passages:
        text = PASSAGE + model_input(passage)
        tokens = embedder._model.encode(text, prompt="", output_value="token_embeddings").numpy()
        spans = embedder._model.tokenizer(text, return_offsets_mapping=True)["offset_mapping"]
        for sentence in passage.sentences:
            start = text.index(sentence.text)
            end = start + len(sentence.text)
            inside = [
                vector
                for vector, (first, last) in zip(tokens, spans, strict=True)
                if first < last and start <= first and last <= end
            ]
            mean = np.mean(inside, axis=0)
            expected.append(mean / np.linalg.norm(mean))
    assert np.allclose(sentences, np.array(expected), atol=1e-5)


def test_passages_leave_room_for_the_prompt_and_the_context(bert: Path, tmp_path: Path) -> None:
    long = "passage of an article that is to be found by whoever asks about it: "
    embedder = SentenceTransformerEmbedder(str(with_prompts(bert, tmp_path, {"passage": long})))
    assert embedder.max_tokens == 64 - embedder.count_tokens([long])[0]
    article = Article("b.txt", "A title of six words here", "One two three four five six seven. " * 40)
    passages = split([article], embedder, Settings())
    sizes = [len(embedder._model.tokenizer(long + model_input(each))["input_ids"]) for each in passages]
    assert max(sizes) <= 64
    assert max(sizes) > 50


def test_a_prompt_that_leaves_no_room_is_refused(bert: Path, tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(with_prompts(bert, tmp_path, {"passage": "word " * 60})))
    with pytest.raises(SettingError, match="too few for a title and a passage"):
        split([ARTICLE], embedder, Settings())


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory) -> Path:
    return tiny(tmp_path_factory.mktemp("cross"), "cross-encoder", num_labels=1)


def test_a_cross_encoder_orders_hits_as_it_does_on_its_own(bundled: Chat, cross_encoder: Path) -> None:
    from sentence_transformers import CrossEncoder

    question = "When was the Channel Tunnel opened?"
    plain = bundled.retriever.rank(bundled.understand(question))
    passages = bundled.index.passages(plain.fused[:30])
    pairs = [(question, model_input(passage)) for passage in passages]
    scores = CrossEncoder(str(cross_encoder), local_files_only=True).predict(pairs)
    assert len({round(float(score), 4) for score in scores}) > 20

    chat = Chat.open(bundled.settings, bundled.embedder, CrossEncoderReranker(str(cross_encoder)))
    hits = chat.retriever.find(chat.understand(question), k=30)
    order = np.argsort(-scores, kind="stable")
    assert [hit.passage for hit in hits] == [passages[at] for at in order]
    assert np.allclose([hit.score for hit in hits], scores[order], atol=1e-5)
    assert chat.retriever.rank(chat.understand(question)).fused[30:].tolist() == plain.fused[30:].tolist()


def test_a_reranker_is_loaded_only_when_it_is_set(cross_encoder: Path) -> None:
    assert load_reranker(Settings()) is None
    assert load_reranker(Settings(reranker=str(cross_encoder))) is not None


def test_a_reranker_that_does_not_fit_is_a_clear_error(tmp_path: Path, cross_encoder: Path) -> None:
    with pytest.raises(ModelError, match=r"no model no-such-reranker on this machine; .* RAG_DOWNLOADS=1"):
        CrossEncoderReranker("no-such-reranker")
    three = tiny(tmp_path / "three", "cross-encoder", num_labels=3)
    with pytest.raises(ModelError, match="gives 3 scores a passage; a reranker gives one"):
        CrossEncoderReranker(str(three))
    damaged = shutil.copytree(cross_encoder, tmp_path / "damaged")
    (damaged / "model.safetensors").write_bytes(b"garbage")
    with pytest.raises(ModelError, match=r"the reranker in .* cannot be loaded"):
        CrossEncoderReranker(str(damaged))
