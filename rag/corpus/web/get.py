"""An address to its content, within limits; the only door to httpx."""

from __future__ import annotations

import asyncio
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx

from rag.corpus.web.addresses import look_up
from rag.errors import WebError

AGENT = "Footnote"
USER_AGENT = f"{AGENT}/0.1 (reads articles for a person who asked for them)"

LARGEST = 20_000_000
"""Bytes of a page, unpacked; the longest articles have a few hundred thousand."""

LONGEST = 60.0
"""Seconds from the first look-up of a name to the last byte, with all redirects."""

SILENCE = 15.0
"""Seconds without a byte, or without a connection, until the other side is given up."""

REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address holds."""

    url: str
    """Where it was found in the end, after all redirects."""
    status: int
    media: str
    """What the server says it is: "text/html"."""
    charset: str | None
    """The encoding that the server names."""
    content: bytes


def get(address: str, *, private: bool = False, largest: int = LARGEST, longest: float = LONGEST) -> Fetched:
    """Return what `address` holds. Raises WebError when it answers with an error, and as `ask` does."""
    found = ask(address, private=private, largest=largest, longest=longest)
    if not 200 <= found.status < 300:
        raise WebError(f"answers {found.status} {httpx.codes.get_reason_phrase(found.status)}".rstrip())
    if not found.content:
        raise WebError("is empty")
    return found


def ask(address: str, *, private: bool = False, largest: int = LARGEST, longest: float = LONGEST) -> Fetched:
    """Return what the server at `address` answers, be it an error.

    Only http and https are spoken and, unless `private` addresses are allowed, only public addresses are
    connected to; a proxy of the environment is not used, since it would do the looking-up. Raises WebError,
    which reads on from the address, when there is no answer or more than `largest` bytes, or when it takes
    more than `longest` seconds.
    """
    try:
        with ThreadPoolExecutor(1) as aside:  # the caller's own thread may run a loop, in a notebook for one
            asking = _ask(address, private=private, largest=largest, longest=longest)
            return aside.submit(asyncio.run, asking).result()
    except TimeoutError:
        raise WebError(f"did not arrive whole within {longest:g} seconds") from None
    except httpx.TimeoutException:
        raise WebError(f"was silent for {SILENCE:g} seconds") from None
    except httpx.TooManyRedirects:
        raise WebError(f"leads on more than {REDIRECTS} times") from None
    except httpx.InvalidURL as error:
        raise WebError(f"is not an address: {error}") from None
    except httpx.HTTPError as error:
        raise WebError(f"cannot be fetched: {error or type(error).__name__}") from None


async def _ask(address: str, *, private: bool, largest: int, longest: float) -> Fetched:
    async with (
        asyncio.timeout(longest),
        httpx.AsyncClient(
            transport=_Checked(private=private),
            trust_env=False,
            headers={"user-agent": USER_AGENT, "accept-encoding": "gzip"},
            timeout=SILENCE,
            follow_redirects=True,
            max_redirects=REDIRECTS,
        ) as client,
        client.stream("GET", address) as response,
    ):
        return Fetched(
            str(response.url.copy_with(fragment=None)),
            response.status_code,
            response.headers.get("content-type", "").partition(";")[0].strip().lower(),
            response.charset_encoding,
            await _content(response, largest),
        )


class _Checked(httpx.AsyncHTTPTransport):
    """Connects only to addresses that were looked up and checked here, for each redirect anew.

    The connection goes to the address itself and not to the name, so that a second look-up, answered
    otherwise, cannot lead elsewhere (DNS rebinding); the certificate is still checked against the name.
    """

    def __init__(self, *, private: bool) -> None:
        super().__init__(limits=httpx.Limits(max_keepalive_connections=0))  # one address serves many names
        self._private = private

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` to the first of its host's addresses that can be connected to."""
        url = request.url
        if url.scheme not in ("http", "https") or not url.host:
            raise WebError("is or leads to an address of another kind; only http and https are spoken")
        if url.userinfo:
            raise WebError("has a name or password before its host, which are not sent")
        failed: httpx.HTTPError | None = None
        for address in await look_up(url.host, url.port, private=self._private):
            try:
                return await super().handle_async_request(
                    httpx.Request(
                        request.method,
                        url.copy_with(host=address),
                        headers=request.headers,  # "Host" is the name, as it was
                        stream=request.stream,
                        extensions={**request.extensions, "sni_hostname": url.host},
                    )
                )
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
        raise failed or WebError(f"there is no host {url.host}")


async def _content(response: httpx.Response, largest: int) -> bytes:
    """Return the content, unpacked here: httpx would unpack a bomb before it can be measured."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", ""):
        raise WebError(f"is packed as {packing[:20]!r}, which was not asked for")
    packed = bytearray()
    async for piece in response.aiter_raw():
        packed += piece
        if len(packed) > largest:
            raise too_large(largest)
    return unpacked(packed, largest) if "gzip" in packing else bytes(packed)


def unpacked(packed: bytes | bytearray, largest: int) -> bytes:
    """Return what gzip has `packed`. Raises WebError for more than `largest` bytes, and for damage."""
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = unpack.decompress(packed, largest + 1)
    except zlib.error:
        raise WebError("is damaged: it cannot be unpacked") from None
    if len(content) > largest:
        raise too_large(largest)
    return content


def too_large(largest: int) -> WebError:
    """Return the error for content that is too large."""
    return WebError(f"has more than {largest:,} bytes")
