"""Addresses to what they hold: within limits, from public addresses, as guests."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from web_server import Reply, Site

from rag.corpus import web
from rag.corpus.web import visitor
from rag.corpus.web.addresses import is_public
from rag.corpus.web.lists import listed
from rag.errors import WebError

PAGE = b"<html><body>The Moon is far.</body></html>"


def get(address: str, **limits: float) -> web.Fetched:
    return web.get(address, private=True, **limits)  # type: ignore[arg-type]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, list[str]]], list[str]]:
    """Decide what names mean: each look-up takes the next of its answers; return the names looked up."""

    def decide(answers: dict[str, list[str]]) -> list[str]:
        looked_up: list[str] = []

        def getaddrinfo(host: str, port: int, *_: object) -> list[tuple[object, ...]]:
            looked_up.append(host)
            if host not in answers:
                raise socket.gaierror(socket.EAI_NONAME, "no such host")
            given = answers[host].pop(0).split()
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in given]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return looked_up

    return decide


def test_a_page_comes_with_its_address_kind_and_encoding(site: Site) -> None:
    site.replies["/moon"] = Reply(PAGE, "text/html; charset=Windows-1251")
    found = get(f"{site.address}/moon#top")
    assert found == web.Fetched(f"{site.address}/moon", 200, "text/html", "windows-1251", PAGE)
    [(_, headers)] = site.asked
    assert headers["User-Agent"].startswith("Footnote/")
    assert "Cookie" not in headers


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:a9fe:a9fe", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
    ],
)
def test_public_addresses_are_told_from_all_others(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]"])
def test_an_address_of_this_machine_is_refused_however_it_is_written(site: Site, host: str) -> None:
    with pytest.raises(WebError, match=r"not a public address; .* RAG_PRIVATE_ADDRESSES=1"):
        web.get(f"http://{host}:{site.port}/")
    assert site.asked == []


@pytest.mark.parametrize("answer", ["10.0.0.1", "93.184.216.34 127.0.0.1", "::ffff:127.0.0.1"])
def test_a_name_that_means_a_private_address_is_refused(names, answer: str) -> None:
    names({"articles.example": [answer]})
    with pytest.raises(WebError, match="not a public address"):
        web.get("http://articles.example/")


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site, names) -> None:
    looked_up = names({"articles.example": ["127.0.0.1", "10.0.0.1"]})
    site.replies["/"] = Reply(PAGE)
    assert get(f"http://articles.example:{site.port}/").url == f"http://articles.example:{site.port}/"
    assert looked_up == ["articles.example"]
    assert site.asked[0][1]["Host"] == f"articles.example:{site.port}"


def test_the_next_address_of_a_name_is_tried_when_one_does_not_answer(site: Site, names) -> None:
    names({"articles.example": ["127.0.0.2 127.0.0.1"]})
    site.replies["/"] = Reply(PAGE)
    assert get(f"http://articles.example:{site.port}/").content == PAGE


def test_a_redirect_is_followed_and_checked_like_the_first_address(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.replies["/"] = Reply(status=302, headers={"Location": f"http://localhost:{site.port}/secret"})
    site.replies["/secret"] = Reply(b"secret")
    assert get(site.address).url == f"http://localhost:{site.port}/secret"
    monkeypatch.setattr("rag.corpus.web.addresses.is_public", lambda address: len(site.asked) == 2)
    with pytest.raises(WebError, match="not a public address"):
        web.get(site.address)
    assert site.paths == ["/", "/secret", "/"]


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("gopher://127.0.0.1/", "only http and https"),
        ("http://me:secret@127.0.0.1/", "name or password"),
    ],
)
def test_where_no_address_may_lead_none_leads(site: Site, to: str, reason: str) -> None:
    site.replies["/"] = Reply(status=302, headers={"Location": to})
    for address in (site.address, to):
        with pytest.raises(WebError, match=reason):
            get(address)


def test_redirects_without_end_are_given_up(site: Site) -> None:
    site.replies["/"] = Reply(status=302, headers={"Location": "/"})
    with pytest.raises(WebError, match="leads on more than 5 times"):
        get(site.address)


@pytest.mark.parametrize(
    "address", ["http://", "http:///x", "http://[::1", "http://a..b/", "http://x:99999/", "moon"]
)
def test_what_is_no_address_is_an_error_that_can_be_read(address: str) -> None:
    with pytest.raises(WebError):
        web.get(address)


def test_an_error_of_the_server_is_named(site: Site) -> None:
    with pytest.raises(WebError, match=r"^answers 404 Not Found$"):
        get(site.address)
    site.replies["/"] = Reply(b"")
    with pytest.raises(WebError, match="is empty"):
        get(site.address)


def test_a_server_that_is_not_there_is_an_error_that_can_be_read() -> None:
    with socket.socket() as shut:
        shut.bind(("127.0.0.1", 0))
        with pytest.raises(WebError, match="cannot be fetched"):
            get(f"http://127.0.0.1:{shut.getsockname()[1]}/")


def test_what_is_too_large_is_given_up_before_it_has_arrived(site: Site) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 1_000
            yield b"x" * 1_000

    site.replies["/"] = Reply(pieces=endless)
    with pytest.raises(WebError, match="more than 50,000 bytes"):
        get(site.address, largest=50_000)
    assert sent < 20_000_000  # what the buffers of two sockets take


@pytest.mark.parametrize("slow_from", ["first byte", "headers"])
def test_what_is_too_slow_is_given_up(site: Site, slow_from: str) -> None:
    given_up = threading.Event()

    def dripping() -> Iterator[bytes]:
        while not given_up.wait(0.05):  # for ever, had nobody given up
            yield b"x"

    headers = {} if slow_from == "first byte" else {"Content-Length": "1000"}
    site.replies["/"] = Reply(pieces=dripping, headers=headers)
    with pytest.raises(WebError, match=r"within 0\.5 seconds"):
        get(site.address, longest=0.5)
    given_up.set()


def test_packed_content_is_unpacked_and_a_bomb_is_not(site: Site) -> None:
    packed = {"Content-Encoding": "gzip"}
    site.replies["/"] = Reply(gzip.compress(PAGE), headers=packed)
    assert get(site.address).content == PAGE
    site.replies["/bomb"] = Reply(gzip.compress(b"\0" * 50_000_000), headers=packed)
    with pytest.raises(WebError, match="more than 20,000,000 bytes"):
        get(f"{site.address}/bomb")
    site.replies["/broken"] = Reply(b"not packed", headers=packed)
    with pytest.raises(WebError, match="cannot be unpacked"):
        get(f"{site.address}/broken")
    site.replies["/brotli"] = Reply(b"?", headers={"Content-Encoding": "br"})
    with pytest.raises(WebError, match="packed as 'br', which was not asked for"):
        get(f"{site.address}/brotli")


def test_a_proxy_of_the_environment_is_not_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    site.replies["/"] = Reply(PAGE)
    assert get(site.address).content == PAGE


def test_a_certificate_is_checked_against_the_name_though_the_address_is_connected_to(
    site: Site, names, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs the command openssl to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test"
        f" -addext subjectAltName=DNS:articles.example -keyout {key} -out {certificate}".split(),
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site.server.socket = context.wrap_socket(
        site.server.socket, server_side=True, do_handshake_on_connect=False
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    site.replies["/"] = Reply(PAGE)
    names({"articles.example": ["127.0.0.1"], "another.example": ["127.0.0.1"]})
    assert get(f"https://articles.example:{site.port}/").content == PAGE
    with pytest.raises(WebError, match="certificate"):
        get(f"https://another.example:{site.port}/")


def found(
    content: bytes, *, media: str = "application/xml", url: str = "https://news.example/a/list"
) -> web.Fetched:
    return web.Fetched(url, 200, media, None, content)


RSS = b"""<?xml version="1.0"?><!-- made by hand --><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>https://news.example/one?a=1&amp;b=2#top</link></item>
<item><title>Two</title><link>/two</link></item>
<item><title>One again</title><link>https://news.example/one?a=1&amp;b=2</link></item>
<item><title>Bad</title><link>javascript:alert(1)</link></item>
<item><title>Worse</title><link>file:///etc/passwd</link></item>
<item><title>None</title></item>
</channel></rss>"""
ONE, TWO = "https://news.example/one?a=1&b=2", "https://news.example/two"


def test_a_feed_lists_each_web_address_once() -> None:
    assert web.links(found(RSS)) == web.Links(pages=(ONE, TWO))
    atom = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/two"/></entry></feed>'
    assert web.links(found(atom)) == web.Links(pages=(TWO,))


def test_a_broken_feed_gives_what_it_has() -> None:
    assert web.links(found(RSS[: RSS.index(b"<item><title>Bad")])) == web.Links(pages=(ONE, TWO))


def test_a_feed_with_entities_of_its_own_is_refused() -> None:
    laughs = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + RSS
    with pytest.raises(WebError, match="entities"):
        web.links(found(laughs))
    spy = b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + RSS
    with pytest.raises(WebError, match="entities"):
        web.links(found(spy))


SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="x">
<url><loc>https://news.example/old</loc><lastmod>2024-01-01</lastmod></url>
<url><image:image><image:loc>https://news.example/a.jpg</image:loc></image:image>
<loc> https://news.example/new </loc><lastmod>2026-05-01T10:00:00Z</lastmod></url>
<url><loc><![CDATA[https://news.example/cdata]]></loc></url>
<url><loc>ftp://news.example/</loc></url>
<url><loc>https://news.example/\x1b[31m</loc></url>
<url><loc>https://news.example/broken"""


def test_a_sitemap_lists_its_newest_pages_first_even_when_it_is_broken() -> None:
    pages = ("new", "old", "cdata", "broken")
    expected = web.Links(pages=tuple(f"https://news.example/{page}" for page in pages))
    assert web.links(found(SITEMAP)) == expected
    assert web.links(found(gzip.compress(SITEMAP))) == expected


def test_an_index_of_sitemaps_lists_sitemaps() -> None:
    index = b"<sitemapindex><sitemap><loc>https://news.example/1.xml</loc></sitemap></sitemapindex>"
    assert web.links(found(index)) == web.Links(lists=("https://news.example/1.xml",))


def test_a_packed_sitemap_is_no_bomb() -> None:
    with pytest.raises(WebError, match="more than"):
        web.links(found(gzip.compress(b"<urlset>" + b"\0" * 50_000_000)))


@pytest.mark.parametrize("piece", [b"<url>", b"<url><loc>", b"<loc>", b"<url ", b"<loc><![CDATA["])
def test_a_hostile_sitemap_takes_no_time(piece: bytes) -> None:
    started = time.process_time()
    list(listed(b"<urlset>" + piece * 200_000, "https://news.example/sitemap.xml\napplication/xml\n"))
    assert time.process_time() - started < 2


def test_a_page_lists_nothing() -> None:
    assert web.links(found(b"<!doctype html><html><body><url><loc>x</loc></url></body></html>")) is None
    assert web.links(found(b"%PDF-1.7")) is None


def guest(pause: float = 0.0) -> web.Visitor:
    return web.Visitor(private=True, pause=pause)


def test_a_guest_heeds_robots_txt_and_asks_for_it_once(site: Site) -> None:
    site.replies["/robots.txt"] = Reply(b"User-agent: footnote\nDisallow: /private\n", "text/plain")
    site.replies["/open"] = site.replies["/private/x"] = Reply(PAGE)
    visiting = guest()
    assert visiting.get(f"{site.address}/open").content == PAGE
    with pytest.raises(WebError, match=r"robots\.txt"):
        visiting.get(f"{site.address}/private/x")
    assert site.paths == ["/robots.txt", "/open"]


def test_without_robots_txt_all_is_allowed_and_with_a_broken_server_nothing(site: Site) -> None:
    site.replies["/open"] = Reply(PAGE)
    assert guest().get(f"{site.address}/open").content == PAGE
    for reply in (Reply(status=503), Reply(b"User-agent: *\nCrawl-delay: \xc2\xb2\n"), Reply(b"#" * 600_000)):
        site.replies["/robots.txt"] = reply
        with pytest.raises(WebError, match=r"robots\.txt"):
            guest().get(f"{site.address}/open")


def test_a_guest_pauses_between_two_pages_of_one_site(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("rag.corpus.web.visitor.time.sleep", pauses.append)
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 600\n", "text/plain")
    site.replies["/"] = Reply(PAGE)
    visiting = guest(pause=1.0)
    visiting.get(f"{site.address}/")
    visiting.get(f"{site.address}/")
    assert pauses[0] == 0
    assert visitor.PAUSE < pauses[1] <= visitor.LONGEST_PAUSE


@pytest.mark.parametrize("address", ["http://[x/", "http://a%5B/", "http://x]y/"])
def test_a_guest_led_to_no_address_says_so(address: str) -> None:
    with pytest.raises(WebError):
        guest().get(address)


def test_a_caller_whose_thread_runs_a_loop_is_answered_too(site) -> None:
    site.replies["/page"] = Reply(b"words")

    async def in_a_loop() -> bytes:
        return get(f"{site.address}/page").content

    with ThreadPoolExecutor(1) as aside:  # a browser that is open has the loop of this thread
        assert aside.submit(asyncio.run, in_a_loop()).result() == b"words"
