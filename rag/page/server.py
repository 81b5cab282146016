"""The page at an address."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, MutableMapping
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.routes import App, ORJSONResponse
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.corpus.folder import LARGEST
from rag.errors import SettingError
from rag.page import modules
from rag.page.calls import tools
from rag.page.changes import Changes
from rag.page.guard import Guard, may_edit
from rag.page.layout import asset, build
from rag.page.strings import ENGLISH, Strings
from rag.page.strings.german import GERMAN
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.chat import Chat

# Gradio compiles templates in the browser, hence 'unsafe-eval'; no page, font or script from elsewhere loads.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
LANGUAGES = {strings.language: strings for strings in (ENGLISH, GERMAN)}
SPARE_THREADS = 100
"""For calls that are answered at once, questions told that it is busy among them."""

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)


def launch(
    chat: Chat,
    settings: Settings,
    *,
    announce: Callable[[str], object],
    block: bool = True,
) -> gr.Blocks:
    """Serve the page at the host and port of `settings` and `announce` its address.

    Returns when the server is stopped, or at once when not `block`. Raises SettingError when the port is
    in use, the host is not an address of this machine, the page does not speak the language that is set,
    or MCP is set but not installed.
    """
    strings = strings_in(settings.page_language)
    if settings.mcp:
        tools.require()
    port = free_port(settings.host, settings.port)
    reach_directly(os.environ, settings.host)
    changes = Changes(settings, strings.went_wrong) if may_edit(settings) else None
    page = build(chat, settings, strings, changes)
    try:
        _serve(page, settings, port)
    except OSError as error:
        if error.errno is not None:
            raise
        raise _in_use(port) from None  # taken since we looked; Gradio's own OSError has no number
    if settings.mcp:
        tools.answer_in_json(page)
    announce(strings.running.format(address=page.local_url))
    if block:
        page.block_thread()
    return page


def _serve(page: gr.Blocks, settings: Settings, port: int) -> None:
    """Let Gradio serve `page` and return at once: no more of it than the page needs, and guarded."""
    page.launch(
        server_name=f"[{settings.host}]" if ":" in settings.host else settings.host,
        server_port=port,
        theme=theme(),
        head=asset("head.html") + f"<style>{asset('page.css')}</style>" + modules.preloads(),
        _app=Guarded(settings),
        footer_links=[],
        prevent_thread_lock=True,
        quiet=True,
        show_error=False,
        inbrowser=False,
        share=False,
        enable_monitoring=False,
        max_file_size=LARGEST,
        max_threads=SPARE_THREADS + settings.waiting,  # what waits in our queue counts as running for Gradio
        mcp_server=settings.mcp,
        pwa=False,
        run_history=False,
        ssr_mode=False,
    )


def strings_in(language: str) -> Strings:
    """Return the page's words in a language. Raises SettingError when they are not translated into it."""
    if language not in LANGUAGES:
        raise SettingError(f"RAG_PAGE_LANGUAGE={language} is not one of {', '.join(LANGUAGES)}")
    return LANGUAGES[language]


def free_port(host: str, port: int) -> int:
    """Return `port`, or any free one when it is 0; raises SettingError when it cannot be had."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError):  # the latter for a name that is far too long
        raise SettingError(f"RAG_HOST={host} is not an address; try RAG_HOST=127.0.0.1") from None
    with socket.socket(family, kind) as probe:
        if os.name == "posix":  # as the server itself does: a port just left is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise _in_use(port) from None
            raise SettingError(
                f"cannot serve at {host}, port {port} ({error.strerror}); set RAG_HOST and RAG_PORT"
            ) from None
        found: int = probe.getsockname()[1]
        return found


def reach_directly(environment: MutableMapping[str, str], host: str) -> None:
    """Keep a proxy out of the way: Gradio asks its own server whether it is up, and must reach it."""
    known = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    hosts = ",".join(filter(None, [known, "localhost", "127.0.0.1", "::1", host]))
    environment["no_proxy"] = environment["NO_PROXY"] = hosts


def _in_use(port: int) -> SettingError:
    return SettingError(f"port {port} is in use; choose another with RAG_PORT=...")


def theme() -> gr.themes.Base:
    """Return a theme without fonts to fetch, in the colours of page.css so that nothing flashes."""
    plain: Any = gr.themes.Base(font=["sans-serif"], font_mono=["monospace"])
    themed: gr.themes.Base = plain.set(
        body_background_fill="#faf9f6",
        body_background_fill_dark="#171614",
        body_text_color="#1e1d1a",
        body_text_color_dark="#ecebe6",
    )
    return themed


class Guarded(App):
    """Gradio's application with Guard and HEADERS around all of it, its answers to errors and preflights too.

    A middleware that is handed to Gradio stands inside those that Gradio adds.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            default_response_class=ORJSONResponse,  # as Gradio makes its own
            exception_handlers={Exception: _not_answered},
        )
        self._settings = settings
        self.add_route(f"/{modules.HOME}/{{file}}", modules.served, methods=["GET"])

    def build_middleware_stack(self) -> ASGIApp:
        """Return what answers every request."""
        return Headers(Guard(super().build_middleware_stack(), self._settings))


def _not_answered(_: Request, __: Exception) -> Response:
    """Answer what Gradio stumbles over; what it was is logged by the server."""
    return PlainTextResponse("this was not answered; the details are in the server's log", status_code=500)


class Headers:
    """Tell the browser to load nothing from elsewhere, to frame the page nowhere and to tell nobody of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add HEADERS to a response."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await self._app(scope, receive, send_with_headers)
