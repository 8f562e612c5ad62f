"""Where the service may listen: without keys only where nobody else reaches it."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.db.session import close_database, open_database
from service.tenants.repository import KeyRepository

if TYPE_CHECKING:
    from service.settings import Settings


class UnprotectedError(Exception):
    """The address can be reached from elsewhere, and there is no key to ask for."""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address. Raises OSError for a name that leads nowhere."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    return all(ipaddress.ip_address(address.partition("%")[0]).is_loopback for address in found)


def is_own_name(host: str) -> bool:
    """Whether a host name, without a port, is one of the loopback address by itself: no other machine can claim it."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def protected(host: str, settings: Settings) -> Settings:
    """The settings to listen on this address with: beyond loopback they ask for keys.

    Raises UnprotectedError where others reach the service and no key is usable, OSError for a name that leads nowhere,
    sqlalchemy.exc.SQLAlchemyError when the database cannot be used.
    """
    if is_loopback(host):
        return settings
    sessions = open_database(settings.database_url)
    try:
        with sessions() as session:
            keys = KeyRepository(session).list(None)
    finally:
        close_database(sessions)
    now = datetime.now(UTC)
    if not any(key.usable(now) for key in keys):
        raise UnprotectedError(
            f"{host} can be reached from other machines, and there is no usable API key: make one first, with "
            "counterpull keys create, or listen on 127.0.0.1"
        )
    return replace(settings, require_keys=True)
