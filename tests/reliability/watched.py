"""Footnote in a network of its own, in which every look-up and connection is seen, native code's included.

    python tests/reliability/watched.py --idle 300

builds an index, asks, serves, opens the page in Chromium, asks there and idles, and prints what was looked up
and connected to meanwhile as a table. The network is a Linux namespace, and what leaves it is captured. Its
resolver answers every name with an address to which the packets go; with `--cut` there is loopback alone.
"""

from __future__ import annotations

import argparse
import ipaddress
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from chromium import CHROMIUM  # noqa: E402

INSIDE = ["unshare", "--map-root-user", "--net", "--mount", "--"]

HOME = "198.18.0.2"  # of the addresses for tests of networks, RFC 2544; where the resolver listens
AWAY = "198.18.1.1"  # what it answers
NAMES = 53
MARK = 9  # the port to which nothing but the watch itself sends, when something has ended
ETHERNET = 14  # bytes of its header, on loopback too
EVERY_PROTOCOL = 3
TCP, UDP = 6, 17
KERNELS_OWN = {2, 58}  # IGMP and ICMPv6: the kernel makes itself known to its neighbours

ARTICLES = {
    "moon.md": "---\ntitle: The Moon\ndate: 2026-03-01\n---\nThe Moon orbits the Earth at a distance of "
    "about 384,400 kilometres.\n\nNeil Armstrong walked on the Moon in July 1969.",
    "tea.md": "---\ntitle: Tea\n---\nTea is made from leaves. Green tea is not oxidised.",
}
QUESTION = "When did Neil Armstrong walk on the Moon?"
ANSWER = "Neil Armstrong walked on the Moon in July 1969."


@dataclass
class Seen:
    """What left while something ran."""

    run: str
    seconds: float = 0.0
    lookups: list[str] = field(default_factory=list)
    connections: list[str] = field(default_factory=list)


class Watch:
    """Sees every packet of the namespace and answers every look-up in it."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self._now = Seen("")
        self._reached = threading.Event()
        packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERY_PROTOCOL))
        packets.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
        names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        names.bind(("0.0.0.0", NAMES))
        threading.Thread(target=self._watch, args=(packets,), daemon=True).start()
        threading.Thread(target=answer_names, args=(names,), daemon=True).start()

    @contextmanager
    def during(self, run: str) -> Iterator[None]:
        """Note what leaves meanwhile as this run's."""
        self._now = Seen(run)
        self.seen.append(self._now)
        started = time.monotonic()
        yield
        self._now.seconds = round(time.monotonic() - started, 1)
        self._catch_up()

    def _catch_up(self) -> None:
        """Wait until all that has left so far is noted."""
        self._reached.clear()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as marking:
            marking.sendto(b"", ("127.0.0.1", MARK))
        assert self._reached.wait(60)

    def _watch(self, packets: socket.socket) -> None:
        while True:
            packet, (_, _, direction, *_) = packets.recvfrom(1 << 16)
            if direction == socket.PACKET_OUTGOING:
                self._note(packet[ETHERNET:])

    def _note(self, packet: bytes) -> None:
        if packet[0] >> 4 == 4:
            protocol, address, rest = packet[9], packet[16:20], packet[(packet[0] & 15) * 4 :]
        elif packet[0] >> 4 == 6:
            protocol, address, rest = packet[6], packet[24:40], packet[40:]
        else:
            return
        to = ipaddress.ip_address(address)
        if protocol in KERNELS_OWN:
            return
        if protocol not in {TCP, UDP}:
            if not to.is_loopback:  # "nobody listens", answered to the watch's own mark
                self._now.connections.append(f"{to} by protocol {protocol}")
            return
        source, port = int.from_bytes(rest[:2]), int.from_bytes(rest[2:4])
        opens = protocol == UDP or rest[13] & 0x12 == 0x02  # SYN without ACK
        if protocol == UDP and port == MARK and to.is_loopback:
            self._reached.set()
        elif protocol == UDP and port == NAMES:
            self._now.lookups.append(asked_name(rest[8:]))
        elif opens and not to.is_loopback and not (protocol == UDP and source == NAMES):
            self._now.connections.append(f"{to}:{port}")


def asked_name(message: bytes) -> str:
    """Return the name that a DNS message asks for."""
    at, labels = 12, []
    while length := message[at]:
        labels.append(message[at + 1 : at + 1 + length].decode("ascii", "replace"))
        at += 1 + length
    return ".".join(labels)


def answer_names(names: socket.socket) -> None:
    """Answer every look-up: AWAY for an IPv4 address, nothing for other kinds."""
    while True:
        message, asker = names.recvfrom(4096)
        end = message.index(0, 12) + 5
        is_address = message[end - 4 : end - 2] == b"\0\1"
        answer = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + socket.inet_aton(AWAY) if is_address else b""
        head = message[:2] + b"\x81\x80\0\1" + (b"\0\1" if answer else b"\0\0") + b"\0\0\0\0"
        names.sendto(head + message[12:end] + answer, asker)


def connect(*, cut: bool) -> None:
    """Make the namespace's network: loopback and, unless it is cut, a wire that leads nowhere."""
    commands = ["ip link set lo up"]
    if not cut:
        commands += [
            "ip link add wire type veth peer name nowhere",
            "ip link set wire arp off addrgenmode none",  # packets leave without asking who is there
            "ip link set nowhere up addrgenmode none",
            f"ip addr add {HOME}/24 dev wire",
            "ip link set wire up",
            "ip route add default via 198.18.0.1 dev wire",
            "ip -6 addr add fd00:18::2/64 dev wire nodad",
            "ip -6 route add default dev wire",
        ]
    for command in commands:
        subprocess.run(command.split(), check=True)


def resolve_here(folder: Path, *, cut: bool) -> None:
    """Let the C library ask the watching resolver and no service beside it."""
    for path, text in {
        "/etc/resolv.conf": f"nameserver {'127.0.0.1' if cut else HOME}\noptions attempts:1 timeout:2\n",
        "/etc/nsswitch.conf": "hosts: files dns\n",
    }.items():
        (folder / Path(path).name).write_text(text)
        if Path(path).exists():
            subprocess.run(["mount", "--bind", str(folder / Path(path).name), path], check=True)


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a person who has set nothing: none of the switches that ask for silence."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": os.environ.get("WATCHED_CODE", str(ROOT)),
        "PYTHONUNBUFFERED": "1",
        "RAG_CORPUS": str(folder / "corpus"),
        "RAG_INDEX": str(folder / "index"),
        "RAG_QUESTIONS": str(folder / "questions.jsonl"),
    }


def run_all(watch: Watch, folder: Path, *, idle: float, cut: bool) -> None:
    """Build, ask, serve and idle, each while it is watched."""
    (folder / "corpus").mkdir()
    for name, text in ARTICLES.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    rag = [sys.executable, "-m", "rag"]
    own = environment(folder)

    def ran(*arguments: str) -> str:
        return subprocess.run([*rag, *arguments], env=own, check=True, capture_output=True, text=True).stdout

    with watch.during("a look-up and a connection by C programs"):  # what is watched is seen
        subprocess.run(["getent", "hosts", "seen.example"], check=False, capture_output=True)
        if not cut:
            knock = ["timeout", "0.5", "bash", "-c", "echo > /dev/tcp/192.0.2.7/443"]
            subprocess.run(knock, check=False, capture_output=True)
    with watch.during("rag build"):
        ran("build")
    with watch.during("rag ask"):
        assert ANSWER in ran("ask", QUESTION)
    with watch.during("rag doctor"):
        ran("doctor")
    served = subprocess.Popen(
        [*rag, "serve", "--port", "0", "--mcp"], env=own, stdout=subprocess.PIPE, text=True
    )
    try:
        with watch.during("rag serve, the page opened, a question asked"), open_page(served) as page:
            page.wait_for_selector(".welcome-title")
            page.locator("#question textarea").fill(QUESTION)
            page.keyboard.press("Enter")
            page.wait_for_selector(f'.statement:has-text("{ANSWER}")')
            page.wait_for_selector(".turn[aria-busy=true]", state="detached")
        with watch.during("rag serve, nobody asking"):
            time.sleep(idle)
        served.send_signal(signal.SIGINT)
        with watch.during("rag serve, stopping"):
            served.wait(timeout=120)
    finally:
        served.kill()
        served.wait()


@contextmanager
def open_page(served: subprocess.Popen[str]) -> Iterator[Any]:
    """Open the page that is being served in a browser that looks nothing up by itself."""
    from playwright.sync_api import sync_playwright

    address = next(found[0] for line in served.stdout if (found := re.search(r"http://127\S+\d/(?= )", line)))
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.goto(address)
        yield page
        browser.close()


def as_table(seen: list[Seen]) -> str:
    """Return what was seen as a table in Markdown."""
    rows = ["| What ran | Seconds | Look-ups | Connections |", "| --- | --- | --- | --- |"]
    for each in seen:
        found = [f"{len(of)} {' '.join(sorted(set(of)))}".strip() for of in (each.lookups, each.connections)]
        rows.append(f"| {each.run} | {each.seconds:g} | {found[0]} | {found[1]} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--idle", type=float, default=45, help="seconds that the server idles")
    parser.add_argument("--cut", action="store_true", help="a network of loopback alone")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if not given.inside:
        os.execvp(INSIDE[0], [*INSIDE, sys.executable, *sys.argv, "--inside"])
    # A shell that starts this in the background has it ignored, and whatever this starts ignores it too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        connect(cut=given.cut)
        resolve_here(folder, cut=given.cut)
        watch = Watch()
        run_all(watch, folder, idle=given.idle, cut=given.cut)
        print(json.dumps([asdict(each) for each in watch.seen]) if given.json else as_table(watch.seen))


if __name__ == "__main__":
    main()
