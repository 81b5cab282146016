"""A host's name to the addresses that may be connected to.

A page may name any host, and its owner decides what the name means: without this check, a server would open
for strangers what only it can reach, its own machine and its neighbours (server-side request forgery).
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from rag.errors import WebError

_NAT64 = ip_network("64:ff9b::/96")
"""IPv6 addresses by which a network reaches the IPv4 address in their last four bytes (RFC 6052)."""


async def look_up(host: str, port: int | None, *, private: bool) -> list[str]:
    """Return the addresses of `host`, in the system's order.

    Raises WebError when it has none or, unless `private` ones are allowed, when any of them is not public.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):  # UnicodeError: a part of the name is empty or too long
        raise WebError(f"leads to {host}, and no host of that name is known; check its spelling") from None
    addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
    if not private:
        for address in addresses:
            if not is_public(address):
                raise WebError(
                    f"leads to {address}, which is not a public address;"
                    " whoever starts the program may allow such with RAG_PRIVATE_ADDRESSES=1"
                )
    return addresses


def is_public(address: str) -> bool:
    """Say whether `address` is one that everybody on the internet can reach."""
    ip = _meant(ip_address(address))
    if isinstance(ip, IPv6Address) and (ip.is_site_local or ip.sixtofour or ip.teredo):
        return False  # tunnels and an abandoned kind of local address
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def _meant(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, else the address itself."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return ip.ipv4_mapped
        if ip in _NAT64:
            return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip
