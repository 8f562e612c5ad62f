"""Stored questions with their answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import and_, case, delete, select, update

from service.db.models import JobRow, KeptRow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from pydantic import JsonValue
    from sqlalchemy import ColumnElement, Select, SQLColumnExpression
    from sqlalchemy.orm import Session

Table = TypeVar("Table", bound=KeptRow)

UNFINISHED = ("queued", "running")


@dataclass(frozen=True)
class Kept:
    """A question with its answer as its tenant may see it."""

    id: str
    status: str
    created_at: datetime
    answer_json: str
    """The whole answer; once it is finished, byte for byte the same for ever."""

    @property
    def finished(self) -> bool:
        """Whether the answer will change no more."""
        return self.status not in UNFINISHED


@dataclass(frozen=True)
class KeptLine:
    """A question in a list."""

    id: str
    status: str
    created_at: datetime


class KeptRepository(Generic[Table]):
    """The questions in one table, or those of it that `only` holds for. The caller commits."""

    def __init__(self, session: Session, table: type[Table], *only: ColumnElement[bool]) -> None:
        self._session, self._table, self._only = session, table, only

    def find(self, id_: str, tenant: str) -> Kept | None:
        """A tenant's question with its answer."""
        return self._first(self._all().where(self._table.id == id_, self._table.tenant == tenant))

    def alike(self, digest: str, tenant: str) -> Kept | None:
        """A tenant's newest answer to an equal question, if that would get it again."""
        table = self._table
        query = self._all().where(table.tenant == tenant, table.digest == digest, table.repeatable)
        return self._first(query.order_by(table.id.desc()).limit(1))

    def question(self, id_: str) -> tuple[str, datetime]:
        """The request as it was sent, as JSON, and when. Raises sqlalchemy.exc.NoResultFound without the question."""
        query = select(self._table.request_json, self._table.created_at).where(self._table.id == id_)
        row = self._session.execute(query).one()
        return row[0], row[1]

    def give_up(self, id_: str, status: str, failure: str | None) -> None:
        """Say that a question will get no answer, and why. Raises sqlalchemy.exc.NoResultFound without the question."""
        known = self._session.execute(select(self._table.response_json).where(self._table.id == id_)).scalar_one()
        self._put(id_, status, with_members(known, status=status, failure=failure), repeatable=False)

    def forget(self, ids: Collection[str]) -> None:
        """Delete questions with their answers."""
        self._session.execute(delete(self._table).where(self._table.id.in_(ids)))

    def _put(self, id_: str, status: str, answer_json: str, *, repeatable: bool) -> None:
        """Put the answer to a kept question."""
        self._session.execute(
            update(self._table)
            .where(self._table.id == id_)
            .values(status=status, repeatable=repeatable, response_json=answer_json)
            .execution_options(synchronize_session=False)
        )

    def _lines(
        self,
        columns: Sequence[SQLColumnExpression[Any]],
        tenant: str,
        *where: ColumnElement[bool],
        limit: int,
        before: str | None,
        status: str | None,
    ) -> list[tuple[Any, ...]]:
        """(id, status, created_at, *columns) of a tenant's questions that `where` holds for, the newest first."""
        table = self._table
        shown = case((and_(table.status == "queued", JobRow.state == "running"), "running"), else_=table.status)
        query = select(table.id, shown, table.created_at, *columns).outerjoin(JobRow, JobRow.id == table.id)
        query = query.where(table.tenant == tenant, *self._only, *where)
        if before is not None:
            query = query.where(table.id < before)
        if status is not None:
            query = query.where(shown == status)
        return [tuple(row) for row in self._session.execute(query.order_by(table.id.desc()).limit(limit))]

    def _all(self) -> Select[Table, str]:
        joined = select(self._table, JobRow.state).outerjoin(JobRow, JobRow.id == self._table.id)
        return joined.where(*self._only)

    def _first(self, query: Select[Table, str]) -> Kept | None:
        found = self._session.execute(query).first()
        return None if found is None else _kept(found[0], found[1])


def with_members(document: str, **members: JsonValue) -> str:
    """A stored answer with other members; as JSON, so that it may be of an older version."""
    return json.dumps({**json.loads(document), **members}, separators=(",", ":"), ensure_ascii=False)


def _kept(row: KeptRow, state: str | None) -> Kept:
    running = row.status == "queued" and state == "running"
    text = row.response_json
    if running:
        text = with_members(text, status="running")
    return Kept(row.id, "running" if running else row.status, row.created_at, text)
