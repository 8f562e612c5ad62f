"""Bringing a database to the form that this version needs: our tables by Alembic, the job engine's by its own means."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from service.db.engine import database_url, open_engine
from service.jobs.messages import engine_tables_are_current, make_engine_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

# It tells at length what it is about to do, and nothing when it is done.
logging.getLogger("alembic").setLevel(logging.WARNING)

_LOCK = 7_240_615_331
"""Key of the PostgreSQL lock that lets one process upgrade at a time; any number that nobody else uses."""


class SchemaError(SQLAlchemyError):
    """The database has another form than this version of the service needs; says what to do."""


def upgrade(url: str) -> None:
    """Make or renew all tables; does nothing when they are current. Several processes may do so at once.

    Raises SchemaError for a database of a newer version, sqlalchemy.exc.SQLAlchemyError when it cannot be used.
    """
    with _connected(url) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        elif _revision(connection) == head():
            connection.rollback()
            make_engine_tables(url)
            return
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        _refuse_newer(_revision(connection))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    make_engine_tables(url)


def check(url: str) -> None:
    """Raises SchemaError when the tables are not those of this version, SQLAlchemyError without a database."""
    with _connected(url) as connection:
        found = _revision(connection)
        _refuse_newer(found)
        if found != head():
            state = "has no tables yet" if found is None else f"is at {found}"
            raise SchemaError(f"The database {state}; this version needs {head()}. Run: counterpull db upgrade")
    if not engine_tables_are_current(url):
        raise SchemaError("The tables of the job engine are missing or old. Run: counterpull db upgrade")


def head() -> str:
    """The newest migration that this version knows."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None
    return newest


def _refuse_newer(found: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise SchemaError(f"The database is at {found}, which is newer than this version ({head()}). Use a newer one.")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("service.db") / "migrations"))
    return config


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise SchemaError("A database in memory would be lost with its connection; name a file: sqlite:///plans.db")
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
