"""What is asked for to whether it is served: every route that the page, the calls for programs and MCP need.

Gradio has many more. What is not in the table is refused before Gradio sees it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag.settings import Settings

GRADIO = "/gradio_api"
TOOLS = f"{GRADIO}/mcp"
"""Where Gradio serves the tools for agents."""

TOKEN = "/token"
"""Where the page of this origin reads what it must show to change anything."""

CALLS = ("ask", "search", "article")
"""Those of endpoints.py."""


@dataclass(frozen=True, slots=True)
class Route:
    """A path that is served."""

    methods: frozenset[str]
    path: str
    """{name} stands for letters, digits, "-", "_" and "." but not at its beginning."""
    why: str
    """Who needs it, and for what."""
    token: bool = False
    """Whether the page's token must be shown: something may change."""

    def serves(self, method: str, path: str) -> bool:
        """Say whether this is the route of a request."""
        return method in self.methods and _pattern(self.path).fullmatch(path) is not None


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", r"[A-Za-z0-9_-][A-Za-z0-9_.-]*", re.escape(path)))


def _route(methods: str, path: str, why: str, *, token: bool = False) -> Route:
    return Route(frozenset(methods.split()), path, why, token)


PAGE = (
    _route("GET HEAD", "/", "the page; Gradio asks for its head once, when it starts"),
    _route("GET", "/assets/{file}", "Gradio's own scripts and styles"),
    _route("GET", "/modules/{hash}/{file}", "the page's scripts, at an address that changes when they do"),
    _route("GET", "/theme.css", "the page's colours"),
    _route("GET", "/favicon.ico", "browsers ask for it before they have read which picture the page names"),
    _route("GET", "/static/js/iframeResizer.contentWindow.min.js", "Gradio's page loads it; it does nothing"),
    _route("GET", "/config", "what the page is made of; gradio_client asks for it first"),
    _route("GET", f"{GRADIO}/info", "which calls there are, for the page and gradio_client"),
    _route("GET", f"{GRADIO}/startup-events", "Gradio asks its own server for it once, when it starts"),
    _route("POST", f"{GRADIO}/queue/join", "a question from the page; a call by gradio_client"),
    _route("GET", f"{GRADIO}/queue/data", "what comes of it"),
    _route("POST", f"{GRADIO}/component_server/", "all else that the page asks or changes", token=True),
    _route("GET", TOKEN, "the token, for the page"),
    *(_route("POST", f"{GRADIO}/call/v2/{call}", "a call over HTTP") for call in CALLS),
    *(_route("GET", f"{GRADIO}/call/{call}/{{id}}", "what comes of it") for call in CALLS),
)
EDITED = (
    _route("POST", f"{GRADIO}/upload", "a file to be added, where articles may be changed", token=True),
)
AGENTS = (
    _route("GET POST DELETE", f"{TOOLS}/", "the tools for agents, where RAG_MCP is set"),
    _route("GET POST DELETE", TOOLS, "the same without the slash, from where agents are sent on"),
)


def served(settings: Settings, *, edited: bool) -> tuple[Route, ...]:
    """Return what is served; uploads only where articles may be `edited` on the page."""
    return PAGE + (EDITED if edited else ()) + (AGENTS if settings.mcp else ())
