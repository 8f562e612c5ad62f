"""Holding rows: who reads what it is going to change has to be alone with it until then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session


def hold(session: Session, rows: Select[Any]) -> bool:
    """Let nobody else change these rows until the end of the transaction; waits for whoever does. False without any.

    SQLite locks no rows, and begins a transaction with its first write alone: there, nobody else writes from now on.
    """
    _write_from_now_on(session)
    return session.execute(rows.with_for_update()).first() is not None


def hold_name(session: Session, name: str) -> None:
    """Let nobody else hold the same name until the end of the transaction: for rows that may not be there yet.

    Names are held before rows are.
    """
    if not _write_from_now_on(session):
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def _write_from_now_on(session: Session) -> bool:
    """Whether nobody else writes until the end of the transaction, as on SQLite; elsewhere nothing is done."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return False
    raw = connection.connection.dbapi_connection
    assert raw is not None
    if not raw.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    return True
