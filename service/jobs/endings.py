"""The end of a job in the database: its result, and what follows from it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.ids import new_id
from service.jobs.board import Board

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from service.jobs.job import Aftermath, Job, Landing, NewJob
    from service.jobs.messages import Messages


class Endings:
    """Stores results together with what follows, in the caller's transaction."""

    def __init__(self, messages: Messages, aftermath: Aftermath | None) -> None:
        self._messages, self._aftermath = messages, aftermath

    def store(self, session: Session, job: Job, landing: Landing) -> None:
        """Store the result of a job that ends in this transaction."""
        landing.store(session)
        if self._aftermath is not None:
            now = datetime.now(UTC)
            for new in self._aftermath(session, job, landing.status):
                submit(session, self._messages, new, now)


def submit(session: Session, messages: Messages, new: NewJob, now: datetime) -> Job:
    """Have a job done as soon as the session's transaction is committed, and never without it."""
    delivery = new_id()
    job = Board(session).add(new.id, new.tenant, new.kind, new.threads, delivery, now)
    messages.send(session, job, delivery)
    return job
