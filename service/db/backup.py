"""A copy of an SQLite database as it is at one moment."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from service.db.engine import database_url, open_engine


class NotAFileError(ValueError):
    """The database is not a file that could be copied."""


def copy_database(url: str, target: Path) -> None:
    """Copy a database while others may be using it.

    Raises NotAFileError for a server's database, FileNotFoundError without the database, FileExistsError where
    something is already, sqlalchemy.exc.SQLAlchemyError when it cannot be read or written.
    """
    parsed = database_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise NotAFileError("it is a server's; use pg_dump, which copies the job engine's tables as well")
    if not parsed.database or not Path(parsed.database).is_file():
        raise FileNotFoundError(f"there is no file {parsed.database}")
    if target.exists():
        raise FileExistsError(f"{target} exists already")
    engine = open_engine(url)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM INTO :target"), {"target": str(target)})
    finally:
        engine.dispose()
