"""What may be connected to for a caller: addresses of the public network, and nothing inside ours.

A name is looked up when a connection is made, every address is judged, and the connection goes to the very address that
was judged: a name that leads elsewhere a moment later changes nothing.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

MOST_LETTERS = 2000

# The standard library knows most special addresses, and its versions disagree about these; of IPv6, those that stand
# for IPv4 addresses elsewhere.
_SPECIAL = tuple(
    ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16")
)


class TargetError(ValueError):
    """An address that is not connected to; says why."""


@dataclass(frozen=True)
class Target:
    """The parts of a URL that are needed to speak to it."""

    secure: bool
    host: str
    port: int
    path: str
    """With the query."""


@dataclass(frozen=True)
class TargetRules:
    """What may be connected to."""

    loopback: bool = False
    """Also this machine itself, and without TLS: for development and tests."""

    def target_of(self, url: str) -> Target:
        """The target that a URL names. Raises TargetError; where a name leads is seen only by `addresses`."""
        if len(url) > MOST_LETTERS or not url.isascii() or not url.isprintable() or set(url) & set(' \\"<>^`{|}'):
            raise TargetError(f"the URL has at most {MOST_LETTERS} characters, all of which a URL may have")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise TargetError("the URL cannot be read") from None
        schemes = ("https", "http") if self.loopback else ("https",)
        if parts.scheme not in schemes:
            raise TargetError(f"the URL begins with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        if not parts.hostname or parts.username is not None or parts.password is not None or "#" in url:
            raise TargetError("the URL has a host, and neither a user nor a fragment")
        host, secure = parts.hostname, parts.scheme == "https"
        self._refuse_literal(host)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(secure, host, port if port is not None else 443 if secure else 80, path)

    def addresses(self, target: Target) -> list[str]:
        """Addresses of the target to connect to, one or more. Blocks on the resolver. Raises TargetError."""
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise TargetError("the host has no address") from None
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        allowed = [address for address in addresses if self.allows(address)]
        if not allowed:
            raise TargetError("the host has only internal addresses")
        return allowed

    def allows(self, address: str) -> bool:
        """Whether an IP address may be connected to."""
        if "%" in address:  # an interface of this machine
            return False
        ip = _meant(ip_address(address))
        return (self.loopback and ip.is_loopback) or is_public(ip)

    def _refuse_literal(self, host: str) -> None:
        try:
            allowed = self.allows(host)
        except ValueError:
            return  # a name
        if not allowed:
            raise TargetError("the host is an internal address")


def _meant(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that is connected to by an IPv6 one (::ffff:0:0/96), or itself."""
    return (ip.ipv4_mapped or ip) if isinstance(ip, IPv6Address) else ip


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the public network and to one machine."""
    inside = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_reserved or ip.is_unspecified
    site = isinstance(ip, IPv6Address) and ip.is_site_local
    special = any(ip in network for network in _SPECIAL)
    return ip.is_global and not (inside or site or special or ip.is_multicast)
