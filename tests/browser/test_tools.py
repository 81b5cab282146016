"""The MCP tools, used by a real MCP client over HTTP."""

from __future__ import annotations

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from three_articles import BROKEN, HACK, HOSTILE, NOWHERE, REFUSED, SAMPLES, WHEN, ThreeArticles

from rag.errors import SettingError
from rag.output.json import article_as_json, as_json, found_as_json
from rag.page import launch
from rag.settings import Settings

CHAT = ThreeArticles()


@pytest.fixture(scope="module")
def tools(serve):
    with serve(CHAT, Settings(port=0, mcp=True)) as address:
        yield f"{address}gradio_api/mcp/"


def connected(address, use):
    """Return what `use` of a session with the tools at `address` returns."""

    async def meet():
        async with (
            streamable_http_client(address) as (read, write, *_),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await use(session)

    with ThreadPoolExecutor(1) as aside:  # a browser that is open has the loop of this thread
        return aside.submit(asyncio.run, meet()).result()


def called(address, name, **arguments):
    return connected(address, lambda session: session.call_tool(name, arguments))


def text(result):
    [content] = result.content
    assert content.type == "text"
    return content.text


def test_there_are_three_tools_and_nothing_else(tools):
    async def listed(session):
        return (
            (await session.list_tools()).tools,
            (await session.list_resources()).resources,
            (await session.list_prompts()).prompts,
        )

    found, resources, prompts = connected(tools, listed)
    assert [tool.name for tool in found] == ["ask", "search", "article"]
    assert resources == prompts == []


def test_an_agent_is_told_what_a_tool_returns_and_what_each_argument_means(tools):
    ask, search, article = connected(tools, lambda session: session.list_tools()).tools
    assert "verbatim quote" in ask.description
    assert "do not present those as an answer" in ask.description
    for tool in (ask, search, article):
        assert "Returns JSON" in tool.description
        assert all(each["description"] for each in tool.inputSchema["properties"].values())
    assert search.inputSchema["properties"]["k"] == {
        "type": "integer",
        "default": 10,
        "description": "How many passages, 1 to 100.",
    }
    filters = ["since", "until", "sources", "authors", "articles", "collections"]
    assert list(ask.inputSchema["properties"]) == ["question", *filters, "turns", "ignored"]
    assert list(search.inputSchema["properties"]) == ["question", "k", *filters]
    assert list(article.inputSchema["properties"]) == article.inputSchema["required"] == ["id"]
    assert ask.inputSchema["required"] == search.inputSchema["required"] == ["question"]


@pytest.mark.parametrize("question", [WHEN, NOWHERE, HACK])
def test_ask_returns_the_outcome_as_json(tools, question):
    result = called(tools, "ask", question=question)
    assert not result.isError
    assert json.loads(text(result)) == as_json(ThreeArticles().ask(question))


def test_search_and_article_return_json(tools):
    found = called(tools, "search", question=WHEN, k=3, sources=["Register"])
    assert json.loads(text(found)) == found_as_json(ThreeArticles().search(WHEN, k=3))
    assert json.loads(text(called(tools, "article", id=HOSTILE.id))) == article_as_json(HOSTILE)


def test_the_url_of_an_article_is_text_even_when_it_is_an_image(tools, monkeypatch):
    image = "data:image/svg+xml,<svg onload='alert(1)'/>"
    monkeypatch.setitem(CHAT.articles, SAMPLES.id, replace(SAMPLES, url=image))
    assert json.loads(text(called(tools, "article", id=SAMPLES.id)))["url"] == image


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("article", {"id": "/etc/passwd"}, "no article /etc/passwd; did you mean space/apollo-11.md?"),
        ("ask", {"question": REFUSED}, "no index in index/. Build it with: rag build"),
        ("ask", {"question": BROKEN}, "Something went wrong; the details are in the server's log."),
        ("ask", {}, "'question' is a required property"),
        ("search", {"question": WHEN, "k": "ten"}, "'ten' is not of type 'integer'"),
    ],
)
def test_an_error_is_marked_as_one_and_says_what_to_put_right(tools, name, arguments, message):
    result = called(tools, name, **arguments)
    assert result.isError
    assert message in text(result)


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://example.org", 403), ("null", 403), ("http://localhost:6274", 200), (None, 200)],
)
def test_a_page_of_another_site_cannot_use_the_tools(tools, origin, status):
    headers = {"Accept": "application/json, text/event-stream"} | ({"Origin": origin} if origin else {})
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    assert httpx.post(tools, json=asked, headers=headers, trust_env=False).status_code == status


def test_the_tools_are_off_unless_they_are_asked_for(address):
    assert httpx.post(f"{address}gradio_api/mcp/", json={}, trust_env=False).status_code in (404, 405)


def test_the_missing_package_is_named_with_the_way_to_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "mcp", None)
    with pytest.raises(SettingError, match=r"RAG_MCP needs the package mcp.*pip install -e \"\.\[mcp\]\""):
        launch(ThreeArticles(), Settings(port=0, mcp=True), announce=print, block=False)


def test_tools_that_gradio_cannot_serve_are_no_silence(monkeypatch):
    monkeypatch.setattr("gradio.mcp.GradioMCPServer.__init__", lambda *_: 1 / 0)
    with pytest.raises(RuntimeError, match="division by zero"):
        launch(ThreeArticles(), Settings(port=0, mcp=True), announce=print, block=False)
