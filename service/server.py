"""Running the application with uvicorn the way it is meant to run."""

from __future__ import annotations

import uvicorn

from service.app import create_app
from service.logs import configure_logging
from service.settings import Settings

SHUTDOWN_SECONDS = 5
"""How long running searches may go on after the server is told to stop."""


def server_config(settings: Settings, host: str, port: int) -> uvicorn.Config:
    """One process, our own access log, no server header."""
    return uvicorn.Config(
        create_app(settings),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )


def serve(host: str, port: int, settings: Settings | None = None) -> None:
    """Serve until interrupted. Raises ValueError for settings that cannot be used, OSError when the port is taken."""
    settings = settings or Settings.from_environment()
    configure_logging(settings.log_level)
    uvicorn.Server(server_config(settings, host, port)).run()
