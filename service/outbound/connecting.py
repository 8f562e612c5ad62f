"""A connection to a judged address of a host, for one exchange in limited time."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.outbound.targets import Target

_CONNECT_SECONDS = 5.0


class JudgedConnection(http.client.HTTPConnection):
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


def in_words(error: Exception) -> str:
    """What went wrong with an exchange, in words that tell nothing of what was sent."""
    if isinstance(error, ssl.SSLError):
        return "The TLS connection failed: certificate or protocol."
    if isinstance(error, TimeoutError):
        return "No answer in time."
    if isinstance(error, ConnectionRefusedError):
        return "The connection was refused."
    if isinstance(error, http.client.HTTPException):
        return "The answer was not HTTP."
    return "The connection failed."
