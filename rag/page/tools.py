"""The calls of endpoints.py as tools that an agent finds and uses by the Model Context Protocol (MCP).

Gradio serves them, with the package mcp; this is what it leaves open.
"""

from __future__ import annotations

import importlib.util
import json
from typing import Any
from urllib.parse import urlsplit

import gradio as gr
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.errors import SettingError

PATH = "/gradio_api/mcp"
"""Where Gradio serves the tools."""


def require() -> None:
    """Raise SettingError when the package that the tools need is not installed."""
    if importlib.util.find_spec("mcp") is None:
        raise SettingError(
            'RAG_MCP needs the package mcp, which is not installed; install it with: pip install -e ".[mcp]"'
        )


def answer_in_json(page: gr.Blocks) -> None:
    """Let the tools of a launched `page` return JSON.

    Gradio writes a dictionary as Python does, and takes one whose "url" is an image for that image; what an
    article says of itself is never more than text here.
    """
    server = page.mcp_server_obj
    if server is None:  # Gradio keeps the reason, and would go on without the tools
        page.close(verbose=False)
        raise RuntimeError(page.mcp_error)
    text = server.types.TextContent

    def written(outputs: list[Any], root_url: str) -> list[Any]:
        return [text(type="text", text=json.dumps(each, ensure_ascii=False)) for each in outputs]

    server.postprocess_output_data = written  # type: ignore[assignment]


class Guard:
    """Keep pages of other sites away from the tools.

    The protocol asks for it: by a name that is made to point to this machine (DNS rebinding) a page from
    elsewhere could call them. Agents send no Origin; browsers do.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._hosts = {"localhost", "127.0.0.1", "::1", host}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request for the tools that a page from elsewhere makes."""
        origin = Headers(scope=scope).get("origin") if scope["type"] == "http" else None
        if origin and scope["path"].startswith(PATH) and urlsplit(origin).hostname not in self._hosts:
            refusal = PlainTextResponse("the tools are not for pages from elsewhere", status_code=403)
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)
