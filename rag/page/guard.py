"""Who may call the server: the page itself and programs, but no page of another site.

A browser lets any site send requests here. Two headers, which no page can forge, tell them apart. `Origin`
names the site whose page sends the request. `Host` names what the browser takes this server for: a site whose
name was made to point here after its page was loaded (DNS rebinding) is of one origin with it, by its name.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.page.tools import PATH
from rag.settings import Settings

UPLOAD = "/gradio_api/upload"
"""Where Gradio takes files, from anybody, whether or not the page has a use for them."""

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def is_private(settings: Settings) -> bool:
    """Say whether only this machine reaches the page: no other does directly, and no proxy is known of."""
    return is_loopback(settings.host) and not settings.hosts


def may_edit(settings: Settings) -> bool:
    """Say whether who uses the page may add and remove articles."""
    return settings.edit == "anyone" or (settings.edit == "local" and is_private(settings))


def is_loopback(host: str) -> bool:
    """Say whether `host` is this machine and nobody else can reach it there."""
    return host == "localhost" or (is_ip(host) and ip_address(host).is_loopback)


def is_ip(host: str) -> bool:
    """Say whether `host` is an address: no name that could be made to point elsewhere."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class Guard:
    """Refuses what pages of other sites ask.

    Where the page is served on this machine alone, or may change articles, it must be reached by a name that
    is known: an address, localhost, or one of the settings. Elsewhere only the origin is looked at.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._named = {name.strip().lower() for name in settings.hosts.split(",") if name.strip()}
        self._known = LOCAL | self._named | {settings.host.lower()}
        self._may_edit = may_edit(settings)
        self._strict = is_loopback(settings.host) or self._may_edit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        reason = self._refusal(scope) if scope["type"] == "http" else None
        if reason is None:
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse(reason, status_code=403)(scope, receive, send)

    def _refusal(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        origin = headers.get("origin")
        name = _name(f"//{host}")
        if self._strict and name not in self._known and not is_ip(name):
            return f"this page is not known by the name {name}; set RAG_HOSTS={name} where it is meant to be"
        if scope["path"].startswith(UPLOAD) and not self._may_edit:
            return "nothing can be added here; see RAG_EDIT"
        if origin is None or origin.lower().partition("://")[2] == host:
            return None
        trusted = (
            self._known if scope["path"].startswith(PATH) else self._named
        )  # agents may run in a local page
        return None if _name(origin) in trusted else "pages of other sites may not use this one"


def _name(address: str) -> str:
    """Return the host's name in `address`, without port and brackets; empty when there is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
