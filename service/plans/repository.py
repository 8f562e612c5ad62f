"""Stored plans."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import and_, case, delete, select, update

from service.db.models import DOCUMENT_FORMAT, JobRow, PlanRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from service.plans.schemas.response import PlanResponse, Status


@dataclass(frozen=True)
class StoredPlan:
    """A plan as its tenant may see it."""

    id: str
    status: Status
    created_at: datetime
    answer_json: str
    """The whole answer; once it is finished, byte for byte the same for ever."""

    @property
    def finished(self) -> bool:
        """Whether the answer will change no more."""
        return self.status not in ("queued", "running")


@dataclass(frozen=True)
class PlanLine:
    """A plan in a list."""

    id: str
    status: Status
    created_at: datetime


class PlanRepository:
    """Keeps questions and their answers. The caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, answer: PlanResponse, created_at: datetime, *, tenant: str, digest: str | None = None) -> str:
        """Keep a question, or an answer at once; returns its JSON. `digest` tells equal questions from others."""
        text = answer.model_dump_json()
        row = PlanRow(
            id=answer.id,
            tenant=tenant,
            created_at=created_at,
            status=answer.status,
            format=DOCUMENT_FORMAT,
            digest=digest,
            repeatable=repeatable(answer),
            request_json=json.dumps(answer.request),
            response_json=text,
        )
        self._session.add(row)
        return text

    def finish(self, answer: PlanResponse) -> None:
        """Put the answer to a kept question."""
        text = answer.model_dump_json()
        self._session.execute(
            update(PlanRow)
            .where(PlanRow.id == answer.id)
            .values(status=answer.status, repeatable=repeatable(answer), response_json=text)
            .execution_options(synchronize_session=False)
        )

    def find(self, plan_id: str, tenant: str) -> StoredPlan | None:
        """A tenant's plan."""
        query = _plans().where(PlanRow.id == plan_id, PlanRow.tenant == tenant)
        return self._first(query)

    def summaries(
        self, tenant: str, *, limit: int, before: str | None = None, status: str | None = None
    ) -> list[PlanLine]:
        """A tenant's plans without their answers, the newest first."""
        shown = case((and_(PlanRow.status == "queued", JobRow.state == "running"), "running"), else_=PlanRow.status)
        query = select(PlanRow.id, shown, PlanRow.created_at).outerjoin(JobRow, JobRow.id == PlanRow.id)
        query = query.where(PlanRow.tenant == tenant)
        if before is not None:
            query = query.where(PlanRow.id < before)
        if status is not None:
            query = query.where(shown == status)
        rows = self._session.execute(query.order_by(PlanRow.id.desc()).limit(limit))
        return [PlanLine(id_, cast("Status", found), created_at) for id_, found, created_at in rows]

    def alike(self, digest: str, tenant: str) -> StoredPlan | None:
        """A tenant's newest finished plan whose question was equal and whose answer would be again."""
        query = _plans().where(PlanRow.tenant == tenant, PlanRow.digest == digest, PlanRow.repeatable)
        return self._first(query.order_by(PlanRow.id.desc()).limit(1))

    def question(self, plan_id: str) -> tuple[str, datetime]:
        """The request as it was sent, as JSON, and when. Raises sqlalchemy.exc.NoResultFound without the plan."""
        row = self._session.execute(select(PlanRow.request_json, PlanRow.created_at).where(PlanRow.id == plan_id)).one()
        return row[0], row[1]

    def give_up(self, plan_id: str, status: Status, failure: str | None) -> None:
        """Say that a question will get no answer, and why. Raises sqlalchemy.exc.NoResultFound without the plan."""
        query = select(PlanRow.response_json).where(PlanRow.id == plan_id)
        text = _with(self._session.execute(query).scalar_one(), status=status, failure=failure)
        self._session.execute(
            update(PlanRow)
            .where(PlanRow.id == plan_id)
            .values(status=status, repeatable=False, response_json=text)
            .execution_options(synchronize_session=False)
        )

    def forget(self, plan_ids: Collection[str]) -> None:
        """Delete plans."""
        self._session.execute(delete(PlanRow).where(PlanRow.id.in_(plan_ids)))

    def _first(self, query: Select[PlanRow, str | None]) -> StoredPlan | None:
        found = self._session.execute(query).first()
        return None if found is None else _stored(found[0], found[1])


def repeatable(answer: PlanResponse) -> bool:
    """Whether this is a good answer to an equal question: a week or a proof.

    That time ran out before there was either is one only if it would again: if the clock had no hand in it.
    """
    if answer.status == "timed_out":
        return not answer.solver.stopped_by_clock
    return answer.status in ("optimal", "feasible", "infeasible")


def _with(document: str, **members: str | None) -> str:
    """A stored answer with other members; as JSON, so that it may be of an older version."""
    return json.dumps({**json.loads(document), **members}, separators=(",", ":"), ensure_ascii=False)


def _plans() -> Select[PlanRow, str | None]:
    return select(PlanRow, JobRow.state).outerjoin(JobRow, JobRow.id == PlanRow.id)


def _stored(row: PlanRow, state: str | None) -> StoredPlan:
    running = row.status == "queued" and state == "running"
    text = row.response_json
    if running:
        text = _with(text, status="running")
    return StoredPlan(row.id, cast("Status", "running" if running else row.status), row.created_at, text)
