"""The port: submitting, watching and cancelling jobs, whoever does them and wherever."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import anyio.to_thread

from service.jobs.board import Board
from service.jobs.chores import submitting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from service.db.session import SessionFactory
    from service.jobs.endings import Endings
    from service.jobs.job import Event, Job, State, Works
    from service.jobs.messages import Messages
    from service.jobs.watcher import Watcher
    from service.jobs.worker import Worker


class Jobs:
    """The jobs of one database, seen from any process. Every call but `submit` is a transaction of its own.

    All of them raise sqlalchemy.exc.DBAPIError when the database is away.
    """

    def __init__(
        self,
        sessions: SessionFactory,
        messages: Messages,
        works: Works,
        endings: Endings,
        watcher: Watcher,
        worker: Worker | None,
    ) -> None:
        self._sessions, self._works, self._endings = sessions, works, endings
        self._submit = submitting(messages)
        self._watcher, self._worker = watcher, worker

    def go_down(self) -> None:
        """Wake up everybody who waits and let running work end: this process is about to stop. Returns at once."""
        self._watcher.release()
        if self._worker is not None:
            self._worker.wind_down()

    def submit(self, session: Session, job_id: str, tenant: str, kind: str, threads: int, now: datetime) -> Job:
        """Have a job of a known kind done as soon as the session's transaction is committed, and never without it."""
        assert kind in self._works
        return self._submit(session, job_id, tenant, kind, threads, now)

    def find(self, job_id: str, tenant: str) -> Job | None:
        """A tenant's job."""
        with self._sessions() as session:
            return Board(session).find(job_id, tenant)

    def events(self, job_id: str, tenant: str, *, after: int = 0) -> list[Event]:
        """What happened to a tenant's job after the event of a number, the earliest first; 1,000 at most."""
        with self._sessions() as session:
            board = Board(session)
            return [] if board.find(job_id, tenant) is None else board.events(job_id, after)

    def counts(self, tenant: str | None = None) -> dict[State, int]:
        """How many jobs are `queued` and `running`, of a tenant or of all."""
        with self._sessions() as session:
            return Board(session).counts(tenant)

    def longest_wait(self) -> float:
        """For how many seconds the first of the waiting jobs has waited, whosever it is; 0 when none waits."""
        with self._sessions() as session:
            oldest = Board(session).oldest_queued()
        return 0.0 if oldest is None else max(0.0, (datetime.now(UTC) - oldest).total_seconds())

    def cancel(self, job_id: str, tenant: str) -> Job | None:
        """Stop a tenant's job and keep what there is: at once when it waits, within a second or so when it runs.

        Changes nothing about one that has ended. Returns the job as it is then; None when there is none.
        """
        with self._sessions.begin() as session:
            board = Board(session)
            job = board.find(job_id, tenant)
            if job is None or job.ended:
                return job
            landing = self._works[job.kind].give_up(job, "cancelled", None)
            now = datetime.now(UTC)
            if job.state == "queued" and board.end_unstarted(
                job_id, board.delivery(job_id), "cancelled", landing.status, None, now
            ):
                self._endings.store(session, job, landing)
            else:
                board.request_cancel(job_id)
            found = board.find(job_id)
        self._watcher.poke()
        return found

    async def wait_for_event(self, job_id: str, *, after: int, seconds: float) -> bool:
        """Wait until a job has an event of a higher number than `after`; False when none came in time, or when this
        process goes down.

        Costs no thread and no connection meanwhile, so that many may wait.
        """
        return await self._watcher.wait(job_id, after, seconds)

    async def wait_for_end(self, job_id: str, tenant: str, seconds: float) -> Job | None:
        """A tenant's job as soon as it has ended, or as it is when the time is over or this process goes down; None
        when there is none."""
        deadline = time.monotonic() + seconds
        while True:
            job = await anyio.to_thread.run_sync(self.find, job_id, tenant)
            left = deadline - time.monotonic()
            if job is None or job.ended or left <= 0:
                return job
            if not await self.wait_for_event(job_id, after=job.last_seq, seconds=left):
                return await anyio.to_thread.run_sync(self.find, job_id, tenant)
