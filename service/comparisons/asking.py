"""From a request to the comparison of stored plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.comparisons.question import plans_of, require_sound
from service.comparisons.service import compare
from service.plans.repository import PlanRepository

if TYPE_CHECKING:
    from service.comparisons.schemas import ComparisonRequest, ComparisonResponse
    from service.dependencies import Parts


def side_by_side(wish: ComparisonRequest, tenant: str, parts: Parts) -> ComparisonResponse:
    """A tenant's plans side by side. Blocks on the database.

    Raises RequestError and ApiError `not-finished` with everything that stands in the way.
    """
    require_sound(wish, parts.catalog)
    with parts.sessions() as session:
        plans = PlanRepository(session)
        stored = [plan for plan_id in wish.plans if (plan := plans.find(plan_id, tenant)) is not None]
    answers = {plan.id: plan.answer_json for plan in stored}
    return compare(plans_of(wish, answers, parts.catalog), wish.baseline or wish.plans[0], parts.catalog)
