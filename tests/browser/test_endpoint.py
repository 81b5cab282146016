"""The page's one public endpoint, and its address."""

from __future__ import annotations

import os
import socket
from datetime import date

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from three_articles import NOWHERE, REFUSED, WHEN, ThreeArticles

from rag.errors import SettingError
from rag.export import as_json
from rag.page import launch
from rag.settings import Settings
from rag.types import Filter


@pytest.fixture(scope="module")
def client(address):
    return Client(address, verbose=False, analytics_enabled=False)


def test_ask_is_the_only_public_endpoint(client):
    assert set(client.view_api(return_format="dict")["named_endpoints"]) == {"/ask"}


@pytest.mark.parametrize("question", [WHEN, NOWHERE])
def test_ask_returns_the_outcome_as_it_is_exported(client, question):
    assert client.predict(question, api_name="/ask") == as_json(ThreeArticles().ask(question))


def test_ask_takes_a_filter_by_name(client, chat):
    client.predict(WHEN, api_name="/ask")
    assert chat.filter is None
    given = {"since": "1969-07", "until": "1969", "sources": ["Register"], "authors": ["A", "B"]}
    found = client.predict(WHEN, articles=["a.md"], collections=["space"], api_name="/ask", **given)
    assert found["answered"]
    assert chat.filter == Filter(
        since=date(1969, 7, 1),
        until=date(1969, 12, 31),
        sources=("Register",),
        authors=("A", "B"),
        articles=("a.md",),
        collections=("space",),
    )
    with pytest.raises(AppError, match="since July is not a date; write"):
        client.predict(WHEN, since="July", api_name="/ask")


def test_what_the_caller_can_put_right_is_said(client):
    with pytest.raises(AppError, match="no index in index/"):
        client.predict(REFUSED, api_name="/ask")
    with pytest.raises(AppError, match="the most is 1,000"):
        client.predict("x" * 1001, api_name="/ask")


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
