"""Whether there is room for another search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.errors import ApiError

if TYPE_CHECKING:
    from service.dependencies import Parts

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


def _busy(detail: str) -> ApiError:
    return ApiError("busy", detail, (), {"Retry-After": str(RETRY_SECONDS)})
