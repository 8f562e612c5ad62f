"""Stored batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import and_, case, delete, exists, func, insert, select, update

from service.batches.models import BatchLineRow, BatchRow
from service.batches.schemas import UNFINISHED
from service.db.models import JobRow, PlanRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import CursorResult, Select
    from sqlalchemy.orm import Session

    from service.batches.schemas import LineStatus, Status

_LINE, _BATCH = BatchLineRow, BatchRow
_STATUS = case(
    (_LINE.problem_json.is_not(None), "refused"),
    (and_(_LINE.plan.is_(None), _BATCH.cancelled_at.is_not(None)), "cancelled"),
    (_LINE.plan.is_(None), "waiting"),
    (PlanRow.id.is_(None), "deleted"),
    (and_(PlanRow.status == "queued", JobRow.state == "running"), "running"),
    else_=PlanRow.status,
)
"""How far a line is."""
_WAITS = and_(_LINE.plan.is_(None), _LINE.problem_json.is_(None))


@dataclass(frozen=True)
class Batch:
    """A batch as its tenant may see it."""

    id: str
    created_at: datetime
    lines: int
    cancelled: bool
    counts: Mapping[LineStatus, int]

    @property
    def unfinished(self) -> int:
        """Lines that have no result yet."""
        return sum(self.counts.get(status, 0) for status in UNFINISHED)

    @property
    def status(self) -> Status:
        """How far it is as a whole."""
        if self.unfinished:
            return "running"
        return "cancelled" if self.cancelled else "done"


@dataclass(frozen=True)
class KeptLine:
    """A line as it is written down when its batch is made."""

    line: int
    ref: str | None
    digest: str | None
    request_json: str | None
    problem_json: str | None


@dataclass(frozen=True)
class WaitingLine:
    """A line that is to get its plan."""

    line: int
    digest: str
    request_json: str


@dataclass(frozen=True)
class Result:
    """A line with what came of it."""

    line: int
    ref: str | None
    status: LineStatus
    plan: str | None
    answer_json: str | None
    problem_json: str | None


class BatchRepository:
    """Keeps batches with their lines. The caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, batch_id: str, tenant: str, lines: Sequence[KeptLine], now: datetime) -> None:
        """Keep a batch."""
        unfed = any(line.problem_json is None for line in lines)
        row = BatchRow(id=batch_id, tenant=tenant, created_at=now, lines=len(lines), unfed=unfed, cancelled_at=None)
        self._session.add(row)
        self._session.flush()
        self._session.execute(insert(_LINE), [{"batch_id": batch_id, "plan": None, **vars(line)} for line in lines])

    def find(self, batch_id: str, tenant: str) -> Batch | None:
        """A tenant's batch."""
        query = select(_BATCH).where(_BATCH.id == batch_id, _BATCH.tenant == tenant)
        return next(iter(self._batches(query)), None)

    def listed(self, tenant: str, *, limit: int, before: str | None = None) -> list[Batch]:
        """A tenant's batches, the newest first."""
        query = select(_BATCH).where(_BATCH.tenant == tenant)
        if before is not None:
            query = query.where(_BATCH.id < before)
        return self._batches(query.order_by(_BATCH.id.desc()).limit(limit))

    def cancel(self, batch_id: str, now: datetime) -> None:
        """Give no more of its lines a plan. From then on no line of it gets one."""
        self._session.execute(
            update(_BATCH)
            .where(_BATCH.id == batch_id, _BATCH.cancelled_at.is_(None))
            .values(cancelled_at=now, unfed=False)
            .execution_options(synchronize_session=False)
        )

    def unfinished_plans(self, batch_id: str) -> list[str]:
        """Ids of the plans of a batch whose searches are not over."""
        query = _joined(select(_LINE.plan)).where(_LINE.batch_id == batch_id, _STATUS.in_(("queued", "running")))
        return [plan for plan in self._session.scalars(query.distinct()) if plan is not None]

    def finished_until(self, batch_id: str, after: int) -> int | None:
        """Number of the first line after a line that has no result yet; None when all have one."""
        query = _joined(select(func.min(_LINE.line)))
        query = query.where(_LINE.batch_id == batch_id, _LINE.line > after, _STATUS.in_(UNFINISHED))
        found: int | None = self._session.execute(query).scalar_one()
        return found

    def results(self, batch_id: str, after: int, before: int | None, limit: int) -> list[Result]:
        """Lines between two numbers, both left out, in their order."""
        columns = (_LINE.line, _LINE.ref, _STATUS, _LINE.plan, PlanRow.response_json, _LINE.problem_json)
        query = _joined(select(*columns)).where(_LINE.batch_id == batch_id, _LINE.line > after)
        if before is not None:
            query = query.where(_LINE.line < before)
        return [Result(*row) for row in self._session.execute(query.order_by(_LINE.line).limit(limit))]

    def unfed(self, tenant: str | None = None) -> list[tuple[str, str]]:
        """(id, tenant) of batches with lines that wait for a plan, of all tenants or of one."""
        query = select(_BATCH.id, _BATCH.tenant).where(_BATCH.unfed)
        if tenant is not None:
            query = query.where(_BATCH.tenant == tenant)
        return [(row.id, row.tenant) for row in self._session.execute(query)]

    def next_waiting(self, batch_id: str) -> WaitingLine | None:
        """The first line that waits for a plan; None when there is none, or while another process looks for it.

        Holds the batch on PostgreSQL, so that nobody cancels it meanwhile.
        """
        held = select(_BATCH.id).where(_BATCH.id == batch_id, _BATCH.unfed).with_for_update(skip_locked=True)
        if self._session.execute(held).first() is None:
            return None
        query = select(_LINE.line, _LINE.digest, _LINE.request_json).where(_LINE.batch_id == batch_id, _WAITS)
        row = self._session.execute(query.order_by(_LINE.line).limit(1)).first()
        if row is None:
            self._session.execute(update(_BATCH).where(_BATCH.id == batch_id).values(unfed=False))
            return None
        line, digest, request_json = row
        assert digest is not None
        assert request_json is not None
        return WaitingLine(line, digest, request_json)

    def give(self, batch_id: str, digest: str, plan: str) -> bool:
        """Give the equal lines that wait their plan; False when they do not wait any more."""
        return self._settle(batch_id, digest, plan=plan)

    def refuse(self, batch_id: str, digest: str, problem_json: str) -> bool:
        """Say why the equal lines that wait get no plan; False when they do not wait any more."""
        return self._settle(batch_id, digest, problem_json=problem_json)

    def forget(self, until: datetime) -> None:
        """Delete batches from before a moment with nothing to come and none of their plans left."""
        left = exists().where(_LINE.batch_id == _BATCH.id, PlanRow.id == _LINE.plan)
        old = (_BATCH.created_at < until, _BATCH.unfed.is_(False), ~left)
        ids = list(self._session.scalars(select(_BATCH.id).where(*old)))
        self._session.execute(delete(_LINE).where(_LINE.batch_id.in_(ids)))
        self._session.execute(delete(_BATCH).where(_BATCH.id.in_(ids)))

    def _settle(self, batch_id: str, digest: str, **values: str) -> bool:
        wanted = exists().where(_BATCH.id == batch_id, _BATCH.unfed)
        settled = (
            update(_LINE)
            .where(_LINE.batch_id == batch_id, _LINE.digest == digest, _WAITS, wanted)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
        return cast("CursorResult[Any]", self._session.execute(settled)).rowcount > 0

    def _batches(self, query: Select[BatchRow]) -> list[Batch]:
        rows = list(self._session.scalars(query.execution_options(populate_existing=True)))
        counting = _joined(select(_LINE.batch_id, _STATUS, func.count()))
        counting = counting.where(_LINE.batch_id.in_([row.id for row in rows])).group_by(_LINE.batch_id, _STATUS)
        counts: dict[str, dict[LineStatus, int]] = {row.id: {} for row in rows}
        for batch_id, status, count in self._session.execute(counting):
            counts[batch_id][status] = count
        return [Batch(r.id, r.created_at, r.lines, r.cancelled_at is not None, counts[r.id]) for r in rows]


def _joined(query: Select[Any]) -> Select[Any]:
    """Lines with their batch, plan and job."""
    return (
        query.select_from(_LINE)
        .join(_BATCH, _BATCH.id == _LINE.batch_id)
        .outerjoin(PlanRow, PlanRow.id == _LINE.plan)
        .outerjoin(JobRow, JobRow.id == _LINE.plan)
    )
