"""The page's calls for programs, and its address."""

from __future__ import annotations

import os
import socket
from datetime import date

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from three_articles import (
    APOLLO,
    BASALTS,
    BROKEN,
    FOLLOW_UP,
    HOSTILE,
    MISSING,
    NOWHERE,
    REFUSED,
    ROCK_AGE,
    WHEN,
    ThreeArticles,
)

from rag.errors import SettingError
from rag.output.json import article_as_json, as_json, found_as_json
from rag.page import launch
from rag.settings import Settings
from rag.types import Filter, Turn


@pytest.fixture(scope="module")
def client(address):
    return Client(address, verbose=False, analytics_enabled=False)


def test_there_are_three_public_endpoints(client):
    named = client.view_api(return_format="dict")["named_endpoints"]
    assert set(named) == {"/ask", "/search", "/article"}


@pytest.mark.parametrize("question", [WHEN, NOWHERE])
def test_ask_returns_the_outcome_as_it_is_exported(client, question):
    assert client.predict(question, api_name="/ask") == as_json(ThreeArticles().ask(question))


def test_ask_takes_a_filter_by_name(client, chat):
    client.predict(WHEN, api_name="/ask")
    assert chat.filter is None
    given = {"since": "1969-07", "until": "1969", "sources": [APOLLO.source], "authors": ["A", "B"]}
    found = client.predict(WHEN, articles=["a.md"], collections=["space"], api_name="/ask", **given)
    assert found["answered"]
    assert chat.filter == Filter(
        since=date(1969, 7, 1),
        until=date(1969, 12, 31),
        sources=(APOLLO.source,),
        authors=("A", "B"),
        articles=("a.md",),
        collections=("space",),
    )
    with pytest.raises(AppError, match="since July is not a date; write"):
        client.predict(WHEN, since="July", api_name="/ask")


def test_ask_takes_the_turns_before_a_follow_up(client, chat):
    turns = [{"question": ROCK_AGE, "answer": BASALTS}, {"question": NOWHERE}]
    found = client.predict(FOLLOW_UP, turns=turns, api_name="/ask")
    assert chat.turns == (Turn(ROCK_AGE, BASALTS), Turn(NOWHERE, ""))
    assert (found["question"], found["reading"]) == (WHEN, {"typed": FOLLOW_UP, "times": []})


def test_search_returns_passages_with_rank_scores_and_reason(client, chat):
    found = client.predict(MISSING, k=2, authors=["A"], api_name="/search")
    assert found == found_as_json(ThreeArticles().search(MISSING, k=2))
    assert chat.filter == Filter(authors=("A",))
    assert found["missing_phrases"] == ["green cheese"]
    assert [each["rank"] for each in found["passages"]] == [1, 2]
    assert found["passages"][0] | {"score": 0.9, "similarity": 0.9, "bm25": 1.0} == found["passages"][0]
    assert found["passages"][0]["why"]["by_words"] == 22


def test_article_returns_an_article_as_it_stands(client):
    assert client.predict(HOSTILE.id, api_name="/article") == article_as_json(HOSTILE)


@pytest.mark.parametrize("path", ["/etc/passwd", "../three_articles.py", "file:///etc/passwd"])
def test_article_knows_ids_and_no_paths(client, path):
    with pytest.raises(AppError, match=r"no article .*did you mean space/apollo-11"):
        client.predict(path, api_name="/article")


@pytest.mark.parametrize(
    ("question", "options", "message"),
    [
        (REFUSED, {}, "no index in index/"),
        (BROKEN, {}, "^Something went wrong; the details are in the server's log.$"),
        (WHEN, {"sources": "CNN"}, "^sources: Input should be a valid list$"),
        (["When?"], {}, "^question: Input should be a valid string$"),
        (FOLLOW_UP, {"turns": ["?"]}, "^turns: Input should be a valid dictionary$"),
        (FOLLOW_UP, {"turns": [{"answer": "?"}]}, "^a turn has a question"),
    ],
)
def test_what_the_caller_can_put_right_is_said_and_no_more(client, question, options, message):
    with pytest.raises(AppError, match=message):
        client.predict(question, api_name="/ask", **options)


def test_a_port_in_use_is_named_with_the_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError) as error:
            launch(ThreeArticles(), Settings(port=port), announce=print, block=False)
    assert str(error.value) == f"port {port} is in use; choose another with RAG_PORT=..."


def test_a_host_that_is_not_an_address_is_named():
    with pytest.raises(SettingError, match="RAG_HOST=no such host is not an address"):
        launch(ThreeArticles(), Settings(host="no such host", port=0), announce=print, block=False)


def test_a_proxy_for_the_web_does_not_stop_the_page(monkeypatch, serve):
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # where nobody listens
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "example.org")
    with serve(ThreeArticles(), Settings(port=0)):
        assert os.environ["NO_PROXY"] == "example.org,localhost,127.0.0.1,::1,127.0.0.1"
