"""Plans to compare: the real ones of the documentation, and what may become of a plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from catalog.catalog import default_catalog
from service.comparisons.examples import compared_answers
from service.comparisons.question import plans_of, require_sound
from service.comparisons.schemas import ComparisonRequest
from service.comparisons.schemas.request import EXAMPLE_IDS
from service.comparisons.service import compare
from service.plans.schemas import PlanResponse

if TYPE_CHECKING:
    from service.comparisons.schemas import ComparisonResponse

THREE_DAYS, TWO_DAYS = EXAMPLE_IDS


def plan(plan_id: str, **changes: Any) -> PlanResponse:
    """An example plan with some of its members changed."""
    document = json.loads(json.dumps(compared_answers()[plan_id]))
    return PlanResponse.model_validate({**document, **changes})


def scored(plan_id: str, value: float, bound: float, **changes: Any) -> PlanResponse:
    """An example plan with another score."""
    gap = round((bound - value) / bound, 6)
    return plan(plan_id, score={"value": value, "bound": bound, "gap": gap, "terms": []}, **changes)


def without_week(plan_id: str, status: str) -> PlanResponse:
    """A plan that has no week, or none yet."""
    nothing = {"score": None, "week": None, "tiers": [], "certificate": [], "volume": []}
    return plan(plan_id, status=status, **nothing)


def compared(*plans: PlanResponse, **wish: Any) -> ComparisonResponse:
    """The plans side by side."""
    request = ComparisonRequest(plans=[one.id for one in plans], **wish)
    require_sound(request, default_catalog())
    answers = {one.id: one.model_dump_json() for one in plans}
    found = plans_of(request, answers, default_catalog())
    return compare(found, request.baseline or request.plans[0], default_catalog())
