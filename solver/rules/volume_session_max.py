"""Ensures that no muscle gets more hard sets in a session than it can use."""

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
        for slot in plan.problem.open_slots:
            most = QUARTERS_PER_SET * goal.session_max_sets
            guard.require(RULE.id, of_muscle(goal.muscle), plan.volume(goal.muscle, slot) <= most)


RULE = Rule("volume.session_max", _post)
