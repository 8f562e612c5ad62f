"""Ways to run the service in a test: over ASGI for the many small questions, over a real socket for the flows."""

from __future__ import annotations

import socket
import sqlite3
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio.from_thread
import httpx
from sqlalchemy import func, select

from service.app import create_app
from service.db.models import PlanRow
from service.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from anyio.from_thread import BlockingPortal
    from fastapi import FastAPI

    from service.settings import Settings


WAITING = {"Prefer": "wait=90"}
"""Headers of a request for a plan that waits until it is finished."""


@dataclass(frozen=True)
class Service:
    """The application with its database, spoken to without a socket."""

    portal: BlockingPortal
    client: httpx.AsyncClient
    database: Path
    app: FastAPI

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        return self.portal.call(partial(self.client.request, method, url, **options))

    def get(self, url: str, **options: Any) -> httpx.Response:
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> httpx.Response:
        return self.request("POST", url, **options)

    def solved(self, body: Any, **options: Any) -> httpx.Response:
        """Ask for a plan and wait until it is finished."""
        return self.post("/v1/plans", json=body, headers=WAITING, **options)

    def stored(self) -> int:
        """Number of plans in the database, whichever it is."""
        with self.app.state.parts.sessions() as session:
            return int(session.execute(select(func.count()).select_from(PlanRow)).scalar_one())


def stored_plans(database: Path) -> int:
    """Number of plans in the database, read behind the service's back."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM plans").fetchone()[0])


@contextmanager
def in_process(app: FastAPI, database: Path) -> Iterator[Service]:
    """Run the application's lifespan and hand out a client."""
    with (
        anyio.from_thread.start_blocking_portal() as portal,
        portal.wrap_async_context_manager(app.router.lifespan_context(app)),
    ):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        yield Service(portal, httpx.AsyncClient(transport=transport, base_url="http://localhost"), database, app)


@contextmanager
def on_a_socket(settings: Settings) -> Iterator[str]:
    """A real server on a free loopback port; yields its base URL."""
    # Named as TCP, or asyncio leaves small packets to wait for each other.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        server = Server(create_app(settings), "127.0.0.1", 0)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            deadline = time.monotonic() + 20
            while not server.started:
                assert thread.is_alive(), "the server ended before it started"
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.02)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)
            assert not thread.is_alive()
