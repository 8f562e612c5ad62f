"""From a question to its kept plan: an answer that is there already, or a search that has its place in the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service import metrics
from service.kept.room import require_room
from service.plans.jobs import digest_of, submit
from service.plans.repository import PlanRepository

if TYPE_CHECKING:
    from service.dependencies import Parts
    from service.plans.presenter import Question
    from service.plans.repository import StoredPlan


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
    require_room(tenant, parts)
    return submit(question, tenant, parts.jobs, parts.sessions, fresh=True)
