"""Where a publisher's server may lead: never off https, and never from the open net into a private one."""

import ipaddress
import socket
from typing import Final
from urllib.parse import urlsplit

from mapping.build.fetch.remedies import CORRECT
from mapping.errors import ServiceError

NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""Numbers that end in one of the older kind, to which they lead."""


def check_address(address: str, *, is_http_allowed: bool) -> None:
    """Raises ServiceError where `address` is not https (or http, where that is allowed) with a host."""
    schemes = ("https", "http") if is_http_allowed else ("https",)
    if _scheme(address) not in schemes or not _host(address):
        raise ServiceError(f"{address} is not an address of {' or '.join(schemes)}. {CORRECT}")


def check_hop(asked: str, led: str, *, is_http_allowed: bool) -> None:
    """Raises ServiceError where the server at `asked` may not lead on to `led`."""
    try:
        check_address(led, is_http_allowed=is_http_allowed)
    except ServiceError as exc:
        raise ServiceError(f"{asked} leads on to {led}, which is not followed. {CORRECT}") from exc
    if is_private(_host(led)) and not is_private(_host(asked)):
        raise ServiceError(f"{asked} leads on to {led}, inside a private network: not followed. {CORRECT}")


def is_private(host: str) -> bool:
    """Whether `host`, a name or a number, is on this machine or in a network that is not the open net.

    A name is looked up; one that cannot be (behind a proxy) is private where it has no dot in it.
    """
    try:
        return not _is_open(host)
    except ValueError:
        pass
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return "." not in host.strip(".")
    return any(not _is_open(number.partition("%")[0]) for number in found)


def _is_open(number: str) -> bool:
    address = ipaddress.ip_address(number)
    if isinstance(address, ipaddress.IPv6Address):
        inner = int(address) & 0xFFFFFFFF if address in NAT64 else None
        within = address.ipv4_mapped or address.sixtofour
        address = (ipaddress.IPv4Address(inner) if inner is not None else within) or address
    return address.is_global and not address.is_multicast


def _scheme(address: str) -> str:
    return _split(address)[0]


def _host(address: str) -> str:
    return _split(address)[1]


def _split(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        # Neither a port beyond all ports nor what is no name is told by `urlsplit`, but by these.
        _ = parts.port, host.encode("idna")
        return parts.scheme, host
    except ValueError:
        return "", ""
