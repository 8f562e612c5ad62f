"""Plans that have a week, from storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.errors import ApiError
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanResponse

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def require_week(session: Session, plan_id: str, tenant: str) -> None:
    """Raises ApiError `not-found`, `not-finished`, or `no-week` for a tenant's plan that has none."""
    plan = PlanRepository(session).find(plan_id, tenant)
    if plan is None:
        raise ApiError("not-found", "There is no plan with this id.")
    if not plan.finished:
        raise ApiError("not-finished", "The search for this plan is not over.", (), {"Retry-After": "2"})
    if PlanResponse.model_validate_json(plan.answer_json).week is None:
        raise ApiError("no-week", f"This plan has no week: its search ended {plan.status}.")
