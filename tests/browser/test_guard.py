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


def status(
    settings: Settings, host: str, origin: str | None, path: str = "/gradio_api/component_server"
) -> int:
    """Return how a request is answered that a browser sends to `host` from a page of `origin`."""
    client = TestClient(Guard(PlainTextResponse("passed"), settings))
    headers = {"host": host} | ({"origin": origin} if origin else {})
    return client.post(path, headers=headers).status_code


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
        (PUBLIC, "library.lan:7860", "http://library.lan:7860", True),
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
    assert status(LOCAL, "127.0.0.1:7860", "http://localhost:6274", tools) == 200
    assert status(LOCAL, "127.0.0.1:7860", "http://evil.example", tools) == 403


def test_files_are_taken_only_where_they_can_be_added() -> None:
    for settings, passes in ((LOCAL, True), (Settings(edit="nobody"), False), (PUBLIC, False)):
        assert status(settings, "127.0.0.1:7860", None, "/gradio_api/upload") == (200 if passes else 403)


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
