"""What a worker sees to beside its jobs, again and again, as part of its pulse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.orm import Session

from service.ids import new_id
from service.jobs.board import Board
from service.jobs.job import Job

if TYPE_CHECKING:
    from service.jobs.messages import Messages

Submit = Callable[[Session, str, str, str, int, datetime], Job]
"""(session, job id, tenant, kind, threads, now): has a job done as soon as the session's transaction is committed, and
never without it."""


class Chore(Protocol):
    """Something that every worker of a database does, so that it may meet others doing the same."""

    def see_to(self, submit: Submit) -> bool:
        """Do a second's worth of it at most, in transactions of its own; whether there is more to do soon."""
        ...

    def tidy(self, session: Session, until: datetime) -> None:
        """Delete what was over before a moment. The caller commits."""
        ...


def submitting(messages: Messages) -> Submit:
    """How jobs are submitted through these messages."""

    def submit(session: Session, job_id: str, tenant: str, kind: str, threads: int, now: datetime) -> Job:
        delivery = new_id()
        job = Board(session).add(job_id, tenant, kind, threads, delivery, now)
        messages.send(session, job, delivery)
        return job

    return submit
