"""Running the application with uvicorn the way it is meant to run, and stopping it without losing an answer."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from service.app import create_app, finish_searches
from service.logs import configure_logging
from service.settings import Settings
from service.tenants.binding import protected
from service.tracing import configure_tracing

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from fastapi import FastAPI

SHUTDOWN_SECONDS = 5
"""How long requests may take to end after the server is told to stop; searches are told to end at once."""


class Server(uvicorn.Server):
    """One process with our own access log; running searches answer with what they have when it is told to stop."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            )
        )
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the searches first: uvicorn waits for their requests, and only then tells the application."""
        finish_searches(self._app)
        await super().shutdown(sockets)


def serve(host: str, port: int, settings: Settings | None = None) -> None:
    """Serve until interrupted or terminated.

    Raises ValueError for settings that cannot be used, UnprotectedError for an address that others reach while there is
    no key, SystemExit when the port is taken or the start fails.
    """
    settings = protected(host, settings or Settings.from_environment())
    configure_logging(settings.log_level)
    send_last_spans = configure_tracing()
    server = Server(create_app(settings), host, port)
    try:
        with _stopped_by_signals(server):
            server.run()
    finally:
        send_last_spans()


@contextmanager
def _stopped_by_signals(server: Server) -> Iterator[None]:
    """A signal to stop is the regular end of a server: uvicorn raises it once more when all is done, which is too much.

    Until uvicorn takes the signals over, they stop the server as well.
    """

    def stop(*_: object) -> None:
        server.should_exit = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
