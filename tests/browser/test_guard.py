"""Who may call the server."""

from __future__ import annotations

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from rag.page.guard import Guard, may_edit
from rag.settings import Settings

LOCAL = Settings()
PUBLIC = Settings(host="0.0.0.0")
PUBLIC_EDITED = Settings(host="0.0.0.0", edit="anyone")
PROXIED = Settings(hosts="articles.example, other.example")


MANY = Settings(mcp=True)


def client(settings: Settings, host: str = "127.0.0.1:7860") -> TestClient:
    return TestClient(Guard(PlainTextResponse("passed"), settings), base_url=f"http://{host}")


def status(settings: Settings, host: str, origin: str | None, path: str = "/gradio_api/queue/join") -> int:
    """Return how a request is answered that a browser sends to `host` from a page of `origin`."""
    headers = {"origin": origin} if origin else {}
    return client(settings, host).post(path, headers=headers).status_code


@pytest.mark.parametrize(
    ("settings", "host", "origin", "passes"),
    [
        (LOCAL, "127.0.0.1:7860", None, True),  # a program, or a page that is opened
        (LOCAL, "127.0.0.1:7860", "http://127.0.0.1:7860", True),
        (LOCAL, "LocalHost:7860", "http://localhost:7860", True),
        (LOCAL, "[::1]:7860", "http://[::1]:7860", True),
        (LOCAL, "127.0.0.1:7860", "https://evil.example", False),
        (LOCAL, "127.0.0.1:7860", "http://127.0.0.1:8000", False),  # another program's page on this machine
        (LOCAL, "127.0.0.1:7860", "http://93.184.216.34", False),
        (LOCAL, "127.0.0.1:7860", "null", False),
        (LOCAL, "127.0.0.1:7860", "http://[", False),
        (LOCAL, "evil.example:7860", "http://evil.example:7860", False),  # made to point here
        (LOCAL, "evil.example:7860", None, False),
        (LOCAL, "articles.example", "https://articles.example", False),  # a proxy that nobody told of
        (PROXIED, "articles.example", "https://articles.example", True),
        (PROXIED, "127.0.0.1:7860", "https://Other.example", True),  # one that says this machine's name
        (PROXIED, "evil.example", "http://evil.example", False),
        (PUBLIC, "library.lan:7860", "http://library.lan:7860", False),
        (PUBLIC, "evil.example:7860", "http://evil.example:7860", False),  # made to point to it
        (PUBLIC, "evil.example:7860", None, False),
        (Settings(host="0.0.0.0", hosts="library.lan"), "library.lan:7860", "http://library.lan:7860", True),
        (PUBLIC, "192.168.1.5:7860", "http://192.168.1.5:7860", True),
        (PUBLIC, "library.lan:7860", "http://evil.example", False),
        (PUBLIC_EDITED, "192.168.1.5:7860", "http://192.168.1.5:7860", True),
        (PUBLIC_EDITED, "library.lan:7860", "http://library.lan:7860", False),
    ],
)
def test_pages_of_other_sites_are_refused_by_whatever_name(
    settings: Settings, host: str, origin: str | None, passes: bool
) -> None:
    assert status(settings, host, origin) == (200 if passes else 403)


def test_agents_in_another_page_of_this_machine_may_use_the_tools() -> None:
    tools = "/gradio_api/mcp/"
    assert status(MANY, "127.0.0.1:7860", "http://localhost:6274", tools) == 200
    assert status(MANY, "127.0.0.1:7860", "http://evil.example", tools) == 403
    assert status(LOCAL, "127.0.0.1:7860", None, tools) == 404  # not set


def test_what_another_site_embeds_is_refused_and_a_link_from_there_opens() -> None:
    page = client(LOCAL)
    for site in ("cross-site", "same-site"):
        for mode, expected in (("no-cors", 403), ("navigate", 200)):
            headers = {"sec-fetch-site": site, "sec-fetch-mode": mode}
            assert page.get("/", headers=headers).status_code == expected


@pytest.mark.parametrize("path", ["/gradio_api/component_server/", "/gradio_api/upload"])
def test_a_change_needs_the_token_of_this_start_of_the_server(path: str) -> None:
    page = client(LOCAL)
    token = page.get("/token")
    assert len(token.text) > 40
    assert token.headers["cache-control"] == "no-store"
    assert page.post(path, headers={"x-footnote-token": token.text}).text == "passed"
    for wrong in ("", "x", token.text[:-1], token.text + "x", client(LOCAL).get("/token").text, b"\xff"):
        assert page.post(path, headers={"x-footnote-token": wrong}).status_code == 403
    assert page.post(path, headers={"cookie": f"x-footnote-token={token.text}"}).status_code == 403
    assert page.post(path).status_code == 403


def test_no_other_site_reads_the_token() -> None:
    for origin in ("http://127.0.0.1:8000", "http://localhost:7860", "https://evil.example", "null"):
        answer = client(LOCAL).get("/token", headers={"origin": origin})
        assert (answer.status_code, answer.text) == (403, "pages of other sites may not use this one")


def test_files_are_taken_only_where_they_can_be_added() -> None:
    for settings, expected in ((LOCAL, 403), (Settings(edit="nobody"), 404), (PUBLIC, 404)):
        assert status(settings, "127.0.0.1:7860", None, "/gradio_api/upload") == expected


@pytest.mark.parametrize(
    ("settings", "may"),
    [
        (LOCAL, True),
        (Settings(host="localhost"), True),
        (Settings(host="::1"), True),
        (Settings(edit="nobody"), False),
        (PUBLIC, False),
        (Settings(host="library.lan"), False),
        (PROXIED, False),
        (PUBLIC_EDITED, True),
    ],
)
def test_articles_are_changed_only_by_this_machine_unless_the_settings_say_otherwise(
    settings: Settings, may: bool
) -> None:
    assert may_edit(settings) is may
