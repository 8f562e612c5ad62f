"""Connections to the database: SQLite made safe for several threads and processes, PostgreSQL with a pool."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, exc
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from sqlalchemy.engine import URL
    from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

BUSY_MILLISECONDS = 5_000
"""How long a connection waits for another one's write before it gives up."""
POOL_SIZE = 10
"""Connections to PostgreSQL that a process keeps; as many again when it is busy."""
POOL_SECONDS = 10
"""How long to wait for one of them."""
CONNECT_SECONDS = 5
SILENCE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000}
"""A server that nothing is heard of any more, because its machine or the network is gone, is away after 25 seconds."""

DATABASE_AWAY = (exc.OperationalError, exc.InterfaceError, exc.InternalError, exc.TimeoutError)
"""What is raised while the database cannot be used: not reachable, locked, full, read-only, too busy. It may come back;
nothing is wrong with the statement. PostgreSQL counts that it is read-only among its internal errors."""


def database_url(text: str) -> URL:
    """The URL with the driver that is installed. Raises sqlalchemy.exc.ArgumentError for what is not a URL."""
    url = make_url(text)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


def open_engine(url: str) -> Engine:
    """An engine for either database; it connects when it is first used. Raises SQLAlchemyError or ImportError.

    Its errors do not tell the values of statements: they are what callers have sent, and errors get into the log.
    """
    parsed = database_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed,
            pool_size=POOL_SIZE,
            max_overflow=POOL_SIZE,
            pool_timeout=POOL_SECONDS,
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "counterpull", **SILENCE},
            hide_parameters=True,
        )
    engine = create_engine(parsed, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: Any) -> None:
    """Readers do not block the writer, references are checked, and a short wait replaces `database is locked`.

    A transaction that writes takes the write lock when it begins to: one that only found out later could not wait.
    """
    connection.isolation_level = "IMMEDIATE"
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    _keep_a_log(cursor)
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _keep_a_log(cursor: DBAPICursor) -> None:
    """Write-ahead logging, a property of the file: whoever opens a new one first turns it on.

    The switch does not wait for others by itself, as all else does.
    """
    deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= deadline:
                raise
            time.sleep(BUSY_MILLISECONDS / 1000 / 100)
        else:
            return
