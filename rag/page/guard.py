"""Who may call the server: the page itself and programs, but no page of another site.

A browser lets any site send requests here. Two headers, which no page can forge, tell them apart. `Origin`
names the site whose page sends the request. `Host` names what the browser takes this server for: a site whose
name was made to point here after its page was loaded (DNS rebinding) is of one origin with it, by its name.

Whatever else a page of another site can make a browser send, a change needs a token that only a page of this
origin can read. A cookie would not do: every other port of this machine is of the same site.
"""

from __future__ import annotations

import secrets
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from rag.page.routes import TOKEN, TOOLS, served
from rag.settings import Settings

TOKEN_HEADER = "x-footnote-token"
"""Shows that a request is of a page of this origin: no other can read the token."""

UNCACHED = {"cache-control": "no-store"}

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
    """Refuses what pages of other sites ask, what is in no table of routes, and changes without the token.

    The page must be reached by a name that is known: an address, localhost, or one of the settings.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._named = {name.strip().lower() for name in settings.hosts.split(",") if name.strip()}
        self._known = LOCAL | self._named | {settings.host.lower()}
        self._routes = served(settings, edited=may_edit(settings))
        self._token = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] == "http":
            await (self._answer(scope) or self._app)(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        else:  # no page of ours opens a WebSocket
            await WebSocketClose()(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        """Return the guard's own answer to a request, None when it may pass."""
        headers, path = Headers(scope=scope), scope["path"]
        host = headers.get("host", "").lower()
        name = _name(f"//{host}")
        if name not in self._known and not is_ip(name):
            return _refused(
                f"this page is not known by the name {name}; set RAG_HOSTS={name} where it is meant to be"
            )
        if self._is_foreign(headers, host, path):
            return _refused("pages of other sites may not use this one")
        route = next((each for each in self._routes if each.serves(scope["method"], path)), None)
        if route is None:
            return _refused("nothing is served here", status=404)
        if route.token and not secrets.compare_digest(
            headers.get(TOKEN_HEADER, "").encode(), self._token.encode()
        ):
            return _refused("only the page itself may change anything; load it anew")
        return PlainTextResponse(self._token, headers=UNCACHED) if route.path == TOKEN else None

    def _is_foreign(self, headers: Headers, host: str, path: str) -> bool:
        """Say whether a page of another site asks; a link to this one may stand anywhere."""
        origin = headers.get("origin")
        if origin is None:
            return (
                headers.get("sec-fetch-site") in {"cross-site", "same-site"}
                and headers.get("sec-fetch-mode") != "navigate"
            )
        if origin.lower().partition("://")[2] == host:
            return False
        # Agents may run in a local page.
        return _name(origin) not in (self._known if path.startswith(TOOLS) else self._named)


def _refused(reason: str, *, status: int = 403) -> Response:
    return PlainTextResponse(reason, status_code=status)


def _name(address: str) -> str:
    """Return the host's name in `address`, without port and brackets; empty when there is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
