"""Each labelled question is a test case: those that must always pass, or your own.

pytest tests/retrieval/test_questions.py --questions my.jsonl --corpus my/articles
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.build import build
from rag.chat import Chat
from rag.errors import RagError
from rag.evaluation.questions import brings_articles, read, with_own_articles
from rag.evaluation.run import failure
from rag.settings import Settings

SURE = Path(__file__).parent / "sure.jsonl"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "question" in metafunc.fixturenames:
        try:
            questions = read(metafunc.config.getoption("--questions") or SURE)
        except RagError as error:
            raise pytest.UsageError(str(error)) from None
        metafunc.parametrize("question", questions, ids=str)


@pytest.fixture(scope="module")
def chat(pytestconfig: pytest.Config, embedder, request, tmp_path_factory) -> Chat:
    questions, corpus, index = (
        pytestconfig.getoption(f"--{each}") for each in ("questions", "corpus", "index")
    )
    if not (questions or corpus or index):
        return request.getfixturevalue("bundled")
    folder = tmp_path_factory.mktemp("questions")
    settings = Settings(index=index or folder)
    if questions and brings_articles(questions):
        settings = with_own_articles(settings, questions, index=index, kept=folder)
    elif corpus:
        settings = replace(settings, corpus=corpus)
    if corpus or not index:
        build(settings, embedder=embedder)
    return Chat.open(settings, embedder)


def test_the_articles_answer(chat: Chat, question) -> None:
    if found := failure(chat, question):
        pytest.fail(found, pytrace=False)
