"""What is served: what the table of routes names, and nothing else of Gradio's."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from three_articles import ThreeArticles

from rag import page
from rag.page.guard import Guard
from rag.page.routes import served
from rag.settings import Settings

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "get")
SETTINGS = Settings(port=0, mcp=True)
FILLED = "x"
"""Stands for a part of a path."""


@pytest.fixture(scope="module")
def launched():
    served_page = page.launch(ThreeArticles(), SETTINGS, announce=lambda _: None, block=False)
    yield served_page
    served_page.close(verbose=False)


@pytest.fixture(scope="module")
def address(launched) -> str:
    return launched.local_url.rstrip("/")


def paths(routes, before: str = "") -> Iterator[str]:
    """Yield the path of every route, those of mounts and of included routers too."""
    for route in routes:
        if isinstance(route, Mount):
            yield f"{before}{route.path}/"
            yield from paths(route.routes or (), before + route.path)
        elif hasattr(route, "effective_candidates"):  # FastAPI's routers that are included in others
            yield from paths([each.starlette_route or each for each in route.effective_candidates()], before)
        else:
            yield before + route.path


def filled(path: str) -> str:
    return "".join(
        part if at % 2 == 0 else FILLED for at, part in enumerate(path.replace("}", "{").split("{"))
    )


def status(address: str, method: str, path: str, **headers: str) -> int:
    """Return how exactly this path is answered; a client of comfort would tidy it first."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request(method, path, headers=headers)
    found = connection.getresponse().status
    connection.close()
    return found


def named(method: str, path: str) -> bool:
    return any(each.serves(method, path) for each in served(SETTINGS, edited=True))


def test_every_route_of_the_application_is_in_the_table_or_refused(launched, address):
    found = {filled(path) for path in paths(launched.app.routes)}
    assert {"/", "/gradio_api/upload", "/gradio_api/file=x", "/gradio_api/mcp/sse", "/monitoring/x"} <= found
    assert len(found) > 70
    asked = [(method, path) for path in sorted(found) for method in METHODS if not named(method, path)]
    passed = [each for each in asked if status(address, *each) not in (400, 404)]
    assert passed == []


def test_every_route_of_the_table_is_one_of_the_application(address):
    for route in served(SETTINGS, edited=True):
        for method in route.methods:
            token = httpx.get(f"{address}/token").text
            found = status(address, method, filled(route.path), **{"x-footnote-token": token})
            assert found != (404 if "{" not in route.path else 405), route


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=http://127.0.0.1:1/",
        "/gradio_api/file=http%3A%2F%2F127.0.0.1%3A1%2F",
        "/gradio_api/%66ile=http://127.0.0.1:1/",
        "/gradio_api/%2566ile=http://127.0.0.1:1/",
        "//gradio_api/file=http://127.0.0.1:1/",
        "/gradio_api//file=http://127.0.0.1:1/",
        "/./gradio_api/file=http://127.0.0.1:1/",
        "/assets/../gradio_api/file=http://127.0.0.1:1/",
        "/assets/..%2fgradio_api/file=http://127.0.0.1:1/",
        "/assets/%2e%2e/gradio_api/file=http://127.0.0.1:1/",
        "/assets/..\\gradio_api\\file=http://127.0.0.1:1/",
        "/assets/../../../../../../../../etc/passwd",
        "/assets/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/assets/..",
        "/assets/.hidden",
        "/assets/",
        "/GRADIO_API/file=http://127.0.0.1:1/",
        "/Gradio_api/File=http://127.0.0.1:1/",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=http://127.0.0.1:1/",
        "/gradio_api/stream/x/y/z/playlist.m3u8",
        "/gradio_api/custom_component/x/client/component/index.js",
        "/gradio_api/component_server",
        "/gradio_api/component_server//",
        "/gradio_api/upload/",
        "/gradio_api/upload;x",
        "/gradio_api/upload%00",
        "/gradio_api/upload%0a",
        "/gradio_api/queue/join/",
        "/gradio_api/call/ask",
        "/gradio_api/call/v2/ask/",
        "/gradio_api/call/v2/lambda",
        "/gradio_api/run/ask",
        "/gradio_api/api/ask",
        "/gradio_api/mcp/sse",
        "/gradio_api/mcp/messages/",
        "/gradio_api/mcp//",
        "/config/",
        "/token/",
        "/docs",
        "/redoc",
        "/openapi.json",
        "/gradio_api/openapi.json",
        "/login",
        "http://127.0.0.1:1/",
        "*",
    ],
)  # fmt: skip
def test_no_trick_with_the_path_gets_round_the_table(address, path):
    found = {method: status(address, method, path) for method in ("GET", "HEAD", "POST", "OPTIONS")}
    assert set(found.values()) <= {400, 404}, found


def test_a_preflight_of_another_site_is_refused(address):
    asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    assert status(address, "OPTIONS", "/gradio_api/component_server/", **asked) == 403
    beside = {**asked, "Origin": "http://localhost:1"}
    assert status(address, "OPTIONS", "/gradio_api/component_server/", **beside) == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/nothing"),
        ("POST", "/gradio_api/queue/join"),
        ("OPTIONS", "/"),
        ("GET", "/config"),
    ],
)
def test_no_response_may_be_framed(address, method, path):
    for headers in ({}, {"Origin": "http://localhost:1", "Access-Control-Request-Method": "POST"}):
        answer = httpx.request(method, address + path, headers=headers)
        assert answer.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_what_gradio_stumbles_over_is_one_line_and_may_not_be_framed(address):
    answer = httpx.post(f"{address}/gradio_api/call/v2/ask", json={"nonsense": 1})
    assert (answer.status_code, answer.text.count("\n")) == (500, 0)
    assert answer.headers["x-frame-options"] == "DENY"


def test_there_are_no_websockets():
    async def accept(scope, receive, send) -> None:
        await send({"type": "websocket.accept"})

    with (
        pytest.raises(WebSocketDisconnect),
        TestClient(Guard(accept, Settings()), base_url="http://localhost").websocket_connect("/"),
    ):
        pass


def test_a_call_makes_the_server_fetch_nothing(address, site):
    file = {"path": f"{site.address}/x", "url": f"{site.address}/x", "meta": {"_type": "gradio.FileData"}}
    turns = [{**file, "question": "?"}]
    asked = httpx.post(f"{address}/gradio_api/call/v2/ask", json={"question": "Who?", "turns": turns})
    found = httpx.get(f"{address}/gradio_api/call/ask/{asked.json()['event_id']}")
    assert "a call takes no files" in found.text
    assert site.asked == []


def test_the_documents_name_every_route_and_its_reason(root):
    named = (root / "docs/reliability.md").read_text(encoding="utf-8")
    for route in served(SETTINGS, edited=True):
        methods = " ".join(sorted(route.methods))
        assert f"| `{methods} {route.path}` | {route.why} | {'yes' if route.token else 'no'} |" in named
