"""The way to the database: one engine per process, short sessions, SQLite made safe for several threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from service.db.models import Base

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection

BUSY_MILLISECONDS = 5_000
"""How long a connection waits for another one's write before it gives up."""

SessionFactory = sessionmaker[Session]


def open_database(url: str) -> SessionFactory:
    """Connect and create what is missing. Raises sqlalchemy.exc.SQLAlchemyError when the database cannot be used."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    Base.metadata.create_all(engine)
    return sessionmaker(engine, expire_on_commit=False)


def close_database(sessions: SessionFactory) -> None:
    """Give all connections back."""
    bind = sessions.kw["bind"]
    assert isinstance(bind, Engine)
    bind.dispose()


def _prepare_sqlite(connection: DBAPIConnection, _: Any) -> None:
    """Readers do not block the writer, references are checked, and a short wait replaces `database is locked`."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()
