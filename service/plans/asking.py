"""From a question to its kept plan: an answer that is there already, or a search that has its place in the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service import metrics
from service.errors import ApiError
from service.plans.jobs import digest_of, submit
from service.plans.repository import PlanRepository

if TYPE_CHECKING:
    from service.dependencies import Parts
    from service.plans.presenter import Question
    from service.plans.repository import StoredPlan

RETRY_SECONDS = 10
"""When to come back to a full queue: about as long as a search takes."""


def asked(question: Question, tenant: str, parts: Parts, *, fresh: bool) -> StoredPlan:
    """The plan of a question. Blocks on the database.

    `fresh` when an earlier answer to the same question will not do. Raises ApiError `rate-limited`, `busy`.
    """
    with parts.sessions() as session:
        plans = PlanRepository(session)
        # Under its own id there is a plan only when the process died between making it and saying so.
        known = plans.find(question.id, tenant) or (None if fresh else plans.alike(digest_of(question), tenant))
    if known is not None:
        metrics.count_reuse()
        return known
    parts.shares.plan(tenant)
    _require_room(tenant, parts)
    return submit(question, tenant, parts.jobs, parts.sessions, fresh=True)


def _require_room(tenant: str, parts: Parts) -> None:
    own, most_own = parts.jobs.counts(tenant), parts.settings.tenant_jobs
    if most_own and sum(own.values()) >= most_own:
        raise _busy(f"At most {most_own} searches of a tenant may be unfinished at a time.")
    most = parts.settings.queued_jobs
    if most and parts.jobs.counts()["queued"] >= most:
        raise _busy("Too many searches are waiting already.")


def _busy(detail: str) -> ApiError:
    return ApiError("busy", detail, (), {"Retry-After": str(RETRY_SECONDS)})
