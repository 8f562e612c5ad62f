"""Whether there is room for another search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.errors import ApiError
from service.jobs.board import Board

if TYPE_CHECKING:
    from service.db.session import SessionFactory
    from service.dependencies import Parts
    from service.settings import Settings

RETRY_SECONDS = 10
"""When to come back to a full queue: about as long as a search takes."""


def require_room(tenant: str, parts: Parts) -> None:
    """Count a search of the tenant and see that it has a place to wait. Raises ApiError `rate-limited`, `busy`."""
    parts.shares.plan(tenant)
    own, most_own = parts.jobs.counts(tenant), parts.settings.tenant_jobs
    if most_own and sum(own.values()) >= most_own:
        raise _busy(f"At most {most_own} searches of a tenant may be unfinished at a time.")
    most = parts.settings.queued_jobs
    if most and parts.jobs.counts()["queued"] >= most:
        raise _busy("Too many searches are waiting already.")


AHEAD = 2
"""A worker sees to it that so many searches of a tenant wait in the queue for each of its seats, of those that can be
asked for at any time: enough to keep it busy, few enough that what is asked meanwhile waits for no more than these."""


class Ahead:
    """Whether there is room for one more search that nobody waits for at this moment. `seats` are those of this worker;
    of the limits, 0 stands for none."""

    def __init__(self, sessions: SessionFactory, *, seats: int, tenant_jobs: int, queued_jobs: int) -> None:
        self._sessions, self._most_queued = sessions, AHEAD * seats
        self._tenant_jobs, self._queued_jobs = tenant_jobs, queued_jobs

    @classmethod
    def of(cls, settings: Settings, sessions: SessionFactory) -> Ahead:
        """The room of an installation."""
        return cls(
            sessions,
            seats=settings.max_concurrent_solves,
            tenant_jobs=settings.tenant_jobs,
            queued_jobs=settings.queued_jobs,
        )

    def has_room(self, tenant: str) -> bool:
        """Whether a tenant's search may be submitted now."""
        with self._sessions() as session:
            board = Board(session)
            own, all_ = board.counts(tenant), board.counts()
        return (
            own["queued"] < self._most_queued
            and not 0 < self._tenant_jobs <= sum(own.values())
            and not 0 < self._queued_jobs <= all_["queued"]
        )


def _busy(detail: str) -> ApiError:
    return ApiError("busy", detail, (), {"Retry-After": str(RETRY_SECONDS)})
