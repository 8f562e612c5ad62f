"""The way to the database: one engine per process, short sessions."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from service.db import schema
from service.db.engine import database_url, open_engine

SessionFactory = sessionmaker[Session]


def open_database(url: str) -> SessionFactory:
    """Connect to a database with the tables of this version.

    A database in a file is made or renewed on the way; a server's is renewed by `counterpull db upgrade` alone, since
    others may be using it. Raises service.db.schema.SchemaError for a database that is not as it should be, another
    sqlalchemy.exc.SQLAlchemyError or ImportError when it cannot be used at all.
    """
    if database_url(url).get_backend_name() == "sqlite":
        schema.upgrade(url)
    else:
        schema.check(url)
    return sessionmaker(open_engine(url), expire_on_commit=False)


def engine_of(sessions: SessionFactory) -> Engine:
    """The engine behind a session factory."""
    bind = sessions.kw["bind"]
    assert isinstance(bind, Engine)
    return bind


def close_database(sessions: SessionFactory) -> None:
    """Give all connections back."""
    engine_of(sessions).dispose()
