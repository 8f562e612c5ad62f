"""Ensures that a muscle the request marks as required reaches its weekly minimum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.schema import QUARTERS_PER_SET
from solver.domain.subject import of_muscle
from solver.rules.rule import Rule

if TYPE_CHECKING:
    from solver.guard import Guard
    from solver.variables import PlanVars


def _post(plan: PlanVars, guard: Guard) -> None:
    for goal in plan.problem.muscles:
        if goal.required:
            least = QUARTERS_PER_SET * goal.weekly_min_sets
            guard.require(RULE.id, of_muscle(goal.muscle), plan.weekly_volume(goal.muscle) >= least)


RULE = Rule("volume.weekly_min", _post)
