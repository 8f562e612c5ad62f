"""Why there is no week, told by the answers to all questions as by a plan's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from service.plans.schemas import PlanResponse

NO_CONFLICT: dict[str, Any] = {"conflict": None, "conflict_minimal": None, "resolved": None}
"""The fields of an answer with a week."""


def conflict_of(told: PlanResponse, under: str = "") -> dict[str, Any]:
    """The same fields of an answer without one; `told` is what a plan would be told.

    `under`: where the plan's request stands in the question's own, as a JSON Pointer.
    """
    if told.conflict is None:
        return dict(NO_CONFLICT)
    rules = [rule.model_copy(update={"request": [under + at for at in rule.request]}) for rule in told.conflict]
    return {"conflict": rules, "conflict_minimal": told.conflict_minimal, "resolved": told.resolved}
