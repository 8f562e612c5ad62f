"""Holding rows: who reads what it is going to change has to be alone with it until then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session


def hold(session: Session, rows: Select[Any]) -> bool:
    """Let nobody else change these rows until the end of the transaction; waits for whoever does. False without any.

    SQLite locks no rows, and begins a transaction with its first write alone: there, nobody else writes from now on.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        raw = connection.connection.dbapi_connection
        assert raw is not None
        if not raw.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    return session.execute(rows.with_for_update()).first() is not None
