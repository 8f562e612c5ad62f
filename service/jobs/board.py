"""Where all jobs are written down: every change of a job's row and every event, in the caller's transaction.

A job's row is written only by the attempt that holds it: each start raises `attempt`, each write names the attempt it
comes from, and one that is no longer the newest changes nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import case, delete, func, insert, select, update

from service.db.models import JobEventRow, JobRow
from service.jobs.job import ENDED, Event, Job

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import ColumnElement, CursorResult
    from sqlalchemy.orm import Session

    from service.jobs.job import EventKind, State


@dataclass(frozen=True)
class Flag:
    """What a running attempt has to know of its job."""

    attempt: int
    cancel_requested: bool


@dataclass(frozen=True)
class Sign:
    """A sign of life of an unfinished job: as long as it changes, somebody cares for the job."""

    state: State
    attempt: int
    beat: int
    delivery: str


def to_job(row: JobRow) -> Job:
    """A row as others see it."""
    return Job(
        id=row.id,
        tenant=row.tenant,
        kind=row.kind,
        state=cast("State", row.state),
        threads=row.threads,
        cancel_requested=row.cancel_requested,
        attempt=row.attempt,
        losses=row.losses,
        last_seq=row.last_seq,
        reason=row.reason,
        created_at=row.created_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )


class Board:
    """The jobs of one database. The caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, job_id: str, tenant: str, kind: str, threads: int, delivery: str, now: datetime) -> Job:
        """Write a new job down."""
        row = JobRow(
            id=job_id,
            tenant=tenant,
            kind=kind,
            state="queued",
            threads=threads,
            cancel_requested=False,
            attempt=0,
            losses=0,
            beat=0,
            delivery=delivery,
            last_seq=1,
            created_at=now,
        )
        self._session.add(row)
        self._session.flush()
        job = to_job(row)
        self._say(job, "queued", {})
        return job

    def add_ended(self, job_id: str, tenant: str, kind: str, status: str, now: datetime) -> None:
        """Write down that something is done that needs no work: it came out of another job."""
        self.add(job_id, tenant, kind, 0, f"none-{job_id}", now)
        self._end((JobRow.id == job_id,), "done", status, None, now)

    def find(self, job_id: str, tenant: str | None = None) -> Job | None:
        """A job, of any tenant or of one."""
        row = self._session.get(JobRow, job_id, populate_existing=True)
        return None if row is None or (tenant is not None and row.tenant != tenant) else to_job(row)

    def events(self, job_id: str, after: int, limit: int = 1000) -> list[Event]:
        """What happened to a job after the event of a number."""
        query = select(JobEventRow).where(JobEventRow.job_id == job_id, JobEventRow.seq > after)
        rows = self._session.scalars(query.order_by(JobEventRow.seq).limit(limit))
        return [Event(r.seq, cast("EventKind", r.kind), json.loads(r.data_json), r.created_at) for r in rows]

    def last_seqs(self, job_ids: Collection[str]) -> dict[str, int]:
        """Number of the latest event of each of some jobs."""
        rows = self._session.execute(select(JobRow.id, JobRow.last_seq).where(JobRow.id.in_(job_ids)))
        return {row.id: row.last_seq for row in rows}

    def counts(self, tenant: str | None = None) -> dict[State, int]:
        """How many unfinished jobs there are in each state; light ones are not counted, they may wait for hours."""
        query = select(JobRow.state, func.count()).where(JobRow.state.in_(("queued", "running")), JobRow.threads > 0)
        if tenant is not None:
            query = query.where(JobRow.tenant == tenant)
        found = {row[0]: row[1] for row in self._session.execute(query.group_by(JobRow.state))}
        return {"queued": found.get("queued", 0), "running": found.get("running", 0)}

    def oldest_queued(self) -> datetime | None:
        """When the job was asked for that waits longest for its turn; None when none waits. Light ones do not count."""
        waiting = (JobRow.state == "queued", JobRow.threads > 0)
        return self._session.execute(select(func.min(JobRow.created_at)).where(*waiting)).scalar_one()

    def begin(self, job_id: str, delivery: str, worker: str, now: datetime) -> Job | None:
        """Start an attempt, in the name of a delivery; None when that is void or the job is over.

        A job that was running already has lost the worker that ran it.
        """
        running = JobRow.state == "running"
        job = self._step(
            (JobRow.id == job_id, JobRow.delivery == delivery, JobRow.state.in_(("queued", "running"))),
            state="running",
            attempt=JobRow.attempt + 1,
            losses=JobRow.losses + case((running, 1), else_=0),
            beat=JobRow.beat + 1,
            worker=worker,
            started_at=func.coalesce(JobRow.started_at, now),
        )
        if job is not None:
            self._say(job, "running", {"attempt": job.attempt})
        return job

    def tell(self, job_id: str, attempt: int, progress: Mapping[str, object]) -> bool:
        """Write down how far an attempt is; False when it is not the newest any more."""
        job = self._step(self._held(job_id, attempt), beat=JobRow.beat + 1)
        if job is not None:
            self._say(job, "progress", progress)
        return job is not None

    def breathe(self, job_id: str, attempt: int) -> bool:
        """A sign of life of an attempt; False when it is not the newest any more."""
        return self._update(self._held(job_id, attempt), beat=JobRow.beat + 1)

    def end(self, job_id: str, attempt: int, state: State, status: str, reason: str | None, now: datetime) -> bool:
        """End a job in the name of its newest attempt; False when this is another, and nothing was written."""
        return self._end(self._held(job_id, attempt), state, status, reason, now)

    def end_unstarted(
        self, job_id: str, delivery: str, state: State, status: str, reason: str | None, now: datetime
    ) -> bool:
        """End a job that waits; False when it does not wait any more, and nothing was written."""
        waits = (JobRow.id == job_id, JobRow.delivery == delivery, JobRow.state == "queued")
        return self._end(waits, state, status, reason, now)

    def hand_on(self, job_id: str, attempt: int, delivery: str) -> bool:
        """Give a job back to the queue under a new delivery; False when it is somebody else's by now."""
        return self._requeue(self._held(job_id, attempt), delivery, lost=0)

    def take_away(self, job_id: str, sign: Sign, delivery: str) -> bool:
        """Give a job that was left alone back to the queue; False when somebody cares for it after all.

        A running one has lost its worker.
        """
        return self._requeue(self._unchanged(job_id, sign), delivery, lost=1 if sign.state == "running" else 0)

    def bury(self, job_id: str, sign: Sign, status: str, reason: str, now: datetime) -> bool:
        """Fail a job that lost its last worker; False when somebody cares for it after all."""
        return self._end(self._unchanged(job_id, sign), "failed", status, reason, now, lost=1)

    def request_cancel(self, job_id: str) -> None:
        """Ask whoever runs a job to stop with what there is."""
        self._update((JobRow.id == job_id, JobRow.state.notin_(ENDED)), cancel_requested=True)

    def delivery(self, job_id: str) -> str:
        """The delivery that stands for a job. Raises sqlalchemy.exc.NoResultFound without the job."""
        return self._session.execute(select(JobRow.delivery).where(JobRow.id == job_id)).scalar_one()

    def flags(self, job_ids: Collection[str]) -> dict[str, Flag]:
        """What the attempts at some jobs have to know."""
        query = select(JobRow.id, JobRow.attempt, JobRow.cancel_requested).where(JobRow.id.in_(job_ids))
        return {job_id: Flag(attempt, cancel) for job_id, attempt, cancel in self._session.execute(query)}

    def signs(self) -> dict[str, Sign]:
        """Signs of life of all unfinished jobs."""
        query = select(JobRow.id, JobRow.state, JobRow.attempt, JobRow.beat, JobRow.delivery)
        rows = self._session.execute(query.where(JobRow.state.in_(("queued", "running"))))
        return {r.id: Sign(cast("State", r.state), r.attempt, r.beat, r.delivery) for r in rows}

    def ended_before(self, moment: datetime, limit: int) -> Sequence[str]:
        """Ids of jobs that ended before a moment, the oldest first."""
        query = select(JobRow.id).where(JobRow.ended_at < moment).order_by(JobRow.ended_at).limit(limit)
        return self._session.scalars(query).all()

    def keep_on(self, job_ids: Collection[str], now: datetime) -> None:
        """Have jobs that are over forgotten as late as one that ends now."""
        over = update(JobRow).where(JobRow.id.in_(job_ids), JobRow.ended_at.is_not(None)).values(ended_at=now)
        self._session.execute(over.execution_options(synchronize_session=False))

    def forget(self, job_ids: Collection[str]) -> None:
        """Delete jobs with their events."""
        self._session.execute(delete(JobRow).where(JobRow.id.in_(job_ids)))

    def _held(self, job_id: str, attempt: int) -> tuple[ColumnElement[bool], ...]:
        return (JobRow.id == job_id, JobRow.attempt == attempt, JobRow.state == "running")

    def _unchanged(self, job_id: str, sign: Sign) -> tuple[ColumnElement[bool], ...]:
        return (
            JobRow.id == job_id,
            JobRow.state == sign.state,
            JobRow.attempt == sign.attempt,
            JobRow.beat == sign.beat,
            JobRow.delivery == sign.delivery,
        )

    def _requeue(self, condition: tuple[ColumnElement[bool], ...], delivery: str, *, lost: int) -> bool:
        losses = JobRow.losses + lost
        job = self._step(condition, state="queued", delivery=delivery, losses=losses, worker=None)
        if job is not None:
            self._say(job, "queued", {})
        return job is not None

    def _end(
        self,
        condition: tuple[ColumnElement[bool], ...],
        state: State,
        status: str,
        reason: str | None,
        now: datetime,
        *,
        lost: int = 0,
    ) -> bool:
        losses = JobRow.losses + lost
        job = self._step(condition, state=state, reason=reason, losses=losses, ended_at=now, worker=None)
        if job is not None:
            self._say(job, "ended", {"state": state, "status": status, "reason": reason})
        return job is not None

    def _update(self, condition: tuple[ColumnElement[bool], ...], **values: Any) -> bool:
        statement = update(JobRow).where(*condition).values(**values).execution_options(synchronize_session=False)
        return cast("CursorResult[Any]", self._session.execute(statement)).rowcount == 1

    def _step(self, condition: tuple[ColumnElement[bool], ...], **values: Any) -> Job | None:
        """Change a job that meets the condition and number the event that tells of it; the job as it is then.

        One statement: it holds the row, so that events are numbered one after the other.
        """
        changed = update(JobRow).where(*condition).values(last_seq=JobRow.last_seq + 1, **values).returning(JobRow)
        options = {"synchronize_session": False, "populate_existing": True}
        row = self._session.scalars(changed.execution_options(**options)).one_or_none()
        return None if row is None else to_job(row)

    def _say(self, job: Job, kind: EventKind, data: Mapping[str, object]) -> None:
        """Write the event that a job's last step has numbered."""
        event = {"job_id": job.id, "seq": job.last_seq, "kind": kind, "data_json": json.dumps(data)}
        self._session.execute(insert(JobEventRow).values(**event, created_at=datetime.now(UTC)))
