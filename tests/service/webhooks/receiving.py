"""A real HTTP receiver on the loopback address that behaves as it is told."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from standardwebhooks.webhooks import Webhook

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Message:
    """What has arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    def verified(self, secret: str) -> Any:
        """The content, after the library has checked the signature. Raises WebhookVerificationError."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    """What it has been told, and how it answers: `answers` in turn, then 204."""

    url: str
    messages: list[Message] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    down: bool = False
    """Whether whatever arrives is answered with 503 and not kept."""

    def until(self, count: int, seconds: float = 20) -> list[Message]:
        """The messages as soon as there are so many."""
        deadline = time.monotonic() + seconds
        while len(self.messages) < count:
            assert time.monotonic() < deadline, f"{len(self.messages)} of {count} messages"
            time.sleep(0.02)
        return list(self.messages)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    found: Receiver


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        found = self.server.found
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if found.down:
            self.send_response(503)
            self.end_headers()
            return
        found.messages.append(Message(self.path, dict(self.headers), body))
        answer = found.answers.pop(0) if found.answers else "204"
        odd = {"hang": self._hang, "drip": self._drip, "nonsense": self._nonsense, "large": self._large}
        if answer in odd:
            with suppress(OSError):
                odd[answer](found)
            return
        self.send_response(int(answer))
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def _hang(self, found: Receiver) -> None:
        found.released.wait(30)

    def _drip(self, found: Receiver) -> None:
        """A byte of an endless header now and then: no silence is long."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not found.released.wait(0.05):
            self.wfile.write(b"x")

    def _nonsense(self, found: Receiver) -> None:
        del found
        self.wfile.write(b"\x00\x01 this is not HTTP\r\n\r\n")

    def _large(self, found: Receiver) -> None:
        self.send_response(200)
        self.end_headers()
        while not found.released.is_set():
            self.wfile.write(b"x" * 65_536)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver on a free port."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.found = found = Receiver(f"http://127.0.0.1:{server.server_address[1]}/hooks")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield found
    finally:
        found.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
