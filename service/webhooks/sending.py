"""One POST to a judged address, without redirects, in limited time; of the answer only the status counts."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.webhooks.targets import TargetError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.webhooks.targets import Target, TargetRules

SECONDS = 15.0
"""For everything but looking the name up."""
_CONNECT_SECONDS = 5.0


@dataclass(frozen=True)
class Reply:
    """What came of it."""

    status: int | None
    error: str | None
    """What was wrong, in words that tell nothing of what was sent; None after an answer of 200 to 299."""
    milliseconds: int


def post(url: str, body: bytes, headers: Mapping[str, str], rules: TargetRules, seconds: float = SECONDS) -> Reply:
    """Send a body and wait for the status of the answer; the rest of the answer is not read. Never raises."""
    started = time.monotonic()
    status, error = _post(url, body, headers, rules, seconds)
    return Reply(status, error, round((time.monotonic() - started) * 1000))


def _post(
    url: str, body: bytes, headers: Mapping[str, str], rules: TargetRules, seconds: float
) -> tuple[int | None, str | None]:
    try:
        target = rules.target_of(url)
        connection = _Connection(target, rules.addresses(target), seconds)
    except TargetError as error:
        return None, f"Not sent: {error}."
    try:
        connection.request("POST", target.path, body, dict(headers))
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        return None, "No answer in time." if connection.late else _in_words(error)
    finally:
        connection.close()
    if connection.late:  # what was cut off may look like the end of the headers
        return None, "No answer in time."
    if 200 <= status <= 299:
        return status, None
    redirected = "; redirects are not followed" if 300 <= status <= 399 else ""
    return status, f"Answered {status}{redirected}."


def _in_words(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "The TLS connection failed: certificate or protocol."
    if isinstance(error, TimeoutError):
        return "No answer in time."
    if isinstance(error, ConnectionRefusedError):
        return "The connection was refused."
    if isinstance(error, http.client.HTTPException):
        return "The answer was not HTTP."
    return "The connection failed."


class _Connection(http.client.HTTPConnection):
    """A connection to a judged address of a host, which is over after so many seconds whatever the other side does."""

    def __init__(self, target: Target, addresses: list[str], seconds: float) -> None:
        super().__init__(target.host, target.port)
        self.default_port = 443 if target.secure else 80
        self._target, self._addresses = target, addresses
        self._deadline = time.monotonic() + seconds
        self._guard = threading.Timer(seconds, self._end)
        self._guard.daemon = True
        self.late = False

    def connect(self) -> None:
        """Connect to the first address that answers. Raises OSError."""
        raw = self._reached()
        self.sock = raw
        raw.settimeout(max(0.1, self._deadline - time.monotonic()))
        # One silence is bounded by the socket; drop by drop, by the guard.
        self._guard.start()
        if self._target.secure:
            context, host = ssl.create_default_context(), self._target.host
            # In two steps, so that the guard has hold of it while they shake hands.
            self.sock = context.wrap_socket(raw, server_hostname=host, do_handshake_on_connect=False)
            self.sock.do_handshake()

    def close(self) -> None:
        """Let go of it at once, whatever is still to come."""
        self._guard.cancel()
        super().close()

    def _reached(self) -> socket.socket:
        for last, address in enumerate(self._addresses, 1 - len(self._addresses)):
            left = self._deadline - time.monotonic()
            try:
                return socket.create_connection((address, self._target.port), min(_CONNECT_SECONDS, max(0.1, left)))
            except OSError:
                if last == 0 or left <= 0:
                    raise
        raise OSError("no address")

    def _end(self) -> None:
        self.late = True
        held = self.sock
        if held is not None:
            try:
                held.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
