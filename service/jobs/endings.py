"""The end of a job in the database: its result, and what follows from it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.jobs.chores import submitting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from service.jobs.job import Aftermath, Job, Landing
    from service.jobs.messages import Messages


class Endings:
    """Stores results together with what follows, in the caller's transaction."""

    def __init__(self, messages: Messages, aftermath: Aftermath | None) -> None:
        self._submit, self._aftermath = submitting(messages), aftermath

    def store(self, session: Session, job: Job, landing: Landing) -> None:
        """Store the result of a job that ends in this transaction."""
        landing.store(session)
        if self._aftermath is not None:
            now = datetime.now(UTC)
            for new in self._aftermath(session, job, landing.status):
                self._submit(session, new.id, new.tenant, new.kind, new.threads, now)
