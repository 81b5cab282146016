"""The calls of endpoints.py as tools that an agent finds and uses by the Model Context Protocol (MCP).

Gradio serves them, with the package mcp; this is what it leaves open.
"""

from __future__ import annotations

import importlib.util
import json
from typing import Any

import gradio as gr

from rag.errors import SettingError


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
