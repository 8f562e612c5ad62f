"""Ensures that no muscle gets more hard sets in a week than it can recover from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.schema import QUARTERS_PER_SET
from solver.domain.past import volume_done
from solver.domain.subject import of_muscle
from solver.rules.rule import Rule

if TYPE_CHECKING:
    from solver.guard import Guard
    from solver.variables import PlanVars


def _post(plan: PlanVars, guard: Guard) -> None:
    for goal in plan.problem.muscles:
        most = max(QUARTERS_PER_SET * goal.weekly_max_sets, volume_done(plan.problem, goal.muscle, plan.problem.slots))
        guard.require(RULE.id, of_muscle(goal.muscle), plan.weekly_volume(goal.muscle) <= most)


RULE = Rule("volume.weekly_max", _post)
